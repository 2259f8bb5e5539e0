import { expect, test } from 'vitest'
import { bestEncoding } from './encodings'

test('the smallest encoding that the client allows', () => {
  for (const [accepted, encoding] of [
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip;q=1.0, br;q=0.1', 'br'],
    ['gzip, br;q=0', 'gzip'],
    ['GZIP', 'gzip'],
    ['br;q=0, gzip;q=0.000', 'identity'],
    ['*', 'br'],
    ['*;q=0', 'identity'],
    ['identity', 'identity'],
    ['br;q=nonsense', 'identity'],
    ['deflate', 'identity'],
  ] as const)
    expect([accepted, bestEncoding(accepted)]).toEqual([accepted, encoding])
})
