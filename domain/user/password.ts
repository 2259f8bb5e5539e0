import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto'
import { normalizedText } from '../form/typed-text'
import { normalizedEmail } from './user'

/** OWASP’s recommendation for scrypt: N = 2^15, r = 8, p = 3; 32 MiB and about 0.2 s. */
const COST = { ln: 15, r: 8, p: 3 } as const
const KEY_BYTES = 32
const SALT_BYTES = 16
const MAX_MEMORY = 64 * 1024 * 1024

export const passwordLengths = { shortest: 12, longest: 256 } as const

/** Concurrent hashes: more would take the memory that readers’ pages need. */
const MAX_CONCURRENT = 2

/** Waiting hashes, of each kind of caller. */
const MAX_QUEUED = 20

/** `known`: a device on which the person signed in before, or the holder of a one-time link. They are served before strangers. */
export type Caller = 'known' | 'stranger'

/** As many wait already, so nothing was hashed: try again. */
export type Busy = 'busy'

/** Until there is a place again, at the latest. */
export const BUSY_SECONDS = 5

/** The same keys on another keyboard or system are the same password (NFKC, NIST SP 800-63B). */
const normalized = (password: string) => normalizedText(password, 'NFKC')

/** What is wrong with a password, as a sentence, or null. Length counts, not special characters; common passwords and the user’s own address are refused. */
export function weaknessOf(password: string, email: string): string | null {
  const typed = normalized(password)
  const length = [...typed].length
  if (length < passwordLengths.shortest)
    return `Choose a password of at least ${passwordLengths.shortest} characters: a few words in a row are easy to keep.`
  if (length > passwordLengths.longest) return `Choose a password of at most ${passwordLengths.longest} characters.`
  const folded = typed.toLowerCase().replace(/[^a-z0-9]/gu, '')
  const ownAddress = normalizedEmail(email)
  if (typed.toLowerCase() === ownAddress || folded === ownAddress.replace(/[^a-z0-9]/gu, ''))
    return 'Your own e-mail address is the first thing others would try. Choose something else.'
  if (new Set(typed).size < 5 || commonPasswords.some((word) => folded === word || folded === word + word))
    return 'This is one of the passwords that others would try first. Choose something else.'
  return null
}

/** Keyboard runs and common words that are long enough otherwise: letters and digits only. */
const commonPasswords = [
  'passwordpassword',
  'password1234',
  'password12345',
  'password123456',
  'passw0rd1234',
  'qwertyuiop12',
  'qwertyuiop123',
  'qwertyuiopasdf',
  'qwertyqwerty',
  'qwerty123456',
  '1234567890ab',
  '123456789012',
  '1234567890123',
  '0123456789012',
  '012345678901',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  '1qaz2wsx3edc4rfv',
  'abcdefghijkl',
  'abcdefghijklm',
  'abc123abc123',
  'iloveyou1234',
  'letmeinletmein',
  'letmein12345',
  'welcome12345',
  'welcome123456',
  'administrator',
  'administrator1',
  'adminadmin12',
  'admin1234567',
  'changeme1234',
  'changemenow1',
  'trustno1trustno1',
  'football1234',
  'sunshine1234',
  'princess1234',
  'dragondragon',
  'monkeymonkey',
  'superman1234',
  'asdfghjkl123',
  'zxcvbnm12345',
  'newsroom1234',
  'broadsheet12',
  'broadsheet123',
]

/** @returns a PHC string (`$scrypt$ln=15,r=8,p=3$salt$hash`) */
export async function hashPassword(password: string, caller: Caller): Promise<{ hash: string } | Busy> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive(normalized(password), salt, COST, caller)
  if (hash === 'busy') return 'busy'
  return { hash: `$scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${base64(salt)}$${base64(hash)}` }
}

/** Without a hash (unknown address, or no password yet) it takes as long and is wrong. */
export async function checkPassword(
  password: string,
  hash: string | null,
  caller: Caller,
): Promise<'right' | 'wrong' | Busy> {
  const parts = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w+/]+)\$([\w+/]+)$/u.exec(hash ?? PLACEHOLDER_HASH)
  if (!parts) throw new Error('A password hash in the database cannot be read.')
  const [, ln, r, p, salt = '', storedKey = ''] = parts
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) }
  const derivedKey = await derive(normalized(password), Buffer.from(salt, 'base64'), cost, caller)
  if (derivedKey === 'busy') return 'busy'
  const isEqual = timingSafeEqual(derivedKey, Buffer.from(storedKey, 'base64'))
  return isEqual && hash !== null ? 'right' : 'wrong'
}

/** Whether a hash for this caller would be refused now. */
export const isBusy = (caller: Caller) => running >= MAX_CONCURRENT && queues[caller].length >= MAX_QUEUED

const base64 = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')
const PLACEHOLDER_HASH = `$scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$${base64(Buffer.alloc(SALT_BYTES))}$${base64(Buffer.alloc(KEY_BYTES))}`

let running = 0
const queues: Record<Caller, (() => void)[]> = { known: [], stranger: [] }

async function derive(
  password: string,
  salt: Buffer,
  { ln, r, p }: { ln: number; r: number; p: number },
  caller: Caller,
): Promise<Buffer | Busy> {
  if (isBusy(caller)) return 'busy'
  if (running >= MAX_CONCURRENT) await new Promise<void>((resolve) => queues[caller].push(resolve))
  else running += 1
  try {
    return await runScrypt(password, salt, { N: 2 ** ln, r, p, maxmem: MAX_MEMORY })
  } finally {
    const next = queues.known.shift() ?? queues.stranger.shift()
    if (next) next()
    else running -= 1
  }
}

function runScrypt(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    scrypt(password, salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key))),
  )
}
