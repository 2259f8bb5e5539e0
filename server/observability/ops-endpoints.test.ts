import { expect, test } from 'vitest'
import { aFrontDoor, aRenderer } from '../front-door/front-door.test-support'
import { ScheduleHealth } from './schedule-health'

const news = () => ({ words: 'News', tags: 'front-page' })

test('alive whatever fails; ready while it can serve a page', async () => {
  const renderer = { origin: null as string | null }
  const door = await aFrontDoor(renderer)
  expect([(await door.get('/healthz')).status, (await door.get('/readyz')).status]).toEqual([200, 503])
  renderer.origin = (await aRenderer(news)).origin
  expect((await door.get('/readyz')).text).toBe('ready\n')
  await door.get('/')
  renderer.origin = null
  expect((await door.get('/readyz')).status).toBe(200)
  expect((await door.get('/healthz', { host: '10.0.0.7:3000' })).status).toBe(200)
})

test('overdue stories and a failing clock are reported by /readyz and in the metrics, and the server stays ready', async () => {
  const schedule = new ScheduleHealth()
  const door = await aFrontDoor(await aRenderer(news), { schedule })
  expect((await door.get('/metrics')).text).not.toContain('\nbroadsheet_overdue_stories ')
  schedule.overdue = 2
  schedule.failing = true
  expect(await door.get('/readyz')).toMatchObject({ status: 200, text: 'ready\noverdue: 2\nclock: failing\n' })
  const { text } = await door.get('/metrics')
  expect(text).toContain('\nbroadsheet_overdue_stories 2\n')
  expect(text).toContain('\nbroadsheet_clock_failing 1\n')
})

test('the metrics are for this machine and for clients with the token; for others the path does not exist', async () => {
  const nothing = () => ({ words: 'Nothing here', tags: 'sections', says: 404 })
  const door = await aFrontDoor(await aRenderer(nothing), { metricsToken: 'a token of the operators' })
  expect((await door.get('/metrics')).text).toContain('broadsheet_http_responses_total')
  const viaProxy = { 'x-forwarded-for': '203.0.113.9' }
  expect((await door.get('/metrics', viaProxy)).status).toBe(404)
  expect((await door.get('/metrics', { ...viaProxy, authorization: 'Bearer wrong' })).status).toBe(404)
  const given = { ...viaProxy, authorization: 'Bearer a token of the operators' }
  expect((await door.get('/metrics', given)).text).toContain('broadsheet_cache_bytes')
  const closed = await aFrontDoor(await aRenderer(nothing))
  for (const authorization of ['Bearer ', 'Bearer undefined', ''])
    expect((await closed.get('/metrics', { ...viaProxy, authorization })).status).toBe(404)
})

test('no request can put something else in their place', async () => {
  const renderer = await aRenderer(({ url }) => ({
    body: '<a href="/readyz">x</a>',
    tags: 'sections',
    pageStatus: url === '/' ? 200 : 404,
  }))
  const door = await aFrontDoor(renderer, { metricsToken: 'a token of the operators' })
  await door.pageCache.warm()
  for (const path of ['/readyz', '/healthz', '/metrics'])
    for (const spelled of [`${path}?x=1`, `/${path}`, `${path}/`, path.replace('e', '%65')]) {
      const response = await door.get(spelled, { 'x-forwarded-for': '203.0.113.9' })
      expect([spelled, [200, 301, 404].includes(response.status)]).toEqual([spelled, true])
    }
  for (const path of ['/readyz', '/healthz', '/metrics'])
    expect([path, (await door.get(path)).status]).toEqual([path, 200])
  expect(renderer.requests.map(({ url }) => url)).toEqual(['/'])
})

test('they are never cached, and accept no POST', async () => {
  const door = await aFrontDoor(await aRenderer(news))
  for (const path of ['/healthz', '/readyz', '/metrics']) {
    expect((await door.get(path)).headers['cache-control']).toBe('no-store')
    expect((await door.request({ path, method: 'POST' })).status).toBe(405)
    expect((await door.request({ path, method: 'HEAD' })).text).toBe('')
  }
})
