import { DOMParser } from '@xmldom/xmldom'
import type { Told } from '@/domain/picture/as-it-came'
import { cleanDate, cleanLine, cleanList, cleanText } from '../text'
import { withoutAbsent } from './iptc'

/** A property as exifreader returns it: a text, a list of properties, or a structure of properties by name. */
type Property = { value?: unknown; attributes?: Record<string, unknown>; description?: unknown }
export type XmpProperties = Record<string, unknown>

/** Longer than the packet of any program; a bigger one is not read. Characters. */
const MAX_LENGTH = 2_000_000

/** For exifreader. A packet with a document type, which could define entities that expand without end, is not read. */
export const xmpParser = {
  parseFromString(text: string, type: string) {
    if (text.length > MAX_LENGTH || /<!(?:DOCTYPE|ENTITY)/iu.test(text)) throw new Error('Not read.')
    const onError = (level: string, message: string) => {
      if (level !== 'warning') throw new Error(message)
    }
    return new DOMParser({ onError }).parseFromString(text, type)
  },
}

export function toldByXmp(properties: XmpProperties): Told {
  const texts = (...names: string[]): string[] => {
    for (const name of names) {
      const found = textsIn(properties[name])
      if (found.length > 0) return found
    }
    return []
  }
  const text = (...names: string[]) => texts(...names)[0] ?? ''
  const marked = text('Marked').toLowerCase()
  return withoutAbsent({
    headline: cleanLine(text('Headline')),
    title: cleanLine(text('title')),
    caption: cleanText(text('description')),
    captionWriter: cleanLine(text('CaptionWriter')),
    creators: cleanList(texts('creator')),
    creatorsTitle: cleanLine(text('AuthorsPosition')),
    credit: cleanLine(text('Credit')),
    source: cleanLine(text('Source')),
    copyright: cleanLine(text('rights', 'Rights')),
    instructions: cleanText(text('Instructions')),
    usageTerms: cleanText(text('UsageTerms')),
    marked: marked === 'true' ? true : marked === 'false' ? false : undefined,
    webStatement: cleanLine(text('WebStatement')),
    licensors: licensorsIn(properties.Licensor),
    altText: cleanText(text('AltTextAccessibility')),
    longDescription: cleanText(text('ExtDescrAccessibility')),
    people: cleanList(texts('PersonInImage')),
    keywords: cleanList(texts('subject')),
    location: cleanLine(text('Location')),
    city: cleanLine(text('City')),
    province: cleanLine(text('State')),
    country: cleanLine(text('Country')),
    countryCode: cleanLine(text('CountryCode')),
    event: cleanLine(text('Event')),
    reference: cleanLine(text('TransmissionReference')),
    category: cleanLine(text('Category')),
    urgency: cleanLine(text('Urgency')),
    digitalSourceType: cleanLine(text('DigitalSourceType')),
    takenAt: cleanDate(text('DateCreated')) ?? cleanDate(text('DateTimeOriginal')),
    releaseDate: cleanDate(text('ReleaseDate', 'releaseDate')),
    expirationDate: cleanDate(text('ExpirationDate', 'expirationDate')),
    licenseStartDate: cleanDate(text('LicenseStartDate')),
    licenseEndDate: cleanDate(text('LicenseEndDate')),
  })
}

/** The texts of a property; of the languages of one text the default comes first. */
function textsIn(property: unknown): string[] {
  if (typeof property === 'string') return property.trim() === '' ? [] : [property]
  if (typeof property !== 'object' || property === null) return []
  const { value } = property as Property
  if (!Array.isArray(value)) return textsIn(typeof value === 'string' ? value : undefined)
  const isDefault = (item: unknown) => (item as Property | null)?.attributes?.lang === 'x-default'
  return [...value.filter(isDefault), ...value.filter((item) => !isDefault(item))].flatMap(textsIn)
}

/** Whom to ask for a licence (PLUS). */
function licensorsIn(property: unknown): Told['licensors'] {
  const { value } = (property ?? {}) as Property
  const items = Array.isArray(value) ? value : value === undefined ? [] : [value]
  const licensors = items.flatMap((item) => {
    const fields = (item ?? {}) as Record<string, unknown>
    const licensor = withoutAbsent({
      name: cleanLine(textsIn(fields.LicensorName)[0] ?? ''),
      url: cleanLine(textsIn(fields.LicensorURL)[0] ?? ''),
    })
    return Object.keys(licensor).length > 0 ? [licensor] : []
  })
  return licensors.length > 0 ? licensors.slice(0, 20) : undefined
}
