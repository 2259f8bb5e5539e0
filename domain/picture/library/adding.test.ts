import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { aPerson, valueOf } from '../../newsroom.test-support'
import { textsOfPicture } from '../picture'
import { addPicture } from './adding'
import { editPicture } from './editing'
import { anIngestedPicture, aPicture, pictureNow, sentencesOfPicture } from './picture.test-support'

test('a picture is added with what came in its file, and says what it is to anybody who opens it', async () => {
  const reporter = await aPerson('reporter')
  const ingested = anIngestedPicture({ caption: 'Boats at the pier', creators: ['Ada Ey', 'Bo Kai'], credit: 'Pier' })
  const { id } = valueOf(await addPicture(reporter, ingested))
  const picture = await pictureNow(id)
  expect(picture).toMatchObject({
    key: ingested.key,
    uploadedById: reporter.id,
    version: 1,
    asItCame: ingested.asItCame,
  })
  expect(picture.rights.category).toBe('none')
  expect(textsOfPicture(picture)).toMatchObject({ caption: 'Boats at the pier', byline: ['Ada Ey', 'Bo Kai'] })
  expect(Object.values(picture.desk).every((value) => value === null)).toBe(true)
  expect(await sentencesOfPicture(id)).toEqual(['Added “Boats at the pier” to the pictures.'])
})

test('the same bytes open what is there, untouched, also when twenty come at once', async () => {
  const reporter = await aPerson('reporter')
  const ingested = anIngestedPicture({ caption: 'Boats' })
  const first = valueOf(await addPicture(reporter, ingested))
  valueOf(await editPicture(reporter, { pictureId: first.id, seenVersion: 1, caption: 'Boats at dawn' }))
  const again = Array.from({ length: 20 }, async () =>
    valueOf(await addPicture(await aPerson('editor'), { ...anIngestedPicture(), sha256: ingested.sha256 })),
  )
  for (const one of await Promise.all(again)) expect(one).toEqual({ id: first.id, key: first.key, existing: true })
  expect(textsOfPicture(await pictureNow(first.id)).caption).toBe('Boats at dawn')
  expect(await sentencesOfPicture(first.id)).toHaveLength(2)

  const other = anIngestedPicture()
  const race = Array.from({ length: 8 }, async () =>
    valueOf(await addPicture(reporter, { ...other, key: anIngestedPicture().key })),
  )
  const ids = (await Promise.all(race)).map(({ id }) => id)
  expect(new Set(ids).size).toBe(1)
})

test('times in the file outside which it may not be used become leases', async () => {
  const { id } = await aPicture({ releaseDate: '2020-01-01', expirationDate: '2021-12-31T23:59:59Z' })
  expect((await pictureNow(id)).leases).toMatchObject([
    { kind: 'deny', from: null, until: new Date('2020-01-01T00:00:00Z') },
    { kind: 'deny', from: new Date('2021-12-31T23:59:59Z'), until: null },
  ])
})

test('what came with the file is never changed, not even by SQL', async () => {
  const { id } = await aPicture({ caption: 'Boats' })
  for (const change of [`as_it_came = '{}'`, `key = 'other-key-00'`, `sha256 = '${'0'.repeat(64)}'`])
    await expect(database().execute(sql.raw(`update pictures set ${change} where id = ${id}`))).rejects.toThrow()
  await expect(database().execute(sql.raw(`delete from pictures where id = ${id}`))).rejects.toThrow()
})
