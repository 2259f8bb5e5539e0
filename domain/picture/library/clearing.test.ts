import fc from 'fast-check'
import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { isUsableAt, pictureLeases, pictures } from '@/db/schema/picture'
import { aPerson, expectRefusal, refusalOf, valueOf } from '../../newsroom.test-support'
import { refusalOf as rightsRefusalOf } from '../picture'
import { usableAt, type Lease, type RightsCategory } from '../rights'
import { addLease, endLease, setRights } from './clearing'
import { aPicture, pictureNow, sentencesOfPicture } from './picture.test-support'

const at = (minutes: number) => new Date(Date.UTC(2030, 0, 1, 0, minutes))
const lease = (id: number, kind: 'allow' | 'deny', from: number | null, until: number | null): Lease => ({
  id,
  kind,
  from: from === null ? null : at(from),
  until: until === null ? null : at(until),
  note: 'So',
})

test('Postgres decides as the rule does, for any category and leases, at every boundary', async () => {
  const { id } = await aPicture()
  const minute = fc.option(fc.integer({ min: 0, max: 6 }))
  const someLease = fc
    .record({ kind: fc.constantFrom('allow' as const, 'deny' as const), from: minute, until: minute })
    .filter(({ from, until }) => from === null || until === null || from < until)
  const categories = fc.constantFrom<RightsCategory>('none', 'agency', 'public-domain')
  await fc.assert(
    fc.asyncProperty(categories, fc.array(someLease, { maxLength: 4 }), async (rightsCategory, wanted) => {
      await database().delete(pictureLeases).where(eq(pictureLeases.pictureId, id))
      await database().update(pictures).set({ rightsCategory }).where(eq(pictures.id, id))
      const leases: Lease[] = []
      for (const { kind, from, until } of wanted) {
        const { id: _, ...one } = lease(0, kind, from, until)
        const [row] = await database()
          .insert(pictureLeases)
          .values({ ...one, pictureId: id, createdAt: at(0), createdByName: 'Bo' })
          .returning({ id: pictureLeases.id })
        leases.push({ ...one, id: row?.id ?? 0 })
      }
      const minutes = [0, 1, 2, 3, 4, 5, 6]
      const moment = sql`moments.at`
      const rows = await database()
        .select({ usable: isUsableAt(moment) })
        .from(pictures)
        .crossJoin(
          sql`unnest(array[${sql.join(
            minutes.map((one) => sql`${at(one).toISOString()}::timestamptz`),
            sql`, `,
          )}]) with ordinality as moments (at, place)`,
        )
        .where(eq(pictures.id, id))
        .orderBy(sql`moments.place`)
      expect(rows.map(({ usable }) => usable)).toEqual(minutes.map((one) => usableAt(rightsCategory, leases, at(one))))
    }),
    { numRuns: 60 },
  )
})

test('an editor says on what grounds a picture may be used; a reporter may not, not even of their own', async () => {
  const { id, by } = await aPicture()
  const rights = { pictureId: id, seenRightsVersion: 1, category: 'handout', note: 'From the harbour master' }
  expectRefusal(await setRights(by, rights), { kind: 'not-permitted', act: 'picture.clear' })
  const editor = await aPerson('editor')
  valueOf(await setRights(editor, rights))
  expect((await pictureNow(id)).rights).toEqual({
    category: 'handout',
    licence: null,
    restriction: null,
    note: 'From the harbour master',
  })
  expectRefusal(await setRights(editor, { ...rights, category: 'pr' }), {
    kind: 'stale',
    theirs: { category: 'Handout' },
  })
  expectRefusal(await setRights(editor, { ...rights, seenRightsVersion: 2, category: 'creative-commons' }), {
    kind: 'invalid',
    fields: { licence: ['Say which licence it has.'] },
  })
  const licensed = { ...rights, seenRightsVersion: 2, category: 'creative-commons', licence: 'CC BY 4.0' }
  valueOf(await setRights(editor, licensed))
  expect((await sentencesOfPicture(id)).slice(1)).toEqual([
    'Set the rights of “pier.jpg”: Handout; From the harbour master (was None).',
    'Set the rights of “pier.jpg”: CC BY 4.0; From the harbour master (was Handout; From the harbour master).',
  ])
})

test('what has no rights is allowed with a reason and an end only, and the history has both', async () => {
  const { id, by } = await aPicture()
  const editor = await aPerson('editor')
  const allowance = { pictureId: id, kind: 'allow', from: '', timeZone: 'UTC', note: 'The family said yes by phone' }
  expectRefusal(await addLease(by, { ...allowance, until: '2031-01-01T12:00' }), { kind: 'not-permitted' })
  expectRefusal(await addLease(editor, { ...allowance, until: '' }), {
    kind: 'invalid',
    fields: { until: [expect.any(String)] },
  })
  expectRefusal(await addLease(editor, { ...allowance, until: '2031-01-01T12:00', note: ' ' }), { kind: 'invalid' })
  expectRefusal(await addLease(editor, { ...allowance, until: '2020-01-01T12:00' }), { kind: 'invalid' })
  const { leases } = valueOf(await addLease(editor, { ...allowance, until: '2031-01-01T12:00' }))
  expect(rightsRefusalOf(await pictureNow(id), new Date())).toBeNull()
  expect((await sentencesOfPicture(id)).at(-1)).toMatch(
    /^Allowed the use of “pier.jpg” until .*2031.*: The family said yes by phone$/u,
  )
  valueOf(await endLease(editor, { pictureId: id, leaseId: leases[0]?.id }))
  expect(rightsRefusalOf(await pictureNow(id), new Date())).toEqual({ why: 'no-rights' })
  expect(refusalOf(await endLease(editor, { pictureId: id, leaseId: leases[0]?.id }))).toEqual({
    kind: 'not-found',
    what: 'lease',
  })
})
