import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { eq, inArray, sql } from 'drizzle-orm'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { database } from '@/db/client'
import { history } from '@/db/schema/history'
import { liveStories } from '@/db/schema/live'
import { sections } from '@/db/schema/section'
import { stories } from '@/db/schema/story'
import { aPerson, aSection, storyFields, valueOf } from '@/domain/newsroom.test-support'
import { scheduleStoryChanges } from '@/domain/schedule/changing'
import { saveDraft, startStory } from '@/domain/story/drafting'
import { publishNewHeadline } from '@/domain/story/publishing'
import { scheduleStory } from '@/domain/schedule/scheduling'
import { scheduleUnpublish } from '@/domain/schedule/unpublishing'
import { until } from './server-process.test-support'

/** `STORIES=5000 CLOCK_SECONDS=120` takes some minutes. */
const STORIES = Number(process.env.STORIES ?? 500)
/** The stories' times are spread over this. Seconds. */
const SECONDS = Number(process.env.CLOCK_SECONDS ?? 12)
const CLOCKS = 3
/** Milliseconds. */
const MAX_LIFETIME = 2500
const TIMEOUT = 120_000 + STORIES * 200 + SECONDS * 1000

const clocks = new Set<ChildProcess>()
afterAll(() => {
  for (const clock of clocks) clock.kill('SIGKILL')
})

/** Bundled like the server: it ticks soon after its start, so that most kills interrupt a run. */
const CLOCK = '.test/settling-clock.mjs'
beforeAll(async () => {
  const entryPoints = ['server/supervisor/clock-process.test-support.ts']
  await build({ entryPoints, outfile: CLOCK, bundle: true, platform: 'node', format: 'esm', packages: 'external' })
})

/** Resolves when it ticks. */
async function startClockProcess(): Promise<ChildProcess> {
  const clock = spawn(process.execPath, [CLOCK], { env: process.env, stdio: ['ignore', 'pipe', 'inherit'] })
  clocks.add(clock)
  await once(clock.stdout, 'data')
  return clock
}

async function killRepeatedly(stopping: AbortSignal, kills: { times: number }) {
  while (!stopping.aborted) {
    const clock = await startClockProcess()
    await pause(Math.random() * MAX_LIFETIME, undefined, { signal: stopping }).catch(() => undefined)
    clock.kill('SIGKILL')
    clocks.delete(clock)
    if (!stopping.aborted) kills.times += 1
  }
}

type Kind = 'story-went-live' | 'changes-went-live' | 'story-unpublished'
const kinds: Kind[] = ['story-went-live', 'changes-went-live', 'story-unpublished']

/** The real times are written to the rows below, to the microsecond. */
const placeholderTime = { due: '2099-01-01T10:00:30', timeZone: 'UTC' }

test(
  `${STORIES} stories go live, change and end while three clocks are killed at random: none twice, none missed, none early`,
  async () => {
    const [editor, section] = [await aPerson('editor'), await aSection()]
    const sectionId = String(section.id)
    const expected = new Map<number, Kind>()
    const make = async (number: number) => {
      const kind = kinds[number % kinds.length] ?? 'story-went-live'
      const headline = `Harbour council ${number}`
      if (kind === 'story-went-live') {
        const { id } = valueOf(await startStory(editor, { headline, sectionId }))
        valueOf(await scheduleStory(editor, { storyId: id, seenVersion: 1, ...placeholderTime }))
        return expected.set(id, kind)
      }
      const { id } = valueOf(await publishNewHeadline(editor, { headline, sectionId }))
      if (kind === 'story-unpublished')
        valueOf(await scheduleUnpublish(editor, { storyId: id, ...placeholderTime, reason: 'It sails.' }))
      else {
        const words = { storyId: String(id), seenVersion: '1', sectionId, headline: `${headline} sits` }
        valueOf(await saveDraft(editor, storyFields(words)))
        valueOf(await scheduleStoryChanges(editor, { storyId: id, seenVersion: 2, ...placeholderTime }))
      }
      return expected.set(id, kind)
    }
    for (let number = 0; number < STORIES; number += 8)
      await Promise.all(Array.from({ length: Math.min(8, STORIES - number) }, (_, beside) => make(number + beside)))
    const ids = [...expected.keys()]
    const moment = sql`now() + interval '2 seconds' + random() * ${SECONDS} * interval '1 second'`
    await database()
      .update(stories)
      .set({
        liveAt: sql`case when live_at > now() then ${moment} else live_at end`,
        dueAt: sql`case when due_at is null then null else ${moment} end`,
        unpublishAt: sql`case when unpublish_at is null then null else ${moment} end`,
      })
      .where(inArray(stories.id, ids))

    const stopping = new AbortController()
    const kills = { times: 0 }
    const killers = Array.from({ length: CLOCKS }, () => killRepeatedly(stopping.signal, kills))
    const early: unknown[] = []
    const readHistory = async () => {
      const rows = await database()
        .select({
          storyId: history.storyId,
          type: sql<Kind>`${history.event}->>'type'`,
          // `now()` is the start of the query: rows written between that and its snapshot would look early.
          isEarly: sql<boolean>`${history.happenedAt} > clock_timestamp()`,
        })
        .from(history)
        .where(inArray(sql`${history.event}->>'type'`, kinds))
      early.push(...rows.filter(({ isEarly }) => isEarly))
      return rows
    }
    const startedAt = Date.now()
    while ((await readHistory()).length < STORIES && Date.now() - startedAt < SECONDS * 1000 + 60_000) await pause(100)
    const elapsed = Date.now() - startedAt
    stopping.abort()
    await Promise.all(killers)
    // A clock that is not killed would now write a second event for anything left half-done.
    const last = await startClockProcess()
    await until(async () => (await readHistory()).length >= STORIES, 30_000)
    await pause(2500)
    last.kill('SIGKILL')

    const rows = await readHistory()
    const byStory = new Map(rows.map(({ storyId, type }) => [storyId, type]))
    console.log(
      `${STORIES} stories within ${(elapsed / 1000).toFixed(1)} s, ${kills.times} kills: ${rows.length} events, ` +
        `${rows.length - byStory.size} twice, ${ids.filter((id) => !byStory.has(id)).length} missed, ${early.length} early`,
    )
    expect(kills.times).toBeGreaterThan(CLOCKS)
    expect(rows).toHaveLength(STORIES)
    expect(byStory).toEqual(expected)
    expect(early).toEqual([])
    const live = await database()
      .select({ headline: liveStories.headline })
      .from(liveStories)
      .innerJoin(sections, eq(sections.id, liveStories.sectionId))
      .where(eq(liveStories.sectionId, section.id))
    const [changes, ends] = kinds.slice(1).map((kind) => [...expected.values()].filter((one) => one === kind).length)
    expect(live).toHaveLength(STORIES - (ends ?? 0))
    expect(live.filter(({ headline }) => headline.endsWith(' sits'))).toHaveLength(changes ?? 0)
  },
  TIMEOUT,
)
