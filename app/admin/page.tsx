import { deskAddress } from '@/components/admin/desk/desk-address'
import { DeskFilters } from '@/components/admin/desk/desk-filters'
import { DeskRow } from '@/components/admin/desk/desk-row'
import { NewHeadline } from '@/components/admin/desk/new-headline'
import { HeadlineAsTyped } from '@/components/admin/desk/headline-as-typed'
import { NotLookedOver } from '@/components/admin/desk/not-looked-over'
import { Pager } from '@/components/admin/pager'
import { SavedLists } from '@/components/admin/desk/saved-lists'
import { Title } from '@/components/admin/title'
import { database } from '@/db/client'
import { listSections } from '@/domain/section/keeping'
import { deskQuestion } from '@/domain/desk/desk'
import { countSavedLists, findOnDesk } from '@/domain/desk/finding'
import { findNotLookedOver } from '@/domain/step/lone-publishing'
import { unmoved } from '@/domain/step/step'
import { COUNTED_UP_TO } from '@/domain/desk/narrowing'
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
import { answered } from './answered'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** The desk: every story and headline, last saved first. */
export default async function DeskPage({ searchParams }: Props) {
  const question = deskQuestion(await searchParams)
  const at = deskAddress(question)
  const typed = { at, save: saveNewHeadline, publish: publishHeadlineAtOnce }
  return answered(
    async () => {
      const actor = await requireActor(at)
      const sections = await listSections(database())
      const mayPublish = can(actor, 'story.publish', { ownerId: actor.id, stage: 'draft', progress: unmoved })
      const { stories, olderPlace } = await findOnDesk(actor, question)
      const [counts, alone] = await Promise.all([
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
          {alone && <NotLookedOver publications={alone} timeZone={env.timeZone} lookOver={lookOver} />}
          <NewHeadline
            {...typed}
            sections={sections}
            sectionId={typeof question.sectionId === 'number' ? question.sectionId : null}
            publish={mayPublish ? publishHeadlineAtOnce : null}
          />
          <SavedLists {...{ question, counts }} countedUpTo={COUNTED_UP_TO} />
          <DeskFilters question={question} sections={sections} />
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
    (why, sections) => <HeadlineAsTyped {...{ why, sections, ...typed }} />,
  )
}
