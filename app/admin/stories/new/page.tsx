import { ActionForm } from '@/components/ui/form/action-form.client'
import { ChoiceField } from '@/components/ui/form/field.client'
import { HeadlineField } from '@/components/admin/story/headline-field.client'
import { sectionChoices } from '@/components/admin/taxonomy/section-choices'
import { Submit } from '@/components/ui/form/submit.client'
import { Page } from '@/components/admin/layout/page'
import { database } from '@/db/client'
import { listSections } from '@/domain/section/store'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { renderPage } from '../../render-page'
import { start } from './actions'

/** Creates a story from its headline. */
export default function NewStoryPage() {
  return renderPage(async () => {
    await requireActor(routes.admin.newStory)
    const sections = await listSections(database())
    return (
      <Page title="New story">
        <ActionForm
          action={start}
          label="New story"
          className="panel stack"
          seen={{ idempotencyKey: crypto.randomUUID() }}
        >
          <HeadlineField name="headline" label="Headline" value="" />
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
      </Page>
    )
  })
}
