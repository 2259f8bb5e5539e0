import { headers } from 'next/headers'
import { currentActor } from '@/lib/session'

/** Is this page the answer to a form that a browser sent by itself? Then what was typed is in this answer or nowhere. */
export async function sentWithoutScript(): Promise<boolean> {
  const sent = await headers()
  return Boolean(sent.get('content-type')?.startsWith('multipart/form-data')) && !sent.has('next-action')
}

/** Did such a form come after its writer's session had ended? Sending them to sign in would throw their words away. */
export async function signedOutWhileWriting(): Promise<boolean> {
  return (await sentWithoutScript()) && (await currentActor()) === null
}
