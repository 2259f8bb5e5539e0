import { and, desc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm'
import { database } from '@/db/client'
import { pictures, storyPictures } from '@/db/schema/picture'
import { previewLinks, previewOpenings } from '@/db/schema/preview'
import { revisions } from '@/db/schema/story'
import { users } from '@/db/schema/user'
import type { Correction } from '../correction/correction'
import { correctionsOf } from '../correction/store'
import { findStoryById } from '../story/store'
import { findStoryRevision } from '../revision/store'
import { findStory } from '../story/queries'
import type { Copy } from '../copy/copy-fields'
import { changedFields } from '../copy/copy'
import { type Story } from '../story/story'
import { can } from '../user/permission'
import { hashOfToken, looksLikeToken } from '../user/token'
import type { Actor } from '../user/user'
import { agentFamilyOf, type PreviewLink } from './preview'

/** Later openings of a link are not recorded, so that robots do not fill the table. */
const MAX_OPENINGS_RECORDED = 500

const LINKS_LIMIT = 50
const OPENINGS_LIMIT = 10

export type OpenedPreview = {
  story: Story
  copy: Copy
  corrections: Correction[]
  /** The number of the revision shown; null: the latest draft. */
  number: number | null
  /** The live copy is the same. */
  published: boolean
  label: string
  expiresAt: Date
}

/**
 * What a link shows, and records the opening. Null for a token that is unknown, expired or revoked, for a withdrawn story, and where the person
 * who made the link is disabled or may no longer share the story.
 */
export async function openPreview(token: string, agent: string): Promise<OpenedPreview | null> {
  const open = await findOpenLink(token)
  if (open === null) return null
  const { story, link } = open
  const { id, storyId, revisionId, label, expiresAt } = link
  const revision = revisionId === null ? null : await findStoryRevision(database(), storyId, { id: revisionId })
  if (revisionId !== null && revision === null) return null
  await recordOpening(id, agent)
  const corrections = await correctionsOf(database(), storyId)
  const copy = revision?.copy ?? story.draft
  const published = await isLiveCopy(story, copy)
  return { story, copy, corrections, number: revision?.number ?? null, published, label, expiresAt }
}

/** Whether what a link shows has that picture. The link's page asks for it, which is no opening of its own. */
export async function previewShowsPicture(token: string, pictureKey: string): Promise<boolean> {
  const open = await findOpenLink(token)
  if (open === null) return false
  const { storyId, revisionId } = open.link
  const rows = await database()
    .select({ id: pictures.id })
    .from(storyPictures)
    .innerJoin(pictures, eq(pictures.id, storyPictures.pictureId))
    .where(
      and(
        eq(pictures.key, pictureKey),
        eq(storyPictures.storyId, storyId),
        revisionId === null ? isNull(storyPictures.revisionId) : eq(storyPictures.revisionId, revisionId),
      ),
    )
    .limit(1)
  return rows.length > 0
}

/** The link of a token and its story, where it still opens. */
async function findOpenLink(token: string) {
  if (!looksLikeToken(token)) return null
  const [link] = await database()
    .select({
      id: previewLinks.id,
      storyId: previewLinks.storyId,
      label: previewLinks.label,
      revisionId: previewLinks.revisionId,
      expiresAt: previewLinks.expiresAt,
      creator: { id: users.id, name: users.name, role: users.role },
    })
    .from(previewLinks)
    .leftJoin(users, eq(users.id, previewLinks.createdById))
    .where(
      and(
        eq(previewLinks.tokenHash, hashOfToken(token)),
        isNull(previewLinks.revokedAt),
        gt(previewLinks.expiresAt, sql`now()`),
        or(isNull(previewLinks.createdById), isNull(users.disabledAt)),
      ),
    )
  if (!link) return null
  const story = await findStoryById(database(), link.storyId)
  if (story === null || story.stage === 'withdrawn') return null
  if (link.creator !== null && !can(link.creator, 'story.share', story)) return null
  return { link, story }
}

async function isLiveCopy(story: Story, copy: Copy): Promise<boolean> {
  if (story.stage !== 'live') return false
  const live = await findStoryRevision(database(), story.id, { id: story.liveRevisionId })
  return live !== null && changedFields(live.copy, copy).length === 0
}

/** At most one opening a minute for each agent family. */
async function recordOpening(linkId: number, agent: string) {
  await database().execute(sql`
    insert into ${previewOpenings} (link_id, opened_at, agent)
    select ${linkId}::bigint, date_trunc('minute', now(), 'UTC'), ${agentFamilyOf(agent)}::text
    where (select count(*) from ${previewOpenings} where link_id = ${linkId}::bigint) < ${MAX_OPENINGS_RECORDED}
    on conflict do nothing`)
}

/** A story with its links, newest first; null for a person who may not share it. */
export async function findPreviewLinks(
  actor: Actor,
  storyId: number,
): Promise<{ story: Story; links: PreviewLink[] } | null> {
  const found = await findStory(actor, storyId)
  if (found === null || !can(actor, 'story.share', found.story)) return null
  const rows = await database()
    .select({
      id: previewLinks.id,
      label: previewLinks.label,
      number: revisions.number,
      createdAt: previewLinks.createdAt,
      createdByName: previewLinks.createdByName,
      expiresAt: previewLinks.expiresAt,
      revokedAt: previewLinks.revokedAt,
    })
    .from(previewLinks)
    .leftJoin(revisions, eq(revisions.id, previewLinks.revisionId))
    .where(eq(previewLinks.storyId, storyId))
    .orderBy(desc(previewLinks.id))
    .limit(LINKS_LIMIT)
  const openings = await openingsOf(rows.map(({ id }) => id))
  return {
    story: found.story,
    links: rows.map((row) => ({ ...row, ...(openings.get(row.id) ?? { timesOpened: 0, openings: [] }) })),
  }
}

type Openings = Pick<PreviewLink, 'timesOpened' | 'openings'>

async function openingsOf(linkIds: number[]): Promise<Map<number, Openings>> {
  const opened = new Map<number, Openings>()
  if (linkIds.length === 0) return opened
  const numbered = database()
    .select({
      linkId: previewOpenings.linkId,
      at: previewOpenings.openedAt,
      agent: previewOpenings.agent,
      place:
        sql<number>`row_number() over (partition by ${previewOpenings.linkId} order by ${previewOpenings.openedAt} desc)`.as(
          'place',
        ),
      times: sql<number>`count(*) over (partition by ${previewOpenings.linkId})`.mapWith(Number).as('times'),
    })
    .from(previewOpenings)
    .where(inArray(previewOpenings.linkId, linkIds))
    .as('numbered')
  const rows = await database()
    .select()
    .from(numbered)
    .where(sql`${numbered.place} <= ${OPENINGS_LIMIT}`)
    .orderBy(numbered.linkId, numbered.place)
  for (const { linkId, at, agent, times } of rows) {
    const former = opened.get(linkId)
    opened.set(linkId, { timesOpened: times, openings: [...(former?.openings ?? []), { at, agent }] })
  }
  return opened
}
