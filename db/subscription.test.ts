import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTcpProxy, type TcpProxy } from '@/server/database/tcp-proxy.test-support'
import { database } from './client'
import { connect } from './connection'
import { notify, subscribe, type Subscription } from './subscription'

let proxy: TcpProxy
let subscription: Subscription
let events: string[]
let applicationName: string

beforeEach(async () => {
  proxy = await startTcpProxy(process.env.DATABASE_URL ?? '')
  events = []
  applicationName = `subscription-${crypto.randomUUID()}`
  subscription = subscribe({
    databaseUrl: proxy.url,
    channel: 'collaboration',
    applicationName,
    heartbeat: { every: 200, within: 500 },
    connectTimeout: { first: 3000, least: 1000 },
    reconnectDelay: { first: 50, last: 250 },
    onNotification: (payload) => events.push(payload),
    catchUp: async (sql) => (await sql<{ one: number }[]>`select 1 as one`).length,
    onConnected: (missed) => events.push(`connected ${missed}`),
    onDisconnected: (reason) => events.push(`disconnected: ${reason}`),
  })
  await expect.poll(() => events).toEqual(['connected 1'])
})

afterEach(async () => {
  await subscription.stop()
  await proxy.close()
})

test('notifications arrive, and none after the subscription is stopped', async () => {
  await notify(database(), 'collaboration', 'first')
  await expect.poll(() => events).toEqual(['connected 1', 'first'])
  await subscription.stop()
  await notify(database(), 'collaboration', 'second')
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(events).toEqual(['connected 1', 'first'])
})

test('a connection that is closed is replaced, after the subscriber is notified', async () => {
  const sql = connect(process.env.DATABASE_URL ?? '')
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${applicationName}`
  await sql.end()
  await expect.poll(() => events).toEqual(['connected 1', 'disconnected: The connection was closed.', 'connected 1'])
  await notify(database(), 'collaboration', 'later')
  await expect.poll(() => events.at(-1)).toBe('later')
})

test('a connection that no longer responds is replaced', async () => {
  proxy.blackhole()
  await expect.poll(() => events[1], { timeout: 5000 }).toBe('disconnected: The database does not answer.')
  proxy.restore()
  await expect.poll(() => events.at(-1), { timeout: 10_000 }).toBe('connected 1')
  await notify(database(), 'collaboration', 'later')
  await expect.poll(() => events.at(-1)).toBe('later')
})
