import { deskAddress } from '@/components/admin/desk/desk-address'
import { DeskFilters } from '@/components/admin/desk/desk-filters'
import { DeskRow } from '@/components/admin/desk/desk-row'
import { NewHeadline } from '@/components/admin/desk/new-headline'
import { PublishedWithoutEditor } from '@/components/admin/desk/published-without-editor'
import { FormErrorPage } from '@/components/admin/layout/error-pages'
import { Pager } from '@/components/admin/layout/pager'
import { SavedLists } from '@/components/admin/desk/saved-lists'
import { Page } from '@/components/admin/layout/page'
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
import * as actions from './actions'
import type { SearchParams } from './params'
import { renderPage } from './render-page'

/** The desk: every story and headline, last saved first. */
export default async function DeskPage({ searchParams }: { searchParams: SearchParams }) {
  const query = parseDeskQuery(await searchParams)
  const address = deskAddress(query)
  const formProps = { address, save: actions.saveNewHeadline, publish: actions.publishHeadlineAtOnce }
  return renderPage(
    async () => {
      const actor = await requireActor(address)
      const sections = await listSections(database())
      const mayPublish = can(actor, 'story.publish', { ownerId: actor.id, stage: 'draft', progress: initialProgress })
      const { stories, olderCursor } = await findOnDesk(actor, query)
      const [counts, lonePublications] = await Promise.all([
        countSavedLists(actor),
        can(actor, 'story.look-over') ? findNotLookedOver() : null,
      ])
      const newStory = (
        <a className="button" href={routes.admin.newStory}>
          New story
        </a>
      )
      return (
        <Page title="Desk" button={newStory} wide>
          {lonePublications && (
            <PublishedWithoutEditor
              publications={lonePublications}
              timeZone={env.timeZone}
              lookOver={actions.lookOver}
            />
          )}
          <NewHeadline
            {...formProps}
            sections={sections}
            sectionId={typeof query.sectionId === 'number' ? query.sectionId : null}
            publish={mayPublish ? actions.publishHeadlineAtOnce : null}
          />
          <SavedLists {...{ query, counts }} countLimit={COUNT_LIMIT} />
          <DeskFilters query={query} sections={sections} />
          {stories.length === 0 ? (
            <p className="panel">
              {query.list === 'needs-me'
                ? 'Nothing needs you now.'
                : 'Nothing matches. Show everything, or ask with fewer words.'}
            </p>
          ) : (
            <ol className="rows" aria-label="Stories, last saved first">
              {stories.map((story) => (
                <DeskRow key={story.id} {...{ story, actor, address, timeZone: env.timeZone, actions }} />
              ))}
            </ol>
          )}
          <Pager
            label="More of the desk"
            first={query.before && deskAddress({ ...query, before: null })}
            next={olderCursor && deskAddress({ ...query, before: olderCursor })}
          />
        </Page>
      )
    },
    (reason, sections) => (
      <FormErrorPage reason={reason}>
        <NewHeadline {...formProps} sections={sections} sectionId={null} />
      </FormErrorPage>
    ),
  )
}
