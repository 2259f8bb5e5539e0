import type { Section } from '@/domain/section/section'
import type { FormAction } from '@/lib/form-state'
import { Because, type Why } from '../form/because'
import { NewHeadline } from './new-headline'

type Props = { why: Why; at: string; sections: Section[]; save: FormAction; publish: FormAction }

/** The desk's one-line form as it was sent: the words in it, and nothing of the desk. */
export function HeadlineAsTyped({ why, at, sections, ...actions }: Props) {
  return (
    <main id="main" className="page narrow" tabIndex={-1}>
      <Because why={why} />
      <NewHeadline sectionId={null} at={at} sections={sections} {...actions} />
    </main>
  )
}
