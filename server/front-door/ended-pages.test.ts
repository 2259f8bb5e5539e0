import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { STALE_IF_ERROR } from '../page-cache/send-page'
import { aPortal, type Rendered } from './front-door.test-support'

const soon = () => new Date(Date.now() + 300)
const MUCH_LATER = new Date('2099-01-01T10:00:00Z')
const passed = (moment: Date) => pause(Math.max(0, moment.getTime() - Date.now()) + 5)

test('a page is not served after a story on it has ended, not even after an error; a page that is only stale is', async () => {
  const moment = soon()
  const pages: Record<string, Rendered> = {
    '/europe/ferry-1': { body: 'Ends', tags: 'story:1', neverServeAfter: moment },
    '/europe/ferry-2': { tags: 'story:2', pageStatus: 301, location: '/asia/ferry-2', neverServeAfter: moment },
    '/latest': { body: 'Changes', tags: 'latest', staleAt: moment },
    '/': { body: 'Ends much later', tags: 'front-page', staleAt: moment, neverServeAfter: MUCH_LATER },
  }
  const { renderer, door } = await aPortal(({ url = '' }) => pages[url] ?? { status: 500 })
  for (const address of Object.keys(pages)) await door.get(address)
  renderer.render = () => ({ status: 0 })
  await passed(moment)
  for (const address of ['/europe/ferry-1', '/europe/ferry-2']) expect((await door.get(address)).status).toBe(503)
  for (const address of ['/latest', '/']) {
    const { status, headers } = await door.get(address)
    expect([status, headers['cache-status']]).toEqual([200, STALE_IF_ERROR])
  }
})

test('a page on which a story ends during the render is rendered again', async () => {
  const moment = soon()
  const { door } = await aPortal(() =>
    Date.now() < moment.getTime()
      ? { body: 'Still here', tags: 'latest', neverServeAfter: moment, delay: 400 }
      : { body: 'Nothing here', tags: 'latest' },
  )
  expect((await door.get('/latest')).text).toContain('Nothing here')
})

test('an end that is scheduled later holds for the pages rendered before, and for no others', async () => {
  const pages: Record<string, Rendered> = {
    '/': { body: '<h3>Ferry sails</h3>', tags: 'front-page', stories: '17' },
    '/asia': { body: '<h3>Tea lasts</h3>', tags: 'section:3', stories: '18' },
    '/africa': { body: '<h3>Coffee stays</h3>', tags: 'section:3', stories: '19' },
  }
  const { renderer, door } = await aPortal(({ url = '' }) => pages[url] ?? { status: 500 })
  for (const address of Object.keys(pages)) await door.get(address)
  renderer.render = () => ({ status: 0 })
  const moment = soon()
  door.sendNotice(
    ['front-page', 'section:3'],
    [
      { storyId: 17, headline: 'Ferry sails', from: moment },
      { storyId: 18, headline: 'Tea lasts', from: MUCH_LATER },
    ],
  )
  await passed(moment)
  expect((await door.get('/')).status).toBe(503)
  expect((await door.get('/asia')).text).toContain('Tea lasts')
  expect((await door.get('/africa')).text).toContain('Coffee stays')
})
