import type { Section } from '@/domain/section/section'
import type { FormAction } from '@/lib/form-state'
import { FormErrorHeading, type FormErrorReason } from '../layout/form-error-heading'
import { NewHeadline } from './new-headline'

type Props = { why: FormErrorReason; at: string; sections: Section[]; save: FormAction; publish: FormAction }

/** The desk's one-line form as it was sent: the words in it, and nothing of the desk. */
export function SubmittedHeadlineForm({ why, at, sections, ...actions }: Props) {
  return (
    <main id="main" className="page narrow" tabIndex={-1}>
      <FormErrorHeading why={why} />
      <NewHeadline sectionId={null} at={at} sections={sections} {...actions} />
    </main>
  )
}
