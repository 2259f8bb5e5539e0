// The script of the page in `moved-nodes.chromium.test.ts`: lines of text that React changes, as those of the newsroom.
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { tolerateMovedNodes } from './moved-nodes'

declare global {
  interface Window {
    showLines: (options: { tolerant: boolean }) => void
    /** The next state of every line. */
    change: () => void
  }
}

window.showLines = ({ tolerant }) => {
  if (tolerant) tolerateMovedNodes()
  const root = document.createElement('main')
  document.body.append(root)
  createRoot(root).render(<Lines />)
}

/** Text beside text, beside elements, alone, and in place of elements; present in one state and gone in the next. */
function Lines() {
  const [state, setState] = useState(0)
  window.change = () => setState(state + 1)
  const isOdd = state % 2 === 1
  return (
    <>
      <p>
        {isOdd ? 'Saving' : null} story {state} {isOdd && 'now'}
      </p>
      <p>{isOdd ? 'Offline' : <b>Saved</b>}</p>
      <p>
        {isOdd && 'Somebody writes. '}
        <b>Words: {state}</b>
        {!isOdd && ' All read.'}
      </p>
      <ul>
        {Array.from({ length: isOdd ? 3 : 1 }, (_, at) => (
          <li key={at}>
            Item {at} of {state}
          </li>
        ))}
      </ul>
      {isOdd ? 'At the end' : <p>Nothing</p>}
    </>
  )
}
