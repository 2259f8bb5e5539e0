import type { RestoredNotice } from '@/domain/collaboration/protocol'
import type { SyncClientState } from '../sync/sync-client'

/** Whether the server has everything written here. `isStored`: this device has it. */
export type SyncStatus =
  | { kind: 'saving' }
  | { kind: 'saved'; at: Date }
  | { kind: 'offline'; isStored: boolean }
  | { kind: 'signed-out'; message: string; isStored: boolean }
  /** The server has a newer protocol version than this page. */
  | { kind: 'outdated'; message: string; isStored: boolean }
  | { kind: 'failed'; message: string; isStored: boolean }

export function statusOf({ error, pending, savedAt }: SyncClientState, isStored: boolean): SyncStatus {
  if (error === null) return pending || savedAt === null ? { kind: 'saving' } : { kind: 'saved', at: savedAt }
  const { kind, message } = error
  return kind === 'offline' ? { kind, isStored } : { kind, message, isStored }
}

/** Claims nothing that is not certain: people close the laptop by it. */
export function syncStatusMessage(status: SyncStatus): string {
  switch (status.kind) {
    case 'saving':
      return 'Saving'
    case 'saved':
      return `Saved ${localTime(status.at)}`
    case 'offline':
      return status.isStored ? 'Offline, kept on this device' : `Offline. ${notStored}`
    case 'signed-out':
      return `Could not save: ${status.message} ${storageMessage(status)}`
    case 'outdated':
      return `${status.message} ${storageMessage(status)}`
    case 'failed':
      return `Could not save (${status.message}). ${storageMessage(status)}`
  }
}

export function restoredMessage({ by, to, keptAs }: RestoredNotice): string {
  const what =
    to === null
      ? `${by} discarded the changes to this story: it says what readers see`
      : `${by} brought words of version ${to} back into this story`
  return keptAs === null ? `${what}.` : `${what}. What it said before is kept as version ${keptAs}.`
}

/** Without `Intl`, which takes as long to initialize as the rest of the status line. */
const localTime = (at: Date) =>
  [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':')

const storageMessage = ({ isStored }: { isStored: boolean }) =>
  isStored ? 'Your words are kept on this device.' : notStored

/** IndexedDB is unavailable, or full. */
const notStored = 'Keep this tab open: this device cannot keep your words.'
