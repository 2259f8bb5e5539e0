import { eq } from 'drizzle-orm'
import type { Database, Transaction } from '@/db/client'
import { storyProgress } from '@/db/schema/progress'
import { users } from '@/db/schema/user'
import type { Work } from '../operation'
import { afterPublishing, initialProgress, reopened, type Assignee, type Progress } from '../stage'
import type { Story } from './story'

/** A statement of its own after the story is locked: one that waits for the lock would read this table's former state (READ COMMITTED). */
export async function findProgress(db: Transaction | Database, storyId: number): Promise<Progress> {
  const [row] = await db
    .select({ progress: storyProgress, assignee: { id: users.id, name: users.name } })
    .from(storyProgress)
    .leftJoin(users, eq(users.id, storyProgress.assigneeId))
    .where(eq(storyProgress.storyId, storyId))
  return row ? toProgress(row) : initialProgress
}

/** The story must be locked. */
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

export async function reopenReview({ tx, actor, now, tell }: Work, story: Story) {
  const progress = reopened(story, actor, now)
  if (progress === null) return
  await saveProgress(tx, story.id, progress)
  tell({ type: 'review-reopened', storyId: story.id, headline: story.draft.headline })
}

export async function endReview({ tx }: Pick<Work, 'tx'>, { id, progress }: Story): Promise<Progress> {
  const after = afterPublishing(progress)
  if (progress.step !== after.step || progress.note !== after.note) await saveProgress(tx, id, after)
  return after
}

type Row = { progress: typeof storyProgress.$inferSelect | null; assignee: Assignee | null }

/** No row: the story was never moved. */
export function toProgress({ progress, assignee }: Row): Progress {
  if (progress === null) return initialProgress
  const { step, note, movedAt, movedById, movedByName } = progress
  const moved = movedAt === null ? null : { at: movedAt, byId: movedById, byName: movedByName ?? '' }
  return { step, note, moved, assignee }
}
