import { expect, test } from 'vitest'
import { aFrontDoor, aRenderer } from '../front-door/front-door.test-support'

test('each response but a hit is logged in one line with its outcome, and without the query string', async () => {
  const renderer = await aRenderer(({ url }) =>
    url === '/admin' ? { body: 'Desk' } : { body: 'News', tags: 'latest' },
  )
  const door = await aFrontDoor(renderer)
  await door.get('/search?q=a+secret')
  await door.get('/search?q=a%20secret')
  await door.get('//search?q=a+secret')
  await door.get('/%')
  await door.get('/admin', { cookie: 'broadsheet-session=secret' })
  renderer.render = () => ({ status: 0 })
  await door.get('/latest')
  expect(door.logged.map(({ method, path, status, outcome }) => [method, path, status, outcome])).toEqual([
    ['GET', '/search', 200, 'miss'],
    ['GET', '//search', 301, 'redirect'],
    ['GET', '/%', 400, 'refused'],
    ['GET', '/admin', 200, 'newsroom'],
    ['GET', '/latest', 503, 'unavailable'],
  ])
  expect(JSON.stringify(door.logged)).not.toContain('secret')
})

test('the secret in a path is not logged, however the path is encoded', async () => {
  const door = await aFrontDoor(await aRenderer(() => ({ body: 'A ferry' })))
  const addresses = [
    '/preview/secret',
    '//preview/secret',
    '/%70review/secret?x',
    '/a/../welcome/secret',
    '/setup/secret/',
  ]
  for (const address of addresses) await door.get(address)
  expect(door.logged).toHaveLength(addresses.length)
  expect(JSON.stringify(door.logged)).not.toContain('secret')
})

test('one in a thousand hits is logged', async () => {
  const door = await aFrontDoor(await aRenderer(() => ({ body: 'News', tags: 'latest' })))
  await door.get('/')
  for (let n = 0; n < 1001; n += 1) await door.get('/')
  expect(door.logged.filter(({ outcome }) => outcome === 'hit')).toHaveLength(1)
})
