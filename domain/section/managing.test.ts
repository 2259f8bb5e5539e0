import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { aPerson, refusalOf, valueOf } from '../newsroom.test-support'
import { database, transaction } from '@/db/client'
import { lock } from '@/db/locks'
import { insertSection, sectionFormerlyAt } from './store'
import { openSection, renameSection } from './managing'

test('an admin opens a section, its address made from its name, and renames it', async () => {
  const admin = await aPerson('admin')
  const name = `Tides ${crypto.randomUUID()}`
  const section = valueOf(await openSection(admin, { name, slug: '' }))
  expect(section.slug).toMatch(/^tides-/u)
  const renamed = valueOf(
    await renameSection(admin, { sectionId: section.id, name: 'Weather', slug: `weather-${section.id}` }),
  )
  expect(renamed).toMatchObject({ id: section.id, name: 'Weather' })
})

test('an address that the portal or another section has is refused', async () => {
  const admin = await aPerson('admin')
  const section = valueOf(await openSection(admin, { name: 'Knots', slug: `knots-${crypto.randomUUID()}` }))
  const refusal = refusalOf(await openSection(admin, { name: 'Admin', slug: '' }))
  expect(refusal).toEqual({ kind: 'taken', what: 'section address', value: 'admin' })
  expect(refusalOf(await openSection(admin, { name: 'Knots', slug: section.slug }))).toMatchObject({ kind: 'taken' })
})

test('of two sections that get one address at once, the second is refused', async () => {
  const admin = await aPerson('admin')
  const slug = `knots-${crypto.randomUUID()}`
  const first = transaction(async (tx) => {
    await lock(tx, 'sectionAddresses')
    await pause(300)
    await insertSection(tx, { name: 'Knots', slug })
  })
  await pause(100)
  const second = openSection(admin, { name: 'Knots', slug })
  await first
  expect(refusalOf(await second)).toMatchObject({ kind: 'taken', value: slug })
})

test('a former address redirects after every renaming, and another section takes it only with confirmation', async () => {
  const admin = await aPerson('admin')
  const [one, two, three] = [1, 2, 3].map((n) => `knots-${n}-${crypto.randomUUID()}`) as [string, string, string]
  const section = valueOf(await openSection(admin, { name: 'Knots', slug: one }))
  const moveTo = async (slug: string) =>
    valueOf(await renameSection(admin, { sectionId: section.id, name: 'Knots', slug }))
  await moveTo(two)
  await moveTo(three)
  for (const former of [one, two])
    expect(await sectionFormerlyAt(database(), former)).toMatchObject({ id: section.id, slug: three })
  await moveTo(one)
  expect(await sectionFormerlyAt(database(), one)).toBe(null)
  const refusal = refusalOf(await openSection(admin, { name: 'Ropes', slug: two }))
  expect(refusal).toEqual({ kind: 'former-address', value: two, leadsTo: 'Knots' })
  valueOf(await openSection(admin, { name: 'Ropes', slug: two, takeOver: 'yes' }))
  expect(await sectionFormerlyAt(database(), two)).toBe(null)
  expect(await sectionFormerlyAt(database(), three)).toMatchObject({ id: section.id, slug: one })
})

test('a page that was opened before a renaming cannot reset the name by changing the address', async () => {
  const admin = await aPerson('admin')
  const slug = `knots-${crypto.randomUUID()}`
  const { id: sectionId } = valueOf(await openSection(admin, { name: 'Knots', slug }))
  const seen = { sectionId, seenName: 'Knots', seenSlug: slug }
  valueOf(await renameSection(admin, { ...seen, name: 'Ropes', slug }))
  const staleForm = { ...seen, name: 'Knots', slug: `${slug}-2` }
  const refusal = refusalOf(await renameSection(admin, staleForm))
  expect(refusal.kind === 'unfit' && refusal.why).toContain('it is Ropes')
  const section = valueOf(await renameSection(admin, { ...staleForm, seenName: 'Ropes', name: 'Ropes' }))
  expect(section).toMatchObject({ name: 'Ropes', slug: `${slug}-2` })
})

test('an editor opens no section', async () => {
  const refusal = refusalOf(await openSection(await aPerson('editor'), { name: 'Knots', slug: 'knots' }))
  expect(refusal).toMatchObject({ kind: 'not-permitted' })
})
