import { expect, test } from 'vitest'
import { ownAddress } from './own-address'

const SITE = 'https://news.example'

test.each([
  ['/admin/history', '/admin/history'],
  ['/admin?list=needs-me#top', '/admin?list=needs-me#top'],
  ['/sign-in/done', '/sign-in/done'],
  ['https://news.example/admin', '/admin'],
  ['https://ann@news.example:443/admin', '/admin'],
  ['/@evil.example', '/@evil.example'],
  ['/admin/./stories/../history', '/admin/history'],
  ['\\admin\\history', '/admin/history'],
  ['/ad\tmin/his\ntory', '/admin/history'],
  ['admin/history', '/admin/history'],
  ['/search?q=Küste', '/search?q=K%C3%BCste'],
  ['/東京?q=港#Überfahrt', '/%E6%9D%B1%E4%BA%AC?q=%E6%B8%AF#%C3%9Cberfahrt'],
  ['/search?q=\ud800', '/search?q=%EF%BF%BD'],
  ['/．．//evil.example', '/%EF%BC%8E%EF%BC%8E//evil.example'],
  ['/a?next=//evil.example', '/a?next=//evil.example'],
  ['/%2F/evil.example', '/%2F/evil.example'],
])('%j is an address of this site', (typed, resolved) => {
  expect(ownAddress(typed, SITE)).toBe(resolved)
  // A browser that resolves the result stays here, and resolves it to itself.
  expect(new URL(resolved, SITE).origin).toBe(SITE)
  expect(ownAddress(resolved, SITE)).toBe(resolved)
})

test.each([
  '//evil.example', '/\\evil.example', '\\\\evil.example', '\\/evil.example', '/\\/evil.example', '///evil.example',
  'https://evil.example', 'https:/\\evil.example', 'http://news.example/admin', 'HTTPS://EVIL.EXAMPLE/',
  '/.//evil.example', '/a/..//evil.example', '/%2e%2e//evil.example', '/%2E//evil.example', '/.%2E//evil.example', '/././/evil.example',
  '/a/b/../..//evil.example', '/./\\evil.example', '/.\t//evil.example', '/\t/evil.example', '/\n/evil.example', '/\r\n/evil.example',
  '\t//evil.example', ' //evil.example', '\u0000//evil.example', '/a/%2e%2e/\\evil.example',
  'https://news.example@evil.example/', 'https://news.example.evil.example/', 'https://news.example:8443/', '//news.example:8443/admin',
  '//ｅｖｉｌ.example', 'https:\\\\evil.example', 'javascript:alert(1)', 'java\nscript:alert(1)', 'data:text/html,x', 'blob:https://news.example/1',
  'mailto:a@b.example', 'https://', 'https://[::1', '//', '/\\', '/%00/evil.example', '/%0d%0aSet-Cookie:a=b', '/%E0%A4', '/%',
  '', ' ', `/${'a'.repeat(8192)}`, `/search?q=${'港'.repeat(700)}`, null, undefined, 7, ['/admin', '/admin'], { toString: () => '/admin' },
])('%j is no address to be sent to', (typed) => {
  expect(ownAddress(typed, SITE)).toBeNull()
}) // prettier-ignore

test('on http and a port of its own the same holds', () => {
  expect(ownAddress('http://localhost:3000/admin', 'http://localhost:3000')).toBe('/admin')
  // Without slashes the address is relative, where the protocols are the same.
  expect(ownAddress('http:evil.example', 'http://localhost:3000')).toBe('/evil.example')
  for (const other of ['http://localhost/admin', 'http://localhost:3001/admin', 'blob:http://localhost:3000/1'])
    expect(ownAddress(other, 'http://localhost:3000')).toBeNull()
})
