import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '@/db/connection'
import { databaseAt } from './postgres.test-support'
import { upgradeTables } from './upgrading'

const owner = process.env.DATABASE_URL ?? ''
const name = `guest_${randomBytes(6).toString('hex')}`
const superuser = connect(owner)

beforeAll(async () => {
  await superuser.unsafe(`create role ${name} login password 'a guest'`)
  await superuser.unsafe(`create database ${name}`)
})

afterAll(async () => {
  await superuser.unsafe(`drop database ${name}`)
  await superuser.unsafe(`drop role ${name}`)
  await superuser.end()
})

const asGuest = () => {
  const url = new URL(databaseAt(owner, name))
  ;[url.username, url.password] = [name, 'a guest']
  return url.href
}

const ignore = () => undefined

test('without the privilege to create tables, the error names the privilege and what to do', async () => {
  await expect(upgradeTables(asGuest(), ignore)).rejects.toThrow(
    /^The database could not be migrated: permission denied for database \w+\. Let the account in DATABASE_URL own/u,
  )
})

test('a read-only database is reported without the query', async () => {
  await superuser.unsafe(`alter database ${name} set default_transaction_read_only = on`)
  await expect(upgradeTables(databaseAt(owner, name), ignore)).rejects.toThrow(
    /^The database could not be migrated: cannot execute .+ in a read-only transaction\.$/u,
  )
})

test('a server older than its database warns, and changes nothing', async () => {
  const lines: string[] = []
  await upgradeTables(owner, (sentence) => lines.push(sentence))
  expect(lines).toEqual([])
  await superuser`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of a newer one', 99999999999999)`
  expect(await upgradeTables(owner, (sentence) => lines.push(sentence))).toEqual({ applied: 0 })
  await superuser`delete from drizzle.__drizzle_migrations where hash = 'of a newer one'`
  expect(lines).toEqual([expect.stringContaining('the tables of a newer Broadsheet')])
})
