import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Transaction } from '@/db/client'
import type { Work } from '../operation'
import { requireSection } from '../section/store'
import type { Actor } from '../user/user'
import { headlineField, sectionField } from '../copy/copy-form'
import { findByStartKey, insertStory, lockStory } from './store'
import { blankCopy } from '../copy/copy'
import { slugFor } from '../form/slug'
import { type Story } from './story'

/**
 * The form that starts a story: a headline, and an idempotency key that each opening of the form has of its own, so that a form that is sent
 * twice starts one story (https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/).
 * @param without the message where there is no headline
 */
export const startForm = (without: string) =>
  z.object({
    headline: headlineField.refine((line) => line !== '', without),
    sectionId: sectionField,
    idempotencyKey: z.uuid().optional().catch(undefined),
  })

type StartFields = z.output<ReturnType<typeof startForm>>

/** A new story with only a headline, or the story that the same form started before. */
export async function createStory(
  { tx, actor, now, permit, tell }: Work,
  { headline, sectionId, idempotencyKey }: StartFields,
): Promise<{ story: Story; isNew: boolean }> {
  permit('story.start')
  const copy = { ...blankCopy(), headline, sectionId, slug: slugFor('', headline) }
  await requireSection(tx, sectionId)
  const startKey = idempotencyKey === undefined ? null : startKeyOf(actor, [idempotencyKey, headline, sectionId])
  const before = startKey === null ? null : await findStartedBefore(tx, startKey)
  if (before) return { story: before, isNew: false }
  const story = await insertStory(tx, actor, copy, now, startKey)
  tell({ type: 'story-started', storyId: story.id, headline })
  return { story, isNew: true }
}

/** The headline is part of the key: a form that the back button brings back may be sent again with another one. */
function startKeyOf({ id }: Actor, form: (string | number | null)[]): string {
  return createHash('sha256')
    .update(JSON.stringify([id, ...form]))
    .digest('hex')
}

async function findStartedBefore(tx: Transaction, startKey: string): Promise<Story | null> {
  const id = await findByStartKey(tx, startKey)
  return id === null ? null : lockStory(tx, id)
}
