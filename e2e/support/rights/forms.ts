import { unescapeHtml } from '@/server/http/page-metadata'
import { instanceUrl } from '../people'
import { request, type HttpResponse } from './http'

/** A form of a page: its address, and the fields that a browser would send. */
export type Form = {
  address: string
  fields: Record<string, string>
  /** Sent instead of the fields. */
  payload?: { type: string; body: BodyInit }
}

/** What a browser sends with a form of our own page. */
const sameOriginHeaders = () => ({ 'sec-fetch-site': 'same-origin', origin: instanceUrl() })

/**
 * The form that calls an action without script; null where the page has none.
 * @param values by which it differs from other forms of the same action
 */
export function formIn(html: string, page: string, actionId: string, values: Record<string, string>): Form | null {
  for (const [form] of html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/gu)) {
    const fields = fieldsOf(form)
    const call = Object.entries(fields).find(([, value]) => value.startsWith(`{"id":"${actionId}"`))
    if (!call || !Object.entries(values).every(([name, value]) => fields[name] === value)) continue
    const [reference = ''] = call[0].split(':')
    const pressed = reference.replace('$ACTION_', '$ACTION_REF_')
    // A second submit button names its own action; a browser sends the name of the button that was pressed.
    const [address = ''] = (attribute(form, 'action') || page).split('#')
    const { [pressed]: _named, ...others } = fields
    return { address, fields: { ...others, [pressed]: '' } }
  }
  return null
}

/** Sends a form as a browser without script does. @param headers those of another site, instead of our own */
export async function send(
  { address, fields, payload }: Form,
  cookie: string | null,
  headers: Record<string, string> = sameOriginHeaders(),
): Promise<HttpResponse> {
  const { type, body } = payload ?? (await encoded(fields))
  return request(address, cookie, { method: 'POST', body, headers: { ...headers, 'content-type': type } })
}

/** Not streamed: a server that refuses by the headers has received the whole body. */
async function encoded(fields: Record<string, string>) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  const response = new Response(form)
  return { type: response.headers.get('content-type') ?? '', body: await response.arrayBuffer() }
}

const FIELD = /<input\b[^>]*>|<textarea\b[^>]*>[\s\S]*?<\/textarea>|<select\b[^>]*>[\s\S]*?<\/select>/gu

function fieldsOf(form: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [field] of form.matchAll(FIELD)) {
    const name = attribute(field, 'name')
    if (name) fields[name] = valueOf(field)
  }
  return fields
}

function valueOf(field: string): string {
  if (field.startsWith('<input')) return attribute(field, 'value')
  if (field.startsWith('<textarea')) return unescapeHtml(/>([\s\S]*)<\/textarea>$/u.exec(field)?.[1] ?? '')
  const options = [...field.matchAll(/<option\b[^>]*>/gu)].map(([option]) => option)
  return attribute(options.find((option) => option.includes(' selected')) ?? options[0] ?? '', 'value')
}

/** An attribute of the first tag in some HTML, empty where it has none. */
function attribute(html: string, name: string): string {
  const [tag] = /^<[^>]*>/u.exec(html) ?? ['']
  return unescapeHtml(new RegExp(` ${name}="([^"]*)"`, 'u').exec(tag)?.[1] ?? '')
}
