import { expect, test } from 'vitest'
import { errorPage, newsroomUnavailable } from './error-page'

test('every error page has a title and a link, and needs no other resource', () => {
  for (const status of [400, 403, 404, 405, 413, 414, 421, 500, 503]) {
    const page = errorPage(status)
    expect(page).toMatch(/<title>[^<]{5,}<\/title>/u)
    expect(page).toContain('<a href="/">Front page</a>')
    expect(page).toContain('<html lang="en">')
    expect(page).not.toMatch(/<script|src=|@import|url\(/u)
    expect(page.length).toBeLessThan(2000)
  }
})

test('the newsroom’s says that the text is safe', () => {
  expect(errorPage(503, newsroomUnavailable)).toContain('Your text is safe on this device')
})
