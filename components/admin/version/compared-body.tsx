import { blockName, type Block } from '@/domain/body/body'
import { correctionNames, type Correction } from '@/domain/correction/correction'
import { pressedFor, restorable, type BlockComparison } from '@/domain/version/comparison'
import type { Revision } from '@/domain/version/revision'
import type { Story } from '@/domain/story/story'
import { partsOfBlock } from '@/domain/body/word-comparison'
import type { FormAction } from '@/lib/form-state'
import { ActionForm } from '../form/action-form.client'
import { Answer } from '../form/answer.client'
import { ComparedWords, PartsOf } from './compared-words'
import { WhatToRestore } from './restore-versions'
import { Submit } from '../form/submit.client'

type Props = {
  blocks: BlockComparison[]
  /** What was said about the story afterwards: a body has only the places of it. */
  notes: Correction[]
  story: Story
  /** The older of the two, from which blocks can be restored into the draft beside it; null where the draft is not. */
  revision: Revision | null
  action: FormAction
}

/** The body of the newer version, block by block, with what became of those of the older one. */
export function ComparedBody({ blocks, notes, story, revision, action }: Props) {
  return (
    <section className="stack tight" aria-labelledby="compared-body">
      <h2 id="compared-body">Body</h2>
      <p>{counted(blocks)}</p>
      {/* One form, and a button in it for each block. */}
      <ActionForm action={action} label="Restore blocks" placesAnswer>
        {revision && <WhatToRestore story={story} revision={revision} />}
        <ol className="compared-blocks" aria-label="Blocks of the body">
          {runsOf(blocks).map((run) => (
            <Run key={keyOf(run[0])} run={run} notes={notes} canRestore={revision !== null} />
          ))}
        </ol>
        <div className="compared-answer">
          <Answer />
        </div>
      </ActionForm>
    </section>
  )
}

const told = { changed: 'changed', moved: 'moved', added: 'added', removed: 'removed', same: 'unchanged' } as const

function counted(blocks: BlockComparison[]): string {
  if (blocks.length === 0) return 'Neither has a body.'
  const counts = Object.entries(told).flatMap(([kind, words]) => {
    const count = blocks.filter((block) => block.kind === kind).length
    return count === 0 ? [] : [`${count} ${count === 1 ? 'block' : 'blocks'} ${words}`]
  })
  return `${counts.join(', ')}.`
}

/** From this many unchanged blocks on, those in the middle are folded up. */
const FOLDED_FROM = 4

/** The blocks one by one, and unchanged ones that are far from any change together. */
function runsOf(blocks: BlockComparison[]): BlockComparison[][] {
  const runs: BlockComparison[][] = []
  let unchanged: BlockComparison[] = []
  const close = () => {
    const isLong = unchanged.length >= FOLDED_FROM
    runs.push(
      ...(isLong
        ? [unchanged.slice(0, 1), unchanged.slice(1, -1), unchanged.slice(-1)]
        : unchanged.map((one) => [one])),
    )
    unchanged = []
  }
  for (const block of blocks) {
    if (block.kind === 'same') unchanged.push(block)
    else {
      close()
      runs.push([block])
    }
  }
  close()
  return runs
}

type RunProps = Pick<Props, 'notes'> & { run: BlockComparison[]; canRestore: boolean }

function Run({ run, notes, canRestore }: RunProps) {
  const [first, last] = [run[0], run.at(-1)]
  if (first === undefined || last === undefined) return null
  if (run.length === 1) return <ComparedBlock compared={first} notes={notes} canRestore={canRestore} />
  return (
    <li>
      <details>
        <summary>
          {run.length} blocks unchanged, at places {first.place} to {last.place}
        </summary>
        <ol className="compared-blocks">
          {run.map((compared) => (
            <ComparedBlock key={keyOf(compared)} compared={compared} notes={notes} canRestore={canRestore} />
          ))}
        </ol>
      </details>
    </li>
  )
}

type BlockProps = Pick<RunProps, 'notes' | 'canRestore'> & { compared: BlockComparison }

function ComparedBlock({ compared, notes, canRestore }: BlockProps) {
  const restored = restorable(compared)
  const block = 'block' in compared ? compared.block : compared.newer
  return (
    <li className="compared" data-change={compared.kind}>
      <p className="compared-what">
        {whatIs(compared)} <b>{whatBecame(compared)}</b>
      </p>
      {block.type === 'correctionNote' ? (
        <NoteWords note={notes.find(({ id }) => id === block.attrs.correctionId)} />
      ) : (
        <div className={block.type === 'heading' ? 'compared-words subheading' : 'compared-words'}>
          <WordsOf compared={compared} />
        </div>
      )}
      {canRestore && restored && (
        <p className="compared-restore">
          <Submit
            look="small"
            name="blockId"
            value={pressedFor(restored)}
            label={`Restore this block: ${beginning(restored.block)}`}
          >
            Restore this block
          </Submit>
        </p>
      )}
    </li>
  )
}

/** As readers have them now: a note has no versions in a body. */
const NoteWords = ({ note }: { note: Correction | undefined }) =>
  note && (
    <p className="small-print">
      {correctionNames[note.kind].label}: {note.words}
    </p>
  )

function WordsOf({ compared }: { compared: BlockComparison }) {
  if ('pieces' in compared) return <ComparedWords pieces={compared.pieces} />
  const words = <PartsOf parts={partsOfBlock(compared.block)} isFirst isChange={false} />
  if (compared.kind === 'added') return <ins className="whole">{words}</ins>
  if (compared.kind === 'removed') return <del className="whole">{words}</del>
  return words
}

function whatIs(compared: BlockComparison): string {
  const block = 'block' in compared ? compared.block : compared.newer
  const former =
    'older' in compared && blockName(compared.older) !== blockName(block) ? `, was a ${blockName(compared.older)}` : ''
  const where = compared.kind === 'removed' ? `stood at place ${compared.place}` : `place ${compared.place}`
  return `${blockName(block)}${former}, ${where}:`
}

function whatBecame(compared: BlockComparison): string {
  if (compared.kind !== 'moved') return told[compared.kind]
  return `moved from place ${compared.from}${compared.changed ? ' and changed' : ''}`
}

function beginning(block: Block): string {
  const text = partsOfBlock(block).map((part) => (part.type === 'text' ? part.text : ' '))
  return text.join('').trim().slice(0, 40) || 'without words'
}

const keyOf = (compared: BlockComparison | undefined) => (compared ? `${compared.kind} ${compared.place}` : '')
