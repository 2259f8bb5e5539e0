import { OpenSection, SectionRow } from '@/components/admin/taxonomy/sections'
import { Page } from '@/components/admin/layout/page'
import { database } from '@/db/client'
import { listSections } from '@/domain/section/store'
import { routes } from '@/lib/routes'
import { renderAreaPage } from '../render-page'
import { open, rename } from './actions'

/** The sections, in the order of the readers' navigation. */
export default function SectionsPage() {
  return renderAreaPage(routes.admin.sections, 'sections.manage', async () => {
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
