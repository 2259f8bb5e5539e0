import { blockName, type Block, blockSegments } from '@/domain/body/blocks'
import { correctionNames, type Correction } from '@/domain/correction/correction'
import { restoreToken, restorable, type BlockComparison } from '@/domain/revision/comparison'
import type { Revision } from '@/domain/revision/revision'
import type { Story } from '@/domain/story/story'
import type { FormAction } from '@/lib/form-state'
import { ActionForm } from '../../ui/form/action-form.client'
import { FormMessage } from '../../ui/form/form-message.client'
import { ComparedText, Segments } from './compared-text'
import { RestoreFields } from './restore-revision'
import { Submit } from '../../ui/form/submit.client'

type Props = {
  blocks: BlockComparison[]
  /** The story's corrections; a body contains only their ids. */
  notes: Correction[]
  story: Story
  /** The older side, from which blocks can be restored into the draft; null where the draft is not compared. */
  revision: Revision | null
  action: FormAction
}

/** The blocks of both bodies, each with its change. */
export function ComparedBody({ blocks, notes, story, revision, action }: Props) {
  return (
    <section className="stack tight" aria-labelledby="compared-body">
      <h2 id="compared-body">Body</h2>
      <p>{blockCounts(blocks)}</p>
      {/* One form with a button for each block. */}
      <ActionForm action={action} label="Restore blocks" rendersMessage>
        {revision && <RestoreFields story={story} revision={revision} />}
        <ol className="compared-blocks" aria-label="Blocks of the body">
          {groupRuns(blocks).map((run) => (
            <Run key={reactKey(run[0])} run={run} notes={notes} canRestore={revision !== null} />
          ))}
        </ol>
        <div className="compared-answer">
          <FormMessage />
        </div>
      </ActionForm>
    </section>
  )
}

const kindNames = { changed: 'changed', moved: 'moved', added: 'added', removed: 'removed', same: 'unchanged' } as const

function blockCounts(blocks: BlockComparison[]): string {
  if (blocks.length === 0) return 'Neither has a body.'
  const counts = Object.entries(kindNames).flatMap(([kind, name]) => {
    const count = blocks.filter((block) => block.kind === kind).length
    return count === 0 ? [] : [`${count} ${count === 1 ? 'block' : 'blocks'} ${name}`]
  })
  return `${counts.join(', ')}.`
}

/** From this many unchanged blocks on, those in the middle are collapsed. */
const MIN_COLLAPSED = 4

/** Each block by itself, and long runs of unchanged blocks together. */
function groupRuns(blocks: BlockComparison[]): BlockComparison[][] {
  const runs: BlockComparison[][] = []
  let unchanged: BlockComparison[] = []
  const flush = () => {
    const isLong = unchanged.length >= MIN_COLLAPSED
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
      flush()
      runs.push([block])
    }
  }
  flush()
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
          {run.length} blocks unchanged, at places {first.position} to {last.position}
        </summary>
        <ol className="compared-blocks">
          {run.map((compared) => (
            <ComparedBlock key={reactKey(compared)} compared={compared} notes={notes} canRestore={canRestore} />
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
        {describeBlock(compared)} <b>{describeChange(compared)}</b>
      </p>
      {block.type === 'correctionNote' ? (
        <NoteText note={notes.find(({ id }) => id === block.attrs.correctionId)} />
      ) : (
        <div className={block.type === 'heading' ? 'compared-words subheading' : 'compared-words'}>
          <ComparedContent compared={compared} />
        </div>
      )}
      {canRestore && restored && (
        <p>
          <Submit
            variant="small"
            name="blockId"
            value={restoreToken(restored)}
            label={`Restore this block: ${excerpt(restored.block)}`}
          >
            Restore this block
          </Submit>
        </p>
      )}
    </li>
  )
}

/** The note's current text: a note has no revisions of its own in a body. */
const NoteText = ({ note }: { note: Correction | undefined }) =>
  note && (
    <p className="small-print">
      {correctionNames[note.kind].label}: {note.words}
    </p>
  )

function ComparedContent({ compared }: { compared: BlockComparison }) {
  if ('chunks' in compared) return <ComparedText chunks={compared.chunks} />
  const content = <Segments segments={blockSegments(compared.block)} isFirst isChange={false} />
  if (compared.kind === 'added') return <ins className="whole">{content}</ins>
  if (compared.kind === 'removed') return <del className="whole">{content}</del>
  return content
}

function describeBlock(compared: BlockComparison): string {
  const block = 'block' in compared ? compared.block : compared.newer
  const formerName =
    'older' in compared && blockName(compared.older) !== blockName(block) ? `, was a ${blockName(compared.older)}` : ''
  const position = compared.kind === 'removed' ? `stood at place ${compared.position}` : `place ${compared.position}`
  return `${blockName(block)}${formerName}, ${position}:`
}

function describeChange(compared: BlockComparison): string {
  if (compared.kind !== 'moved') return kindNames[compared.kind]
  return `moved from place ${compared.from}${compared.changed ? ' and changed' : ''}`
}

function excerpt(block: Block): string {
  const text = blockSegments(block).map((part) => (part.type === 'text' ? part.text : ' '))
  return text.join('').trim().slice(0, 40) || 'without words'
}

const reactKey = (compared: BlockComparison | undefined) => (compared ? `${compared.kind} ${compared.position}` : '')
