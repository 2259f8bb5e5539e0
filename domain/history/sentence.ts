import { correctionNames } from '../correction/correction'
import type { NameKind } from '../copy/name'
import { settingSentence } from '../settings/settings'
import type { NewsroomEvent } from './event'
import { withIsolatedText } from '@/lib/text-direction'

type Event<Type extends NewsroomEvent['type']> = Extract<NewsroomEvent, { type: Type }>

/** One sentence for each event, shown after saving and in the history. */
export function sentence(written: NewsroomEvent): string {
  const event = withIsolatedText(written)
  switch (event.type) {
    case 'story-started':
      return `Started “${event.headline}”.`
    case 'draft-saved':
      return `Saved a draft of “${event.headline}” (${listOf(event.changed)}${formerHeadline(event)}).`
    case 'words-stranded':
      if (event.unseen)
        return `Changed or removed a part of “${event.headline}” in which somebody else was just writing: the words not seen are kept in version ${event.number}.`
      return `Wrote in a part of “${event.headline}” that was removed meanwhile: the words are kept in version ${event.number}.`
    case 'words-brought':
      return `Brought words of “${event.headline}” from a device, written before a backup was brought back: they are kept in version ${event.number}.`
    case 'revision-restored':
      return restoredSentence(event)
    case 'changes-discarded':
      return discardedSentence(event)
    case 'story-published':
      if (event.again) return `Published “${event.headline}” again, which was withdrawn before.`
      return event.first ? `Published “${event.headline}”.` : `Published changes to “${event.headline}”.`
    case 'headline-published':
      return headlinePublishedSentence(event)
    case 'story-corrected':
      return correctedSentence(event)
    case 'correction-reworded':
      return rewordedSentence(event)
    case 'preview-shared':
      return `Made a preview link of “${event.headline}” for ${event.label}: ${event.number === null ? 'the latest draft' : `version ${event.number}`}, for ${event.days === 1 ? 'a day' : `${event.days} days`}${event.embargoed ? ', knowing that it is under embargo' : ''}.`
    case 'preview-revoked':
      return `Took back the preview link of “${event.headline}” for ${event.label}.`
    case 'story-withdrawn':
      return `Withdrew “${event.headline}”: ${event.reason}${event.dropped?.includes('changes') ? ' (The changes that were scheduled for it are out of the schedule.)' : ''}${droppedEnd(event)}`
    case 'story-scheduled':
      return event.before === null
        ? `Scheduled “${event.headline}” for ${event.inWords}.`
        : `Scheduled “${event.headline}” anew, for ${event.inWords}.`
    case 'schedule-cancelled':
      return `Took “${event.headline}” out of the schedule.${droppedEnd(event)}`
    case 'story-went-live':
      return `“${event.headline}” went live as scheduled.${lateness(event, LATE_FOR_READERS)}`
    case 'story-handed-in':
      return `Handed in “${event.headline}” for review, as version ${event.number}${event.note === null ? '.' : `: ${event.note}`}`
    case 'story-cleared':
      return `Marked “${event.headline}” as ready.`
    case 'story-sent-back':
      return `Sent “${event.headline}” back${event.to === null ? '' : ` to ${event.to}`}: ${event.note}`
    case 'story-assigned':
      return event.to === null
        ? `Took “${event.headline}” from ${event.before ?? 'its assignee'}.`
        : `Assigned “${event.headline}” to ${event.to}${event.before === null ? '' : ` (was ${event.before})`}.`
    case 'review-reopened':
      return `“${event.headline}” was ready; after this change it is for review again.`
    case 'flaw-accepted':
      return `Said of ${event.what} that “${event.headline}” may be published with it.`
    case 'published-without-editor':
      return `It went out without an editor: ${event.reason}${event.editorsThere.length === 0 ? '' : ` (In the newsroom just before: ${event.editorsThere.join(', ')}.)`}`
    case 'publication-looked-over':
      return `Looked at “${event.headline}”, which had gone out without an editor.`
    case 'publishing-alone-decided':
      return settingSentence('reportersMayPublishAlone', event.allowed)
    case 'setting-changed':
      return settingSentence(event.setting, event.value)
    case 'changes-scheduled':
      return `Scheduled the changes to “${event.headline}” (version ${event.number})${event.before === null ? '' : ' anew'}, for ${event.inWords}.`
    case 'scheduled-changes-cancelled':
      return event.superseded
        ? `The changes that were scheduled for “${event.headline}” are out of the schedule, for what was published takes their place.`
        : `Took the changes to “${event.headline}” out of the schedule.`
    case 'changes-went-live':
      return `The changes to “${event.headline}” went live as scheduled${event.before === event.headline ? '' : ` (the headline was “${event.before}”)`}.${lateness(event, LATE_FOR_READERS)}`
    case 'unpublish-scheduled':
      return `“${event.headline}” will be unpublished on ${event.inWords}${event.before === null ? '' : ' instead'}: ${event.reason}`
    case 'unpublish-cancelled':
      return `“${event.headline}” stays: it will not be unpublished.`
    case 'story-unpublished':
      return `“${event.headline}” was unpublished as scheduled: ${event.reason}${lateness(event)}`
    case 'embargo-set':
      return `Put “${event.headline}” under an embargo until ${event.inWords}: ${event.note}`
    case 'embargo-lifted':
      return event.inWords === null
        ? `Lifted the embargo on “${event.headline}”: ${event.reason}`
        : `Moved the embargo on “${event.headline}” forward, to ${event.inWords}: ${event.reason}`
    case 'lead-set':
      return event.headline === null
        ? 'Let the newest story lead the front page.'
        : `Made “${event.headline}” the lead story.`
    case 'headlines-arranged':
      return 'Put the latest headlines in a new order.'
    case 'section-opened':
      return `Opened the section ${event.name}.`
    case 'section-renamed':
      return `Renamed the section ${event.before.name} (/${event.before.slug}) to ${event.name} (/${event.slug}).`
    case 'name-added':
      return `Added the ${event.kind} ${event.name}.`
    case 'name-changed':
      return `Renamed the ${event.kind} ${event.before.name} to ${event.name} (${addressOf(event)}).`
    case 'names-merged':
      return `Merged the ${event.kind} ${event.name} into ${event.into.name}${event.stories === 0 ? '' : `, with ${event.stories === 1 ? 'a story' : `${event.stories} stories`}`}. The address ${addressOf(event)} leads to ${addressOf({ ...event, slug: event.into.slug })}.`
    case 'picture-added':
      return `Added ${event.picture} to the pictures.`
    case 'picture-edited':
      return `Changed ${event.picture} (${listOf(event.changed)}${formerTexts(event)}).`
    case 'picture-rights-set':
      return `Set the rights of ${event.picture}: ${event.rights} (was ${event.before}).`
    case 'picture-focus-moved':
      return `Moved the focal point of ${event.picture} to ${pointOf(event.focus)} (was ${pointOf(event.before)}).`
    case 'picture-lease-added':
      return event.kind === 'allow'
        ? `Allowed the use of ${event.picture} ${event.inWords}: ${event.note}`
        : `Forbade the use of ${event.picture} ${event.inWords}: ${event.note}`
    case 'picture-lease-ended':
      return event.kind === 'allow'
        ? `Took back that ${event.picture} may be used ${event.inWords} (${event.note}).`
        : `Took back that ${event.picture} may not be used ${event.inWords} (${event.note}).`
    case 'picture-deleted':
      return `Deleted ${event.picture} from the pictures.`
    case 'picture-replaced':
      return `Replaced ${event.picture} by ${event.by.picture} in ${event.stories === 1 ? 'a story' : `${event.stories} stories`}.`
    case 'story-picture-replaced':
      return `Replaced ${event.picture} by ${event.by} in “${event.headline}”${event.isLive ? ', also for readers' : ''}.`
    case 'portrait-set':
      return event.pictureId === null
        ? `Took away the portrait of ${event.name}.`
        : `Gave ${event.name} ${event.before === null ? 'a portrait' : 'another portrait'}.`
    case 'first-admin-created':
      return `Set up the newsroom with ${event.name} as its first admin.`
    case 'person-invited':
      return `Invited ${event.name} as ${withArticle(event.role)}.`
    case 'password-link-made':
      return `Made a one-time link for ${event.name} to choose a new password.`
    case 'password-chosen':
      return `${event.name} chose a password.`
    case 'role-changed':
      return `Made ${event.name} ${withArticle(event.role)} (was ${withArticle(event.before)}).`
    case 'person-disabled':
      return `Closed the newsroom to ${event.name}.`
    case 'person-enabled':
      return `Opened the newsroom to ${event.name} again.`
    case 'signed-in':
      return `${event.name} signed in.`
    case 'signed-out':
      return `${event.name} signed out.`
  }
}

