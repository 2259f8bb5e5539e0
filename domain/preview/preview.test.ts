import { expect, test } from 'vitest'
import { agentFamilyOf, isActive, type PreviewLink } from './preview'

test.for([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox'],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0', 'Edge'],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36', 'Chrome'],
  ['Mozilla/5.0 (iPhone) AppleWebKit/605.1 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1', 'Safari'],
  ['Mozilla/5.0 (compatible; MailScanner/1.0) Chrome/100', 'a robot'],
  ['', 'another program'],
  ['\u0000<script>'.repeat(100_000), 'another program'],
])('%s has one agent family', ([agent, family]) => {
  expect(agentFamilyOf(agent ?? '')).toBe(family)
})

test('a link is active until it expires or is revoked', () => {
  const now = new Date('2030-01-02T00:00:00Z')
  const link = { expiresAt: new Date('2030-01-03T00:00:00Z'), revokedAt: null } as PreviewLink
  expect(isActive(link, now)).toBe(true)
  expect(isActive({ ...link, expiresAt: now }, now)).toBe(false)
  expect(isActive({ ...link, revokedAt: now }, now)).toBe(false)
})
