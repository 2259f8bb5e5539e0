import { z } from 'zod'
import type { Transaction } from '@/db/client'
import { operation } from '../operation'
import { refuse } from '../refusal'
import { idField } from '../form/fields'
import { HEADLINES_ON_FRONT_PAGE, moved, type Arrangement } from './front-page'
import { currentArrangement, headlinesInOrder, insertFrontPage, findLiveHeadline, lockFrontPage } from './store'

/** 0: the front page had no arrangement yet. */
const seenField = z.coerce.number().int().nonnegative()

/** Sets the lead story. Empty: the newest story with a body leads. */
export const setLead = operation(
  z.object({ seenFrontPage: seenField, storyId: z.union([z.literal('').transform(() => null), idField]) }),
  async ({ tx, actor, now, permit, tell, unchanged }, { seenFrontPage, storyId }) => {
    permit('front-page.arrange')
    const current = await requireCurrent(tx, seenFrontPage)
    const lead =
      storyId === null ? null : ((await findLiveHeadline(tx, storyId)) ?? refuse({ kind: 'not-found', what: 'story' }))
    const before = current?.leadStoryId ?? null
    if (before === storyId) return unchanged()
    await insertFrontPage(tx, actor, { leadStoryId: storyId, order: await currentOrder(tx, current) }, now)
    tell({
      type: 'lead-set',
      storyId,
      headline: lead?.headline ?? null,
      before: before === null ? null : ((await findLiveHeadline(tx, before))?.headline ?? null),
    })
  },
)

/** Moves a headline up (negative) or down. */
export const moveHeadline = operation(
  z.object({ seenFrontPage: seenField, storyId: idField, by: z.coerce.number().int().min(-100).max(100) }),
  async ({ tx, actor, now, permit, tell, unchanged }, { seenFrontPage, storyId, by }) => {
    permit('front-page.arrange')
    const current = await requireCurrent(tx, seenFrontPage)
    const before = await currentOrder(tx, current)
    if (!before.includes(storyId)) return refuse({ kind: 'not-found', what: 'story' })
    const order = moved(before, storyId, by)
    if (order.join() === before.join()) return unchanged()
    await insertFrontPage(tx, actor, { leadStoryId: current?.leadStoryId ?? null, order }, now)
    tell({ type: 'headlines-arranged', order, before })
  },
)

/** Sets the order of the headlines: `order` is ids joined by commas. */
export const arrangeHeadlines = operation(
  z.object({
    seenFrontPage: seenField,
    order: z
      .string()
      .regex(/^\d{1,15}(?:,\d{1,15}){0,199}$/u, 'The order did not arrive whole. Try again.')
      .transform((ids) => ids.split(',').map(Number)),
  }),
  async ({ tx, actor, now, permit, tell, unchanged }, { seenFrontPage, order: requested }) => {
    permit('front-page.arrange')
    const current = await requireCurrent(tx, seenFrontPage)
    const before = await currentOrder(tx, current)
    const order = [...new Set(requested)].filter((id) => before.includes(id))
    const rest = before.filter((id) => !order.includes(id))
    const fullOrder = [...order, ...rest]
    if (fullOrder.join() === before.join()) return unchanged()
    await insertFrontPage(tx, actor, { leadStoryId: current?.leadStoryId ?? null, order: fullOrder }, now)
    tell({ type: 'headlines-arranged', order: fullOrder, before })
  },
)

/** @throws Refused where the front page was arranged after the editor opened it */
async function requireCurrent(tx: Transaction, seenFrontPage: number): Promise<Arrangement | null> {
  await lockFrontPage(tx)
  const current = await currentArrangement(tx)
  if (current !== null && current.id !== seenFrontPage) refuse({ kind: 'rearranged', by: current.launchedByName })
  return current
}

/** As many headlines as the page has, and one more for the place of the lead. */
async function currentOrder(tx: Transaction, current: Arrangement | null): Promise<number[]> {
  const headlines = await headlinesInOrder(tx, current)
  return headlines.slice(0, HEADLINES_ON_FRONT_PAGE + 1).map(({ id }) => id)
}
