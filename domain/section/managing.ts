import { z } from 'zod'
import type { Transaction } from '@/db/client'
import { lock } from '@/db/locks'
import { operation } from '../operation'
import { refuse } from '../refusal'
import { idField, lineField } from '../form/fields'
import { isReserved, slugOf } from '../form/slug'
import type { Section } from './section'
import {
  deleteFormerAddress,
  insertFormerAddress,
  insertSection,
  updateSection,
  lockSection,
  sectionBySlug,
  sectionFormerlyAt,
} from './store'

const sectionFields = {
  name: lineField('The name', 60).refine((name) => name !== '', 'Give the section a name.'),
  /** Empty: made from the name. */
  slug: lineField('The address', 80).default(''),
  /** Ticked: the address may have been that of another section. */
  takeOver: z.literal('yes').optional().catch(undefined),
}

/** A new section, after the others. */
export const openSection = operation(
  z.object(sectionFields),
  async ({ tx, permit, tell }, { name, slug, takeOver }) => {
    permit('sections.manage')
    await lock(tx, 'sectionAddresses')
    const section = await insertSection(tx, { name, slug: await freeSlug(tx, slug || name, { id: null, takeOver }) })
    await deleteFormerAddress(tx, section.slug)
    tell({ type: 'section-opened', sectionId: section.id, name: section.name, slug: section.slug })
    return section
  },
)

/**
 * Renames a section or changes its address; the former address redirects. Refused if somebody renamed it after the page was opened: the form has both
 * fields, and would reset the other one.
 */
export const renameSection = operation(
  z.object({
    sectionId: idField,
    /** What the page showed; pages of older builds do not send it. */
    seenName: z.string().optional(),
    seenSlug: z.string().optional(),
    ...sectionFields,
  }),
  async ({ tx, now, permit, tell, unchanged }, { sectionId, seenName, seenSlug, name, slug, takeOver }) => {
    permit('sections.manage')
    await lock(tx, 'sectionAddresses')
    const before = await lockSection(tx, sectionId)
    const section = { id: sectionId, name, slug: await freeSlug(tx, slug || name, { id: sectionId, takeOver }) }
    if (section.name === before.name && section.slug === before.slug) return unchanged(section)
    refuseIfChanged(before, { name: seenName, slug: seenSlug })
    await updateSection(tx, section)
    if (section.slug !== before.slug) {
      await insertFormerAddress(tx, before, now)
      await deleteFormerAddress(tx, section.slug)
    }
    const former = { name: before.name, slug: before.slug }
    tell({ type: 'section-renamed', sectionId, name, slug: section.slug, before: former })
    return section
  },
)

function refuseIfChanged({ name, slug }: Section, seen: { name?: string; slug?: string }) {
  if (name === (seen.name ?? name) && slug === (seen.slug ?? slug)) return
  refuse({
    kind: 'unfit',
    why: `Somebody renamed this section after you opened this page: it is ${name} (/${slug}) by now. Look again, and do it once more if it is still wanted.`,
  })
}

async function freeSlug(
  tx: Transaction,
  requested: string,
  { id, takeOver }: { id: number | null; takeOver: 'yes' | undefined },
): Promise<string> {
  const slug = slugOf(requested)
  const holder = await sectionBySlug(tx, slug)
  if (isReserved(slug) || (holder !== null && holder.id !== id))
    return refuse({ kind: 'taken', what: 'section address', value: slug })
  const former = await sectionFormerlyAt(tx, slug)
  if (former !== null && former.id !== id && takeOver === undefined)
    return refuse({ kind: 'former-address', value: slug, leadsTo: former.name })
  return slug
}
