import { expect, test } from 'vitest'
import { ipAddressOf, networkOf } from './network'

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['203.0.113.7:51111', '203.0.113.7'],
  [' "203.0.113.7:51111" ', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['[::ffff:203.0.113.7]:443', '203.0.113.7'],
  ['::FFFF:cb00:7107', '203.0.113.7'],
  ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
  ['64:ff9b::cb00:7107', '203.0.113.7'],
  ['2001:db8:0:1::7', '2001:db8:0:1::/64'],
  ['2001:DB8:0000:0001:abcd:0:0:9', '2001:db8:0:1::/64'],
  ['[2001:db8:0:1::9]', '2001:db8:0:1::/64'],
  ['[2001:db8:0:1:1:2:3:4]:51111', '2001:db8:0:1::/64'],
  ['2001:db8:0:1:1:2:3:4:51111', '2001:db8:0:1::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('%s is of the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

test('whatever is no address is of one network, not of a new one each time', () => {
  for (const odd of ['', 'unknown', '_hidden', '203.0.113', '203.0.113.7.9', '1.2.3.4:port', '[::1', 'a b', '999.1.1.1', 'x'.repeat(9000)])
    expect([odd.slice(0, 20), ipAddressOf(odd), networkOf(odd)]).toEqual([odd.slice(0, 20), null, 'unknown'])
}) // prettier-ignore

test('neighbours of a /64 are one network, and others are not', () => {
  expect(networkOf('2001:db8:0:1:ffff:ffff:ffff:ffff')).toBe(networkOf('2001:db8:0:1::'))
  expect(networkOf('2001:db8:0:2::')).not.toBe(networkOf('2001:db8:0:1::'))
})
