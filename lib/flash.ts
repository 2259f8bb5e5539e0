import 'server-only'
import { cookies } from 'next/headers'

/** The cookie that carries it; exported so that the page that said it can clear it. */
export const FLASH_COOKIE = 'broadsheet-said'

/** Says one thing on the next page: what has just happened. */
export async function setFlash(message: string) {
  const jar = await cookies()
  jar.set(FLASH_COOKIE, encodeURIComponent(message.slice(0, 1000)), {
    path: '/admin',
    maxAge: 30,
    sameSite: 'lax',
    httpOnly: false,
  })
}

/** What the last page wanted said here, if anything. A client component clears the cookie; without script it ends by itself. */
export async function readFlash(): Promise<string | null> {
  const jar = await cookies()
  const message = jar.get(FLASH_COOKIE)?.value
  if (!message) return null
  try {
    return decodeURIComponent(message)
  } catch {
    return null
  }
}
