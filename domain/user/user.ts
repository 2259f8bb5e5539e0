/** What somebody may do in the newsroom: reporters write their own stories, editors run all of them, admins also run the house. */
export const roles = ['reporter', 'editor', 'admin'] as const
export type Role = (typeof roles)[number]

/** Whoever is at the desk: the signed-in person (with an id), or the seed and the command line (without). */
export type Actor = { id: number | null; name: string; role: Role }

/** The actor who reads the first edition into an empty newsroom. */
export const seedActor: Actor = { id: null, name: 'seed', role: 'admin' }

/** The actor behind commands on the server itself: whoever may run them may read the database anyway. */
export const commandLineActor: Actor = { id: null, name: 'command line', role: 'admin' }

/** The actor behind what comes true by itself: a scheduled story whose time has come. */
export const clockActor: Actor = { id: null, name: 'clock', role: 'admin' }

/** Somebody with a login. An author of stories is not a login; see domain/author. */
export type User = {
  id: number
  email: string
  name: string
  role: Role
  disabledAt: Date | null
  hasPassword: boolean
}

/** E-mail addresses are compared folded: no two people differ by case or width alone. */
export function normalizedEmail(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase()
}
