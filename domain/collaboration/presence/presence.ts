import { copyFields, type CopyField } from '../../copy/copy-fields'

export type PresenceField = CopyField

/** Somebody with a story open in a tab: in which field, or in none. Two people may have one name. */
export type Presence = { tab: string; person: number; name: string; field: PresenceField | null }

/** What everybody who has the story open is told of a tab: also where its caret stands in the body (`caret.ts`); `gone` when it was closed. */
export type PresenceUpdate = Presence & { caret: string | null; gone: boolean }

export const isPresenceField = (name: unknown): name is PresenceField =>
  typeof name === 'string' && Object.hasOwn(copyFields, name)

/** A tab's name for itself, made up by its browser. */
export const isTabId = (tab: unknown): tab is string => typeof tab === 'string' && /^[\w-]{8,64}$/u.test(tab)

/** A name as long as it is worth telling. */
export const truncatedName = (name: string) => [...name].slice(0, 100).join('')

/** @example 'Ann is writing in the headline' */
export function presenceSentence({ name, field }: Pick<Presence, 'name' | 'field'>): string {
  return field === null ? `${name} is here` : `${name} is writing in the ${copyFields[field].name}`
}

/** @example 'Ann is writing here' */
export function fieldPresenceSentence(present: Presence[]): string {
  const [first = '', ...more] = new Map(present.map(({ person, name }) => [person, name])).values()
  return more.length === 0 ? `${first} is writing here` : `${more.length + 1} are writing here`
}

/** So many colours there are for people; each has one for life. */
const COLOURS = 8
export const colourOf = ({ person }: Pick<Presence, 'person'>): number => person % COLOURS

/** @example 'OQ' for Otto Quibble */
export function initialsOf({ name }: Pick<Presence, 'name'>): string {
  const words = name.trim().split(/\s+/u)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  return ends.map((word = '') => [...word].slice(0, 1).join('').toUpperCase()).join('')
}
