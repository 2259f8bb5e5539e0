import { database } from '@/db/client'
import { findByNames } from '@/domain/taxonomy/store'
import { nameKinds, type NameKind } from '@/domain/copy/name'
import { saveDraft } from '@/domain/story/drafting'
import { commandLineActor } from '@/domain/user/user'
import { routes } from '@/lib/routes'
import { inside, type ActionCase } from './action-case'
import { createDraft, fieldsOf, valueOf, type Fixture } from './fixture'

/** Whoever writes names authors and topics; to rename and merge them is for editors. */
const may = inside('not allowed')

const pages = { author: routes.admin.authors, topic: routes.admin.topics } as const

export const taxonomyActions: ActionCase[] = nameKinds.flatMap((kind): ActionCase[] => {
  const file = `app/admin/${kind}s/actions.ts`
  return [
    {
      act: `${file}#rename`,
      words: `Rename ${kind === 'author' ? 'an author' : 'a topic'}`,
      scene: async (house) => {
        const [one, name] = [await aName(house, kind), newName()]
        return {
          at: pages[kind],
          holds: { namedId: String(one.id) },
          types: { name },
          isDone: async () => (await known(kind, name))?.id === one.id,
        }
      },
      may,
    },
    {
      act: `${file}#merge`,
      words: `Merge two ${kind}s`,
      scene: async (house) => {
        const [one, other] = [await aName(house, kind), await aName(house, kind)]
        return {
          at: pages[kind],
          holds: { namedId: String(one.id) },
          types: { into: other.name },
          isDone: async () => (await known(kind, one.name))?.id === other.id,
        }
      },
      may,
    },
  ]
})

const newName = () => `Aa ${crypto.randomUUID().slice(0, 8)}`

const known = async (kind: NameKind, name: string) => [...(await findByNames(database(), kind, [name])).values()][0]

async function aName({ section }: Fixture, kind: NameKind) {
  const name = newName()
  const story = await createDraft(commandLineActor, section, 'Kite of names')
  valueOf(await saveDraft(commandLineActor, fieldsOf(story, { [`${kind}s`]: name })))
  const one = await known(kind, name)
  if (!one) throw new Error(`Nobody knows ${name}.`)
  return one
}
