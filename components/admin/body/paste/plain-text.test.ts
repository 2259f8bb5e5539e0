import { expect, test } from 'vitest'
import { paragraphsOfText } from './plain-text'

test.each([
  [
    'a letter',
    'A line of a letter\nthat goes on here.\n\nA second paragraph.',
    [['A line of a letter', 'that goes on here.'], ['A second paragraph.']],
  ],
  ['CRLF', 'One\r\ntwo\r\n\r\nThree', [['One', 'two'], ['Three']]],
  ['CR', 'One\rtwo\r\rThree', [['One', 'two'], ['Three']]],
  ['spaces on the blank line', 'One\n \t\u00a0\u200b\nTwo', [['One'], ['Two']]],
  ['many blank lines', '\n\nOne\n\n\n\n\nTwo\n\n', [['One'], ['Two']]],
  ['no blank line', 'One\nTwo\nThree\n', [['One'], ['Two'], ['Three']]],
  ['separators of lines', 'One\u2028two\u2029\u2029Three', [['One', 'two'], ['Three']]],
  ['a form feed of a PDF', 'One\ntwo\n\n\fThree', [['One', 'two'], ['Three']]],
  ['nothing', ' \n \n', []],
  [
    'an address of a mail program',
    'See https://www.google.com/url?q=https://council.example/plan&sa=D.',
    [['See https://council.example/plan.']],
  ],
])('of plain text with %s, blank lines end paragraphs', (_, text, paragraphs) => {
  expect(paragraphsOfText(text)).toEqual(paragraphs)
})
