import { instanceUrl } from '../people'

export type HttpResponse = { status: number; location: string | null; body: string; cookie: string | null }

/** Sends a request with a session cookie. Redirects are not followed. */
export async function request(address: string, cookie: string | null, init: RequestInit = {}): Promise<HttpResponse> {
  const headers = { ...(cookie === null ? {} : { cookie }), ...(init.headers as Record<string, string> | undefined) }
  const response = await fetch(instanceUrl() + address, { redirect: 'manual', ...init, headers })
  return {
    status: response.status,
    location: response.headers.get('location'),
    body: await bodyOf(response),
    cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? null,
  }
}

/** The whole body; of an event stream, its first chunk. */
async function bodyOf(response: Response): Promise<string> {
  if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream')) return response.text()
  const reader = response.body.getReader()
  const { value } = await reader.read()
  await reader.cancel()
  return new TextDecoder().decode(value)
}

/** A document without its scripts, for comparison byte by byte. */
export function withoutScripts(html: string): string {
  return html.replace(/<script\b[^>]*>[\s\S]*?<\/script>|<link\b[^>]*\bas="script"[^>]*>/gu, '')
}
