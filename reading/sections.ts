import { database } from '@/db/client'
import { listSections } from '@/domain/section/keeping'
import type { Section } from '@/domain/section/section'

export async function readSections(): Promise<Section[]> {
  return listSections(database())
}

export async function readSection(slug: string): Promise<Section | null> {
  return (await readSections()).find((section) => section.slug === slug) ?? null
}
