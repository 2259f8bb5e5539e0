import { headers } from 'next/headers'

/** Is this page the answer to a form that a browser sent by itself? Then what was typed is in this answer or nowhere. */
export async function isNoScriptSubmission(): Promise<boolean> {
  const requestHeaders = await headers()
  return (
    Boolean(requestHeaders.get('content-type')?.startsWith('multipart/form-data')) && !requestHeaders.has('next-action')
  )
}
