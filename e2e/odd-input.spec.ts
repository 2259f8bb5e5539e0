import http from 'node:http'
import { gzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'
import { fromBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { documentFromState, sharedTypes } from '@/domain/collaboration/document/story-document'
import { encodeSyncRequest, fromWire, type SyncResponse, withProtocolVersion } from '@/domain/collaboration/protocol'
import { newsroomAddresses, readerPaths } from '@/lib/addresses'
import { routes } from '@/lib/routes'
import { createPerson, instanceUrl, sessionCookieOf } from './support/people'
import { builtActions } from './support/rights/app-inventory'
import { useOwnInstance } from './support/start-instances'

// Without a browser there is nothing to trace.
test.use({ trace: 'off' })
test.describe.configure({ mode: 'serial' })

let leave: () => Promise<void>
let cookie: string
let storyAddress: string

test.beforeAll(async () => {
  leave = await useOwnInstance()
  cookie = await sessionCookieOf(await createPerson('admin'))
  storyAddress = await anyStory()
})

test.afterAll(async () => leave())

/** Parts of a path as they are sent. */
const oddSegments = [
  ...[
    '%7F',
    '%00',
    '%0A',
    '%0D%0A',
    '%20',
    '%22',
    '%25',
    '%2F',
    '%5C',
    '%2e%2e%2f',
    '..%2f..%2f',
    '%FF',
    '%ED%A0%80',
    '%C0%AF',
  ],
  ...[
    '%E6%B5%B7',
    '%C3%A9',
    '%F0%9F%8E%89',
    '%EF%BC%8F',
    '%E2%80%AE',
    '%CC%81%CC%A3',
    '__proto__',
    'constructor',
    '[x]',
    '(x)',
    '@x',
  ],
  ...[
    '-',
    '.',
    '..',
    '~',
    '*',
    "'",
    '$1',
    '${x}',
    ';a=b',
    'a:b',
    '1e9',
    '-1',
    '0',
    '9'.repeat(30),
    'a'.repeat(3000),
    '%F0%9F%8E%89'.repeat(200),
  ],
]
const oddQueries = oddSegments.flatMap((value) => [
  `?before=${value}`,
  `?q=${value}`,
  `?next=${value}&next=${value}`,
  `?${value}`,
])

const parameter = /:\w+/gu
const adminPages = ['/admin', '/admin/history', '/admin/schedule', '/admin/people', '/admin/settings', '/admin/search']
const pages = [
  ...readerPaths.map(({ path }) => path),
  ...Object.values(newsroomAddresses).map(({ path }) => path),
  ...[
    '/sign-in/done',
    '/_next/data/x.json',
    '/_next/image?url=x',
    '/_next/static/x',
    '/healthz',
    '/readyz',
    '/metrics',
    '/api/auth/session',
  ],
  ...adminPages,
  ...[
    '/setup/:token',
    '/welcome/:token',
    '/preview/:token',
    '/api/:x',
    '/api/auth/:x',
    '/admin/:x',
    '/admin/stories/:id',
    '/admin/stories/:id/words',
  ],
  ...['/admin/stories/:id/versions/compare', '/admin/stories/:id/history/file', '/admin/history/file', '/_next/:x'],
]

test('no address, however odd, is answered with 5xx', async () => {
  const addresses = pages.flatMap((path) =>
    path.includes(':')
      ? oddSegments.map((segment) => path.replace(parameter, () => segment))
      : [path, ...oddSegments.map((segment) => `${path === '/' ? '' : path}/${segment}`)],
  )
  const withQueries = [
    '/',
    '/latest',
    '/search',
    '/headlines',
    '/asia',
    '/sign-in',
    '/admin',
    '/admin/history',
    '/admin/schedule',
  ]
  addresses.push(...withQueries.flatMap((path) => oddQueries.map((query) => path + query)))
  const random = pseudoRandom(1)
  const some = [...new Set(addresses)].filter(() => random() < 0.15)
  await expectNoFailure(some.map((path) => ({ path, headers: { cookie } })))
})

test('no header, however odd, is answered with 5xx', async () => {
  const values = [
    '',
    ' ',
    'x',
    '"',
    '*',
    ',',
    ';',
    '=',
    'é',
    '\u00ff',
    '1'.repeat(4000),
    '%00',
    '[]',
    '{}',
    'null',
    'bytes=0-',
    'bytes=9-1',
    'W/"',
    '__proto__',
  ]
  const names = [
    ...[
      'accept',
      'accept-encoding',
      'accept-language',
      'if-none-match',
      'if-modified-since',
      'range',
      'cookie',
      'referer',
      'origin',
      'user-agent',
    ],
    ...[
      'rsc',
      'next-router-state-tree',
      'next-router-prefetch',
      'next-router-segment-prefetch',
      'next-url',
      'next-action',
      'x-forwarded-for',
      'forwarded',
    ],
    ...[
      'x-requested-with',
      'sec-fetch-site',
      'traceparent',
      'content-type',
      'last-event-id',
      'authorization',
      'x-nextjs-data',
      'purpose',
      'cache-control',
    ],
  ]
  const requests = ['/', '/search?q=kite', '/sign-in', '/admin', `${storyAddress}/words`].flatMap((path) =>
    names.flatMap((name) => values.map((value) => ({ path, headers: { cookie, [name]: value } }))),
  )
  const random = pseudoRandom(2)
  await expectNoFailure(requests.filter(() => random() < 0.2))
})

test('no form or message, however malformed, is answered with 5xx', async () => {
  const targets = [
    '/sign-in',
    routes.setup('x'.repeat(43)),
    routes.welcome('x'.repeat(43)),
    '/admin',
    '/admin/settings',
    storyAddress,
  ]
  targets.push(
    `${storyAddress}/words`,
    `${storyAddress}/words/presence`,
    '/api/auth/signout',
    '/api/auth/callback/credentials',
    '/api/auth/_log',
    // Last: it ends the session.
    '/sign-out',
  )
  const ids = [...Object.values(builtActions()), '0'.repeat(42), 'x', '__proto__']
  const random = pseudoRandom(20261201)
  const requests = targets.flatMap((path) =>
    [...bodies(ids, random), ...mutations(ids, random, 25)].map(({ headers, body }) => ({
      path,
      method: 'POST',
      headers: { cookie, origin: instanceUrl(), 'sec-fetch-site': 'same-origin', ...headers },
      body,
    })),
  )
  await expectNoFailure(requests)
})

test('an update that would take long to merge is refused, and the newsroom goes on', async () => {
  // Another test ends the session of the first.
  const headers = { cookie: await sessionCookieOf(await createPerson('admin')) }
  const wordsAddress = `${instanceUrl()}${withProtocolVersion(`${storyAddress}/words`)}`
  const opened = fromWire(await (await fetch(wordsAddress, { headers })).json()) as SyncResponse
  const sendFrom = (client: number) =>
    fetch(`${wordsAddress}&lineage=${opened.lineage}`, {
      method: 'POST',
      headers: { ...headers, origin: instanceUrl() },
      body: encodeSyncRequest(lettersBackwards(opened.missing, client)),
    })
  expect((await sendFrom(10)).status).toBe(200)
  const [conflicting, desk] = await Promise.all([sendFrom(20), fetch(`${instanceUrl()}/admin`, { headers })])
  expect([conflicting.status, await conflicting.text(), desk.status]).toEqual([
    422,
    expect.stringContaining('too much to be merged'),
    200,
  ])
})

type OddRequest = { path: string; method?: string; headers?: Record<string, string>; body?: Buffer }

/** Sends the requests, eight at a time, and lists those that were answered with 5xx or not at all. */
async function expectNoFailure(requests: OddRequest[]) {
  const failures: string[] = []
  const waiting = requests.entries()
  const sendInTurn = async () => {
    for (const [, request] of waiting) {
      const status = await statusOf(request)
      if (typeof status === 'number' ? status >= 500 : true) failures.push(`${status} ${describeRequest(request)}`)
    }
  }
  await Promise.all(Array.from({ length: 8 }, sendInTurn))
  expect(failures, `of ${requests.length}`).toEqual([])
}

const describeRequest = ({ method = 'GET', path, headers = {}, body }: OddRequest) => {
  const { cookie: _cookie, origin: _origin, 'sec-fetch-site': _site, ...others } = headers
  return `${method} ${path.slice(0, 150)} ${JSON.stringify(others).slice(0, 200)} ${body?.toString('latin1').slice(0, 300) ?? ''}`
}

function statusOf({ path, method = 'GET', headers, body }: OddRequest): Promise<number | string> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(instanceUrl())
    let request: http.ClientRequest
    try {
      request = http.request({ hostname, port, path, method, headers, agent })
    } catch {
      // Node does not send it at all.
      return resolve(0)
    }
    request.once('response', (response) => {
      resolve(response.statusCode ?? 0)
      if (response.headers['content-type']?.startsWith('text/event-stream')) response.destroy()
      else response.resume()
    })
    request.once('error', (error) => resolve(String(error)))
    request.setTimeout(30_000, () => request.destroy(new Error('no answer in 30 s')))
    request.end(body)
  })
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 16 })

