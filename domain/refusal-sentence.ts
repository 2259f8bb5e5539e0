import type { Refusal } from './refusal'
import { flawSentence, isAcceptable, type Gap } from './copy/flaws'
import { finishSentences, stepLabels, type StageName } from './stage'
import { formatMoment } from './time/newsroom-time'
import { withIsolatedText } from '@/lib/text-direction'

/**
 * A refusal as a sentence: what is wrong, and how to go on.
 * @param timeZone the newsroom’s, for times
 */
export function refusalSentence(refused: Refusal, timeZone = 'UTC'): string {
  const refusal = withIsolatedText(refused)
  switch (refusal.kind) {
    case 'invalid':
      return 'Not saved yet: the marked fields need another look. Everything you typed is still here.'
    case 'not-found':
      return refusal.what === 'link'
        ? 'This link is not valid. Ask an admin for a new one.'
        : `That ${refusal.what} is no longer there.`
    case 'not-permitted':
      return 'Your role does not allow this. Ask an editor or an admin to do it for you.'
    case 'unfinished':
      return unfinished(refusal.gaps, timeZone)
    case 'out-of-turn':
      return `This story is ${stagePhrases[refusal.stage]}, so this cannot be done. It can be done when it is ${refusal.allowed.map((stage) => stagePhrases[stage]).join(' or ')}.`
    case 'out-of-step':
      return `${refusal.by === null ? 'This story stands elsewhere by now' : `${refusal.by} moved this story before you`}: it is “${stepLabels[refusal.step]}”. What you typed is still here.`
    case 'nothing-to-review':
      return `There is nothing to review: ${finishSentences[refusal.finish]}`
    case 'reassigned':
      return refusal.to === null
        ? 'Somebody took this story from its assignee after you opened it. Look again, and assign it if that is still wanted.'
        : `Somebody assigned this story to ${refusal.to} after you opened it. Assign it again if that is still wanted.`
    case 'stale':
      if (Object.keys(refusal.theirs).length === 0)
        return `${refusal.by} saved this story after you opened it. Here it is as they left it: look again, and do it once more if it is still wanted.`
      return `${refusal.by} saved this story after you opened it. Your words are still here and theirs stand beside them: put together what should stay, then save again.`
    case 'embargoed':
      return `This story is embargoed until ${formatMoment(new Date(refusal.until), timeZone)} (${refusal.note}), so readers may see nothing new of it before. It can be scheduled for then or later; to go earlier, an editor has to lift the embargo first, with a reason.`
    case 'unfit':
      return refusal.why
    case 'other-document':
      return 'This story was brought back from a backup after you opened it. Load this page again: what is kept on this device is offered there, to be kept as a version'
    case 'used':
      return `This picture is used, so it cannot be deleted: ${refusal.places.join('; ')}. Take it out there first, or replace it everywhere.`
    case 'rearranged':
      return `${refusal.by} rearranged the front page after you opened it. Here is the order now; make your change again if it is still wanted.`
    case 'taken':
      return refusal.what === 'email'
        ? `${refusal.value} already has a login.`
        : `The address /${refusal.value} is taken. Choose another.`
    case 'name-taken':
      return `There is already ${refusal.what === 'author' ? 'an author' : 'a topic'} called ${refusal.name}. If they are the same, merge the one into the other.`
    case 'former-address':
      return `The address /${refusal.value} led to ${refusal.leadsTo} before, and readers who know it are led there still. Choose another, or tick that it is to be this section’s all the same.`
    case 'used-link':
      return 'This link was used already or has expired. Ask an admin for a new one.'
    case 'already-set-up':
      return 'This newsroom already has an admin. Sign in, or ask them for an invitation.'
    case 'last-admin':
      return 'This is the last admin. Make somebody else an admin first, so that the newsroom never locks itself out.'
    case 'wrong-password':
      return 'The e-mail address or the password is not right. Check both and try again.'
    case 'weak-password':
      return refusal.why
    case 'too-many-tries':
      return `Too many tries. Wait ${minutes(refusal.retryAfterSeconds)} and try again; your account is not locked. If it cannot wait, an admin can give you a one-time link.`
    case 'busy':
      return 'Many people are signing in at this moment, so this was not tried yet. Wait a few seconds and try again; what you typed is still here.'
  }
}

const stagePhrases: Record<StageName, string> = {
  draft: 'a draft',
  scheduled: 'scheduled',
  live: 'live',
  withdrawn: 'withdrawn',
}

function unfinished(gaps: Gap[], timeZone: string): string {
  const missing = gaps.filter((gap) => typeof gap === 'string')
  const found = gaps.filter((gap) => typeof gap !== 'string')
  const flaws = found.map((flaw) => flawSentence(flaw, timeZone))
  if (missing.length > 0) flaws.unshift(`Before publishing, add: ${missing.join(', ')}.`)
  else flaws.unshift('Not published yet.')
  if (found.some(isAcceptable))
    flaws.push('Or say on the page of the story, under “Before publishing”, that it is as it should be.')
  return flaws.join(' ')
}

function minutes(seconds: number): string {
  const whole = Math.ceil(seconds / 60)
  return whole <= 1 ? 'a minute' : `${whole} minutes`
}
