import type { Body } from '../body/body'
import type { PictureUse } from '../picture/use'

/** What each kind of field holds. An empty line or text is null. */
export type ValueOf = {
  headline: string
  line: string | null
  text: string | null
  section: number | null
  slug: string
  /** Names of authors or topics as written, in their order. */
  names: string[]
  /** Without its caption and alt text, which are fields of their own: two people may write in them at once. */
  picture: PictureUse | null
  body: Body | null
}
export type FieldKind = keyof ValueOf

type Field = {
  kind: FieldKind
  /** The field in sentences and in the history (stored: never change one). */
  name: string
  /** The field in the form and in comparisons. */
  label: string
  /** Characters; checked at publishing, advice before. */
  max?: number
}

/** What is written in a story, declared once: form, document, columns, comparison and history derive from it, in this order. */
export const copyFields = {
  headline: { kind: 'headline', name: 'headline', label: 'Headline', max: 300 },
  kicker: { kind: 'line', name: 'kicker', label: 'Kicker', max: 60 },
  standfirst: { kind: 'text', name: 'standfirst', label: 'Standfirst', max: 600 },
  dateline: { kind: 'line', name: 'dateline', label: 'Dateline', max: 80 },
  sectionId: { kind: 'section', name: 'section', label: 'Section' },
  slug: { kind: 'slug', name: 'address', label: 'Words of the address', max: 200 },
  authors: { kind: 'names', name: 'authors', label: 'Authors' },
  topics: { kind: 'names', name: 'topics', label: 'Topics' },
  picture: { kind: 'picture', name: 'picture', label: 'Picture' },
  /** Of the picture above, in this story; null: the picture’s. */
  caption: { kind: 'text', name: 'caption', label: 'Caption', max: 2000 },
  alt: { kind: 'line', name: 'alt text', label: 'Alt text', max: 1000 },
  body: { kind: 'body', name: 'body', label: 'Body' },
} as const satisfies Record<string, Field>

/** Beyond this many characters a headline is cut in share sheets; advice, never a refusal. */
export const LONG_HEADLINE_LENGTH = 110

type Fields = typeof copyFields
export type CopyField = keyof Fields
export type FieldName = Fields[CopyField]['name']
export type FieldOf<Kind extends FieldKind> = {
  [F in CopyField]: Fields[F]['kind'] extends Kind ? F : never
}[CopyField]

/** What is written in a story. A story whose body is null is a headline. */
export type Copy = { [F in CopyField]: ValueOf[Fields[F]['kind']] }

export const copyFieldKeys = Object.keys(copyFields) as CopyField[]

export function fieldsOf<Kind extends FieldKind>(...kinds: Kind[]): FieldOf<Kind>[] {
  return copyFieldKeys.filter((field): field is FieldOf<Kind> => (kinds as string[]).includes(copyFields[field].kind))
}

/** The fields that are plain text: readers see them, and Postgres and the search have them as they are. */
export const textFields = fieldsOf('headline', 'line', 'text')
export type TextField = (typeof textFields)[number]

/** The text fields of a copy, of its columns or of a view. */
export function pickText<Source extends Record<TextField, unknown>>(of: Source): Pick<Source, TextField> {
  return Object.fromEntries(textFields.map((field) => [field, of[field]])) as Pick<Source, TextField>
}

/** One value for each field, made by the function of its kind. */
export function mapFields<Make extends { [Kind in FieldKind]: (field: FieldOf<Kind>) => unknown }>(
  make: Make,
): { [F in CopyField]: ReturnType<Make[Fields[F]['kind']]> } {
  const entries = copyFieldKeys.map((field) => [
    field,
    (make[copyFields[field].kind] as (of: CopyField) => unknown)(field),
  ])
  return Object.fromEntries(entries) as { [F in CopyField]: ReturnType<Make[Fields[F]['kind']]> }
}