/** 9,000 letters, each before the one before: with those of another client each is compared with all. */
function lettersBackwards(state: string, client: number) {
  const document = documentFromState(fromBase64(state))
  const vector = Y.encodeStateVector(document)
  document.clientID = client
  const text = sharedTypes.text(document, 'standfirst')
  for (let at = 0; at < 9000; at += 1) text.insert(0, 'a')
  return { vector, update: Y.encodeStateAsUpdate(document, vector) }
}

type OddBody = { headers: Record<string, string>; body: Buffer }

const multipart = (boundary: string, parts: string[], end = `--${boundary}--\r\n`) =>
  Buffer.from(parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('') + end)
const part = (name: string, value: string) => `content-disposition: form-data; name="${name}"\r\n\r\n${value}`

/** Bodies that a browser would not send. */
function bodies(ids: string[], random: () => number): OddBody[] {
  const id = ids[Math.floor(random() * ids.length)] ?? ''
  const fields = [part(`$ACTION_ID_${id}`, ''), part('email', 'a'), part('password', 'b')]
  const bound = [
    part('$ACTION_REF_1', ''),
    part('$ACTION_1:0', `{"id":"${id}","bound":"$@1"}`),
    part('$ACTION_1:1', '[{"status":"idle"}]'),
  ]
  const types = [
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary="',
    'multipart/form-data; boundary=y',
  ]
  const texts = [
    '',
    '[]',
    '["$K1"]',
    '{"a":1}',
    '[null]',
    '["$undefined"]',
    '"$1"',
    '["$@1"]',
    '["$Q1"]',
    '["$W1"]',
    '["$i1"]',
    '["$B1"]',
    '[{"__proto__":1}]',
    '['.repeat(5000),
  ]
  const plain = (type: string, body: Buffer, more: Record<string, string> = {}) => ({
    headers: { 'content-type': type, ...more },
    body,
  })
  return [
    ...types.map((type) => plain(type, multipart('x', fields))),
    plain('multipart/form-data; boundary=x', multipart('x', fields, '')),
    plain('multipart/form-data; boundary=x', multipart('x', [])),
    plain('multipart/form-data; boundary=x', Buffer.alloc(0)),
    plain(
      'multipart/form-data; boundary=x',
      multipart('x', [...fields, part('__proto__', 'x'), part('toString', 'x'), part('', 'x')]),
    ),
    plain('multipart/form-data; boundary=x', multipart('x', [part('a', 'x'.repeat(1_100_000))])),
    plain('multipart/form-data; boundary=x', multipart('x', bound)),
    plain('multipart/form-data; boundary=x', multipart('x', bound.slice(0, 2))),
    plain('multipart/form-data; boundary=x', multipart('x', bound.slice(0, 1))),
    plain('multipart/form-data; boundary=x', multipart('x', [part('$ACTION_ID_', '')])),
    plain('multipart/form-data; boundary=x', multipart('x', [part('$ACTION_KEY', 'k'), ...bound])),
    plain('application/x-www-form-urlencoded', Buffer.from(`$ACTION_ID_${id}=&%=%&%FF=%ED%A0%80`)),
    plain('application/x-www-form-urlencoded', Buffer.from('callbackUrl=%5C%5Cevil.example&csrfToken=x')),
    plain('application/json', Buffer.from('{"callbackUrl":"\\\\\\\\evil"')),
    plain('application/octet-stream', Buffer.from([0, 0, 0, 200, 1, 2, 3, 255, 255])),
    plain('multipart/form-data; boundary=x', gzipSync(Buffer.alloc(20_000_000)), { 'content-encoding': 'gzip' }),
    plain('multipart/form-data; boundary=x', gzipSync(multipart('x', fields)), { 'content-encoding': 'gzip' }),
    plain('text/plain', Buffer.from('[]'), { 'content-encoding': 'br' }),
    ...texts.map((text) => plain('text/plain;charset=UTF-8', Buffer.from(text), { 'next-action': id })),
    ...texts.map((text) =>
      plain('multipart/form-data; boundary=x', multipart('x', [part('0', text)]), { 'next-action': id }),
    ),
    plain(
      'multipart/form-data; boundary=x',
      multipart('x', [part('1_email', 'a'), part('0', '["$undefined","$K1"]')]),
      { 'next-action': id },
    ),
    plain('multipart/form-data; boundary=y', multipart('x', [part('0', '[]')]), { 'next-action': id }),
  ]
}

