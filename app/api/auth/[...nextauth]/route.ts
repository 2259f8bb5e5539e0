import NextAuth from 'next-auth'
import { cookies } from 'next/headers'
import { NextRequest } from 'next/server'
import { refusalSentence } from '@/domain/refusal-sentence'
import { authOptions, CALLBACK_COOKIE, type AuthResult } from '@/lib/auth'
import { logDatabaseUnavailable } from '@/lib/database-unavailable'
import { env } from '@/lib/env'
import { ownAddress } from '@/lib/own-address'
import { CLEARED_AFTER_SIGN_OUT, requestOrigin } from '@/lib/session'

type Context = { params: Promise<{ nextauth: string[] }> }

/** The addresses of next-auth for signing in and out with a password. All others are not found: nothing here uses them. */
const allowedPaths = {
  GET: ['csrf'],
  POST: ['callback/credentials', 'signout'],
}

function handlerFor(method: keyof typeof allowedPaths) {
  return async (request: NextRequest, context: Context): Promise<Response> => {
    const { nextauth } = await context.params
    const path = nextauth.join('/')
    if (!allowedPaths[method].includes(path)) return new Response('There is nothing here.\n', { status: 404 })
    const checked = await withOwnCallback(request)
    if (checked === null) return new Response('This form cannot be read.\n', { status: 400 })
    const result: AuthResult = {}
    const options = authOptions(await requestOrigin(), result)
    const response = (await NextAuth(options)(checked, { params: { nextauth } })) as Response
    if (path === 'signout') response.headers.set('clear-site-data', CLEARED_AFTER_SIGN_OUT)
    return failureOf(result) ?? response
  }
}

/** The request with an address of this site to go on to, or none: next-auth answers others with 500. Null: its body cannot be read. */
async function withOwnCallback(request: NextRequest): Promise<NextRequest | null> {
  const cookieStore = await cookies()
  const cached = cookieStore.get(CALLBACK_COOKIE)?.value
  // As next-auth wrote it.
  if (cached !== undefined && cached !== env.siteUrl + (ownAddress(cached, env.siteUrl) ?? ''))
    cookieStore.delete(CALLBACK_COOKIE)
  const url = new URL(request.url)
  const callback = ownAddress(url.searchParams.get('callbackUrl'), env.siteUrl)
  if (callback === null) url.searchParams.delete('callbackUrl')
  else url.searchParams.set('callbackUrl', callback)
  if (request.method !== 'POST') return new NextRequest(url, { headers: request.headers })
  const fields = await fieldsOf(request)
  if (fields === null) return null
  const headers = new Headers(request.headers)
  headers.set('content-type', 'application/x-www-form-urlencoded')
  headers.delete('content-length')
  return new NextRequest(url, { method: 'POST', headers, body: new URLSearchParams(fields) })
}

/** The text fields of a form or of a JSON object; each field once. */
async function fieldsOf(request: NextRequest): Promise<Record<string, string> | null> {
  const type = request.headers.get('content-type') ?? ''
  const entries: [string, unknown][] = []
  try {
    if (type.includes('application/json')) {
      const json: unknown = await request.json()
      if (typeof json === 'object' && json !== null) entries.push(...Object.entries(json))
    } else entries.push(...new URLSearchParams(await request.text()))
  } catch {
    return null
  }
  return Object.fromEntries(
    entries.flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'boolean' ? [[name, String(value)]] : [],
    ),
  )
}

/** What next-auth does not say: the wait, and that the database is unavailable. The session then goes on, and its cookie stays. */
function failureOf({ refusal, error }: AuthResult): Response | null {
  if (error !== undefined) {
    logDatabaseUnavailable(error)
    return new Response('The newsroom is temporarily unavailable. Try again in a moment.\n', {
      status: 503,
      headers: { 'retry-after': '5' },
    })
  }
  if (refusal?.kind !== 'too-many-tries' && refusal?.kind !== 'busy') return null
  return new Response(`${refusalSentence(refusal)}\n`, {
    status: refusal.kind === 'busy' ? 503 : 429,
    headers: { 'retry-after': String(refusal.retryAfterSeconds) },
  })
}

export const GET = handlerFor('GET')
export const POST = handlerFor('POST')
