import { execFile } from 'node:child_process'
import process from 'node:process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { exactBuffer } from './page'
import { aPage } from './page.test-support'

const run = promisify(execFile)

test.each(['story', 'wrong address', 'redirect', 'long list', 'picture'])(
  'a %s in the page cache takes in memory what is counted, within a fifth',
  async (kind) => {
    const program = ['--expose-gc', '--import', 'tsx', 'server/page-cache/memory.test-support.ts', kind, '1500']
    const { stdout } = await run(process.execPath, program)
    const { counted, taken } = JSON.parse(stdout) as { counted: number; taken: number }
    expect(taken / counted, stdout).toBeGreaterThan(0.8)
    expect(taken / counted, stdout).toBeLessThan(1.2)
  },
)

test('every body of a page has a buffer of its own length', async () => {
  const pages = [await aPage({ body: 'Tiny' }), await aPage({ body: 'Tiny', contentType: 'image/png' })]
  for (const { bytes } of pages)
    for (const body of Object.values(bytes)) expect(body.buffer.byteLength).toBe(body.length)
  const part = Buffer.from('The kite club')
  expect([part.buffer.byteLength > part.length, exactBuffer(part).equals(part)]).toEqual([true, true])
})
