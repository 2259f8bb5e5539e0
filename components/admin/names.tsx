import type { ReactNode } from 'react'
import { STORIES_COUNTED, type Named, type NameKind } from '@/domain/name/name'
import type { FormAction } from '@/lib/form-state'
import { routes } from '@/lib/routes'
import { ActionForm } from './form/action-form.client'
import { Field } from './form/field.client'
import { Folded } from './form/folded.client'
import { Submit } from './form/submit.client'
import { Title } from './title'

type WithStories = Named & { stories: number }
type Actions = { rename: FormAction; merge: FormAction }
type Props = Actions & {
  kind: NameKind
  named: WithStories[]
  /** Where the next page begins, and whether this is the first. */
  further: number | null
  isFirst: boolean
}

const words = {
  author: {
    title: 'Authors',
    none: 'No author yet. Whoever writes a story names its authors in it, and they are listed here from then on.',
    here: routes.admin.authors,
    address: routes.author,
  },
  topic: {
    title: 'Topics',
    none: 'No topic yet. Whoever writes a story names its topics in it, and they are listed here from then on.',
    here: routes.admin.topics,
    address: routes.topic,
  },
} as const

/** All authors, or all topics, by name: to be renamed, and to be merged where two are one. */
export function Names({ kind, named, further, isFirst, ...actions }: Props) {
  const { title, none, here } = words[kind]
  return (
    <main id="main" className="page narrow" tabIndex={-1}>
      <Title>{title}</Title>
      <h1>{title}</h1>
      {named.length === 0 ? (
        <p className="panel">{none}</p>
      ) : (
        <ol className="rows" aria-label={`${title}, by name`}>
          {named.map((one) => (
            <NameRow key={one.id} kind={kind} one={one} {...actions} />
          ))}
        </ol>
      )}
      {(further !== null || !isFirst) && (
        <nav aria-label={`More ${title.toLowerCase()}`} className="cluster">
          {!isFirst && (
            <a className="button" href={here}>
              Back to the beginning
            </a>
          )}
          {further !== null && (
            <a className="button" href={`${here}?after=${further}`} rel="next">
              Further
            </a>
          )}
        </nav>
      )}
    </main>
  )
}

function NameRow({ kind, one, rename, merge }: Actions & { kind: NameKind; one: WithStories }) {
  return (
    <li className="stack tight">
      <p className="cluster">
        <b>{one.name}</b>
        {one.stories === 0 ? (
          <span className="small-print">no published story</span>
        ) : (
          <a href={words[kind].address(one)}>{storiesInWords(one.stories)}</a>
        )}
      </p>
      <NameForm act="Rename" one={one} action={rename} button={`Rename ${kind}`}>
        <Field
          name="name"
          label="Name"
          value={one.name}
          autoComplete="off"
          hint="Readers see it at once, wherever the former one stands. The former address goes on leading here."
        />
      </NameForm>
      <NameForm act="Merge" one={one} action={merge} button={`Merge ${kind}s`}>
        <Field
          name="into"
          label="Into"
          autoComplete="off"
          hint={`The name of the other ${kind}. All stories of ${one.name} are then the other’s, and its address leads there. This cannot be taken back.`}
        />
      </NameForm>
    </li>
  )
}

type FormProps = { act: string; one: Named; action: FormAction; button: string; children: ReactNode }

/** What can be done with one of them, folded until it is wanted. */
function NameForm({ act, one: { id, name }, action, button, children }: FormProps) {
  const summary = (
    <>
      {act}
      <span className="visually-hidden"> {name}</span>
    </>
  )
  return (
    <ActionForm action={action} label={`${act} ${name}`} className="stack tight" afresh>
      <input type="hidden" name="namedId" value={id} />
      <input type="hidden" name="seenName" value={name} />
      <Folded summary={summary}>
        {children}
        <div className="actions">
          <Submit look="">{button}</Submit>
        </div>
      </Folded>
    </ActionForm>
  )
}

function storiesInWords(stories: number): string {
  if (stories === 1) return '1 story'
  return stories < STORIES_COUNTED ? `${stories} stories` : `${STORIES_COUNTED} stories or more`
}
