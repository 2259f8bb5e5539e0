import { z } from 'zod'
import { refuse } from '../refusal'
import { momentInWords } from '../time/newsroom-time'

/** The moment that the page showed (ISO 8601), where something is taken out of the schedule. */
export const seenAtField = z.string().default('')

/** @throws Refused, where somebody chose another moment after the page was opened */
export function refuseUnseenMoment(at: Date, seenAt: string) {
  if (at.toISOString() === seenAt) return
  refuse({
    kind: 'unfit',
    why: `It is scheduled for ${momentInWords(at, 'UTC')} by now, so nothing was changed. Look again, and do it once more if it is still wanted.`,
  })
}
