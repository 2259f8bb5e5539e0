import type { StageName } from '@/domain/stage'
import { can } from '@/domain/user/permission'

/** How far a story is, and its stage then: the steps on the way to readers are all steps of a draft. */
const standings: Record<string, StageName> = {
  'being written': 'draft',
  'for review': 'draft',
  ready: 'draft',
  scheduled: 'scheduled',
  live: 'live',
  withdrawn: 'withdrawn',
}

const REPORTER = { id: 1, name: 'Quill', role: 'reporter' } as const
const OTHER = 2
const ours = {
  'their own': { ownerId: REPORTER.id, progress: { assignee: null } },
  'somebody else’s, assigned to them': { ownerId: OTHER, progress: { assignee: REPORTER } },
  'somebody else’s': { ownerId: OTHER, progress: { assignee: null } },
}

/** Whose a story is, as seen by one reporter. */
export const ownerships = Object.keys(ours)

/** Whether a reporter writes in a story, as the rules say it: for each standing, by whose it is. */
export const reporterWrites = (): [standing: string, may: string[]][] =>
  Object.entries(standings).map(([standing, stage]) => [
    standing,
    Object.values(ours).map((whose) => {
      if (can(REPORTER, 'story.edit', { ...whose, stage })) return 'yes'
      return can(REPORTER, 'story.see', { ...whose, stage }) ? 'no' : 'not there'
    }),
  ])
