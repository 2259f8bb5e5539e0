import { expect, test } from 'vitest'
import { parseBody } from './body-parser'
import { mayNamePerson, unwrapLink } from './link-wrappers'

const TARGET = 'https://council.example/plan'
const CODED = encodeURIComponent(TARGET)
const safelink = (url: string) =>
  `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(url)}&data=05%7C02%7Creporter%40paper.example%7Cabc&sdata=x&reserved=0`

test.each([
  ['Outlook', safelink(TARGET), TARGET],
  ['Outlook, in capitals', `https://EUR01.SafeLinks.Protection.Outlook.com/?URL=x&url=${CODED}`, TARGET],
  ['Google', 'https://www.google.com/url?q=https://council.example/plan&sa=D', TARGET],
  ['Google in Denmark', `https://www.google.dk/url?sa=t&url=${CODED}`, TARGET],
  ['Facebook', `https://l.facebook.com/l.php?u=${CODED}%3Ffbclid%3Dabc&h=AT0`, TARGET],
  ['LinkedIn', `https://www.linkedin.com/redir/redirect?url=${CODED}&urlhash=x`, TARGET],
  ['YouTube', `https://www.youtube.com/redirect?event=video&q=${CODED}`, TARGET],
  ['Slack', `https://slack-redir.net/link?url=${CODED}`, TARGET],
  ['Proofpoint v1', `https://urldefense.proofpoint.com/v1/url?u=${CODED}&k=abc`, TARGET],
  [
    'Proofpoint v2',
    'https://urldefense.proofpoint.com/v2/url?u=https-3A__council.example_plan-3Fa-3Db&d=DwMF',
    `${TARGET}?a=b`,
  ],
  ['Proofpoint v3', 'https://urldefense.com/v3/__https://council.example/plan*a__;Iw!!abc!def$', `${TARGET}#a`],
  ['Bing', `https://www.bing.com/ck/a?!&&p=x&u=a1${btoa(TARGET).replace(/=+$/u, '')}&ntb=1`, TARGET],
  ['one inside another', safelink(`https://www.google.com/url?q=${encodeURIComponent(safelink(TARGET))}`), TARGET],
  ['an unknown service', `https://click.mailer.example/go?to=${CODED}&who=reporter%40paper.example`, TARGET],
  [
    'a newsletter’s parameters',
    `${TARGET}?page=2&mc_eid=abc&utm_source=letter&_hsenc=p2#note`,
    `${TARGET}?page=2&utm_source=letter#note`,
  ],
  ['a mail address', `${TARGET}?email=reporter%40paper.example`, TARGET],
])('a link wrapped by %s becomes its target, and names nobody', (_, wrapped, target) => {
  expect(unwrapLink(wrapped)).toBe(target)
  expect(mayNamePerson(target)).toBe(false)
})

test.each([
  '/europe/ferry-17?si=1',
  'mailto:club@kites.example',
  'tel:+123',
  'javascript:alert(1)',
  'https://kites.example/?url=https://other.example/',
  'https://www.google.com/search?q=https://kites.example',
  'https://www.facebook.com/kites?u=1',
  'https://kites.example/%zz?q=a%20b&&x',
  'https://eur01.safelinks.protection.outlook.com/?url=javascript%3Aalert(1)',
  'just words',
])('%s stays as it is', (href) => {
  expect(unwrapLink(href)).toBe(href)
})

test('a link that cannot be unwrapped is shown to the writer', () => {
  for (const href of [
    'https://eur01.safelinks.protection.outlook.com/?data=x',
    'https://paper.us1.list-manage.com/track/click?u=1&id=2&e=3',
    'https://protect-eu.mimecast.com/s/abc?domain=council.example',
    'https://council.example/plan?to=reporter%40paper.example',
  ])
    expect(mayNamePerson(unwrapLink(href)), href).toBe(true)
})

test('a stored or submitted body has the target too', () => {
  const marks = [{ type: 'link', attrs: { href: safelink(TARGET) } }]
  const body = parseBody({ content: [{ type: 'paragraph', content: [{ type: 'text', text: 'the plan', marks }] }] })
  expect(JSON.stringify(body)).toContain(`"href":"${TARGET}"`)
  expect(JSON.stringify(body)).not.toContain('paper.example')
})
