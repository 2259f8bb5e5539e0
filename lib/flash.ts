import 'server-only'
import { cookies } from 'next/headers'

/** The cookie that carries it; exported so that the page that said it can clear it. */
export const FLASH = 'broadsheet-said'

/** Says one thing on the next page: what has just happened. */
export async function flash(said: string) {
  const jar = await cookies()
  jar.set(FLASH, encodeURIComponent(said.slice(0, 1000)), {
    path: '/admin',
    maxAge: 30,
    sameSite: 'lax',
    httpOnly: false,
  })
}

/** What the last page wanted said here, if anything. A client component clears the cookie; without script it ends by itself. */
export async function flashed(): Promise<string | null> {
  const jar = await cookies()
  const said = jar.get(FLASH)?.value
  if (!said) return null
  try {
    return decodeURIComponent(said)
  } catch {
    return null
  }
}
