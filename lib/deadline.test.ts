import net, { type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { withDeadline } from './deadline'

test('work in time gives its value or its error, and the timeout is never reported', async () => {
  const onTimeout = vi.fn()
  expect(await withDeadline(20, pause(1, 'done'), onTimeout)).toBe('done')
  await expect(withDeadline(20, Promise.reject(new Error('No.')), onTimeout)).rejects.toThrow('No.')
  await pause(40)
  expect(onTimeout).not.toHaveBeenCalled()
})

test('after the deadline, the value or the error of the timeout takes the place of the work’s', async () => {
  const never = new Promise<string>(() => undefined)
  expect(await withDeadline(5, never, () => null)).toBeNull()
  const failing = withDeadline(5, never, () => {
    throw new Error('Too late.')
  })
  await expect(failing).rejects.toThrow('Too late.')
})

test('work that fails after the deadline is no unhandled rejection', async () => {
  const failing = pause(20).then(() => Promise.reject(new Error('No.')))
  expect(await withDeadline(5, failing, () => 'late')).toBe('late')
  await pause(40)
})

test('data that arrived while the event loop was blocked is in time', async () => {
  const server = net.createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const client = net.connect((server.address() as AddressInfo).port, '127.0.0.1')
  const [socket] = (await once(server, 'connection')) as [net.Socket]
  const work = withDeadline(30, once(client, 'data'), () => {
    throw new Error('Too late.')
  })
  socket.end('ready')
  for (const started = Date.now(); Date.now() - started < 100;);
  await expect(work).resolves.toEqual([Buffer.from('ready')])
  server.close()
})
