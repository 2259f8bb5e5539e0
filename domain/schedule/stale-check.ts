import { z } from 'zod'
import { refuse } from '../refusal'
import { idField } from '../form/fields'
import { isTimeZone, formatMoment } from '../time/newsroom-time'
import { dueFields } from './typed-moment'

/** The newsroom's time zone, for times in messages. */
export const seenTimeZoneField = z.string().refine(isTimeZone).catch('UTC')

/** Cancels a schedule; `seenAt` is the time that the page showed (ISO 8601). */
export const cancelForm = z.object({
  storyId: idField,
  seenAt: z.string().default(''),
  timeZone: seenTimeZoneField,
})

/** A new time, and the one that the page showed: ISO 8601, empty for none, absent from a page of an older build. */
export const scheduleFields = { seenAt: z.string().optional(), ...dueFields }

/** @throws Refused where the time was changed after the page was opened */
export function refuseStaleTime(at: Date, seenAt: string, timeZone: string) {
  if (at.toISOString() === seenAt) return
  refuse({
    kind: 'unfit',
    why: `It is scheduled for ${formatMoment(at, timeZone)} by now, so nothing was changed. Look again, and do it once more if it is still wanted.`,
  })
}

type Choice = { seenAt: string | undefined; chosen: Date; timeZone: string }

/** @throws Refused where the time was changed or cancelled after the page was opened, unless to the chosen one */
export function refuseStaleChoice(current: Date | null, { seenAt, chosen, timeZone }: Choice) {
  if (seenAt === undefined || current?.getTime() === chosen.getTime()) return
  if (current !== null) return refuseStaleTime(current, seenAt, timeZone)
  if (seenAt !== '') refuse({ kind: 'unfit', why: NOT_SCHEDULED_ANY_MORE })
}

const NOT_SCHEDULED_ANY_MORE =
  'Somebody took it out of the schedule after you opened it, so nothing was changed. Look again, and do it once more if it is still wanted.'
