import { UPGRADE_REQUIRED } from '@/domain/collaboration/protocol'

/** Why the last attempt failed. `again`: it is worth trying without anybody doing anything. */
export type SyncError = {
  kind: 'offline' | 'signed-out' | 'outdated' | 'failed'
  message: string
  isRetryable: boolean
}

export const flushFailures = {
  offline: 'away',
  'signed-out': 'signed-out',
  outdated: 'refused',
  failed: 'refused',
} as const

/** What an answer means that is not the words: its own sentence, where it brings one. */
export async function syncErrorFrom(response: Response): Promise<SyncError> {
  const { status } = response
  const message = await response.json().then(
    (body: unknown) =>
      typeof body === 'object' && body !== null && 'why' in body && typeof body.why === 'string' ? body.why : '',
    () => '',
  )
  if (status === 401 || status === 409) return { kind: 'signed-out', message, isRetryable: true }
  if (status === UPGRADE_REQUIRED.status) return { kind: 'outdated', message, isRetryable: false }
  if (status >= 500) return { kind: 'offline', message: 'the newsroom is temporarily unavailable', isRetryable: true }
  return { kind: 'failed', message: message || `the newsroom answered ${status}`, isRetryable: false }
}
