import { expect, test } from 'vitest'
import { wholeAddress } from './link-address'

test.each([
  ['harbour.example/tides', 'https://harbour.example/tides'],
  [' harbour.example ', 'https://harbour.example'],
  ['harbour.example:8080/x', 'https://harbour.example:8080/x'],
  ['rae@harbour.example', 'mailto:rae@harbour.example'],
  ['https://harbour.example', 'https://harbour.example'],
  ['/europe/kite-17', '/europe/kite-17'],
  ['tel:+123', 'tel:+123'],
  ['javascript:alert(1)', 'javascript:alert(1)'],
  ['just words', 'just words'],
])('%s is meant as %s', (typed, meant) => {
  expect(wholeAddress(typed)).toBe(meant)
})
