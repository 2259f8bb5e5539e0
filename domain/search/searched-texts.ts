import { textsOf, type Body } from '../body/body'
import type { Copy } from '../copy/copy-fields'
import type { SearchedText } from './vector'

type SearchedCopy = Pick<Copy, 'headline' | 'kicker' | 'standfirst' | 'dateline' | 'caption'> & { body: Body | null }

/** What is searched in a story: a word in the headline counts most. @param names of its authors and topics, as readers see them */
export function searchedTexts(
  { headline, kicker, standfirst, dateline, caption, body }: SearchedCopy,
  names: readonly string[],
): SearchedText[] {
  return [
    { weight: 'A', text: headline },
    { weight: 'B', text: kicker ?? '' },
    { weight: 'B', text: standfirst ?? '' },
    { weight: 'C', text: dateline ?? '' },
    ...names.map((text) => ({ weight: 'C', text }) as const),
    { weight: 'D', text: caption ?? '' },
    { weight: 'D', text: textOfBody(body) },
  ]
}

/** A body of a newer build may have blocks that this one does not know: then every text in it. */
function textOfBody(body: Body | null): string {
  try {
    return textsOf(body).join('\n')
  } catch {
    return (
      JSON.stringify(body)
        .match(/(?<="text":")(?:[^"\\]|\\.)*/gu)
        ?.join('\n') ?? ''
    )
  }
}
