import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { refusalSentence } from '@/domain/refusal-sentence'
import type { Settings } from '../settings'
import { OperatorError } from '../operator-error'

/**
 * Makes sure that an admin can sign in: creates the first one from ADMIN_EMAIL and ADMIN_PASSWORD, or creates the one-time setup link.
 * The link's token is stored, readable by this account only, so that every start shows the same link until it is used.
 * @returns the path of the setup link; null when there is an admin
 */
export async function ensureFirstAdmin(settings: Settings): Promise<string | null> {
  const { createFirstAdmin, ensureSetupToken } = await import('@/domain/people/inviting')
  const file = path.join(settings.DATA_DIR, 'setup-link')
  const storedToken = (await readFile(file, 'utf8').catch(() => '')).trim() || null
  const token = await ensureSetupToken(storedToken)
  if (token === null) {
    await rm(file, { force: true })
    return null
  }
  if (settings.ADMIN_EMAIL !== undefined && settings.ADMIN_PASSWORD !== undefined) {
    const outcome = await createFirstAdmin({ email: settings.ADMIN_EMAIL, password: settings.ADMIN_PASSWORD })
    if (!outcome.ok)
      throw new OperatorError(
        `ADMIN_EMAIL and ADMIN_PASSWORD do not make an admin: ${refusalSentence(outcome.refusal)}`,
      )
    await rm(file, { force: true })
    return null
  }
  await writeFile(file, token + '\n', { mode: 0o600 })
  return `/setup/${token}`
}
