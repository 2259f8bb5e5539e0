import { z } from 'zod'
import { refuse } from '../refusal'
import { idField } from '../form/fields'
import { isTimeZone, formatMoment } from '../time/newsroom-time'
import { dueFields } from './typed-moment'

/** The newsroom's time zone, in which the page told a time, and in which it is told what is so by now. */
export const seenTimeZoneField = z.string().refine(isTimeZone).catch('UTC')

/** Takes something out of the schedule: the moment (ISO 8601) is the one that the page showed. */
export const cancelForm = z.object({
  storyId: idField,
  seenAt: z.string().default(''),
  timeZone: seenTimeZoneField,
})

/** Another moment, and the one that the page showed until then, empty for none; a page that was opened before an upgrade does not say it. */
export const scheduleFields = { seenAt: z.string().optional(), ...dueFields }

/** @throws Refused, where somebody chose another moment after the page was opened */
export function refuseStaleTime(at: Date, seenAt: string, timeZone: string) {
  if (at.toISOString() === seenAt) return
  refuse({
    kind: 'unfit',
    why: `It is scheduled for ${formatMoment(at, timeZone)} by now, so nothing was changed. Look again, and do it once more if it is still wanted.`,
  })
}

type Choice = { seenAt: string | undefined; chosen: Date; timeZone: string }

/**
 * What somebody else decided meanwhile is not decided anew unseen; what they decided just so is.
 * @throws Refused, where another moment stands than the page showed, or none any more
 */
export function refuseStaleChoice(current: Date | null, { seenAt, chosen, timeZone }: Choice) {
  if (seenAt === undefined || current?.getTime() === chosen.getTime()) return
  if (current !== null) return refuseStaleTime(current, seenAt, timeZone)
  if (seenAt !== '') refuse({ kind: 'unfit', why: NOT_SCHEDULED_ANY_MORE })
}

const NOT_SCHEDULED_ANY_MORE =
  'Somebody took it out of the schedule after you opened it, so nothing was changed. Look again, and do it once more if it is still wanted.'
