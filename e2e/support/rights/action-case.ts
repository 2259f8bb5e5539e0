import type { Fixture } from './fixture'
import type { ByVisitor, Visitor } from './visitors'

/** How the newspaper answers a form, and what is so afterwards. Only what is done changes anything. */
export const results = {
  done: { status: [200, 303], says: '', inWords: 'yes' },
  'done, and out': { status: [404], says: 'There is nothing here for you', inWords: 'yes, and is out' },
  'nothing to do': { status: [200, 302, 303], says: '', inWords: 'changes nothing' },
  'not allowed': { status: [403], says: 'Your role does not allow this', inWords: 'no' },
  'not there': { status: [404], says: 'is no longer there', inWords: 'not there' },
  'signed out': { status: [403], says: 'You were signed out', inWords: 'signed out' },
  /** Of what a script asks, which needs no form to give words back in. */
  'signed out, says the route': { status: [401], says: 'You were signed out', inWords: 'signed out' },
  'sign in': { status: [303], says: '', inWords: 'asked to sign in' },
  /** Whoever may, may not while the story stands where it does. */
  'not now': { status: [422], says: 'This story is ', inWords: 'not now' },
  'nothing to review': { status: [422], says: 'There is nothing to review: the story is ', inWords: 'not now' },
  'too late': { status: [410], says: 'This newsroom already has an admin', inWords: 'too late' },
} as const
export type Result = keyof typeof results

export const isDoing = (verdict: Result) => verdict === 'done' || verdict === 'done, and out'

/** Something to be done, prepared: where its form stands, and how one sees that it was done. */
export type Scenario = {
  /** The page that offers the form. */
  at: string
  /** Fields by which this form differs from others of its action. */
  holds?: Record<string, string>
  /** A form without a server action behind it, sent to `at` as it is. */
  bare?: true
  /** What is sent instead of a form, by a script of ours. */
  sends?: { type: string; body: BodyInit }
  /** A page that holds a form of this act, where not even an admin is offered one. */
  lent?: string
  /** History hears of it later. */
  untold?: true
  /** What somebody fills in. */
  types?: Record<string, string>
  /** A session of one's own, where the one of everybody else must not end. */
  cookie?: string | null
  isDone: () => Promise<boolean>
}

/** One action (or a route that takes a form) for one case, and who may do it. */
export type ActionCase = {
  act: string
  words: string
  of?: string
  scene: (house: Fixture, visitor: Visitor) => Promise<Scenario>
  /** The scene is the same whoever tries, so whoever changes nothing leaves it to the next. */
  isForAll?: true
  may: ByVisitor<Result>
}

/** Acts behind the door. Where somebody may have been writing, the signed-out get their words back; elsewhere they are asked to sign in. */
export const inside = (
  reporter: Result,
  { editor = 'done', anonymous = 'signed out' }: { editor?: Result; anonymous?: Result } = {},
): ByVisitor<Result> => ({ anonymous, reporter, editor, admin: 'done' })

/** The same, where the story does not stand so that anybody could do it. */
export const notNow = (reporter: Result, verdict: Result = 'not now'): ByVisitor<Result> => ({
  anonymous: 'signed out',
  reporter,
  editor: verdict,
  admin: verdict,
})
