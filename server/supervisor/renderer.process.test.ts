import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startEmbeddedDatabase } from '../database/embedded'
import { residentMemory } from './resident-memory'
import { buildOnce, startServer, until } from './server-process.test-support'

test('the memory of a process is known, and of none is null', async () => {
  const memory = await residentMemory(process.pid)
  expect(Math.abs((memory ?? 0) / process.memoryUsage().rss - 1)).toBeLessThan(0.5)
  expect(await residentMemory(2 ** 22 + 1)).toBeNull()
})

test('a renderer that takes too much memory is replaced while no request fails', { timeout: 120_000 }, async () => {
  await buildOnce()
  const folder = await mkdtemp(path.join(os.tmpdir(), 'broadsheet-renderer-'))
  const postgres = await startEmbeddedDatabase(folder)
  const server = await startServer({ dataDir: `${folder}/server`, databaseUrl: postgres.url, rendererMemory: 32 })
  onTestFinished(async () => {
    await server.stop()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  })
  const failures: string[] = []
  let isOver = false
  let requests = 0
  const requestInLoop = async (pathOf: (at: number) => string) => {
    while (!isOver) {
      const address = pathOf((requests += 1))
      const { status } = await server.get(address)
      if (status >= 500) failures.push(`${address}: ${status}`)
    }
  }
  const load = [requestInLoop((at) => `/search?q=kite-${at}`), requestInLoop(() => '/sign-in')]
  await until(async () => server.output().includes('was replaced by a new one'), 60_000)
  const before = requests
  await until(async () => requests > before + 20, 30_000)
  isOver = true
  await Promise.all(load)
  expect(failures).toEqual([])
  const metrics = (await server.get('/metrics')).text
  expect(metrics).toMatch(/^broadsheet_renderer_replacements 1$/mu)
  expect(server.output()).toMatch(/takes \d+ MB, more than RENDERER_MEMORY_MB=32/u)
})
