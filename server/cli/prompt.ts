import { createInterface } from 'node:readline/promises'
import { OperatorError } from '../operator-error'

/** @throws OperatorError with the usage when standard input is no terminal */
export async function prompt(question: string): Promise<string> {
  if (!process.stdin.isTTY)
    throw new OperatorError(
      'Something is missing. Usage: npm run user:add -- EMAIL "NAME" ROLE, or npm run user:reset -- EMAIL',
    )
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const line = await terminal.question(question)
  terminal.close()
  return line
}

export const siteUrl = () => (process.env.SITE_URL ?? '').replace(/(?<!\/)\/+$/u, '')
