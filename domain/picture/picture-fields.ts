import { digitalSourceTypes } from './digital-source-types'

/** What each kind of field holds. Null: as it came in the file. */
export type ValueOf = {
  line: string
  text: string
  names: string[]
  /** A date, or a date and a time, as in `Told.takenAt`; a year or a month where no more is known. */
  when: string
  flag: boolean
  sourceType: string
}
export type FieldKind = keyof ValueOf

type Field = {
  kind: FieldKind
  /** The field in sentences and in the history (stored: never change one). */
  name: string
  /** The field in the form. */
  label: string
  /** Characters; of each name. */
  max?: number
}

/** What the desk says of a picture, declared once: form, columns, conflicts and history derive from it, in this order. */
export const pictureFields = {
  caption: { kind: 'text', name: 'caption', label: 'Caption', max: 5000 },
  credit: { kind: 'line', name: 'credit', label: 'Credit', max: 300 },
  byline: { kind: 'names', name: 'byline', label: 'Byline', max: 100 },
  source: { kind: 'line', name: 'source', label: 'Source', max: 300 },
  copyright: { kind: 'line', name: 'copyright', label: 'Copyright', max: 500 },
  alt: { kind: 'line', name: 'alt text', label: 'Alt text', max: 1000 },
  /** Whether it says nothing to a reader who does not see it. It has no alt text then. */
  decorative: { kind: 'flag', name: 'decorative', label: 'Decorative' },
  instructions: { kind: 'text', name: 'instructions', label: 'Instructions', max: 2000 },
  takenWhen: { kind: 'when', name: 'time taken', label: 'Taken when' },
  takenWhere: { kind: 'line', name: 'place taken', label: 'Taken where', max: 300 },
  people: { kind: 'names', name: 'people', label: 'People', max: 100 },
  keywords: { kind: 'names', name: 'keywords', label: 'Keywords', max: 100 },
  sourceType: { kind: 'sourceType', name: 'digital source type', label: 'Digital source type' },
} as const satisfies Record<string, Field>

type Fields = typeof pictureFields
export type PictureField = keyof Fields
export type PictureFieldName = Fields[PictureField]['name']
export type FieldOf<Kind extends FieldKind> = {
  [F in PictureField]: Fields[F]['kind'] extends Kind ? F : never
}[PictureField]

/** What holds of a picture: the desk’s where it said something, else as it came. */
export type PictureTexts = { [F in PictureField]: ValueOf[Fields[F]['kind']] }

/** What the desk said. Null: as it came. An empty text is one that the desk took out. */
export type DeskFields = { [F in PictureField]: PictureTexts[F] | null }

export const pictureFieldKeys = Object.keys(pictureFields) as PictureField[]

/** One value for each field, made by the function of its kind. */
export function mapPictureFields<Make extends { [Kind in FieldKind]: (field: FieldOf<Kind>) => unknown }>(
  make: Make,
): { [F in PictureField]: ReturnType<Make[Fields[F]['kind']]> } {
  const entries = pictureFieldKeys.map((field) => [
    field,
    (make[pictureFields[field].kind] as (of: PictureField) => unknown)(field),
  ])
  return Object.fromEntries(entries) as { [F in PictureField]: ReturnType<Make[Fields[F]['kind']]> }
}

/** Names of a kind in one picture. */
export const MAX_NAMES_OF_PICTURE = 100

export const isSourceType = (term: string): boolean => Object.hasOwn(digitalSourceTypes, term)
