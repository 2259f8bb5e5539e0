import type { ServerResponse } from 'node:http'

const titles: Record<number, string> = {
  400: 'That cannot be read',
  403: 'Not from here',
  404: 'There is nothing here',
  405: 'That cannot be done here',
  409: 'That page is out of date',
  413: 'Too much at once',
  417: 'That cannot be done here',
  414: 'That address is too long',
  421: 'Wrong host',
  500: 'Sorry, something went wrong',
  503: 'Back in a moment',
}

const messages: Record<number, string> = {
  404: 'The address may be mistyped, or the page was never here.',
  500: 'We could not show this page, and we know about it. Try again in a moment, or start from the front page.',
  503: 'This page cannot be shown right now, and we are working on it. Try again in a moment; what was read before is still there.',
}

export const newsroomUnavailable =
  'The newsroom is temporarily unavailable. Your text is safe on this device: leave the page open and try again in a moment.'

/** Seconds. */
const RETRY_AFTER = '5'

const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"

const style =
  ':root{color-scheme:light dark}body{max-width:34rem;margin:0 auto;padding:clamp(2rem,12vh,8rem) 1.25rem;font:1.0625rem/1.55 Georgia,"Times New Roman",serif}h1{font-size:clamp(1.75rem,5vw,2.5rem);line-height:1.1;margin:0 0 1rem}'

/** Self-contained error page, used when the renderer is unavailable. */
export function errorPage(status: number, message = messages[status] ?? ''): string {
  const title = titles[status] ?? 'Sorry'
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${title}</title><style>${style}</style></head><body><main><h1>${title}</h1><p>${message}</p><p><a href="/">Front page</a></p></main></body></html>`
}

/** @param common the headers of every response, names and values alternating */
export function sendErrorPage(response: ServerResponse, status: number, common: readonly string[], message?: string) {
  const body = errorPage(status, message)
  const headers = [...common, 'Content-Security-Policy', policy, 'Cache-Control', 'no-store']
  headers.push('Content-Type', 'text/html; charset=utf-8', 'Content-Length', String(Buffer.byteLength(body)))
  if (status === 503 || status === 429) headers.push('Retry-After', RETRY_AFTER)
  response.writeHead(status, headers).end(body)
}
