import { normalizedText } from '../form/typed-text'
/** Reporters write their own stories, editors manage all of them, admins also manage users, sections and settings. */
export const roles = ['reporter', 'editor', 'admin'] as const
export type Role = (typeof roles)[number]

/** A signed-in user (with an id), or the seed, the clock or the command line (without). */
export type Actor = { id: number | null; name: string; role: Role }

/** Publishes the first edition in an empty newsroom. */
export const seedActor: Actor = { id: null, name: 'seed', role: 'admin' }

/** For commands on the server: a user who may run them has access to the database anyway. */
export const commandLineActor: Actor = { id: null, name: 'command line', role: 'admin' }

/** For what is due at a time: scheduled stories, changes and ends. */
export const clockActor: Actor = { id: null, name: 'clock', role: 'admin' }

/** Somebody with a login. Authors of stories are something else (domain/taxonomy). */
export type User = {
  id: number
  email: string
  name: string
  role: Role
  disabledAt: Date | null
  hasPassword: boolean
}

/** Normalized and in lower case, so that no two users differ by case or width alone. */
export function normalizedEmail(email: string): string {
  return normalizedText(email, 'NFKC').trim().toLowerCase()
}
