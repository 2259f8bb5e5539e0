import { z } from 'zod'
import type { Transaction } from '@/db/client'
import { operation } from '../operation'
import { refuse } from '../refusal'
import { idField, lineField } from '../story/copy-form'
import { isReserved, slugOf } from '../story/slug'
import { keepNewSection, keepSection, lockSection, sectionBySlug } from './keeping'

const sectionFields = {
  name: lineField('The name', 60).refine((name) => name !== '', 'Give the section a name.'),
  /** Left empty, the address is made from the name. */
  slug: lineField('The address', 80).default(''),
}

/** A new section of the paper, after the others. */
export const openSection = operation(z.object(sectionFields), async ({ tx, permit, tell }, { name, slug }) => {
  permit('sections.keep')
  const section = await keepNewSection(tx, { name, slug: await freeSlug(tx, slug || name, null) })
  tell({ type: 'section-opened', sectionId: section.id, name: section.name, slug: section.slug })
  return section
})

/** Another name or address for a section. Stories are found by their id, so every former address still leads to them. */
export const renameSection = operation(
  z.object({ sectionId: idField, ...sectionFields }),
  async ({ tx, permit, tell, unchanged }, { sectionId, name, slug }) => {
    permit('sections.keep')
    const before = await lockSection(tx, sectionId)
    const section = { id: sectionId, name, slug: await freeSlug(tx, slug || name, sectionId) }
    if (section.name === before.name && section.slug === before.slug) {
      unchanged()
      return section
    }
    await keepSection(tx, section)
    tell({
      type: 'section-renamed',
      sectionId,
      name,
      slug: section.slug,
      before: { name: before.name, slug: before.slug },
    })
    return section
  },
)

async function freeSlug(tx: Transaction, wanted: string, ownId: number | null): Promise<string> {
  const slug = slugOf(wanted)
  const holder = await sectionBySlug(tx, slug)
  if (isReserved(slug) || (holder !== null && holder.id !== ownId))
    return refuse({ kind: 'taken', what: 'section address', value: slug })
  return slug
}
