import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { startProgram, type Running } from './servers'
import { temporaryFolder } from './cleanup'

/** `head`: names and values alternate. */
export type BareResponse = { path: string; head: string[]; body: Buffer }

/** Starts a bare `node:http` server with these responses in a process of its own. */
export async function startBare(responses: BareResponse[]): Promise<Running> {
  const file = path.join(await temporaryFolder(), 'responses.json')
  await writeFile(
    file,
    JSON.stringify(responses.map((response) => ({ ...response, body: response.body.toString('base64') }))),
  )
  return startProgram(['bench/support/bare.mjs', file])
}
