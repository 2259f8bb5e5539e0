import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { advisoryLocks } from './locks'

const numbers: number[] = Object.values(advisoryLocks)

test('all advisory locks differ', () => {
  expect(new Set(numbers).size).toBe(numbers.length)
})

test('advisory locks in SQL are declared, and no other source takes one', () => {
  const locksInSql = readdirSync('db/migrations')
    .filter((name) => name.endsWith('.sql'))
    .flatMap((name) => [...readFileSync(`db/migrations/${name}`, 'utf8').matchAll(/pg_\w*advisory\w*\(([^)]*)/gu)])
    .map(([call, number]) => [call, Number(number)] as const)
  expect(locksInSql).toEqual([['pg_advisory_xact_lock_shared(7204119', advisoryLocks.names]])

  const sources = ['app', 'components', 'db', 'domain', 'lib', 'reading', 'server', 'scripts'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name)),
  )
  const taking = sources.filter(
    (name) => /\.(?:ts|tsx|mjs)$/u.test(name) && /pg_\w*advisory/u.test(readFileSync(name, 'utf8')),
  )
  expect(taking.sort()).toEqual(['db/locks.test.ts', 'db/locks.ts'])
})
