import { sql } from 'drizzle-orm'
import type { Work } from '../operation'
import type { PutBack } from './words-frame'

/**
 * Tells everybody who has the story open, on every server, that earlier words took the place of those on their screens: they see them go, and must not
 * think that they are lost.
 */
export async function tellPutBack({ tx, actor }: Work, storyId: number, what: Pick<PutBack, 'to' | 'keptAs'>) {
  const putBack: PutBack = { ...what, by: actor.name, person: actor.id ?? 0 }
  await tx.execute(sql`select pg_notify('words', ${JSON.stringify({ storyId, putBack })})`)
}
