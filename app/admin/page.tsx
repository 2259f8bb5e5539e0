import { deskAddress } from '@/components/admin/desk/desk-address'
import { DeskFilters } from '@/components/admin/desk/desk-filters'
import { DeskRow } from '@/components/admin/desk/desk-row'
import { NewHeadline } from '@/components/admin/desk/new-headline'
import { SubmittedHeadlineForm } from '@/components/admin/desk/submitted-headline-form'
import { PublishedWithoutEditor } from '@/components/admin/desk/published-without-editor'
import { Pager } from '@/components/admin/layout/pager'
import { SavedLists } from '@/components/admin/desk/saved-lists'
import { Title } from '@/components/admin/layout/title'
import { database } from '@/db/client'
import { listSections } from '@/domain/section/store'
import { parseDeskQuery } from '@/domain/desk/desk'
import { countSavedLists, findOnDesk } from '@/domain/desk/queries'
import { findNotLookedOver } from '@/domain/workflow/lone-publishing'
import { initialProgress } from '@/domain/stage'
import { COUNT_LIMIT } from '@/domain/desk/list-queries'
import { can } from '@/domain/user/permission'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import {
  editHeadline,
  lookOver,
  publishHeadline,
  publishHeadlineAtOnce,
  publishSaved,
  saveNewHeadline,
} from './actions'
import { renderPage } from './render-page'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** The desk: every story and headline, last saved first. */
export default async function DeskPage({ searchParams }: Props) {
  const question = parseDeskQuery(await searchParams)
  const at = deskAddress(question)
  const formProps = { at, save: saveNewHeadline, publish: publishHeadlineAtOnce }
  return renderPage(
    async () => {
      const actor = await requireActor(at)
      const sections = await listSections(database())
      const mayPublish = can(actor, 'story.publish', { ownerId: actor.id, stage: 'draft', progress: initialProgress })
      const { stories, olderCursor: olderPlace } = await findOnDesk(actor, question)
      const [counts, lonePublications] = await Promise.all([
        countSavedLists(actor),
        can(actor, 'story.look-over') ? findNotLookedOver() : null,
      ])
      const actions = { editHeadline, publishHeadline, publishSaved }
      return (
        <main id="main" className="page" tabIndex={-1}>
          <Title>Desk</Title>
          <div className="page-head">
            <h1>Desk</h1>
            <a className="button" href={routes.admin.newStory}>
              New story
            </a>
          </div>
          {lonePublications && (
            <PublishedWithoutEditor publications={lonePublications} timeZone={env.timeZone} lookOver={lookOver} />
          )}
          <NewHeadline
            {...formProps}
            sections={sections}
            sectionId={typeof question.sectionId === 'number' ? question.sectionId : null}
            publish={mayPublish ? publishHeadlineAtOnce : null}
          />
          <SavedLists {...{ query: question, counts }} countLimit={COUNT_LIMIT} />
          <DeskFilters query={question} sections={sections} />
          {stories.length === 0 ? (
            <p className="panel">
              {question.list === 'needs-me'
                ? 'Nothing needs you now.'
                : 'Nothing matches. Show everything, or ask with fewer words.'}
            </p>
          ) : (
            <ol className="rows" aria-label="Stories, last saved first">
              {stories.map((story) => (
                <DeskRow key={story.id} {...{ story, actor, at, timeZone: env.timeZone, actions }} />
              ))}
            </ol>
          )}
          <Pager
            label="More of the desk"
            older={olderPlace && deskAddress({ ...question, before: olderPlace })}
            newest={question.before && deskAddress({ ...question, before: null })}
          />
        </main>
      )
    },
    (why, sections) => <SubmittedHeadlineForm {...{ why, sections, ...formProps }} />,
  )
}
