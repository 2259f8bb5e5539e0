import { expect, test } from 'vitest'
import { aPerson, refusalOf, valueOf } from '../newsroom.test-support'
import { openSection, renameSection } from './running'

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
  expect(refusalOf(await openSection(admin, { name: 'Admin', slug: '' }))).toEqual({
    kind: 'taken',
    what: 'section address',
    value: 'admin',
  })
  expect(refusalOf(await openSection(admin, { name: 'Knots', slug: section.slug }))).toMatchObject({ kind: 'taken' })
})

test('an editor opens no section', async () => {
  expect(refusalOf(await openSection(await aPerson('editor'), { name: 'Knots', slug: 'knots' }))).toMatchObject({
    kind: 'not-permitted',
  })
})
