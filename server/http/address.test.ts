import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isFilePath, isNewsroomPath, readAddress } from './address'

/** Fragments with a meaning in an address, in any order. */
const target = fc
  .array(
    fc.oneof(
      fc.constantFrom('/', '//', '.', '..', '%2e', '%2E%2e', '%2f', '%5c', '\\', '%25', '%41', '%7e', ';', '@', ':', 'a', 'admin', '?', '&', '=', '#', '%c3%a9', '%'),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => `/${parts.join('')}`) // prettier-ignore

test('an address read again is the same address, begins with one slash and never leads to another host', () => {
  fc.assert(
    fc.property(target, (address) => {
      const read = readAddress(address)
      if (read === null) return
      const again = readAddress(read.path)
      expect(again).toEqual({ path: read.path, query: '', isCanonical: true })
      expect(read.path).toMatch(/^\/(?!\/)/u)
      const url = new URL(read.path, 'http://news.example')
      expect([url.origin, url.pathname]).toEqual(['http://news.example', read.path])
      expect(read.path.split('/')).not.toContain('..')
      expect(read.path === '/' || !read.path.endsWith('/')).toBe(true)
    }),
    { numRuns: 3000 },
  )
})

test('a path that ends in dot segments is resolved', () => {
  const paths = ['/.a/..', '/.a/.', '/x/.&/%2E%2e', '/x/.y/../admin'].map((target) => readAddress(target)?.path)
  expect(paths).toEqual(['/', '/.a', '/x', '/x/admin'])
})

test('the query stays as it was sent', () => {
  const query = 'q=a%20b&x=//..'
  expect(readAddress(`/search?${query}`)).toEqual({ path: '/search', query, isCanonical: true })
})

test('every spelling of a newsroom address is a newsroom address', () => {
  for (const address of ['/admin', '//admin', '/./admin/', '/x/../admin/x.css', '/%61dmin', '/%61%64min//stories'])
    expect(isNewsroomPath(readAddress(address)?.path ?? '')).toBe(true)
  for (const path of ['/sign-in', '/sign-out', '/setup/x', '/welcome/x', '/preview/x', '/api/auth/session'])
    expect(isNewsroomPath(path)).toBe(true)
  for (const path of ['/', '/administration', '/previews', '/europe/admin-1', '/api/v1/stories', '/admin.css'])
    expect(isNewsroomPath(path)).toBe(false)
})

test('files of the build are those of public/ and the framework’s own, and nothing deeper', () => {
  for (const path of ['/reader.js', '/icon.svg', '/_next/static/chunks/a.js']) expect(isFilePath(path)).toBe(true)
  for (const path of ['/', '/feed.xml', '/europe/x.js', '/_next/data/x.json', '/robots.txt'])
    expect(isFilePath(path)).toBe(false)
})

test('a malformed address is null', () => {
  const malformed = [
    '',
    'x',
    '*',
    'http://news.example/',
    '/%',
    '/%g0',
    '/%ff',
    '/a b',
    '/\u0000',
    '/%00',
    '/é',
    '/%0a',
  ]
  for (const address of malformed) expect(readAddress(address)).toBeNull()
})
