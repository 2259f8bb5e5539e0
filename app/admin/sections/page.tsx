import { NotFound } from '@/components/admin/layout/error-pages'
import { OpenSection, SectionRow } from '@/components/admin/taxonomy/sections'
import { Page } from '@/components/admin/layout/page'
import { database } from '@/db/client'
import { listSections } from '@/domain/section/store'
import { can } from '@/domain/user/permission'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { renderPage } from '../render-page'
import { open, rename } from './actions'

/** The sections, in the order of the readers' navigation. */
export default function SectionsPage() {
  return renderPage(async () => {
    const actor = await requireActor(routes.admin.sections)
    if (!can(actor, 'sections.manage')) return <NotFound />
    const sections = await listSections(database())
    return (
      <Page title="Sections">
        <OpenSection action={open} />
        {sections.length === 0 ? (
          <p className="panel">No section yet: open the first one above. A story needs one to be published.</p>
        ) : (
          <ol className="rows" aria-label="Sections, in the paper’s order">
            {sections.map((section) => (
              <SectionRow key={section.id} section={section} action={rename} />
            ))}
          </ol>
        )}
      </Page>
    )
  })
}
