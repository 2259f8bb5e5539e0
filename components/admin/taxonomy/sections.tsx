import type { Section } from '@/domain/section/section'
import type { FormAction } from '@/lib/form-state'
import { routes } from '@/lib/routes'
import { ActionForm } from '../../ui/form/action-form.client'
import { Field } from '../../ui/form/field.client'
import { Submit } from '../../ui/form/submit.client'
import { NameForm } from './name-form'

/** Opens a section, after the others. */
export function OpenSection({ action }: { action: FormAction }) {
  return (
    <ActionForm action={action} label="Open a section" className="panel stack" resetOnSuccess>
      <h2>Open a section</h2>
      <SectionFields slugHint="Empty: made from the name." />
      <div className="actions">
        <Submit>Open section</Submit>
      </div>
    </ActionForm>
  )
}

/** A section, with a form that renames it or changes its address. */
export function SectionRow({ section, action }: { section: Section; action: FormAction }) {
  const { id, name, slug } = section
  return (
    <li className="stack tight">
      <p className="cluster">
        <b dir="auto">{name}</b> <a href={routes.section(section)}>/{slug}</a>
      </p>
      <NameForm
        verb="Rename"
        name={name}
        label={`The section ${name}`}
        hidden={{ sectionId: id, seenName: name, seenSlug: slug }}
        action={action}
        button="Rename section"
      >
        <SectionFields
          section={section}
          slugHint="Its former addresses go on leading here, and those of its stories to them."
        />
      </NameForm>
    </li>
  )
}

function SectionFields({ section, slugHint }: { section?: Section; slugHint: string }) {
  return (
    <>
      <div className="side-by-side">
        <Field name="name" label="Name" value={section?.name} autoComplete="off" />
        <Field name="slug" label="Address" value={section?.slug} autoComplete="off" hint={slugHint} />
      </div>
      <label className="checkbox">
        <input type="checkbox" name="takeOver" value="yes" /> Also if it led to another section before
      </label>
    </>
  )
}
