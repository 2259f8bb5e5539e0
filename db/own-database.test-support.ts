import { randomUUID } from 'node:crypto'
import { databaseAt } from '@/server/database/postgres.test-support'
import { connect } from './connection'

/** An empty database, without tables, for a test that cannot share one. */
export async function createDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const shared = process.env.DATABASE_URL ?? ''
  const server = connect(shared)
  const name = `own_${randomUUID().replaceAll('-', '')}`
  await server`create database ${server(name)}`
  const drop = async () => {
    await server`drop database ${server(name)} with (force)`
    await server.end()
  }
  return { url: databaseAt(shared, name), drop }
}
