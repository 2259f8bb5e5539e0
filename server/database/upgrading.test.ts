import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '@/db/connecting'
import { databaseAt } from './postgres.test-support'
import { upgradeTables } from './upgrading'

const owner = process.env.DATABASE_URL ?? ''
const name = `guest_${randomBytes(6).toString('hex')}`
const boss = connect(owner)

beforeAll(async () => {
  await boss.unsafe(`create role ${name} login password 'a guest'`)
  await boss.unsafe(`create database ${name}`)
})

afterAll(async () => {
  await boss.unsafe(`drop database ${name}`)
  await boss.unsafe(`drop role ${name}`)
  await boss.end()
})

const asGuest = () => {
  const url = new URL(databaseAt(owner, name))
  ;[url.username, url.password] = [name, 'a guest']
  return url.href
}

const ignore = () => undefined

test('an account that may not make tables is told what it may not, and what to do', async () => {
  await expect(upgradeTables(asGuest(), ignore)).rejects.toThrow(
    /^The database was not brought to this version’s tables: permission denied for database \w+\. Let the account in DATABASE_URL own/u,
  )
})

test('a database that only reads says so, without what was asked', async () => {
  await boss.unsafe(`alter database ${name} set default_transaction_read_only = on`)
  await expect(upgradeTables(databaseAt(owner, name), ignore)).rejects.toThrow(
    /^The database was not brought to this version’s tables: cannot execute .+ in a read-only transaction\.$/u,
  )
})

test('a server that is older than its database says so, and changes nothing', async () => {
  const said: string[] = []
  await upgradeTables(owner, (sentence) => said.push(sentence))
  expect(said).toEqual([])
  await boss`insert into drizzle.__drizzle_migrations (hash, created_at) values ('of a newer one', 99999999999999)`
  expect(await upgradeTables(owner, (sentence) => said.push(sentence))).toEqual({ applied: 0 })
  await boss`delete from drizzle.__drizzle_migrations where hash = 'of a newer one'`
  expect(said).toEqual([expect.stringContaining('the tables of a newer Broadsheet')])
})
