import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { database } from '@/db/client'
import { parseSearch } from './search'
import { vectorLiteral } from './vector'

/** What is written, and a search that finds it. */
const found: [written: string, typed: string][] = [
  ['„Drachen‟ sind da', 'drachen'],
  ['‹kite›', 'kite'],
  ['kite…club', 'club'],
  ['kite• club', 'kite'],
  ['¿kite?', 'kite'],
  ['kite،club', 'club'],
  ['شهر؛باد', 'باد'],
  ['पतंग।उड़ी', 'उड़ी'],
  ['kite\u202fclub', 'kite club'],
  ['kite\u00a0club', '"kite club"'],
  ['kite\u2009club', 'club'],
  ['it’s the kite', "it's"],
  ["it's", 'it’s'],
  ['James’ kite', 'james'],
  ['the Joneses’ kite', "joneses'"],
  ['rock ’n’ roll', "rock 'n' roll"],
  ['rock‑n‑roll', 'rock-n-roll'],
  ['ʻOkina Hawaiʻi', "hawai'i"],
  ['Hawaiʻi', 'hawaii'],
  ['Qur’an', 'quran'],
  ['Sana’a', "sana'a"],
  ['l’Opéra', 'opera'],
  ['d’Orsay', 'orsay'],
  ['aujourd’hui', "aujourd'hui"],
  ['dell’arte', 'arte'],
  ['El Niño', 'el nino'],
  ['São Paulo', 'sao paulo'],
  ['Erdoğan', 'erdogan'],
  ['Đoković', 'dokovic'],
  ['Żółć', 'zolc'],
  ['Reykjavík', 'reykjavik'],
  ['Ægir', 'aegir'],
  ['Þingvellir', 'thingvellir'],
  ['Guðmundur', 'gudmundur'],
  ['STRASSE', 'straße'],
  ['Straße', 'strasse'],
  ['naïve', 'naive'],
  ['coöperate', 'cooperate'],
  ['Nguyễn', 'nguyen'],
  ['ΑΘΗΝΑΣ', 'Αθήνας'],
  ['Αθήνα', 'αθηνα'],
  ['ЁЖ', 'еж'],
  ['東京都庁', '都庁'],
  ['東京', '東'],
  ['ラーメン', 'ラーメン'],
  ['ﾗｰﾒﾝ', 'ラーメン'],
  ['ラーメン', 'ﾗｰﾒﾝ'],
  ['Ｔｏｋｙｏ', 'tokyo'],
  ['大学生', '学生'],
  ['々代々木', '代々木'],
  ['정부는 말했다', '정부'],
  ['서울특별시에서', '서울'],
  ['ประเทศไทย', 'ไทย'],
  ['น้ำท่วม', 'น้ำ'],
  ['ປະເທດລາວ', 'ລາວ'],
  ['ប្រទេសកម្ពុជា', 'កម្ពុជា'],
  ['မြန်မာနိုင်ငံ', 'မြန်မာ'],
  ['雨が降る', '雨'],
  ['NHKの放送', 'NHK'],
  ['NHKの放送', '放送'],
  ['iPhone用', 'iphone'],
  ['第3回', '3'],
  ['第3回', '第3回'],
  ['2024年', '2024'],
  ['２０２４年', '2024年'],
  ['台灣', '台灣'],
  ['「東京」と『大阪』', '大阪'],
  ['東京、大阪。', '大阪'],
  ['東京・大阪', '東京大阪'],
  ['한국어\u3000뉴스', '뉴스'],
  ['The WHO', 'who'],
  ['IT firms', 'IT'],
  ['US and UK', 'US'],
  ['the U.S. Army', 'US army'],
  ['US Army', 'U.S. Army'],
  ['at 9 AM', 'AM'],
  ['The The played', 'The The'],
  ['The Who', '"The Who"'],
  ['Them! The film', 'them'],
  ['To be, or not to be', '"to be or not to be"'],
  ['It by King', 'It'],
  ['Yes and No', 'no'],
  ['C++17', 'c++'],
  ['the C language', 'C'],
  ['R & D', 'R&D'],
  ['R&D', 'r&d'],
  ['A1 road', 'A1'],
  ['F‑16s', 'F-16'],
  ['F-16s', 'F-16s'],
  ['G7', 'g-7'],
  ['G20 summit', 'G20'],
  ['9/11', '9/11'],
  ['9-11', '9/11'],
  ['24/7', '24/7'],
  ['$2bn', '$2bn'],
  ['$2bn', '2bn'],
  ['2bn', '$2bn'],
  ['€1,5 Mio', '1,5'],
  ['1,000', '1000'],
  ['10 000', '10 000'],
  ['3.14', '3.14'],
  ['.NET', '.net'],
  ['Node.js', 'node.js'],
  ['Node.js', 'nodejs'],
  ['Node.js', 'node'],
  ['S&P 500', 's&p 500'],
  ['Yahoo!', 'Yahoo!'],
  ['P!nk', 'P!nk'],
  ['Ke$ha', 'ke$ha'],
  ['will.i.am', 'will.i.am'],
  ['@kite_club', '@kite_club'],
  ['#KiteClub', '#kiteclub'],
  ['#KiteClub', 'kiteclub'],
  ['a@b.example', 'a@b.example'],
  ['COVID-19', 'covid 19'],
  ['COVID-19', 'covid19'],
  ['Covid19', 'covid-19'],
  ['MI5', 'MI-5'],
  ['Boeing 737-800', '737-800'],
  ['e-mail', 'email'],
  ['email', 'e-mail'],
  ['coop', 'co-op'],
  ['co-op', 'coop'],
  ['A.B.C.', 'abc'],
  ['4x4', '4x4'],
  ['№5', '№5'],
  ['X', 'x'],
  ['7', '7'],
  ['one 5% rise', '5%'],
  ['5 %', '5%'],
  ['H₂O', 'h2o'],
  ['CO2', 'CO₂'],
  ['m²', 'm2'],
  ['½ cup', '1/2'],
  ['Ⅳ', 'iv'],
  ['he/him', 'he/him'],
  ['and/or', 'and/or'],
  ['not found', 'NOT'],
  ['tea or coffee', 'or'],
  ['Or', 'or'],
  ['running club', 'runs'],
  ['universities', 'university'],
  ['ferry', 'FERRIES'],
  ['5" gun', '5"'],
  ['6′ 2″', "6' 2"],
  ['The “kite” club', '"kite club"'],
  ['Leser*innen', 'leser'],
  ['https://kite.example/club', 'kite.example'],
  ['Ἀθῆναι', 'αθηναι'],
  ['ʿAlī', 'ali'],
  ['Al‑Qaʿida', "al-qa'ida"],
  ['ما‌شاءالله', 'ماشاءالله'],
  ['کتابـــی', 'کتابی'],
  ['ﷺ', 'ﷺ'],
  ['𝐊𝐢𝐭𝐞', 'kite'],
  ['ⓚⓘⓣⓔ', 'kite'],
  ['k\u0336i\u0336t\u0336e', 'kite'],
  ['fi\u200bnal', 'final'],
  ['ﬁnal', 'final'],
  ['Dvořák', 'dvorak'],
  ['Ångström', 'angstrom'],
  ['A\u030angstrom', 'Ångstrom'],
  ['Mötley Crüe', 'motley crue'],
  ['🪁kite🪁', 'kite'],
  ['kite\ufe0f', 'kite'],
  ['O’Neill’s', "O'Neill"],
  ['McDonald’s', "mcdonald's"],
  ['McDonald’s', 'mcdonalds'],
  ['McDonalds', "McDonald's"],
  ['the 1990s', '1990s'],
  ["the '90s", '90s'],
  ['Wi‑Fi', 'wifi'],
  ['US-led', 'US'],
  ['US-led', 'us-led'],
  ['ex–mayor', 'ex-mayor'],
  ['non\u2011stop', 'nonstop'],
  ['kite–flying', '"kite flying"'],
  ['AT&T', 'AT & T'],
  ['AT & T', 'AT&T'],
  ['“I won’t”', 'wont'],
]