/** A long text is cut: the history keeps it whole. */
const MAX_FORMER_LENGTH = 200

function formerTexts({ before }: Event<'picture-edited'>): string {
  const former = Object.entries(before)
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `the ${name} was “${shortened(text)}”`)
  return former.length === 0 ? '' : `; ${former.join(', ')}`
}

const shortened = (text: string) =>
  text.length > MAX_FORMER_LENGTH ? `${text.slice(0, MAX_FORMER_LENGTH).toWellFormed()}…` : text

const pointOf = ([x, y]: [number, number]) => `${Math.round(x * 100)} % × ${Math.round(y * 100)} %`

function headlinePublishedSentence({ headline, before, draft }: Event<'headline-published'>): string {
  const changed = `Changed the live headline “${before}” to “${headline}”`
  if (draft === undefined) return `${changed}.`
  return draft.stays
    ? `${changed}. The draft still says “${draft.headline}”.`
    : `${changed}, also in the draft, where it was “${draft.headline}”.`
}

/** For an editor who publishes the story again: it no longer has an end. */
const droppedEnd = ({ dropped }: { dropped?: ('changes' | 'unpublishing')[] }) =>
  dropped?.includes('unpublishing')
    ? ' (The time at which it was to be unpublished is dropped as well: set it anew if it goes out again.)'
    : ''

