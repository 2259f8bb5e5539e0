import { expect, test } from 'vitest'
import { failureReason } from './cluster'

test('the reason is taken from Postgres’ output, not the lines about the shutdown', () => {
  const full = 'initdb: error: could not write to file "pg_wal/xlogtemp": No space left on device'
  const output = `creating configuration files ... ok\n${full}\n2026-11-26 UTC [1] PANIC:  cannot abort transaction 1, it was already committed\ninitdb: removing contents of data directory "/data/cluster.unfinished"\n`
  expect(failureReason(output, 'first')).toBe(full)
  const fatal = '2026-11-26 22:00:00 UTC [1] FATAL:  could not create lock file "postmaster.pid": Read-only file system'
  expect(failureReason(`${fatal}\n2026-11-26 22:00:00 UTC [1] LOG:  database system is shut down\n`, 'last')).toBe(
    fatal,
  )
  expect(failureReason('libicui18n.so.60: cannot open shared object file\n', 'last')).toBe(
    'libicui18n.so.60: cannot open shared object file',
  )
})
