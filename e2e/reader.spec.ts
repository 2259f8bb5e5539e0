import { get } from 'node:http'
import { expect, test, type Page } from '@playwright/test'
import { expectGoodAtEveryWidth, expectNoSidewaysScroll } from './support/accessibility'
import { seededInstanceUrl } from './support/people'

const lead = 'Russia is pushing for a new round of talks with the United States this autumn'

async function openLead(page: Page) {
  await page.goto(seededInstanceUrl())
  await page.getByRole('article', { name: lead }).getByRole('link', { name: lead, exact: true }).click()
}

/** Size of the brotli response body, in bytes. */
function bytesOnTheWay(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(address, { headers: { 'accept-encoding': 'br' } }, async (answer) => {
      let length = 0
      for await (const chunk of answer as AsyncIterable<Buffer>) length += chunk.length
      if (answer.headers['content-encoding'] === 'br') resolve(length)
      else reject(new Error(`${address} was not sent in brotli.`))
    }).once('error', reject)
  })
}

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled })

    test('the front page has the nameplate, the day, the lead story and sixteen headlines in the document’s order', async ({
      page,
    }) => {
      await page.goto(seededInstanceUrl())
      await expect(page.getByRole('heading', { level: 1, name: 'Broadsheet' })).toBeVisible()
      await expect(page.getByRole('article', { name: lead })).toBeVisible()
      const headlines = page.getByRole('list', { name: 'Latest headlines' }).getByRole('heading')
      await expect(headlines).toHaveCount(16)
      await expect(headlines.first()).toHaveText(
        'U.S. Special Forces Intercept Ship Carrying Military Components Bound for Iran',
      )
      await expect(headlines.last()).toHaveText(
        'Russian Drone Attack Hits Turkish Cargo Ship Carrying Sunflower Oil to Egypt, Ukraine Says',
      )
      await expect(page.getByRole('navigation', { name: 'Sections' }).getByRole('link')).toHaveText([
        'Latest',
        'Europe',
        'Middle East',
        'Asia',
        'Americas',
        'United States',
      ])
    })

    test('the story has its six paragraphs word for word, its time, and no byline', async ({ page }) => {
      await openLead(page)
      const story = page.getByRole('article')
      await expect(story.getByRole('heading', { level: 1, name: lead })).toBeVisible()
      await expect(story.locator('.story-body > p')).toHaveCount(6)
      await expect(story).toContainText(
        '“The primary reason was that we did not want such a meeting to be without tangible progress,” he said',
      )
      await expect(story.getByText(/^By /u)).toHaveCount(0)
      await expect(story.getByRole('time').first()).toHaveAttribute('datetime', /^\d{4}-\d\d-\d\dT/u)
      await expect(page.getByRole('link', { name: 'E-mail' })).toHaveAttribute('href', /^mailto:\?subject=Russia/u)
    })

    test('a headline without a body is in the list, and its address redirects there', async ({ page }) => {
      await page.goto(`${seededInstanceUrl()}/headlines`)
      const item = page
        .getByRole('list', { name: 'All headlines' })
        .getByRole('listitem')
        .filter({ hasText: 'Belarus Pledges' })
      const anchor = (await item.getAttribute('id')) ?? ''
      expect(anchor).toMatch(/^headline-\d+$/u)
      const answer = await page.request.get(
        `${seededInstanceUrl()}/europe/anything-${anchor.slice('headline-'.length)}`,
        {
          maxRedirects: 0,
        },
      )
      expect(answer.status()).toBe(302)
      expect(answer.headers().location).toBe(`/headlines#${anchor}`)
    })

    test('another slug or section redirects permanently to the present address', async ({ page }) => {
      await openLead(page)
      const address = new URL(page.url()).pathname
      const id = address.split('-').at(-1) ?? ''
      for (const stale of [`/asia/old-words-${id}`, `/europe/x-${id}`]) {
        const answer = await page.request.get(seededInstanceUrl() + stale, { maxRedirects: 0 })
        expect([answer.status(), answer.headers().location]).toEqual([301, address])
      }
    })

    test('a missing page says so with links, and malformed requests get a clear response', async ({ page }) => {
      const nowhere = [
        '/nowhere',
        '/europe/nothing-999999',
        '/europe/no-number',
        '/a/b/c/d',
        '/europe/x-99999999999999999999',
      ]
      for (const address of nowhere) {
        const answer = await page.goto(seededInstanceUrl() + address)
        expect(answer?.status(), address).toBe(404)
        await expect(page.getByRole('heading', { level: 1, name: 'We could not find that page' })).toBeVisible()
        await expect(page.getByRole('main').getByRole('link', { name: 'The front page' })).toBeVisible()
      }
      for (const address of ['/%E0%A4%A', '/europe/%', '/x%00y'])
        expect((await page.request.get(seededInstanceUrl() + address)).status(), address).toBe(400)
      expect((await page.request.get(`${seededInstanceUrl()}/${'x'.repeat(5000)}`)).status()).toBe(414)
      expect((await page.request.fetch(seededInstanceUrl(), { method: 'DELETE' })).status()).toBe(405)
    })

    test('a search has an address, finds stories and says when it finds none', async ({ page }) => {
      await page.goto(seededInstanceUrl())
      await page.getByRole('search').getByRole('searchbox').fill('Ryabkov talks')
      await page.getByRole('search').getByRole('button').click()
      await expect(page).toHaveURL(/\/search\?q=Ryabkov\+talks/u)
      await expect(page.getByRole('list', { name: 'Search results' }).getByRole('link', { name: lead })).toBeVisible()
      await page.goto(`${seededInstanceUrl()}/search?q=quibblefish`)
      await expect(page.getByRole('status')).toContainText('Nothing found')
    })

    test('reader documents load no framework script and one small script of their own', async ({ page }) => {
      await openLead(page)
      const document = await (await page.request.get(page.url())).text()
      expect(document).not.toMatch(/\/_next\/[^"]*\.js|__next_f|TURBOPACK|page-tags|page-status/u)
      expect(document.match(/<script\b[^>]*src="[^"]*"/gu)).toEqual(['<script src="/reader.js"'])
    })

    test('every template is accessible and never wider than its window: phone, tablet and desktop, light and dark, and with text twice as large', async ({
      page,
      javaScriptEnabled,
    }) => {
      test.setTimeout(120_000)
      await openLead(page)
      const story = page.url()
      for (const address of [
        seededInstanceUrl(),
        story,
        `${seededInstanceUrl()}/europe`,
        `${seededInstanceUrl()}/headlines`,
        `${seededInstanceUrl()}/latest`,
        `${seededInstanceUrl()}/search?q=talks`,
        `${seededInstanceUrl()}/nowhere`,
      ]) {
        await page.goto(address)
        await expectGoodAtEveryWidth(page, { script: javaScriptEnabled })
        await page.setViewportSize({ width: 360, height: 900 })
        await page.locator('html').evaluate((root) => (root.style.fontSize = '200%'))
        await expectNoSidewaysScroll(page)
      }
    })

    test('the skip link reaches the content first, and the keyboard everything in page order', async ({ page }) => {
      await page.goto(seededInstanceUrl())
      await page.keyboard.press('Tab')
      await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
      await page.keyboard.press('Tab')
      await expect(page.getByRole('link', { name: 'Broadsheet', exact: true })).toBeFocused()
    })

    test('the feeds and the sitemap are complete, name every story, and are linked from their pages', async ({
      page,
    }) => {
      const feed = await (await page.request.get(`${seededInstanceUrl()}/feed.xml`)).text()
      expect(feed.match(/<item>/gu)).toHaveLength(17)
      expect(feed.match(/<guid isPermaLink="false">tag:[^<]+,2026:story:\d+<\/guid>/gu)).toHaveLength(17)
      expect(feed).toContain('Belarus Frees 123 Political Prisoners in U.S.-Brokered Deal Over Sanctions')
      const index = await (await page.request.get(`${seededInstanceUrl()}/sitemap.xml`)).text()
      expect(index).toContain('/sitemaps/0.xml')
      const sitemap = await (await page.request.get(`${seededInstanceUrl()}/sitemaps/0.xml`)).text()
      expect(sitemap).toContain('/europe/russia-is-pushing')
      expect(await (await page.request.get(`${seededInstanceUrl()}/robots.txt`)).text()).toContain('Disallow: /admin')

      const feeds = ['/feed.xml', '/atom.xml', '/feed.json']
      for (const [list, found] of [
        ['/', feeds],
        ['/europe', ['/feed.xml', ...feeds.map((feed) => `/europe${feed}`)]],
      ] as const) {
        await page.goto(seededInstanceUrl() + list)
        const links = await page
          .locator('head link[rel=alternate]')
          .evaluateAll((all) =>
            all.map((link) => ({ href: link.getAttribute('href') ?? '', type: link.getAttribute('type') })),
          )
        expect(links.map(({ href }) => new URL(href).pathname)).toEqual(found)
        for (const { href, type } of links) {
          const answer = await page.request.get(seededInstanceUrl() + new URL(href).pathname)
          expect([answer.status(), answer.headers()['content-type']]).toEqual([200, `${type}; charset=utf-8`])
          expect(await answer.text()).toContain('/europe/russia-is-pushing')
        }
      }
    })

    test('every document is sent with its styles in one round trip, and the readers’ script is small', async ({
      page,
    }) => {
      await openLead(page)
      const documents = [
        seededInstanceUrl(),
        page.url(),
        `${seededInstanceUrl()}/europe`,
        `${seededInstanceUrl()}/headlines`,
      ]
      for (const address of documents) expect(await bytesOnTheWay(address), address).toBeLessThanOrEqual(14 * 1024)
      expect(await bytesOnTheWay(`${seededInstanceUrl()}/reader.js`)).toBeLessThanOrEqual(4 * 1024)
      expect(await page.locator('link[rel=stylesheet], script[src]:not([defer])').count()).toBe(0)
    })
  })

test('on paper the front page fills both columns of its headlines', async ({ page }) => {
  // An A4 sheet without its margins.
  await page.setViewportSize({ width: 720, height: 1000 })
  await page.emulateMedia({ media: 'print' })
  await page.goto(seededInstanceUrl())
  const headlines = page.getByRole('list', { name: 'Latest headlines' }).getByRole('listitem')
  const columns = await headlines.evaluateAll(
    (items) => new Set(items.map((item) => item.getBoundingClientRect().left)).size,
  )
  expect(columns).toBe(2)
})
