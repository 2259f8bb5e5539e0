import { headers } from 'next/headers'
import { currentActor } from '@/lib/session'

/**
 * Did somebody send a form without script after their session had ended? Then the page comes back with the form and what they typed in it,
 * and nothing else; sending them to sign in would throw their words away.
 */
export async function signedOutWhileWriting(): Promise<boolean> {
  const sent = await headers()
  const wasForm = sent.get('content-type')?.startsWith('multipart/form-data') && !sent.has('next-action')
  return Boolean(wasForm) && (await currentActor()) === null
}
