import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { RenderTask } from '../decoder/render'
import { aDecoder, aFolder } from '../decoder.test-support'
import { fileOf, picture } from '../pictures.test-support'

const labels = { credit: null, copyright: null, creators: [], alt: null, digitalSourceType: null }
const renderTask = (file: string, size = { width: 320, height: 240 }): RenderTask => ({
  file,
  size,
  ratio: 'whole',
  point: { focusX: 0.5, focusY: 0.5 },
  labels,
  widths: [160],
  formats: ['webp'],
  folder: aFolder(),
  withPlaceholder: false,
})

const mapsOf = (pid: number) => readFileSync(`/proc/${pid}/maps`, 'utf8')
const onLinux = process.platform === 'linux'

test.runIf(onLinux)('only the decoder process loads libvips', async () => {
  const decoder = await aDecoder()
  const file = fileOf(await picture())
  await decoder.inspect(file)
  await decoder.render(renderTask(file))
  expect(decoder.pids).not.toHaveLength(0)
  for (const pid of decoder.pids) {
    expect(pid).not.toBe(process.pid)
    expect(mapsOf(pid)).toContain('libvips')
  }
})

test('a decoder that is killed costs one picture, in a sentence, and others are read', async () => {
  const decoder = await aDecoder()
  const large = fileOf(await picture({ width: 6000, height: 4000, format: 'png' }))
  const size = { width: 6000, height: 4000 }
  const killed = decoder.render({ ...renderTask(large, size), widths: [1900], formats: ['avif'] })
  const [pid = 0] = decoder.pids
  process.kill(pid, 'SIGKILL')
  await expect(killed).rejects.toThrow(/^The picture made the program fail that reads pictures, so it was not taken\./u)
  expect(await decoder.inspect(large)).toMatchObject(size)
  expect(decoder.pids).not.toContain(pid)
})

test('a decoder that hangs is killed after its time, and costs one picture', async () => {
  const decoder = await aDecoder({ limits: { inspecting: 5000, rendering: 5000 } })
  const file = fileOf(await picture())
  await decoder.inspect(file)
  const [pid = 0] = decoder.pids
  process.kill(pid, 'SIGSTOP')
  await expect(decoder.inspect(file)).rejects.toThrow('Reading the picture took longer than 5 s')
  const patient = await aDecoder()
  expect(await patient.inspect(file)).toMatchObject({ width: 320 })
})

test.runIf(onLinux)('a decoder that takes more memory than it may is killed', async () => {
  const decoder = await aDecoder({ memory: 20 * 1024 * 1024 })
  await expect(decoder.inspect(fileOf(await picture()))).rejects.toThrow('needs more than 20 MB of memory')
})

test('many pictures wait for their turn', async () => {
  const decoder = await aDecoder()
  const file = fileOf(await picture())
  const all = await Promise.all(Array.from({ length: 30 }, () => decoder.inspect(file)))
  expect(all.map(({ width }) => width)).toEqual(Array.from({ length: 30 }, () => 320))
  expect(decoder.pids.length).toBeLessThanOrEqual(4)
})

test('a decoder gets nothing of the environment of the server', async () => {
  process.env.PICTURE_TEST_SECRET = 'harbour'
  const decoder = await aDecoder()
  await decoder.inspect(fileOf(await picture()))
  for (const pid of onLinux ? decoder.pids : [])
    expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain('harbour')
  delete process.env.PICTURE_TEST_SECRET
})

test('after it is closed, nothing is read', async () => {
  const decoder = await aDecoder()
  await decoder.close()
  await expect(decoder.inspect('/nowhere')).rejects.toThrow('The server stops.')
})
