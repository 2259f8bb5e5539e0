import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { frameSources } from '@/domain/body/embed'
import { headersForRenderer, newsroomPolicy, readerPolicy, securityHeaders, withoutReferrer } from './headers'

const siteUrl = new URL('https://news.example')

test('only a site on https has Strict-Transport-Security', () => {
  expect(securityHeaders(siteUrl)).toContain('Strict-Transport-Security')
  expect(securityHeaders(new URL('http://localhost:3000'))).not.toContain('Strict-Transport-Security')
})

test('a page with a token in its address sends no referrer', () => {
  const headers = withoutReferrer(securityHeaders(siteUrl))
  expect(headers[headers.indexOf('Referrer-Policy') + 1]).toBe('no-referrer')
  expect(headers).not.toContain('strict-origin-when-cross-origin')
})

test('a reader page runs no script but the site’s own file', () => {
  expect(readerPolicy).toContain("script-src 'self' 'inline-speculation-rules';")
  expect(readerPolicy).not.toMatch(/script-src[^;]*unsafe/u)
  expect(newsroomPolicy('n', false)).not.toMatch(/script-src[^;]*unsafe/u)
})

test('a newsroom page may have a service worker of the site only', () => {
  expect(newsroomPolicy('n', false)).toContain("worker-src 'self';")
  expect(readerPolicy).not.toContain('worker-src')
})

test('a reader page frames known providers only', () => {
  const [, sources = ''] = /frame-src ([^;]*)/u.exec(readerPolicy) ?? []
  expect(sources.split(' ')).toEqual([...frameSources])
  expect(sources).not.toMatch(/[*']|data:|blob:/u)
})

test('the renderer receives the site’s own host, whatever the request has', () => {
  const headers = {
    host: 'localhost:3000',
    origin: 'http://localhost:3000',
    'x-forwarded-proto': 'http',
    cookie: 'a=b',
  }
  const request = Object.assign(new IncomingMessage(new Socket()), { headers })
  expect(headersForRenderer(request, { siteUrl, trustProxy: false })).toEqual({
    cookie: 'a=b',
    origin: 'https://news.example',
    host: 'news.example',
    'x-forwarded-host': 'news.example',
    'x-forwarded-proto': 'https',
    'x-client-address': 'unknown',
  })
})

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['6.6.6.6, 203.0.113.7:51111', '203.0.113.7'],
  ['6.6.6.6,[2001:db8::7]:51111', '2001:db8::7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['6.6.6.6, unknown', '198.51.100.1'],
  ['6.6.6.6, ', '198.51.100.1'],
])('behind a trusted proxy the client of %s is %s, and without one the peer', (forwarded, client) => {
  const socket = Object.assign(new Socket(), {})
  Object.defineProperty(socket, 'remoteAddress', { value: '::ffff:198.51.100.1' })
  const request = Object.assign(new IncomingMessage(socket), { headers: { 'x-forwarded-for': forwarded } })
  const clientOf = (trustProxy: boolean) => headersForRenderer(request, { siteUrl, trustProxy })['x-client-address']
  expect([clientOf(true), clientOf(false)]).toEqual([client, '198.51.100.1'])
})
