import { NotFound } from '@/components/admin/layout/error-pages'
import { SubmittedStoryForm } from '@/components/admin/story/submitted-story-form'
import { StoryEditor } from '@/components/admin/story/story-editor'
import { StoryReadOnly } from '@/components/admin/story/story-read-only'
import { LocalCopyNotice } from '@/components/admin/collaboration/persistence/local-copy-notice.client'
import { database } from '@/db/client'
import { findNotes } from '@/domain/correction/queries'
import { currentArrangement } from '@/domain/front-page/store'
import { namesInUse } from '@/domain/taxonomy/naming'
import { listSections } from '@/domain/section/store'
import { findSettings } from '@/domain/settings/store'
import { findStory } from '@/domain/story/queries'
import { findAcceptedFlaws } from '@/domain/story/accepted-flaw-store'
import { findKnownPictures } from '@/domain/picture/library/use-store'
import { findDeadLinks } from '@/domain/story/link-queries'
import { findDeviceKey, listActiveUsers } from '@/domain/people/store'
import { can } from '@/domain/user/permission'
import { activeEditors } from '@/domain/people/activity-queries'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { parseId } from '../../params'
import { renderPage, type StoryParams } from '../../render-page'
import * as actions from './actions'

/** One story: the form that edits it, its stage, and the actions that the actor may take. */
export default async function StoryPage({ params }: { params: StoryParams }) {
  const { storyId } = await params
  const id = parseId(storyId) ?? 0
  const formActions = { storyId: id, save: actions.save, publish: actions.publish }
  return renderPage(
    async () => {
      const actor = await requireActor(`${routes.admin.desk}/stories/${encodeURIComponent(storyId)}`)
      const [sections, found] = await Promise.all([listSections(database()), findStory(actor, id)])
      const ids = { storyId: id, userId: actor.id }
      const notFound = (
        <NotFound>
          <LocalCopyNotice {...ids} />
        </NotFound>
      )
      if (found === null) return notFound
      const { story, liveCopy, dueNumber } = found
      if (!can(actor, 'story.edit', story))
        return liveCopy ? <StoryReadOnly {...{ story, sections }} copy={liveCopy} userId={actor.id} /> : notFound
      const mayAssign = {
        any: can(actor, 'story.assign', story, null),
        self: can(actor, 'story.assign', story, actor.id),
      }
      const [frontPage, settings, people, deadLinks, accepted, pictures, suggestions, notes, deviceKey] =
        await Promise.all([
          currentArrangement(database()),
          findSettings(database()),
          mayAssign.any ? listActiveUsers(database()) : [],
          findDeadLinks(database(), story.draft.body),
          findAcceptedFlaws(database(), id),
          findKnownPictures(database(), story.draft, new Date()),
          namesInUse(database()),
          findNotes(story),
          findDeviceKey(database(), actor.id),
        ])
      const rights = {
        mayCorrect: can(actor, 'story.correct', story),
        publish: can(actor, 'story.publish', story) ? actions.publish : null,
        publishHeadline: can(actor, 'story.publish', story) ? actions.publishOnlyHeadline : null,
        withdraw: can(actor, 'story.withdraw', story) ? actions.withdraw : null,
        lead: can(actor, 'front-page.arrange') ? actions.lead : null,
        scheduling: can(actor, 'story.publish', story) ? actions : null,
        ending: can(actor, 'story.withdraw', story) ? { schedule: actions.unpublish, cancel: actions.letStay } : null,
        embargo: { set: actions.embargo, lift: can(actor, 'story.lift-embargo', story) ? actions.lift : null },
      }
      // A reporter who has just taken the story still needs the form, which shows the result.
      const isAssigned = story.ownerId === actor.id && story.progress.assignee?.id === actor.id
      const progress = {
        handIn: can(actor, 'story.submit', story) ? actions.handIn : null,
        clear: can(actor, 'story.clear', story) ? actions.clear : null,
        sendBack: can(actor, 'story.send-back', story) ? actions.sendBack : null,
        assign: mayAssign.any ? actions.assign : null,
        take: mayAssign.self || isAssigned ? actions.assign : null,
      }
      const alone = can(actor, 'story.publish-alone', story, settings)
        ? { action: actions.withoutEditor, editorNames: await activeEditors(database(), new Date()) }
        : null
      return (
        <StoryEditor
          {...{ story, deviceKey, liveCopy, notes, dueNumber, sections, frontPage, suggestions }}
          {...{ progress, people, alone }}
          {...rights}
          flaws={{ deadLinks, accepted, pictures }}
          accept={rights.publish || alone ? actions.accept : null}
          userId={actor.id}
          timeZone={env.timeZone}
          save={actions.save}
        />
      )
    },
    (reason, sections) => <SubmittedStoryForm {...{ reason, sections, ...formActions }} />,
  )
}
