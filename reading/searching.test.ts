import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeDatabase } from '@/db/client'
import { connect } from '@/db/connection'
import { migrateDatabase } from '@/db/migrate'
import type { DeskQuery } from '@/domain/desk/desk'
import { findOnDesk } from '@/domain/desk/queries'
import { aPerson, aSection, storyFields, valueOf } from '@/domain/newsroom.test-support'
import { startStory } from '@/domain/story/drafting'
import { publishStory } from '@/domain/story/publishing'
import type { Actor } from '@/domain/user/user'
import { databaseAt } from '@/server/database/postgres.test-support'
import { searchStories } from './search'

type Copy = {
  headline?: string
  body?: string
  kicker?: string
  standfirst?: string
  dateline?: string
  authors?: string
  topics?: string
}

/** Synthetic stories: what is written, and the searches that find it. */
const stories: { copy: Copy; found: string[]; notFound?: string[] }[] = [
  {
    copy: { headline: '“Quibbles” hit Wöbbler–Maier — O’Brien’s plan for Overley’s ferry…' },
    found: [
      'Quibbles',
      'quibble',
      'Wöbbler',
      'wobbler',
      'Maier',
      'Wöbbler-Maier',
      'wobbler–maier',
      "O'Brien",
      'O’Brien',
      'OBrien',
      'plan',
      'Overley',
      "Overley's",
      'Overley’s',
      '“Wöbbler–Maier”',
      '"plan for Overley"',
      '"O’Brien’s plan"',
    ],
    notFound: ['Quibb', '"plan ferry"'],
  },
  {
    copy: { headline: 'The bell rings', body: 'It isn’t broken, says «Zorbel»; ‘Mubbin’ agrees¿Gobbet?' },
    found: ["isn't broken", 'isn’t broken', 'Zorbel', 'Mubbin', 'Gobbet', '"isn\'t broken"', 'isnt broken'],
  },
  {
    copy: { headline: 'The clock stops', body: "It wasn't the dorrel." },
    found: ['wasn’t dorrel', "wasn't dorrel", '“wasn’t the dorrel”'],
  },
  {
    copy: { headline: '小船的春天', body: '今日は良い凧ですので北町の人々は凧揚げに出かけました。雨。NHKの凧' },
    found: ['小船', '春天', '小船的春天', '北町', '凧揚げ', '雨', 'NHKの凧', 'ＮＨＫ', '北町　凧揚げ', '"良い凧"'],
    notFound: ['町北'],
  },
  {
    copy: { headline: 'ｶﾞｽﾄｶﾀｶﾅ 가나다마을에서' },
    found: ['ガスト', 'カタカナ', '가나다마을', '\u1100\u1161\u1102\u1161\u1103\u1161'],
  },
  {
    copy: { headline: 'เรือข้ามฟากร้องเพลง ກຳປັ່ນຮ້ອງເພງ សាឡាងច្រៀង ကူးတို့သီချင်း' },
    found: ['ร้องเพลง', 'ຮ້ອງເພງ', 'ច្រៀង', 'သီချင်း'],
  },
  {
    copy: {
      headline: 'AT&T Sells The Kite Harbour',
      body: 'The WHO said so. The Who played. It flew an F-16 over G7.',
    },
    found: ['WHO', 'The Who', 'AT&T', 'at&t', '"AT&T sells"', 'F-16', 'F16', 'F–16', 'G7', '"the who"', 'who played'],
  },
  {
    copy: {
      headline: 'C++ and C# beat .net for $2bn',
      body: 'To be or not to be. IT in the U.S. is 9/11 of US$3.5bn; H₂O, 10⁶ and 1,000 notes¹.',
    },
    found: [
      'C++',
      'C#',
      '.net',
      'net',
      '$2bn',
      '2bn',
      'To be or not to be',
      '"to be or not to be"',
      'IT',
      'US',
      'U.S.',
      '9/11',
      '$3.5bn',
      'H2O',
      '1000',
      '1,000',
      'notes',
    ],
    notFound: ['C++ marmalade'],
  },
  {
    copy: { headline: 'Łobuz, Ørsted, Đặng, Straßen, Ærø, Þorri, ısırgan', body: 'Cafe\u0301 مُحَمَّد صَيَّاد ٤٢٧' },
    found: [
      'lobuz',
      'Łobuz',
      'orsted',
      'dang',
      'strassen',
      'aero',
      'thorri',
      'isirgan',
      'ISIRGAN',
      'İsirgan',
      'café',
      'cafe',
      'محمد',
      '427',
    ],
  },
  {
    copy: { headline: 'מרק בגבעת־כנף', body: 'דובר צה״ל וג׳ירפה; यह पतंग। شهر، باد؟' },
    found: ['בגבעת', 'כנף', 'בגבעת־כנף', 'צה״ל', 'צה"ל', "וג'ירפה", 'पतंग', 'شهر', 'باد'],
  },
  {
    copy: {
      headline: 'Nothing here',
      kicker: 'Velvetrail',
      standfirst: 'A tumblegate opens.',
      dateline: 'PORT UMBRAGE',
      authors: 'Zelda Quorne',
      topics: 'Singing ferries',
    },
    found: [
      'velvetrail',
      'tumblegate',
      'Umbrage',
      '"Port Umbrage"',
      'Quorne',
      '"Zelda Quorne"',
      'zelda nothing',
      '"singing ferries"',
    ],
  },
]

