import { z } from 'zod'
import { operation, type Work } from '../operation'
import { refuse } from '../refusal'
import { idField, lineField } from '../form/fields'
import { lockStory } from '../story/store'
import { findStoryRevision, keepDraftAsRevision } from '../revision/store'
import { requireStage, type Story, embargoedAt } from '../story/story'
import { newToken } from '../user/token'
import { insertPreviewLink, revokeLink, lockPreviewLink } from './store'
import { linkLifetimes, type PreviewTarget } from './preview'

const DAY = 24 * 60 * 60 * 1000

const CONSENT_NEEDED = 'This story is under embargo. Say that whoever gets the link may read it before that ends.'

const targetField = z.union([z.enum(['latest', 'now']), idField], 'Choose what the link shows.')

/** Makes a link with which a person without a login reads this story until it expires or is revoked. Under an embargo it needs a confirmation. */
export const sharePreview = operation(
  z.object({
    storyId: idField,
    label: lineField('The name', 120).refine((label) => label !== '', 'Say for whom the link is.'),
    shown: targetField,
    days: z.enum(linkLifetimes, 'Choose how long the link works.').transform(Number),
    /** The confirmation under an embargo: `yes`. */
    knowing: z.string().default(''),
  }),
  async (work, { storyId, label, shown, days, knowing }) => {
    const { tx, actor, now, permit, tell } = work
    const story = await lockStory(tx, storyId)
    permit('story.share', story)
    requireStage(story, 'draft', 'scheduled', 'live')
    const embargoed = embargoedAt(story, now) !== null
    if (embargoed && knowing !== 'yes') refuse({ kind: 'invalid', fields: { knowing: [CONSENT_NEEDED] } })
    const revision = await findOrKeepRevision(work, story, shown)
    const token = newToken()
    const expiresAt = new Date(now.getTime() + days * DAY)
    const link = { storyId, label, revisionId: revision?.id ?? null, token, expiresAt }
    const linkId = await insertPreviewLink(tx, actor, now, link)
    const { headline } = story.draft
    const number = revision?.number ?? null
    tell({ type: 'preview-shared', storyId, headline, linkId, label, number, days, ...(embargoed && { embargoed }) })
    return { previewToken: token, linkId }
  },
)

export const revokePreview = operation(
  z.object({ storyId: idField, linkId: idField }),
  async ({ tx, now, permit, tell, unchanged }, { storyId, linkId }) => {
    const story = await lockStory(tx, storyId)
    permit('story.share', story)
    const link = await lockPreviewLink(tx, storyId, linkId)
    if (link.revokedAt !== null) return unchanged()
    await revokeLink(tx, linkId, now)
    tell({ type: 'preview-revoked', storyId, headline: story.draft.headline, linkId, label: link.label })
  },
)

/** The revision that a link shows; null where it follows the draft. */
async function findOrKeepRevision({ tx, actor, now }: Work, story: Story, shown: PreviewTarget) {
  if (shown === 'latest') return null
  const number = shown === 'now' ? await keepDraftAsRevision(tx, actor, story, now) : shown
  return (await findStoryRevision(tx, story.id, { number })) ?? refuse({ kind: 'not-found', what: 'version' })
}
