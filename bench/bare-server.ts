import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { startProgram, type Running } from './servers'
import { temporaryFolder } from './cleanup'

/** What a bare server says at an address. `head`: names and values by turns. */
export type BareResponse = { path: string; head: string[]; body: Buffer }

/** Starts a bare `node:http` server in a process of its own, with these answers and no others. */
export async function startBare(responses: BareResponse[]): Promise<Running> {
  const file = path.join(await temporaryFolder(), 'answers.json')
  await writeFile(
    file,
    JSON.stringify(responses.map((response) => ({ ...response, body: response.body.toString('base64') }))),
  )
  return startProgram(['bench/bare.mjs', file])
}
