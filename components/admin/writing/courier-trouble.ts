import { OUTDATED } from '@/domain/writing/words-frame'

/** Why the last attempt failed. `again`: it is worth trying without anybody doing anything. */
export type Trouble = { kind: 'offline' | 'signed-out' | 'outdated' | 'failed'; why: string; again: boolean }

export const whyOf = { offline: 'away', 'signed-out': 'signed-out', outdated: 'refused', failed: 'refused' } as const

/** What an answer means that is not the words: its own sentence, where it brings one. */
export async function troubleOf(response: Response): Promise<Trouble> {
  const { status } = response
  const why = await response.json().then(
    (told: unknown) =>
      typeof told === 'object' && told !== null && 'why' in told && typeof told.why === 'string' ? told.why : '',
    () => '',
  )
  if (status === 401 || status === 409) return { kind: 'signed-out', why, again: true }
  if (status === OUTDATED.status) return { kind: 'outdated', why, again: false }
  if (status >= 500) return { kind: 'offline', why: 'the newsroom is temporarily unavailable', again: true }
  return { kind: 'failed', why: why || `the newsroom answered ${status}`, again: false }
}
