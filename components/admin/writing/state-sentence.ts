import type { WordsState } from './writing-context'

/** How it stands with somebody's words. They go by it when the train enters the tunnel, so it says nothing that is not so. */
export function stateSentence(state: WordsState): string {
  switch (state.kind) {
    case 'saving':
      return 'Saving'
    case 'saved':
      return `Saved ${state.at.toLocaleTimeString('en-GB')}`
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

const whereKept = ({ kept }: { kept: boolean }) => (kept ? 'Your words are kept on this device.' : onlyHere)

/** Nothing could be kept from the beginning, or the disk is full by now. */
const onlyHere = 'Keep this tab open: this device cannot keep your words.'
