import { database } from '@/db/client'
import { listSections, sectionFormerlyAt } from '@/domain/section/store'
import type { Section } from '@/domain/section/section'

export async function readSections(): Promise<Section[]> {
  return listSections(database())
}

export async function readSection(slug: string): Promise<Section | null> {
  return (await readSections()).find((section) => section.slug === slug) ?? null
}

/** The section that had the address before. */
export async function readSectionFormerlyAt(slug: string): Promise<Section | null> {
  return sectionFormerlyAt(database(), slug)
}
