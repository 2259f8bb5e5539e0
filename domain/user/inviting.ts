import { z } from 'zod'
import { database, transaction } from '@/db/client'
import { invitations } from '@/db/schema/user'
import { operation, type Operation, type Outcome } from '../operation'
import { refuse, type Refusal } from '../refusal'
import { idField, lineField } from '../story/copy-form'
import {
  endSessionsOf,
  findLink,
  hasAdmin,
  keepNewPerson,
  keepPassword,
  lockAdmins,
  lockPerson,
  makeLink,
  personByEmail,
  useUpLink,
} from './keeping'
import { hashPassword, weaknessOf } from './password'
import { hashOfToken, looksLikeToken, newToken } from './token'
import { commandLineActor, foldedEmail, roles, type Actor, type User } from './user'

/** An e-mail address as people type it; compared and kept folded. */
export const emailField = z
  .string()
  .max(254, 'That e-mail address is too long.')
  .transform(foldedEmail)
  .refine(
    (email) => /^[^\s@\u0000-\u001f]+@[^\s@\u0000-\u001f]+\.[^\s@\u0000-\u001f]+$/u.test(email),
    'Write an e-mail address like name@example.org.',
  )

const nameField = lineField('The name', 120).refine((name) => name !== '', 'Write a name.')
const tokenField = z.string().max(200)
const passwordField = z.string().max(4096, 'Choose a password of at most 256 characters.')

/** Somebody who holds a one-time link and nothing else yet. */
const linkHolder: Actor = { id: null, name: 'one-time link', role: 'reporter' }

/**
 * The token of the setup link while nobody could sign in as an admin: `known` if it still works, else a new one; null when there is an admin.
 * @param known the token printed at an earlier start; the database keeps only its hash
 */
export async function setupTokenIfNeeded(known: string | null): Promise<string | null> {
  return transaction(async (tx) => {
    await lockAdmins(tx)
    if (await hasAdmin(tx)) return null
    if (known !== null && (await findLink(tx, known))?.kind === 'setup') return known
    const token = newToken()
    await tx.insert(invitations).values({ tokenHash: hashOfToken(token), kind: 'setup' })
    return token
  })
}

/** The first admin, from the environment of the first start. Refused when there is one already. */
export async function createFirstAdmin(input: { email: string; password: string }): Promise<Outcome<User>> {
  return keepFirstAdmin(commandLineActor, { name: input.email.split('@')[0] ?? 'Admin', ...input, token: '' })
}

/** The first admin, by the printed setup link. */
export async function setUpNewsroom(input: unknown): Promise<Outcome<User>> {
  const token = z.object({ token: tokenField }).safeParse(input)
  if (!token.success || !looksLikeToken(token.data.token))
    return { ok: false, refusal: { kind: 'not-found', what: 'link' } }
  return keepFirstAdmin(linkHolder, input)
}

const firstAdminForm = z.object({ token: tokenField, email: emailField, name: nameField, password: passwordField })

const keepFirstAdmin: Operation<User> = async (actor, input) => {
  const hashed = await withHash(firstAdminForm, input)
  return 'refusal' in hashed ? { ok: false, refusal: hashed.refusal } : insertFirstAdmin(actor, hashed)
}

const insertFirstAdmin = operation(
  firstAdminForm.omit({ password: true }).extend({ passwordHash: z.string() }),
  async ({ tx, now, tell }, { token, ...person }) => {
    await lockAdmins(tx)
    if (await hasAdmin(tx)) return refuse({ kind: 'already-set-up' })
    if (token !== '' && (await useUpLink(tx, token, now)).kind !== 'setup') return refuse({ kind: 'used-link' })
    const admin = await keepNewPerson(tx, { ...person, role: 'admin' })
    tell({ type: 'first-admin-created', userId: admin.id, name: admin.name })
    return admin
  },
)

/** A login for somebody, and the one-time link by which they choose a password. */
export const invitePerson = operation(
  z.object({ email: emailField, name: nameField, role: z.enum(roles, 'Choose a role.') }),
  async ({ tx, now, permit, tell }, person) => {
    permit('people.keep')
    const kept = await keepNewPerson(tx, { ...person, passwordHash: null })
    const token = await makeLink(tx, kept.id, 'invitation', now)
    tell({ type: 'person-invited', userId: kept.id, name: kept.name, role: kept.role })
    return { person: kept, token }
  },
)

/** A one-time link for somebody who has no password yet or has forgotten it. Their sessions go on until they choose one. */
export const makePasswordLink = operation(
  z.object({ userId: idField }),
  async ({ tx, now, permit, tell }, { userId }) => {
    permit('people.keep')
    const person = await lockPerson(tx, userId)
    const token = await makeLink(tx, userId, person.hasPassword ? 'reset' : 'invitation', now)
    tell({ type: 'password-link-made', userId, name: person.name })
    return { person, token }
  },
)

/** The same from the command line, where people are known by their address. */
export async function makePasswordLinkFor(email: string): Promise<Outcome<{ person: User; token: string }>> {
  const person = await personByEmail(database(), foldedEmail(email))
  return person
    ? makePasswordLink(commandLineActor, { userId: person.id })
    : { ok: false, refusal: { kind: 'not-found', what: 'person' } }
}

/** Whom a link greets, or null when it cannot be used. */
export async function readLink(
  token: string,
): Promise<{ kind: 'setup' | 'invitation' | 'reset'; userId: number | null } | null> {
  return looksLikeToken(token) ? findLink(database(), token) : null
}

/** Chooses a password by a one-time link, which ends with it, as does every session of that person. */
export async function choosePassword(input: unknown): Promise<Outcome<{ person: User }>> {
  const form = z.object({ token: tokenField }).safeParse(input)
  const link = form.success ? await readLink(form.data.token) : null
  if (!form.success || link === null || link.userId === null) return { ok: false, refusal: { kind: 'used-link' } }
  const email = await emailOf(link.userId)
  const hashed = await withHash(z.object({ token: tokenField, email: z.string(), password: passwordField }), {
    ...asRecord(input),
    email,
  })
  return 'refusal' in hashed ? { ok: false, refusal: hashed.refusal } : keepChosenPassword(linkHolder, hashed)
}

const keepChosenPassword = operation(
  z.object({ token: tokenField, passwordHash: z.string() }),
  async ({ tx, now, tell }, { token, passwordHash }) => {
    const { userId } = await useUpLink(tx, token, now)
    if (userId === null) return refuse({ kind: 'used-link' })
    const person = await lockPerson(tx, userId)
    await keepPassword(tx, userId, passwordHash)
    await endSessionsOf(tx, userId, now)
    tell({ type: 'password-chosen', userId, name: person.name })
    return { person }
  },
)

async function emailOf(userId: number): Promise<string> {
  return transaction(async (tx) => (await lockPerson(tx, userId)).email)
}

/** Reads a form and hashes its password before any transaction begins: a hash takes a fifth of a second. */
async function withHash<Form extends z.ZodType<{ email: string; password: string }>>(
  form: Form,
  input: unknown,
): Promise<(z.output<Form> & { passwordHash: string }) | { refusal: Refusal }> {
  const read = form.safeParse(input)
  if (!read.success) return { refusal: { kind: 'invalid', fields: z.flattenError(read.error).fieldErrors } }
  const { email, password } = read.data
  const why = weaknessOf(password, email)
  if (why !== null) return { refusal: { kind: 'invalid', fields: { password: [why] } } }
  return { ...read.data, passwordHash: await hashPassword(password) }
}

function asRecord(input: unknown): Record<string, unknown> {
  return typeof input === 'object' && input !== null ? { ...input } : {}
}
