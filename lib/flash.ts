import 'server-only'
import { cookies } from 'next/headers'

/** Exported for the component that clears it. */
export const FLASH_COOKIE = 'broadsheet-said'

/** A message for the next page. */
export async function setFlash(message: string) {
  const jar = await cookies()
  jar.set(FLASH_COOKIE, encodeURIComponent(message.slice(0, 1000)), {
    path: '/admin',
    maxAge: 30,
    sameSite: 'lax',
    httpOnly: false,
  })
}

/** The message of the last page, if any. A client component clears the cookie; without script it expires. */
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
