import { database } from '@/db/client'
import { findByNames } from '@/domain/taxonomy/store'
import { nameKinds, type NameKind } from '@/domain/copy/name'
import { saveDraft } from '@/domain/story/drafting'
import { commandLineActor } from '@/domain/user/user'
import { routes } from '@/lib/routes'
import { actionCase, inside, type ActionCase } from '../case'
import { createDraft, fieldsOf, valueOf, type Fixture } from '../fixture'

/** Anybody who writes names authors and topics; renaming and merging is for editors. */
const expected = inside('not allowed')

const pages = { author: routes.admin.authors, topic: routes.admin.topics } as const

export const taxonomyActions: ActionCase[] = nameKinds.flatMap((kind): ActionCase[] => {
  const file = `app/admin/${kind}s/actions.ts`
  return [
    actionCase(`${file}#rename`, `Rename ${kind === 'author' ? 'an author' : 'a topic'}`, expected, async (fixture) => {
      const [one, name] = [await createName(fixture, kind), newName()]
      return {
        path: pages[kind],
        formFields: { namedId: String(one.id) },
        input: { name },
        isDone: async () => (await known(kind, name))?.id === one.id,
      }
    }),
    actionCase(`${file}#merge`, `Merge two ${kind}s`, expected, async (fixture) => {
      const [one, other] = [await createName(fixture, kind), await createName(fixture, kind)]
      return {
        path: pages[kind],
        formFields: { namedId: String(one.id) },
        input: { into: other.name },
        isDone: async () => (await known(kind, one.name))?.id === other.id,
      }
    }),
  ]
})

const newName = () => `Aa ${crypto.randomUUID().slice(0, 8)}`

const known = async (kind: NameKind, name: string) => [...(await findByNames(database(), kind, [name])).values()][0]

async function createName({ section }: Fixture, kind: NameKind) {
  const name = newName()
  const story = await createDraft(commandLineActor, section, 'Kite of names')
  valueOf(await saveDraft(commandLineActor, fieldsOf(story, { [`${kind}s`]: name })))
  const one = await known(kind, name)
  if (!one) throw new Error(`There is no ${kind} ${name}.`)
  return one
}
