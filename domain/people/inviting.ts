import { z } from 'zod'
import { database, transaction } from '@/db/client'
import { lock } from '@/db/locks'
import { invitations } from '@/db/schema/user'
import { operation, type Operation, type Outcome } from '../operation'
import { refuse, refused, type Refusal } from '../refusal'
import { idField, lineField } from '../form/fields'
import {
  revokeSessionsOf,
  findLink,
  hasAdmin,
  insertUser,
  updatePassword,
  lockUser,
  createLink,
  userByEmail,
  consumeLink,
} from './store'
import { BUSY_SECONDS, hashPassword, weaknessOf } from '../user/password'
import { hashOfToken, looksLikeToken, newToken } from '../user/token'
import { returnAttempt, takeAttempt } from './throttling'
import { commandLineActor, normalizedEmail, roles, type Actor, type User } from '../user/user'

/** An e-mail address as typed; stored and compared normalized. */
export const emailField = z
  .string()
  .max(254, 'That e-mail address is too long.')
  .transform(normalizedEmail)
  .refine(
    (email) => /^[^\s@\u0000-\u001f]+@[^\s@.\u0000-\u001f]+(?:\.[^\s@.\u0000-\u001f]+)+$/u.test(email),
    'Write an e-mail address like name@example.org.',
  )

const nameField = lineField('The name', 120).refine((name) => name !== '', 'Write a name.')
const tokenField = z.string().max(200)
const passwordField = z.string().max(4096, 'Choose a password of at most 256 characters.')

/** The actor of a one-time link. */
const linkHolder: Actor = { id: null, name: 'one-time link', role: 'reporter' }

/**
 * The token of the setup link while there is no admin who can sign in: `knownToken` if it is still valid, else a new one; null if there is an admin.
 * @param knownToken printed at an earlier start; the database has only its hash
 */
export async function ensureSetupToken(knownToken: string | null): Promise<string | null> {
  return transaction(async (tx) => {
    await lock(tx, 'admins')
    if (await hasAdmin(tx)) return null
    if (knownToken !== null && (await findLink(tx, knownToken))?.kind === 'setup') return knownToken
    const token = newToken()
    await tx.insert(invitations).values({ tokenHash: hashOfToken(token), kind: 'setup' })
    return token
  })
}

/** The first admin, from the environment of the first start. Refused if there is one. */
export async function createFirstAdmin(input: { email: string; password: string }): Promise<Outcome<User>> {
  return createAdmin(commandLineActor, { name: input.email.split('@')[0] ?? 'Admin', ...input, token: '' })
}

/** The first admin, with the printed setup link. Without a link that is valid nothing is read of the form, and nothing hashed. */
export async function setUpNewsroom(input: unknown): Promise<Outcome<User>> {
  const token = tokenIn(input)
  if (token === null) return refused({ kind: 'not-found', what: 'link' })
  if ((await readLink(token))?.kind !== 'setup') return refused({ kind: 'used-link' })
  if (await hasAdmin(database())) return refused({ kind: 'already-set-up' })
  return createAdmin(linkHolder, input)
}

const firstAdminForm = z.object({ token: tokenField, email: emailField, name: nameField, password: passwordField })

const createAdmin: Operation<User> = async (actor, input) => {
  const parsed = await parseAndHash(firstAdminForm, input)
  return 'refusal' in parsed ? refused(parsed.refusal) : insertAdmin(actor, parsed)
}

const insertAdmin = operation(
  firstAdminForm.omit({ password: true }).extend({ passwordHash: z.string() }),
  async ({ tx, now, tell }, { token, ...person }) => {
    await lock(tx, 'admins')
    if (await hasAdmin(tx)) return refuse({ kind: 'already-set-up' })
    if (token !== '' && (await consumeLink(tx, token, now)).kind !== 'setup') return refuse({ kind: 'used-link' })
    const admin = await insertUser(tx, { ...person, role: 'admin' })
    tell({ type: 'first-admin-created', userId: admin.id, name: admin.name })
    return admin
  },
)

