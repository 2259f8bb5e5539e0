import { headers } from 'next/headers'

/** Is this page the answer to a form that a browser sent by itself? Then what was typed is in this answer or nowhere. */
export async function sentWithoutScript(): Promise<boolean> {
  const sent = await headers()
  return Boolean(sent.get('content-type')?.startsWith('multipart/form-data')) && !sent.has('next-action')
}
