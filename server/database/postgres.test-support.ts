import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { connect } from '@/db/connection'
import type { TestProject } from 'vitest/node'
import { migrateDatabase } from '@/db/migrate'
import { startEmbeddedDatabase } from './embedded'

declare module 'vitest' {
  interface ProvidedContext {
    /** The Postgres of this run; every test file creates its database there from the template. */
    postgresUrl: string
  }
}

export const TEMPLATE = 'newsroom_template'

/** Starts one embedded Postgres for the whole run, with a migrated database as the template of all others. */
export default async function startPostgres(project: TestProject) {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'broadsheet-test-'))
  const { url, stop } = await startEmbeddedDatabase(dataDir)
  const connection = connect(url)
  await connection.unsafe(`create database ${TEMPLATE}`)
  await connection.end()
  await migrateDatabase(databaseAt(url, TEMPLATE))
  project.provide('postgresUrl', url)
  return async () => {
    await stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

export function databaseAt(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}
