import { z } from 'zod'
import { findFlaws, flawKey, flawSubject, isAcceptable, MAX_FLAW_KEY_LENGTH, noneKnown } from '../copy/flaws'
import { idField } from '../form/fields'
import { operation } from '../operation'
import { refuse } from '../refusal'
import { findSettings } from '../settings/store'
import { can } from '../user/permission'
import { findAcceptedFlaws, insertAcceptedFlaw } from './accepted-flaw-store'
import { findDeadLinks } from './link-queries'
import { lockStory } from './store'

/** Says of a flaw that it is none, so that the story can be published with it. Kept with the story, also when the text around it changes. */
export const acceptFlaw = operation(
  z.object({ storyId: idField, flaw: z.string().max(MAX_FLAW_KEY_LENGTH) }),
  async ({ tx, actor, now, permit, tell, unchanged }, { storyId, flaw: key }) => {
    const story = await lockStory(tx, storyId)
    if (!can(actor, 'story.publish-alone', story, await findSettings(tx))) permit('story.publish', story)
    const accepted = await findAcceptedFlaws(tx, storyId)
    if (accepted.has(key)) return unchanged(story)
    const deadLinks = await findDeadLinks(tx, story.draft.body)
    const flaws = findFlaws(story.draft, { ...noneKnown, deadLinks, accepted }).filter(isAcceptable)
    const flaw = flaws.find((one) => flawKey(one) === key)
    if (flaw === undefined)
      refuse({ kind: 'unfit', why: 'That is not in the draft any more: somebody has changed it.' })
    await insertAcceptedFlaw(tx, storyId, key, actor, now)
    tell({ type: 'flaw-accepted', storyId, headline: story.draft.headline, what: flawSubject(flaw) })
    return story
  },
)