/** Clusters that people have: the embedded one, and those of their own. Turkish has other capitals. */
const databases = {
  'the embedded Postgres': '',
  'a Turkish database by ICU': `template template0 locale_provider icu icu_locale 'tr-TR' locale 'C'`,
  'a database by the C library in UTF-8': `template template0 locale_provider libc locale 'C.UTF-8'`,
}

describe.each(Object.entries(databases))('in %s', (_name, options) => {
  const shared = process.env.DATABASE_URL ?? ''
  const name = `located_${crypto.randomUUID().replaceAll('-', '')}`
  let editor: Actor
  const ids: number[] = []

  beforeAll(async () => {
    if (options !== '') {
      const server = connect(shared)
      await server.unsafe(`create database ${name} ${options}`)
      await server.end()
      await closeDatabase()
      process.env.DATABASE_URL = databaseAt(shared, name)
      await migrateDatabase(process.env.DATABASE_URL)
    }
    editor = await aPerson('editor')
    const { id: sectionId } = await aSection()
    for (const { copy } of stories) ids.push(await publish(editor, String(sectionId), copy))
  })
  afterAll(async () => {
    await closeDatabase()
    process.env.DATABASE_URL = shared
  })

  test.each(stories.map(({ found, notFound = [] }, index) => ({ index, found, notFound })))(
    'readers find story $index by each of its words',
    async ({ index, found, notFound }) => {
      for (const typed of found) expect(await foundByReaders(typed), typed).toContain(ids[index])
      for (const typed of notFound) expect(await foundByReaders(typed), typed).not.toContain(ids[index])
    },
  )

  test('the desk finds what stands in headlines and the other short fields', async () => {
    const onDesk = async (search: string) =>
      (await findOnDesk(editor, { ...everything, search })).stories.map(({ id }) => id)
    for (const [index, { copy, found }] of stories.entries())
      if (copy.body === undefined) for (const typed of found) expect(await onDesk(typed), typed).toContain(ids[index])
    for (const typed of ['AT&T', 'at&', 'C++', 'c#', '$2bn', 'wobb', 'the kite', '春天', '小'])
      expect(await onDesk(typed), typed).not.toEqual([])
  })
})

test('a name in capitals comes before the word: WHO, then who', async () => {
  const editor = await aPerson('editor')
  const { id } = await aSection()
  const who = await publish(editor, String(id), { headline: 'Kite report by the WHO' })
  const pronoun = await publish(editor, String(id), { headline: 'People who fly kites' })
  const found = await foundByReaders('WHO kite')
  expect(found.indexOf(who)).toBeLessThan(found.indexOf(pronoun))
  expect(found).toContain(pronoun)
})

const everything: DeskQuery = { list: null, stage: null, sectionId: null, search: '', before: null }

const foundByReaders = async (typed: string) => (await searchStories(typed)).map(({ id }) => id)

async function publish(editor: Actor, sectionId: string, { headline = '', body, ...others }: Copy): Promise<number> {
  const story = valueOf(await startStory(editor, { headline, sectionId }))
  const paragraph = { type: 'paragraph', attrs: { id: 'p1' }, content: [{ type: 'text', text: body, marks: [] }] }
  const fields = storyFields({
    storyId: String(story.id),
    seenVersion: '1',
    headline,
    sectionId,
    body: body === undefined ? '' : JSON.stringify({ type: 'doc', content: [paragraph] }),
    ...others,
  })
  valueOf(await publishStory(editor, fields))
  return story.id
}
