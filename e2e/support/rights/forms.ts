import { unescapeHtml } from '@/server/http/page-metadata'
import { instanceUrl } from '../people'
import { request, type HttpResponse } from './http'

/** A form as it stands on a page: where it goes, and what a browser would send of it. */
export type Form = {
  address: string
  fields: Record<string, string>
  /** What goes there instead of the fields. */
  sends?: { type: string; body: BodyInit }
}

/** Where a browser says that a form of ours stands. */
const fromHere = () => ({ 'sec-fetch-site': 'same-origin', origin: instanceUrl() })

/**
 * The form on a page by which an action is called without script, or null where the page offers none.
 * @param holds fields by which it differs from the other forms of this action
 */
export function formIn(html: string, page: string, actionId: string, holds: Record<string, string>): Form | null {
  for (const [form] of html.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/gu)) {
    const fields = fieldsOf(form)
    const call = Object.entries(fields).find(([, value]) => value.startsWith(`{"id":"${actionId}"`))
    if (!call || !Object.entries(holds).every(([name, value]) => fields[name] === value)) continue
    const [reference = ''] = call[0].split(':')
    const pressed = reference.replace('$ACTION_', '$ACTION_REF_')
    // The second button of a form names its action itself; a browser sends the name of the button that was pressed.
    const [address = ''] = (attribute(form, 'action') || page).split('#')
    const { [pressed]: _named, ...others } = fields
    return { address, fields: { ...others, [pressed]: '' } }
  }
  return null
}

/** Sends a form as a browser without script does; `headers` instead of our own for one that stands elsewhere. */
export async function send(
  { address, fields, sends }: Form,
  cookie: string | null,
  headers: Record<string, string> = fromHere(),
): Promise<HttpResponse> {
  if (sends)
    return request(address, cookie, {
      method: 'POST',
      body: sends.body,
      headers: { ...headers, 'content-type': sends.type },
    })
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  // In one piece, so that a door which closes at the first line has heard all of it.
  const whole = new Response(form)
  const type = whole.headers.get('content-type') ?? ''
  const body = await whole.arrayBuffer()
  return request(address, cookie, { method: 'POST', body, headers: { ...headers, 'content-type': type } })
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
