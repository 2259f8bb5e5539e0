import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { readAddress } from '../http/address'
import { knownHosts, MAX_BODY_SIZE, refusalOf } from './request-guard'

const siteUrl = new URL('https://news.example')
const hosts = knownHosts(siteUrl, 3000)

function statusOf(method: string, url: string, headers: Record<string, string> = {}): number | null {
  const request = new IncomingMessage(new Socket())
  Object.assign(request, { method, url, headers: { host: 'news.example', ...headers } })
  return refusalOf(request, readAddress(url), { siteUrl, dev: false, hosts })?.status ?? null
}

test('known hosts are the site’s, with and without its port, and this machine with the port in use', () => {
  expect([...hosts].sort()).toEqual(
    ['127.0.0.1:3000', '[::1]:3000', 'localhost:3000', 'news.example', 'news.example:443'].sort(),
  )
  expect(knownHosts(new URL('http://localhost:8080'), 8080).has('localhost:8080')).toBe(true)
})

test('the host is checked before anything else', () => {
  expect(statusOf('TRACE', '/%', { host: 'evil.example' })).toBe(421)
})

test('a body with too large a Content-Length is refused before it is sent', () => {
  expect(statusOf('POST', '/admin', { 'content-length': String(MAX_BODY_SIZE + 1) })).toBe(413)
  expect(statusOf('POST', '/admin', { 'content-length': String(MAX_BODY_SIZE) })).toBeNull()
})

test('POST is for the newsroom only', () => {
  expect(statusOf('GET', '/')).toBeNull()
  expect(statusOf('HEAD', '/europe?before=x')).toBeNull()
  expect(statusOf('POST', '/europe')).toBe(405)
  expect(statusOf('POST', '/sign-in')).toBeNull()
  expect(statusOf('DELETE', '/admin')).toBe(405)
})

test('a form of an old browser is checked by its origin', () => {
  const cookie = '__Host-broadsheet-session=x'
  expect(statusOf('POST', '/admin', { cookie, origin: 'https://news.example' })).toBeNull()
  expect(statusOf('POST', '/admin', { cookie, origin: 'https://news.example.evil.example' })).toBe(403)
  expect(statusOf('POST', '/admin', { cookie })).toBe(403)
})
