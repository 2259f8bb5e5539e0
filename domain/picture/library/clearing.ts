import { z } from 'zod'
import { idField, lineField, reasonField, textField } from '../../form/fields'
import { operation } from '../../operation'
import { refuse } from '../../refusal'
import { refuseField } from '../../schedule/typed-moment'
import { ambiguousTimes, formatMoment, readTypedTime } from '../../time/newsroom-time'
import { nameOf } from '../picture'
import { categories, licenceNames, leaseKinds, rightsCategories, type Lease, type Rights } from '../rights'
import { endLeaseRow, insertLease, lockPicture, updateRights } from './store'

/** Says on what grounds a picture may be used. */
export const setRights = operation(
  z.object({
    pictureId: idField,
    seenRightsVersion: idField,
    category: z.enum(rightsCategories, 'Choose one from the list.'),
    licence: z
      .union([z.literal('').transform(() => null), z.enum(licenceNames, 'Choose one from the list.')])
      .default(null),
    restriction: lineField('The restriction', 500).default(''),
    note: textField('The note', 2000).default(''),
  }),
  async ({ tx, actor, permit, tell, unchanged }, { pictureId, seenRightsVersion, category, ...typed }) => {
    const picture = await lockPicture(tx, pictureId)
    permit('picture.clear')
    if (category === 'creative-commons' && typed.licence === null) refuseField('licence', 'Say which licence it has.')
    const rights: Rights = {
      category,
      licence: category === 'creative-commons' ? typed.licence : null,
      restriction:
        typed.restriction === '' || typed.restriction === categories[category].restriction ? null : typed.restriction,
      note: typed.note || null,
    }
    if (JSON.stringify(rights) === JSON.stringify(picture.rights)) return unchanged(picture)
    if (seenRightsVersion !== picture.rightsVersion)
      refuse({
        kind: 'stale',
        by: picture.rightsSavedByName,
        version: picture.rightsVersion,
        theirs: rightsAsText(picture.rights),
      })
    const saved = await updateRights(tx, actor, picture, rights)
    const [after, before] = [rightsInWords(rights), rightsInWords(picture.rights)]
    tell({ type: 'picture-rights-set', pictureId, picture: nameOf(picture), rights: after, before })
    return saved
  },
)

const rightsAsText = ({ category, licence, restriction, note }: Rights) => ({
  category: categories[category].label,
  licence: licence ?? '',
  restriction: restriction ?? '',
  note: note ?? '',
})

const rightsInWords = ({ category, licence, restriction, note }: Rights) =>
  [licence ?? categories[category].label, restriction, note].filter(Boolean).join('; ')

/** As `<input type="datetime-local">` sends a time, or nothing. */
const timeField = z.string().default('')

/**
 * Allows or forbids the use of a picture for a time, with a reason. The newest lease that holds decides, so an editor may allow what has no rights or is
 * denied: that needs an end.
 */
export const addLease = operation(
  z.object({
    pictureId: idField,
    kind: z.enum(leaseKinds),
    from: timeField,
    until: timeField,
    timeZone: z.string(),
    note: reasonField('Say why, or on whose word: the history keeps it.'),
  }),
  async ({ tx, actor, now, permit, tell }, { pictureId, kind, from, until, timeZone, note }) => {
    const picture = await lockPicture(tx, pictureId)
    permit('picture.clear')
    const lease: Omit<Lease, 'id'> = {
      kind,
      from: readTime('from', from, timeZone),
      until: readTime('until', until, timeZone),
      note,
    }
    refuseEmpty(lease, now)
    if (
      kind === 'allow' &&
      lease.until === null &&
      (picture.rights.category === 'none' || isDenied(picture.leases, now))
    )
      refuseField(
        'until',
        'Say until when: the picture has no rights, or is denied, so it may be allowed for a time only.',
      )
    const added = await insertLease(tx, actor, pictureId, lease, now)
    tell({
      type: 'picture-lease-added',
      pictureId,
      picture: nameOf(picture),
      leaseId: added.id,
      kind,
      from: lease.from?.toISOString() ?? null,
      until: lease.until?.toISOString() ?? null,
      inWords: leaseInWords(lease, timeZone),
      note,
    })
    return { ...picture, leases: [...picture.leases, added] }
  },
)

/** Ends a lease by hand: from now on it is as if it had never been there. */
export const endLease = operation(
  z.object({ pictureId: idField, leaseId: idField, timeZone: z.string().default('UTC') }),
  async ({ tx, actor, now, permit, tell }, { pictureId, leaseId, timeZone }) => {
    const picture = await lockPicture(tx, pictureId)
    permit('picture.clear')
    const lease = picture.leases.find(({ id }) => id === leaseId)
    if (!lease) return refuse({ kind: 'not-found', what: 'lease' })
    await endLeaseRow(tx, actor, leaseId, now)
    const { kind, note } = lease
    const inWords = leaseInWords(lease, timeZone)
    tell({ type: 'picture-lease-ended', pictureId, picture: nameOf(picture), leaseId, kind, inWords, note })
    return { ...picture, leases: picture.leases.filter(({ id }) => id !== leaseId) }
  },
)

const isDenied = (leases: readonly Lease[], now: Date) =>
  leases.some(({ kind, until }) => kind === 'deny' && (until === null || until > now))

/** Where the clocks go back, the end is the second of the two moments and the beginning the first, so that nothing is cut. */
function readTime(field: 'from' | 'until', typed: string, timeZone: string): Date | null {
  if (typed === '') return null
  const time = readTypedTime(typed, timeZone)
  switch (time.kind) {
    case 'unreadable':
      return refuseField(field, 'Give a day and a time, or leave it empty.')
    case 'never':
      return refuseField(field, `${ambiguousTimes.never} Choose another.`)
    case 'twice':
      return field === 'from' ? time.first : time.second
    case 'once':
      return time.at
  }
}

function refuseEmpty({ from, until }: Omit<Lease, 'id'>, now: Date) {
  if (until !== null && from !== null && until <= from) refuseField('until', 'The end has to be after the beginning.')
  if (until !== null && until <= now) refuseField('until', 'That time has passed. Give one that is still to come.')
}

function leaseInWords({ from, until }: Pick<Lease, 'from' | 'until'>, timeZone: string): string {
  const parts = [
    ...(from === null ? [] : [`from ${formatMoment(from, timeZone)}`]),
    ...(until === null ? [] : [`until ${formatMoment(until, timeZone)}`]),
  ]
  return parts.length === 0 ? 'from now on' : parts.join(' ')
}
