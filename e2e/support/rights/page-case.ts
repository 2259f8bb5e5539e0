import type { Fixture } from './fixture'
import type { ByVisitor } from './visitors'

/** What somebody sees: the page, "there is nothing here" (404), "it is gone" (410), the way to sign in, or (asked by a script) that they are signed out. */
export type Visibility = 'shown' | 'not there' | 'gone' | 'sign in' | 'signed out'

/** One page (by its file) or route (by file and method) for one case, and who sees it. */
export type PageCase = {
  place: string
  of?: string
  at: (house: Fixture) => string | Promise<string>
  /** Words that stand on it for those to whom it is shown; for each visitor others, where they see more or less of it. */
  shows?: string | Partial<ByVisitor<string>>
  sees: ByVisitor<Visibility>
  /** Of the newsroom's pages: an address that leads nowhere, whose answer is the same byte by byte. */
  like?: string
}