/** Proper messages with a few bytes changed, cut or repeated. */
function mutations(ids: string[], random: () => number, count: number): OddBody[] {
  const below = (limit: number) => Math.floor(random() * limit)
  return Array.from({ length: count }, () => {
    const id = ids[below(ids.length)] ?? ''
    const state = '{"status":"idle"}'
    const message = multipart('x', [
      part('1_headline', 'Kite'),
      part('1_seenVersion', '1'),
      part('0', `[${state},"$K1"]`),
    ])
    const form = multipart('x', [
      part('$ACTION_REF_1', ''),
      part('$ACTION_1:0', `{"id":"${id}","bound":"$@1"}`),
      part('$ACTION_1:1', `[${state}]`),
      part('$ACTION_KEY', 'k'),
      part('headline', 'Kite'),
    ])
    const isMessage = random() < 0.5
    let body = isMessage ? message : form
    for (let times = 1 + below(4); times > 0; times -= 1) {
      const at = below(body.length)
      const change = below(4)
      if (change === 0) body = body.subarray(0, at)
      else if (change === 1)
        body = Buffer.concat([body.subarray(0, at), Buffer.from([below(256)]), body.subarray(at + 1)])
      else if (change === 2)
        body = Buffer.concat([body.subarray(0, at), body.subarray(Math.min(at + below(20), body.length))])
      else body = Buffer.concat([body.subarray(0, at), body.subarray(Math.max(0, at - below(40)))])
    }
    const type = { 'content-type': 'multipart/form-data; boundary=x' }
    return { headers: isMessage ? { ...type, 'next-action': id } : type, body }
  })
}

/** Mulberry32: the same requests in every run. */
function pseudoRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

async function anyStory(): Promise<string> {
  const { startStory } = await import('@/domain/story/drafting')
  const { commandLineActor } = await import('@/domain/user/user')
  const started = await startStory(commandLineActor, { headline: 'Kite', sectionId: '' })
  if (!started.ok) throw new Error(JSON.stringify(started.refusal))
  return routes.admin.story(started.value.id)
}