/** A user, and a one-time link to choose a password. */
export const invitePerson = operation(
  z.object({ email: emailField, name: nameField, role: z.enum(roles, 'Choose a role.') }),
  async ({ tx, now, permit, tell }, person) => {
    permit('people.manage')
    const user = await insertUser(tx, { ...person, passwordHash: null })
    const token = await createLink(tx, user.id, 'invitation', now)
    tell({ type: 'person-invited', userId: user.id, name: user.name, role: user.role })
    return { person: user, token }
  },
)

/** A one-time link to choose a password, for a user who has none or has forgotten it. Sessions last until it is chosen. */
export const makePasswordLink = operation(
  z.object({ userId: idField }),
  async ({ tx, now, permit, tell }, { userId }) => {
    permit('people.manage')
    const person = await lockUser(tx, userId)
    const token = await createLink(tx, userId, person.hasPassword ? 'reset' : 'invitation', now)
    tell({ type: 'password-link-made', userId, name: person.name })
    return { person, token }
  },
)

/** For the command line, by e-mail address. */
export async function makePasswordLinkFor(email: string): Promise<Outcome<{ person: User; token: string }>> {
  const person = await userByEmail(database(), normalizedEmail(email))
  return person
    ? makePasswordLink(commandLineActor, { userId: person.id })
    : refused({ kind: 'not-found', what: 'person' })
}

/** Null: the link is not valid. */
export async function readLink(token: string) {
  return looksLikeToken(token) ? findLink(database(), token) : null
}

/** Chooses a password with a one-time link, which becomes invalid, as do all sessions of the user. */
export async function choosePassword(input: unknown): Promise<Outcome<{ person: User }>> {
  const token = tokenIn(input)
  const link = token === null ? null : await readLink(token)
  if (link === null || link.userId === null) return refused({ kind: 'used-link' })
  const email = await emailOf(link.userId)
  const parsed = await parseAndHash(z.object({ token: tokenField, email: z.string(), password: passwordField }), {
    ...asRecord(input),
    email,
  })
  return 'refusal' in parsed ? refused(parsed.refusal) : saveChosenPassword(linkHolder, parsed)
}

const saveChosenPassword = operation(
  z.object({ token: tokenField, passwordHash: z.string() }),
  async ({ tx, now, tell }, { token, passwordHash }) => {
    const { userId } = await consumeLink(tx, token, now)
    if (userId === null) return refuse({ kind: 'used-link' })
    const person = await lockUser(tx, userId)
    await updatePassword(tx, userId, passwordHash)
    await revokeSessionsOf(tx, userId, now)
    tell({ type: 'password-chosen', userId, name: person.name })
    return { person }
  },
)

async function emailOf(userId: number): Promise<string> {
  return transaction(async (tx) => (await lockUser(tx, userId)).email)
}

/** Null: the input has none that can exist. */
function tokenIn(input: unknown): string | null {
  const form = z.object({ token: tokenField }).safeParse(input)
  return form.success && looksLikeToken(form.data.token) ? form.data.token : null
}

/**
 * Parses a form and hashes the password before a transaction begins: a hash takes 0.2 s. The form has a one-time link that was found, or comes from
 * the environment, with an empty token.
 */
async function parseAndHash<Form extends z.ZodType<{ token: string; email: string; password: string }>>(
  form: Form,
  input: unknown,
): Promise<(z.output<Form> & { passwordHash: string }) | { refusal: Refusal }> {
  const read = form.safeParse(input)
  if (!read.success) return { refusal: { kind: 'invalid', fields: z.flattenError(read.error).fieldErrors } }
  const { token, email, password } = read.data
  const weakness = weaknessOf(password, email)
  if (weakness !== null) return { refusal: { kind: 'invalid', fields: { password: [weakness] } } }
  const attempt = token === '' ? null : await takeAttempt({ kind: 'one-time link', tokenHash: hashOfToken(token) })
  if (attempt && 'waitSeconds' in attempt)
    return { refusal: { kind: 'too-many-tries', retryAfterSeconds: attempt.waitSeconds } }
  const hashed = await hashPassword(password, 'known')
  if (hashed !== 'busy') return { ...read.data, passwordHash: hashed.hash }
  if (attempt) await returnAttempt(attempt)
  return { refusal: { kind: 'busy', retryAfterSeconds: BUSY_SECONDS } }
}

function asRecord(input: unknown): Record<string, unknown> {
  return typeof input === 'object' && input !== null ? { ...input } : {}
}