const notFound: typeof found = [
  ['kites', 'kit'],
  ['the kite', 'kite -the'],
  ['kite club', '"club kite"'],
  ['3.5 kites', '35'],
  ['9/11', '911'],
  ['京東', '東京'],
  ['new kite', 'news'],
  ['we’re here', 'were there'],
]

test('what is seen is found, however it is typed', async () => {
  const missed = []
  for (const [written, typed] of found) if (!(await finds(written, typed))) missed.push([written, typed])
  expect(missed).toEqual([])
})

test('what is not there is not found', async () => {
  const wrong = []
  for (const [written, typed] of notFound) if (await finds(written, typed)) wrong.push([written, typed])
  expect(wrong).toEqual([])
})

test('no search of 200 signs is an error, and none of a text', async () => {
  const sign = fc.constantFrom(...`'"\\&|!():*<->–—“”„«»「」’ or OR a b 東 ん ̈ $#.+@%/0٣ﷺİß\u0000\u0001\u200b\ud800\t`)
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: sign, minLength: 100, maxLength: 200 }),
      fc.boolean(),
      async (typed, prefixes) => {
        const { strict, loose } = parseSearch(typed, { prefixes })
        for (const query of [strict, loose]) if (query !== null) await matches(vectorOf(typed), query)
      },
    ),
    { numRuns: 300 },
  )
})

const vectorOf = (text: string) => vectorLiteral([{ weight: 'A', text }])

async function finds(written: string, typed: string): Promise<boolean> {
  const { strict, loose } = parseSearch(typed, { prefixes: false })
  for (const query of [strict, loose]) if (query !== null && (await matches(vectorOf(written), query))) return true
  return false
}

async function matches(vector: string, query: string): Promise<boolean> {
  const [row] = await database().execute<{ found: boolean }>(
    sql`select ${vector}::tsvector @@ ${query}::tsquery as found`,
  )
  return row?.found ?? false
}
