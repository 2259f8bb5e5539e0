import { MAX_STORIES_COUNTED, type Named, type NameKind } from '@/domain/copy/name'
import type { FormAction } from '@/lib/form-state'
import { routes } from '@/lib/routes'
import { Field } from '../../ui/form/field.client'
import { Page } from '../layout/page'
import { Pager } from '../layout/pager'
import { NameForm } from './name-form'

type WithStories = Named & { stories: number }
export type NameActions = { rename: FormAction; merge: FormAction }
type Props = NameActions & {
  kind: NameKind
  named: WithStories[]
  /** Cursor of the next page. */
  next: number | null
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

/** All authors or all topics by name, with forms that rename one and merge two. */
export function Names({ kind, named, next, isFirst, ...actions }: Props) {
  const { title, emptyText, adminPath } = texts[kind]
  return (
    <Page title={title}>
      {named.length === 0 ? (
        <p className="panel">{emptyText}</p>
      ) : (
        <ol className="rows" aria-label={`${title}, by name`}>
          {named.map((item) => (
            <NameRow key={item.id} kind={kind} item={item} {...actions} />
          ))}
        </ol>
      )}
      <Pager
        label={`More ${title.toLowerCase()}`}
        first={isFirst ? null : adminPath}
        next={next === null ? null : `${adminPath}?after=${next}`}
        firstText="Back to the beginning"
        nextText="Further"
      />
    </Page>
  )
}

function NameRow({ kind, item, rename, merge }: NameActions & { kind: NameKind; item: WithStories }) {
  const { id, name, stories } = item
  const form = { name, hidden: { namedId: id, seenName: name } }
  return (
    <li className="stack tight">
      <p className="cluster">
        <b dir="auto">{name}</b>
        {stories === 0 ? (
          <span className="small-print">no published story</span>
        ) : (
          <a href={texts[kind].readerPath(item)}>{describeCount(stories)}</a>
        )}
      </p>
      <NameForm {...form} verb="Rename" action={rename} button={`Rename ${kind}`}>
        <Field
          name="name"
          label="Name"
          value={name}
          autoComplete="off"
          hint="Readers see it at once, wherever the former one stands. The former address goes on leading here."
        />
      </NameForm>
      <NameForm {...form} verb="Merge" action={merge} button={`Merge ${kind}s`}>
        <Field
          name="into"
          label="Into"
          autoComplete="off"
          hint={`The name of the other ${kind}. All stories of ${name} are then the other’s, and its address leads there. This cannot be taken back.`}
        />
      </NameForm>
    </li>
  )
}

function describeCount(stories: number): string {
  if (stories === 1) return '1 story'
  return stories < MAX_STORIES_COUNTED ? `${stories} stories` : `${MAX_STORIES_COUNTED} stories or more`
}
