import { ActionForm } from '@/components/ui/form/action-form.client'
import { ChoiceField } from '@/components/ui/form/field.client'
import { HeadlineField } from '@/components/admin/story/headline-field.client'
import { sectionChoices } from '@/components/admin/desk/new-headline'
import { Submit } from '@/components/ui/form/submit.client'
import { Title } from '@/components/admin/layout/title'
import { database } from '@/db/client'
import { listSections } from '@/domain/section/store'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { renderPage } from '../../render-page'
import { start } from './actions'

/** A story begins with its headline; from then on it has an id and everything written is kept under it. */
export default function NewStoryPage() {
  return renderPage(async () => {
    await requireActor(routes.admin.newStory)
    const sections = await listSections(database())
    return (
      <main id="main" className="page narrow" tabIndex={-1}>
        <Title>New story</Title>
        <h1>New story</h1>
        <ActionForm
          action={start}
          label="New story"
          className="panel stack"
          seen={{ idempotencyKey: crypto.randomUUID() }}
        >
          <HeadlineField value="" />
          <ChoiceField
            name="sectionId"
            label="Section"
            choices={sectionChoices(sections)}
            hint="It can be chosen later."
          />
          <div className="actions">
            <Submit>Start writing</Submit>
            <a className="button quiet" href={routes.admin.desk}>
              Back to the desk
            </a>
          </div>
          <p className="hint">Nothing is published: readers see it when an editor publishes it.</p>
        </ActionForm>
      </main>
    )
  })
}
