import { randomBytes } from 'node:crypto'
import { connect } from '@/db/connection'
import { afterAll, inject } from 'vitest'
import { closeDatabase } from '@/db/client'
import { databaseAt, TEMPLATE } from './postgres.test-support'

// Every test file has a database of its own, so that files can run in parallel.
const name = `newsroom_${randomBytes(6).toString('hex')}`
const url = inject('postgresUrl')
const connection = connect(url)
await connection.unsafe(`create database ${name} template ${TEMPLATE}`)
await connection.end()
process.env.DATABASE_URL = databaseAt(url, name)
// A subscription of the file before is connected to another database.
Reflect.deleteProperty(globalThis, Symbol.for('broadsheet: the subscription to stories'))

afterAll(closeDatabase)
