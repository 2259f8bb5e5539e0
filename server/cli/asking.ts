import { createInterface } from 'node:readline/promises'
import { Sorry } from '../sorry'

/** Asks the person at the terminal; where nobody sits at one, says what was missing. */
export async function ask(question: string): Promise<string> {
  if (!process.stdin.isTTY)
    throw new Sorry(
      'Something is missing. Usage: npm run user:add -- EMAIL "NAME" ROLE, or npm run user:reset -- EMAIL',
    )
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(question)
  terminal.close()
  return answer
}

export const siteAddress = () => (process.env.SITE_URL ?? '').replace(/\/+$/u, '')
