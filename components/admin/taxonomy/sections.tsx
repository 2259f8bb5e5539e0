import type { Section } from '@/domain/section/section'
import type { FormAction } from '@/lib/form-state'
import { routes } from '@/lib/routes'
import { ActionForm } from '../../ui/form/action-form.client'
import { Field } from '../../ui/form/field.client'
import { Disclosure } from '../../ui/form/disclosure.client'
import { Submit } from '../../ui/form/submit.client'

/** A new section, after the others. */
export function OpenSection({ action }: { action: FormAction }) {
  return (
    <ActionForm action={action} label="Open a section" className="panel stack" resetOnSuccess>
      <h2>Open a section</h2>
      <div className="side-by-side">
        <Field name="name" label="Name" autoComplete="off" />
        <Field name="slug" label="Address" autoComplete="off" hint="Empty: made from the name." />
      </div>
      <TakeOverField />
      <div className="actions">
        <Submit>Open section</Submit>
      </div>
    </ActionForm>
  )
}

function TakeOverField() {
  return (
    <label className="tick">
      <input type="checkbox" name="takeOver" value="yes" /> Also if it led to another section before
    </label>
  )
}

/** A section, and another name or address for it. */
export function SectionRow({ section, action }: { section: Section; action: FormAction }) {
  return (
    <li className="stack tight">
      <p className="cluster">
        <b>{section.name}</b> <a href={routes.section(section)}>/{section.slug}</a>
      </p>
      <ActionForm action={action} label={`The section ${section.name}`} className="stack tight" resetOnSuccess>
        <input type="hidden" name="sectionId" value={section.id} />
        <input type="hidden" name="seenName" value={section.name} />
        <input type="hidden" name="seenSlug" value={section.slug} />
        <Disclosure
          summary={
            <>
              Rename<span className="visually-hidden"> {section.name}</span>
            </>
          }
        >
          <div className="side-by-side">
            <Field name="name" label="Name" value={section.name} autoComplete="off" />
            <Field
              name="slug"
              label="Address"
              value={section.slug}
              autoComplete="off"
              hint="Its former addresses go on leading here, and those of its stories to them."
            />
          </div>
          <TakeOverField />
          <div className="actions">
            <Submit variant="">Rename section</Submit>
          </div>
        </Disclosure>
      </ActionForm>
    </li>
  )
}
