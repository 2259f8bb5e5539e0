import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { frameSources } from '@/domain/body/embed'
import {
  clientAddress,
  headersForRenderer,
  newsroomPolicy,
  readerPolicy,
  securityHeaders,
  withoutReferrer,
} from './headers'

const siteUrl = new URL('https://news.example')

function requestWith(headers: Record<string, string>): IncomingMessage {
  return Object.assign(new IncomingMessage(new Socket()), { headers })
}

test('only a site on https insists on it', () => {
  expect(securityHeaders(siteUrl)).toContain('Strict-Transport-Security')
  expect(securityHeaders(new URL('http://localhost:3000'))).not.toContain('Strict-Transport-Security')
})

test('a page whose address is a secret tells it to nobody', () => {
  const headers = withoutReferrer(securityHeaders(siteUrl))
  expect(headers[headers.indexOf('Referrer-Policy') + 1]).toBe('no-referrer')
  expect(headers).not.toContain('strict-origin-when-cross-origin')
})

test('a reader’s page runs no script but our own file', () => {
  expect(readerPolicy).toContain("script-src 'self' 'inline-speculation-rules';")
  expect(readerPolicy).not.toMatch(/script-src[^;]*unsafe/u)
  expect(newsroomPolicy('n', false)).not.toMatch(/script-src[^;]*unsafe/u)
})

test('a newsroom page keeps its own scripts ready, and nobody else’s', () => {
  expect(newsroomPolicy('n', false)).toContain("worker-src 'self';")
  expect(readerPolicy).not.toContain('worker-src')
})

test('a reader’s page frames what a known provider shows, and nothing else', () => {
  const [, sources = ''] = /frame-src ([^;]*)/u.exec(readerPolicy) ?? []
  expect(sources.split(' ')).toEqual([...frameSources])
  expect(sources).not.toMatch(/[*']|data:|blob:/u)
})

test('the renderer hears the site’s own address, whatever the request said', () => {
  const forwarded = headersForRenderer(
    requestWith({
      host: 'localhost:3000',
      origin: 'http://localhost:3000',
      'x-forwarded-proto': 'http',
      cookie: 'a=b',
    }),
    { siteUrl, trustProxy: false },
  )
  expect(forwarded).toEqual({
    cookie: 'a=b',
    origin: 'https://news.example',
    host: 'news.example',
    'x-forwarded-host': 'news.example',
    'x-forwarded-proto': 'https',
    'x-client-address': 'unknown',
  })
})

test('what a reader says of their own address is believed only behind a proxy of ours, and then only what that proxy added', () => {
  const request = requestWith({ 'x-forwarded-for': '1.1.1.1, 2.2.2.2' })
  expect(clientAddress(request, true)).toBe('2.2.2.2')
  expect(clientAddress(request, false)).toBe('unknown')
})
