import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Accounts for which one device can be known at the same time. */
const MAX_ACCOUNTS = 8

/** An id of 128 bits and its signature, in base64url. */
const ENTRY = /^([\w-]{22})\.([\w-]{43})$/u

/**
 * A cookie that says of which accounts somebody has signed in on this device (OWASP, “Slow Down Online Guessing Attacks with Device Cookies”).
 * It opens nothing: failed sign-ins from a known device are counted apart from those of strangers, who therefore cannot make its owner wait. It
 * holds an id of the device and a signature for each account, and tells neither the account nor the person.
 * @param accounts addresses that are normalized
 */
export type KnownDevices = {
  /** The id under which this device is known for the account; null: it is not. */
  deviceFor: (account: string) => string | null
  /** The value of the cookie, with the account added. */
  withAccount: (account: string) => string
}

export function readKnownDevices(cookie: string | undefined, secret: string): KnownDevices {
  const entries = (cookie ?? '').split('~', MAX_ACCOUNTS).filter((entry) => ENTRY.test(entry))
  const find = (account: string) => entries.find((entry) => isSignedFor(entry, account, secret))
  return {
    deviceFor: (account) => find(account)?.slice(0, 22) ?? null,
    withAccount: (account) => {
      const known = find(account)
      const others = entries.filter((entry) => entry !== known)
      return [known ?? newEntry(account, secret), ...others].slice(0, MAX_ACCOUNTS).join('~')
    },
  }
}

function newEntry(account: string, secret: string): string {
  const id = randomBytes(16).toString('base64url')
  return `${id}.${signatureOf(id, account, secret)}`
}

function isSignedFor(entry: string, account: string, secret: string): boolean {
  const [, id = '', signature = ''] = ENTRY.exec(entry) ?? []
  const expected = signatureOf(id, account, secret)
  return timingSafeEqual(Buffer.from(signature), Buffer.from(expected))
}

const signatureOf = (id: string, account: string, secret: string) =>
  createHmac('sha256', secret).update(`known device\n${id}\n${account}`).digest('base64url')
