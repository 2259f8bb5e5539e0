import { describe, expect, test } from 'vitest'
import { storyIdInSlug } from '@/lib/routes'
import { findLinks, findUnresolved, internalTarget } from './copy/flaws'
import { copyFormFields } from './copy/copy-form'
import { nameKey, parseNames, replaceNames } from './copy/name'
import { countWords } from './body/body'
import { bodyFromParagraphs, parseBody } from './body/body-parser'
import { embedFrame, hostOf, isEmbeddable } from './body/embed'
import { isSafeLink } from './body/inline'
import { decodeCaret } from './collaboration/presence/caret'
import { editBetween } from './collaboration/document/text-edit'
import { sourceTypeOf } from './picture/digital-source-types'
import { creditLine, leasesAsTheyCame, pictureName, proposedRights, textsAsTheyCame } from './picture/picture'
import { pictureFormFields, problemsOf } from './picture/picture-form'
import { useFromForm } from './picture/use'
import { lineField, reasonField, textField } from './form/fields'
import { slugFor, slugPattern } from './form/slug'
import { toLine, toText } from './form/typed-text'
import { emailField } from './people/inviting'
import { agentFamilyOf } from './preview/preview'
import { parseCopyRef } from './revision/revision'
import { parseIdRanges } from './story/id-ranges'
import { requestedMonth } from './time/calendar'
import { isTimeZone, readTypedTime } from './time/newsroom-time'
import { weaknessOf } from './user/password'
import { looksLikeToken } from './user/token'
import { normalizedEmail } from './user/user'
import { readWireCopy } from './wire-copy/wire-copy'

/** Quadratic work on so many characters takes minutes; linear work takes milliseconds. */
const MANY = 200_000

const ordinary = 'The kite club of Overley sails on Monday. '.repeat(5).slice(0, 200)
const signs = [
  ...' \t\n\r\u3000\u00a0\u200b\ufeff-–=/\\.,;:@\'"’()[]{}<>&#?!*_~`+$^|%0aZéß\u0301雨\u060c…',
  '\r\n',
  ' \n',
  '\u0301\u0323',
  '\ud83d',
  '🎉',
  'a.',
  'a@',
  'aA',
  'TK',
  'x/',
  '<a',
  '&amp;',
  '1-',
  'U.S. ',
]
/** 200,000 of each sign, half of them between ordinary characters and half before a character that no pattern takes. */
const hostileTexts = signs.map((sign) => {
  const many = sign.repeat(MANY / 2 / sign.length)
  return `${ordinary}${many}${ordinary}${many}\u0000`
})

const parsers: Record<string, (text: string) => unknown> = {
  toLine,
  toText,
  slugFor: (text) => slugFor('', text),
  slugPattern: (text) => slugPattern.test(text),
  parseNames,
  nameKey,
  replaceNames: (text) => replaceNames(['Ida Quay'], text, text.length >> 1),
  'fields of a copy': (text) => Object.values(copyFormFields).map((field) => field.safeParse(text).success),
  'fields of a picture': (text) => Object.values(pictureFormFields).map((field) => field.safeParse(text).success),
  'texts of a picture': (text) => {
    const texts = textsAsTheyCame({ caption: text, creators: [text], credit: text, takenAt: text, altText: text })
    const picture = { id: 1, fileName: text, texts }
    return [pictureName(picture), creditLine(texts), problemsOf({ ...texts, takenWhen: `${text}1` }, texts, {})]
  },
  'what a file says of rights': (text) => [
    sourceTypeOf(text),
    leasesAsTheyCame({ expirationDate: text, releaseDate: `2020-01-01${text}` }),
    proposedRights({ webStatement: text, copyright: text, usageTerms: text }),
  ],
  useFromForm,
  lineField: (text) => lineField('The name', MANY).safeParse(text),
  textField: (text) => textField('The note', MANY).safeParse(text),
  reasonField: (text) => reasonField('Give a reason.').safeParse(text),
  emailField: (text) => emailField.safeParse(text),
  normalizedEmail,
  looksLikeToken,
  weaknessOf: (text) => weaknessOf(text, 'ida@overley.example'),
  isSafeLink: (text) => [isSafeLink(text), isSafeLink(`https://overley.example/${text}`)],
  isEmbeddable: (text) => [isEmbeddable(text), isEmbeddable(`https://youtube.com/watch?v=${text}`)],
  embedFrame: (text) => embedFrame(`https://youtube.com/watch?t=${text}`),
  hostOf,
  countWords,
  findUnresolved,
  internalTarget: (text) => internalTarget(`/asia/${text}`),
  bodyFromParagraphs: (text) => findLinks(bodyFromParagraphs([text])),
  parseBody: (text) => parseBody({ type: text, content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] }),
  editBetween: (text) => editBetween(text, ordinary),
  decodeCaret,
  agentFamilyOf,
  parseCopyRef,
  parseIdRanges: (text) => valueOrError(() => parseIdRanges(text)),
  storyIdInSlug,
  requestedMonth: (text) => requestedMonth(text, new Date(0), 'UTC'),
  readTypedTime: (text) => readTypedTime(text, 'UTC'),
  isTimeZone,
  readWireCopy: (text) => readWireCopy(text).ok,
}

function valueOrError<Value>(run: () => Value): Value | string {
  try {
    return run()
  } catch (error) {
    return String(error)
  }
}

describe('200,000 of a sign beside 200 ordinary ones are read in linear time', () => {
  for (const [name, parse] of Object.entries(parsers))
    test(name, () => {
      for (const text of hostileTexts) expect(parse(text), JSON.stringify(text.slice(195, 215))).not.toBe(undefined)
    })
})
