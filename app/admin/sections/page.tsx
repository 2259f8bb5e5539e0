import { NotHere } from '@/components/admin/not-here'
import { OpenSection, SectionRow } from '@/components/admin/sections'
import { Title } from '@/components/admin/title'
import { database } from '@/db/client'
import { listSections } from '@/domain/section/keeping'
import { can } from '@/domain/user/permission'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { answered } from '../answered'
import { open, rename } from './actions'

/** The parts of the paper, in the order of its navigation. */
export default function SectionsPage() {
  return answered(async () => {
    const actor = await requireActor(routes.admin.sections)
    if (!can(actor, 'sections.keep')) return <NotHere />
    const sections = await listSections(database())
    return (
      <main id="main" className="page narrow" tabIndex={-1}>
        <Title>Sections</Title>
        <h1>Sections</h1>
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
      </main>
    )
  })
}
