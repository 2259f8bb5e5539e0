import type { RestoredNotice } from '@/domain/collaboration/protocol'
import type { SyncStatus } from './session-context'

/** How it stands with somebody's words. They go by it when the train enters the tunnel, so it says nothing that is not so. */
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

/** Somebody's words are not where they were; and where they are. */
export function restoredMessage({ by, to, keptAs }: RestoredNotice): string {
  const what =
    to === null
      ? `${by} discarded the changes to this story: it says what readers see`
      : `${by} brought words of version ${to} back into this story`
  return keptAs === null ? `${what}.` : `${what}. What it said before is kept as version ${keptAs}.`
}

/** As the clock of this device shows it. `Intl` takes as long to be ready as all the rest of the line, while somebody waits to write. */
const localTime = (at: Date) =>
  [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':')

const storageMessage = ({ isStored }: { isStored: boolean }) =>
  isStored ? 'Your words are kept on this device.' : notStored

/** Nothing could be kept from the beginning, or the disk is full by now. */
const notStored = 'Keep this tab open: this device cannot keep your words.'
