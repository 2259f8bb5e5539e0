import { roles, type Role } from '@/domain/user/user'
import type { Fixture } from './fixture'

/** Somebody without a session, and the three roles. */
export const visitors = ['anonymous', ...roles] as const
export type Visitor = 'anonymous' | Role
export type ByVisitor<Value> = Record<Visitor, Value>

export const everybody = <Value>(value: Value): ByVisitor<Value> => ({
  anonymous: value,
  reporter: value,
  editor: value,
  admin: value,
})

/** Statuses and text of the response to a form, and the cell of docs/rights.md. Only `done` changes the database. */
export const results = {
  done: { status: [200, 303], text: '', cell: 'yes' },
  'done, and out': { status: [404], text: 'There is nothing here for you', cell: 'yes, and is out' },
  'nothing to do': { status: [200, 302, 303], text: '', cell: 'changes nothing' },
  'not allowed': { status: [403], text: 'Your role does not allow this', cell: 'no' },
  'not there': { status: [404], text: 'is no longer there', cell: 'not there' },
  'signed out': { status: [403], text: 'You were signed out', cell: 'signed out' },
  /** A script's request has no form whose values could be returned. */
  'signed out, for scripts': { status: [401], text: 'You were signed out', cell: 'signed out' },
  'sign in': { status: [303], text: '', cell: 'asked to sign in' },
  /** The role allows it, the story's stage does not. */
  'not now': { status: [422], text: 'This story is ', cell: 'not now' },
  'too late': { status: [410], text: 'This newsroom already has an admin', cell: 'too late' },
} as const
export type Result = keyof typeof results

export const isDone = (result: Result) => result === 'done' || result === 'done, and out'

/** A prepared form: where it is, what is typed, and how to see that the change was made. */
export type Scenario = {
  /** The page that offers the form. */
  path: string
  /** Values by which this form differs from others of its action. */
  formFields?: Record<string, string>
  /** A form without a server action, sent to `path`. */
  plain?: true
  /** The request body of a script, instead of a form. */
  payload?: { type: string; body: BodyInit }
  /** HTML with a form of this action, where an admin is offered none. */
  formPage?: string
  /** History records it later. */
  recordedLater?: true
  input?: Record<string, string>
  /** A session of its own, where the visitor's shared one must not end. */
  cookie?: string | null
  isDone: () => Promise<boolean>
}

/** One action (or a route that takes a form) for one kind of story, and the result for each visitor. */
export type ActionCase = {
  action: string
  title: string
  of?: string
  prepare: (fixture: Fixture, visitor: Visitor) => Promise<Scenario>
  /** The scenario is the same for every visitor, so one whose attempt changed nothing leaves it to the next. */
  isShared?: true
  expected: ByVisitor<Result>
}

export const actionCase = (
  action: string,
  title: string,
  expected: ByVisitor<Result>,
  prepare: ActionCase['prepare'],
): ActionCase => ({ action, title, expected, prepare })

/** Actions of the newsroom. Where text may have been typed, a signed-out visitor gets it back; elsewhere they are asked to sign in. */
export const inside = (
  reporter: Result,
  { editor = 'done', anonymous = 'signed out', admin = 'done' }: Partial<ByVisitor<Result>> = {},
): ByVisitor<Result> => ({ anonymous, reporter, editor, admin })

export const asksToSignIn = { anonymous: 'sign in' } as const

/** The page, 404, 410, the redirect to sign in, or (for scripts) 401. */
export type Visibility = 'shown' | 'not there' | 'gone' | 'sign in' | 'signed out'

/** One page (by its file) or route (by file and method) for one case, and who sees it. */
export type PageCase = {
  page: string
  of?: string
  path: (fixture: Fixture) => string | Promise<string>
  /** Text on the page for those to whom it is shown, for each visitor where it differs. */
  text?: string | Partial<ByVisitor<string>>
  expected: ByVisitor<Visibility>
  /** An address that leads nowhere, whose 404 must be equal byte by byte. */
  sameAs?: string
}

/** A page for everybody. */
export const shownToAll = (page: string, path: PageCase['path'], text?: string, of?: string): PageCase => ({
  page,
  of,
  path,
  text,
  expected: everybody('shown'),
})
