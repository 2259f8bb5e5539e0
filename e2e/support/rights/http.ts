import { instanceUrl } from '../people'

export type HttpResponse = { status: number; location: string | null; body: string; cookie: string | null }

/** Asks the newspaper for something, as whoever the cookie says; redirects are not followed. */
export async function request(address: string, cookie: string | null, sent: RequestInit = {}): Promise<HttpResponse> {
  const headers = { ...(cookie === null ? {} : { cookie }), ...(sent.headers as Record<string, string> | undefined) }
  const response = await fetch(instanceUrl() + address, { redirect: 'manual', ...sent, headers })
  return {
    status: response.status,
    location: response.headers.get('location'),
    body: await bodyOf(response),
    cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? null,
  }
}

/** All of it; of what never ends, its first words. */
async function bodyOf(response: Response): Promise<string> {
  if (!response.body || !response.headers.get('content-type')?.startsWith('text/event-stream')) return response.text()
  const reader = response.body.getReader()
  const { value } = await reader.read()
  await reader.cancel()
  return new TextDecoder().decode(value)
}

/** What is left of a document without its scripts: what a person sees of it, byte by byte. */
export function withoutScripts(html: string): string {
  return html.replace(/<script\b[^>]*>[\s\S]*?<\/script>|<link\b[^>]*\bas="script"[^>]*>/gu, '')
}
