import type { PutBack } from '@/domain/writing/words-frame'
import type { WordsState } from './writing-context'

/** How it stands with somebody's words. They go by it when the train enters the tunnel, so it says nothing that is not so. */
export function stateSentence(state: WordsState): string {
  switch (state.kind) {
    case 'saving':
      return 'Saving'
    case 'saved':
      return `Saved ${onTheClock(state.at)}`
    case 'offline':
      return state.kept ? 'Offline, kept on this device' : `Offline. ${onlyHere}`
    case 'signed-out':
      return `Could not save: ${state.why} ${whereKept(state)}`
    case 'outdated':
      return `${state.why} ${whereKept(state)}`
    case 'failed':
      return `Could not save (${state.why}). ${whereKept(state)}`
  }
}

/** Somebody's words are not where they were; and where they are. */
export function putBackSentence({ by, to, keptAs }: PutBack): string {
  const what =
    to === null
      ? `${by} discarded the changes to this story: it says what readers see`
      : `${by} brought words of version ${to} back into this story`
  return keptAs === null ? `${what}.` : `${what}. What it said before is kept as version ${keptAs}.`
}

/** As the clock of this device shows it. `Intl` takes as long to be ready as all the rest of the line, while somebody waits to write. */
const onTheClock = (at: Date) =>
  [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':')

const whereKept = ({ kept }: { kept: boolean }) => (kept ? 'Your words are kept on this device.' : onlyHere)

/** Nothing could be kept from the beginning, or the disk is full by now. */
const onlyHere = 'Keep this tab open: this device cannot keep your words.'
