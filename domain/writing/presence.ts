/** The fields of the story form in which somebody can be, and what they are called. */
export const presenceFields = {
  kicker: 'the kicker',
  headline: 'the headline',
  standfirst: 'the standfirst',
  body: 'the body',
  sectionId: 'the section',
  dateline: 'the dateline',
  slug: 'the address',
} as const
export type PresenceField = keyof typeof presenceFields

/** Somebody with a story open in a tab: in which field, or in none. */
export type Presence = { tab: string; name: string; field: PresenceField | null }

/** What everybody who has the story open is told of a tab; `gone` when it was closed. */
export type PresenceNotice = Presence & { gone: boolean }

export const isPresenceField = (name: unknown): name is PresenceField =>
  typeof name === 'string' && Object.hasOwn(presenceFields, name)

/** A tab's name for itself, made up by its browser. */
export const isTabName = (tab: unknown): tab is string => typeof tab === 'string' && /^[\w-]{8,64}$/u.test(tab)

/** @example 'Ann is writing in the headline' */
export function presenceSentence({ name, field }: Pick<Presence, 'name' | 'field'>): string {
  return field === null ? `${name} is here` : `${name} is writing in ${presenceFields[field]}`
}
