import { secrets, type Fixture } from './fixture'
import type { Visitor } from './visitors'

/** Words that some visitors must never receive, wherever they look. */
export function hiddenFrom({ otto, people }: Fixture, visitor: Visitor): string[] {
  const {
    ownDraft: _draft,
    ownScheduled: _scheduled,
    ownChanges: _changes,
    assigned: _assigned,
    note: _note,
    ...others
  } = secrets
  const emails = [otto, ...Object.values(people)].map(({ email }) => email)
  switch (visitor) {
    case 'anonymous':
      return [...Object.values(secrets), ...emails]
    case 'reporter':
      return [...Object.values(others), ...emails]
    case 'editor':
      return emails
    case 'admin':
      return []
  }
}
