import { UPGRADE_REQUIRED } from '@/domain/collaboration/protocol'

/** Why the last request failed. `isRetryable`: the next one may succeed without user action. */
export type SyncError = {
  kind: 'offline' | 'signed-out' | 'outdated' | 'failed'
  message: string
  isRetryable: boolean
}

/** Whether the server has everything, and as which version of the draft. */
export type FlushResult =
  { ok: true; version: number } | { ok: false; reason: 'signed-out' | 'unavailable' | 'refused' }

export const flushFailures = {
  offline: 'unavailable',
  'signed-out': 'signed-out',
  outdated: 'refused',
  failed: 'refused',
} as const

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
