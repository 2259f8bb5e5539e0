import { deskAddress } from '@/components/admin/desk-address'
import { DeskFilters } from '@/components/admin/desk-filters'
import { DeskRow } from '@/components/admin/desk-row'
import { NewHeadline } from '@/components/admin/new-headline'
import { HeadlineAsTyped } from '@/components/admin/headline-as-typed'
import { Pager } from '@/components/admin/pager'
import { Title } from '@/components/admin/title'
import { database } from '@/db/client'
import { listSections } from '@/domain/section/keeping'
import { deskQuestion } from '@/domain/story/desk'
import { findOnDesk } from '@/domain/story/finding'
import { unmoved } from '@/domain/story/step'
import { can } from '@/domain/user/permission'
import { env } from '@/lib/env'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { editHeadline, publishHeadline, publishHeadlineAtOnce, publishSaved, saveNewHeadline } from './actions'
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
          <NewHeadline
            {...typed}
            sections={sections}
            sectionId={typeof question.sectionId === 'number' ? question.sectionId : null}
            publish={mayPublish ? publishHeadlineAtOnce : null}
          />
          <DeskFilters question={question} sections={sections} />
          {stories.length === 0 ? (
            <p className="panel">Nothing matches. Show everything, or ask with fewer words.</p>
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
