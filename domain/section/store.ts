import { asc, eq, max } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { formerSectionAddresses, sections } from '@/db/schema/section'
import { refuse } from '../refusal'
import type { Section } from './section'

const sectionColumns = { id: sections.id, slug: sections.slug, name: sections.name }

/** In their order on the site. */
export async function listSections(db: Database | Transaction): Promise<Section[]> {
  return db.select(sectionColumns).from(sections).orderBy(asc(sections.position), asc(sections.id))
}

export async function sectionName(db: Database | Transaction, id: number | null): Promise<string> {
  if (id === null) return ''
  const [row] = await db.select({ name: sections.name }).from(sections).where(eq(sections.id, id))
  return row?.name ?? ''
}

/** Refuses an id without a section; null is no section yet. */
export async function requireSection(tx: Transaction, id: number | null) {
  if (id === null) return
  const rows = await tx.select({ id: sections.id }).from(sections).where(eq(sections.id, id))
  if (rows.length === 0) refuse({ kind: 'not-found', what: 'section' })
}

export async function lockSection(tx: Transaction, id: number): Promise<Section> {
  const [row] = await tx.select(sectionColumns).from(sections).where(eq(sections.id, id)).for('update')
  return row ?? refuse({ kind: 'not-found', what: 'section' })
}

export async function sectionBySlug(tx: Transaction, slug: string): Promise<Section | null> {
  const [row] = await tx.select(sectionColumns).from(sections).where(eq(sections.slug, slug))
  return row ?? null
}

/** The section that had the address before, with its current address. */
export async function sectionFormerlyAt(db: Database | Transaction, slug: string): Promise<Section | null> {
  const [row] = await db
    .select(sectionColumns)
    .from(formerSectionAddresses)
    .innerJoin(sections, eq(sections.id, formerSectionAddresses.sectionId))
    .where(eq(formerSectionAddresses.slug, slug))
  return row ?? null
}

/** The address redirects to the section from now on. */
export async function insertFormerAddress(tx: Transaction, { id, slug }: Section, leftAt: Date) {
  const target = { sectionId: id, leftAt }
  await tx
    .insert(formerSectionAddresses)
    .values({ slug, ...target })
    .onConflictDoUpdate({ target: formerSectionAddresses.slug, set: target })
}

export async function deleteFormerAddress(tx: Transaction, slug: string) {
  await tx.delete(formerSectionAddresses).where(eq(formerSectionAddresses.slug, slug))
}

/** After all others. */
export async function insertSection(tx: Transaction, section: Omit<Section, 'id'>): Promise<Section> {
  const [last] = await tx.select({ position: max(sections.position) }).from(sections)
  const [row] = await tx
    .insert(sections)
    .values({ ...section, position: (last?.position ?? 0) + 1 })
    .returning(sectionColumns)
  return row!
}

export async function updateSection(tx: Transaction, { id, slug, name }: Section) {
  await tx.update(sections).set({ slug, name }).where(eq(sections.id, id))
}