/** It is not recorded whether readers could open the site meanwhile. */
const LATE_FOR_READERS = ': if no server was up, readers had it only then'

const lateness = ({ toldLateBy }: { toldLateBy?: number }, consequence = '') =>
  toldLateBy === undefined ? '' : ` (The newsroom’s clock told it ${durationOf(toldLateBy)} late${consequence}.)`

function durationOf(seconds: number): string {
  const [minutes, hours] = [Math.round(seconds / 60), Math.round(seconds / 3600)]
  if (minutes < 2) return 'a minute'
  if (minutes < 120) return `${minutes} minutes`
  return hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`
}

function restoredSentence(event: Event<'revision-restored'>): string {
  const what =
    event.block === null ? `version ${event.number}` : `${withArticle(event.block)} from version ${event.number}`
  return `Restored ${what} of “${event.headline}” to the draft (${listOf(event.changed)}${formerHeadline(event)}). What the draft said before is kept as version ${event.keptFirstAs}.`
}

function discardedSentence(event: Event<'changes-discarded'>): string {
  const kept = event.keptFirstAs === null ? '' : ` What was discarded is kept as version ${event.keptFirstAs}.`
  return `Discarded the changes to “${event.headline}” (${listOf(event.changed)}${formerHeadline(event)}): the draft says what readers see.${kept}`
}

function correctedSentence({ headline, kind, words, changed }: Event<'story-corrected'>): string {
  const withChanges = changed.length === 0 ? '' : ` Published with it: changes to the ${listOf(changed)}.`
  return `Published ${correctionNames[kind].withArticle} of “${headline}”: “${words}”${withChanges}`
}

function rewordedSentence({ headline, kind, words, before }: Event<'correction-reworded'>): string {
  if (words === before.words)
    return `Made ${correctionNames[before.kind].withArticle} of “${headline}” ${correctionNames[kind].withArticle}: “${words}”.`
  const as = kind === before.kind ? '' : ` and made it ${correctionNames[kind].withArticle}`
  return `Put right the words of ${correctionNames[before.kind].withArticle} of “${headline}”${as}: “${words}” (was “${before.words}”).`
}

const formerHeadline = ({ headline, before }: { headline: string; before: { headline: string } }) =>
  before.headline === headline ? '' : `; the headline was “${before.headline}”`

const withArticle = (role: string) => (/^[aeiou]/u.test(role) ? `an ${role}` : `a ${role}`)

const addressOf = ({ kind, slug }: { kind: NameKind; slug: string }) => `/${kind}s/${slug}`

function listOf(words: string[]): string {
  return words.length === 0 ? 'nothing new' : words.join(', ')
}
