import type { Section } from '@/domain/section/section'
import type { FormAction } from '@/lib/form-state'
import { FormErrorPage, type FormErrorReason } from '../layout/error-pages'
import { NewHeadline } from './new-headline'

type Props = { reason: FormErrorReason; address: string; sections: Section[]; save: FormAction; publish: FormAction }

/** The desk's headline form as it was submitted, without the desk. */
export function SubmittedHeadlineForm({ reason, address, sections, ...actions }: Props) {
  return (
    <FormErrorPage reason={reason}>
      <NewHeadline sectionId={null} address={address} sections={sections} {...actions} />
    </FormErrorPage>
  )
}
