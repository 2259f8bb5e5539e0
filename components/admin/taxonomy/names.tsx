import type { ReactNode } from 'react'
import { MAX_STORIES_COUNTED, type Named, type NameKind } from '@/domain/taxonomy/name'
import type { FormAction } from '@/lib/form-state'
import { routes } from '@/lib/routes'
import { ActionForm } from '../../ui/form/action-form.client'
import { Field } from '../../ui/form/field.client'
import { Disclosure } from '../../ui/form/disclosure.client'
import { Submit } from '../../ui/form/submit.client'
import { Title } from '../layout/title'

type WithStories = Named & { stories: number }
type Actions = { rename: FormAction; merge: FormAction }
type Props = Actions & {
  kind: NameKind
  named: WithStories[]
  /** Where the next page begins, and whether this is the first. */
  further: number | null
  isFirst: boolean
}

const texts = {
  author: {
    title: 'Authors',
    emptyText: 'No author yet. Whoever writes a story names its authors in it, and they are listed here from then on.',
    adminPath: routes.admin.authors,
    readerPath: routes.author,
  },
  topic: {
    title: 'Topics',
    emptyText: 'No topic yet. Whoever writes a story names its topics in it, and they are listed here from then on.',
    adminPath: routes.admin.topics,
    readerPath: routes.topic,
  },
} as const

/** All authors, or all topics, by name: to be renamed, and to be merged where two are one. */
export function Names({ kind, named, further, isFirst, ...actions }: Props) {
  const { title, emptyText, adminPath } = texts[kind]
  return (
    <main id="main" className="page narrow" tabIndex={-1}>
      <Title>{title}</Title>
      <h1>{title}</h1>
      {named.length === 0 ? (
        <p className="panel">{emptyText}</p>
      ) : (
        <ol className="rows" aria-label={`${title}, by name`}>
          {named.map((item) => (
            <NameRow key={item.id} kind={kind} item={item} {...actions} />
          ))}
        </ol>
      )}
      {(further !== null || !isFirst) && (
        <nav aria-label={`More ${title.toLowerCase()}`} className="cluster">
          {!isFirst && (
            <a className="button" href={adminPath}>
              Back to the beginning
            </a>
          )}
          {further !== null && (
            <a className="button" href={`${adminPath}?after=${further}`} rel="next">
              Further
            </a>
          )}
        </nav>
      )}
    </main>
  )
}

function NameRow({ kind, item, rename, merge }: Actions & { kind: NameKind; item: WithStories }) {
  return (
    <li className="stack tight">
      <p className="cluster">
        <b>{item.name}</b>
        {item.stories === 0 ? (
          <span className="small-print">no published story</span>
        ) : (
          <a href={texts[kind].readerPath(item)}>{storiesInWords(item.stories)}</a>
        )}
      </p>
      <NameForm verb="Rename" item={item} action={rename} buttonLabel={`Rename ${kind}`}>
        <Field
          name="name"
          label="Name"
          value={item.name}
          autoComplete="off"
          hint="Readers see it at once, wherever the former one stands. The former address goes on leading here."
        />
      </NameForm>
      <NameForm verb="Merge" item={item} action={merge} buttonLabel={`Merge ${kind}s`}>
        <Field
          name="into"
          label="Into"
          autoComplete="off"
          hint={`The name of the other ${kind}. All stories of ${item.name} are then the other’s, and its address leads there. This cannot be taken back.`}
        />
      </NameForm>
    </li>
  )
}

type FormProps = { verb: string; item: Named; action: FormAction; buttonLabel: string; children: ReactNode }

/** What can be done with one of them, folded until it is wanted. */
function NameForm({ verb, item: { id, name }, action, buttonLabel, children }: FormProps) {
  const summary = (
    <>
      {verb}
      <span className="visually-hidden"> {name}</span>
    </>
  )
  return (
    <ActionForm action={action} label={`${verb} ${name}`} className="stack tight" resetOnSuccess>
      <input type="hidden" name="namedId" value={id} />
      <input type="hidden" name="seenName" value={name} />
      <Disclosure summary={summary}>
        {children}
        <div className="actions">
          <Submit variant="">{buttonLabel}</Submit>
        </div>
      </Disclosure>
    </ActionForm>
  )
}

function storiesInWords(stories: number): string {
  if (stories === 1) return '1 story'
  return stories < MAX_STORIES_COUNTED ? `${stories} stories` : `${MAX_STORIES_COUNTED} stories or more`
}
