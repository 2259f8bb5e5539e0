import { eq } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { storyProgress } from '@/db/schema/progress'
import { users } from '@/db/schema/user'
import type { Work } from '../operation'
import { afterPublishing, initialProgress, reopened, type Assignee, type Progress } from '../stage'
import type { Story } from './story'

/** Asked after the story is locked, in a statement of its own: one that waits for a lock would see of other tables what was so before. */
export async function findProgress(db: Transaction | Database, storyId: number): Promise<Progress> {
  const [row] = await db
    .select({ progress: storyProgress, assignee: { id: users.id, name: users.name } })
    .from(storyProgress)
    .leftJoin(users, eq(users.id, storyProgress.assigneeId))
    .where(eq(storyProgress.storyId, storyId))
  return row ? toProgress(row) : initialProgress
}

/** Only for a story that is locked. The draft's version does not move by it. */
export async function saveProgress(tx: Transaction, storyId: number, { step, note, moved, assignee }: Progress) {
  const row = {
    step,
    note,
    assigneeId: assignee?.id ?? null,
    movedAt: moved?.at ?? null,
    movedById: moved?.byId ?? null,
    movedByName: moved?.byName ?? null,
  }
  await tx
    .insert(storyProgress)
    .values({ storyId, ...row })
    .onConflictDoUpdate({ target: storyProgress.storyId, set: row })
}

/** A reporter changed what an editor had cleared: it is for review again, and history says so. */
export async function reopenReview({ tx, actor, now, tell }: Work, story: Story) {
  const progress = reopened(story, actor, now)
  if (progress === null) return
  await saveProgress(tx, story.id, progress)
  tell({ type: 'review-reopened', storyId: story.id, headline: story.draft.headline })
}

/** What the draft says is what readers see or will see: there is nothing left to review. The event beside it says so. */
export async function endReview({ tx }: Pick<Work, 'tx'>, { id, progress }: Story): Promise<Progress> {
  const after = afterPublishing(progress)
  if (progress.step !== after.step || progress.note !== after.note) await saveProgress(tx, id, after)
  return after
}

type Row = { progress: typeof storyProgress.$inferSelect | null; assignee: Assignee | null }

/** A story without a row has never been moved. */
export function toProgress({ progress, assignee }: Row): Progress {
  if (progress === null) return initialProgress
  const { step, note, movedAt, movedById, movedByName } = progress
  const moved = movedAt === null ? null : { at: movedAt, byId: movedById, byName: movedByName ?? '' }
  return { step, note, moved, assignee }
}
