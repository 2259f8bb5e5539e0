import { NotHere } from '@/components/admin/not-here'
import { StoryAsTyped } from '@/components/admin/story/story-as-typed'
import { StoryDesk } from '@/components/admin/story/story-desk'
import { StoryReadOnly } from '@/components/admin/story/story-read-only'
import { WordsHere } from '@/components/admin/writing/words-here.client'
import { database } from '@/db/client'
import { findNotes } from '@/domain/correction/finding'
import { currentArrangement } from '@/domain/front-page/keeping'
import { namesInUse } from '@/domain/name/naming'
import { listSections } from '@/domain/section/keeping'
import { findSettings } from '@/domain/settings/keeping'
import { findStory } from '@/domain/desk/finding'
import { findDeadLinks } from '@/domain/story/link-finding'
import { listAble } from '@/domain/user/keeping'
import { can } from '@/domain/user/permission'
import { editorsThere } from '@/domain/user/presence-finding'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { answered } from '../../answered'
import { askedId } from '../../asked-id'
import {
  assign,
  cancel,
  cancelChanges,
  clear,
  embargo,
  handIn,
  lead,
  letStay,
  lift,
  publish,
  publishOnlyHeadline,
  save,
  schedule,
  scheduleChanges,
  sendBack,
  unpublish,
  withdraw,
  withoutEditor,
} from './actions'

type Props = { params: Promise<{ storyId: string }> }

/** One story: its words, where it stands, and what may be done with it. */
export default async function StoryPage({ params }: Props) {
  const { storyId } = await params
  const id = askedId(storyId) ?? 0
  const typed = { storyId: id, save, publish }
  return answered(
    async () => {
      const actor = await requireActor(`${routes.admin.desk}/stories/${encodeURIComponent(storyId)}`)
      const [sections, found] = await Promise.all([listSections(database()), findStory(actor, id)])
      const whose = { storyId: id, userId: actor.id }
      const notHere = (
        <NotHere>
          <WordsHere {...whose} />
        </NotHere>
      )
      if (found === null) return notHere
      const { story, liveCopy, dueNumber } = found
      if (!can(actor, 'story.edit', story))
        return liveCopy ? <StoryReadOnly {...{ story, sections }} copy={liveCopy} userId={actor.id} /> : notHere
      const may = { any: can(actor, 'story.assign', story, null), self: can(actor, 'story.assign', story, actor.id) }
      const [frontPage, settings, people, deadLinks, known, notes] = await Promise.all([
        currentArrangement(database()),
        findSettings(database()),
        may.any ? listAble(database()) : [],
        findDeadLinks(database(), story.draft.body),
        namesInUse(database()),
        findNotes(story),
      ])
      const rights = {
        mayCorrect: can(actor, 'story.correct', story),
        publish: can(actor, 'story.publish', story) ? publish : null,
        publishHeadline: can(actor, 'story.publish', story) ? publishOnlyHeadline : null,
        withdraw: can(actor, 'story.withdraw', story) ? withdraw : null,
        lead: can(actor, 'front-page.arrange') ? lead : null,
        scheduling: can(actor, 'story.publish', story) ? { schedule, cancel, scheduleChanges, cancelChanges } : null,
        ending: can(actor, 'story.withdraw', story) ? { schedule: unpublish, cancel: letStay } : null,
        embargo: { set: embargo, lift: can(actor, 'story.lift-embargo', story) ? lift : null },
      }
      // Who has just taken it still reads the answer there.
      const hasIt = story.ownerId === actor.id && story.progress.assignee?.id === actor.id
      const progress = {
        handIn: can(actor, 'story.submit', story) ? handIn : null,
        clear: can(actor, 'story.clear', story) ? clear : null,
        sendBack: can(actor, 'story.send-back', story) ? sendBack : null,
        assign: may.any ? assign : null,
        take: may.self || hasIt ? assign : null,
      }
      const alone = can(actor, 'story.publish-alone', story, settings)
        ? { action: withoutEditor, editorsThere: await editorsThere(database(), new Date()) }
        : null
      const shown = {
        story,
        userId: actor.id,
        liveCopy,
        notes,
        dueNumber,
        sections,
        deadLinks,
        timeZone: env.timeZone,
        frontPage,
        known,
        save,
      }
      return <StoryDesk {...shown} {...rights} {...{ progress, people, alone }} />
    },
    (why, sections) => <StoryAsTyped {...{ why, sections, ...typed }} />,
  )
}
