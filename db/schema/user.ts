import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import { roles } from '@/domain/user/user'
import { id, moment, reference } from './column'

export const users = pgTable(
  'users',
  {
    id: id(),
    email: text().notNull(),
    name: text().notNull(),
    role: text({ enum: roles }).notNull(),
    /** A PHC string (scrypt); null until the user has chosen a password with a one-time link. */
    passwordHash: text('password_hash'),
    /** Encrypts what their devices keep of their text: 32 bytes in hexadecimal digits. */
    deviceKey: text('device_key')
      .notNull()
      .default(sql`replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')`),
    disabledAt: moment('disabled_at'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex('users_email').on(table.email),
    check(
      'users_email_is_folded',
      sql`${table.email} = lower(${table.email}) and ${table.email} like '%_@_%' and length(${table.email}) <= 254`,
    ),
    check('users_role_is_known', sql`${table.role} in ('reporter', 'editor', 'admin')`),
    check('users_name_is_given', sql`length(btrim(${table.name})) between 1 and 120`),
  ],
)

/** A signed-in device. The cookie carries only the id, encrypted; everything else is read here for every request. */
export const sessions = pgTable(
  'sessions',
  {
    id: text().primaryKey(),
    userId: reference('user_id', () => users.id).notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    lastSeenAt: moment('last_seen_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
    revokedAt: moment('revoked_at'),
    address: text().notNull(),
    agent: text().notNull(),
    secondFactorAt: moment('second_factor_at'),
  },
  (table) => [index('sessions_user').on(table.userId)],
)

export const invitationKinds = ['setup', 'invitation', 'reset'] as const

/** One-time links: the setup of the first admin, invitations, new passwords. Only the hash of the token is stored. */
export const invitations = pgTable(
  'invitations',
  {
    id: id(),
    tokenHash: text('token_hash').notNull(),
    kind: text({ enum: invitationKinds }).notNull(),
    userId: reference('user_id', () => users.id),
    createdAt: moment('created_at').notNull().defaultNow(),
    /** Null: valid until used (the setup link only). */
    expiresAt: moment('expires_at'),
    usedAt: moment('used_at'),
  },
  (table) => [
    uniqueIndex('invitations_token').on(table.tokenHash),
    check('invitations_kind_is_known', sql`${table.kind} in ('setup', 'invitation', 'reset')`),
    check('invitations_are_for_somebody', sql`(${table.kind} = 'setup') = (${table.userId} is null)`),
    check('invitations_expire', sql`${table.kind} = 'setup' or ${table.expiresAt} is not null`),
  ],
)

/** For rate limiting of sign-ins, for each account with its network and for each network. Deleted after a day. */
export const failedSignIns = pgTable(
  'failed_sign_ins',
  {
    id: id(),
    account: text().notNull(),
    network: text().notNull(),
    failedAt: timestamp('failed_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    index('failed_sign_ins_account').on(table.account, table.network, table.failedAt),
    index('failed_sign_ins_network').on(table.network, table.failedAt),
  ],
)
