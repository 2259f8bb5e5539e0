import { beginStory, beginStoryByForm, beginSyncedStory, body, syncStatus, uniqueWord } from './support/newsroom'
import { createPerson, instanceUrl, signIn } from './support/people'
import { expect, test, type Page } from './support/test'

test.use({ serviceWorkers: 'allow' })

const CACHE = 'newsroom-scripts'

/** The newsroom scripts in this browser's cache, by address; none before all are cached. */
const cachedScripts = (page: Page): Promise<string[]> =>
  page.evaluate(async (name) => {
    const registration = await navigator.serviceWorker.getRegistration('/admin')
    if (!registration?.active) return []
    const requests = await (await caches.open(name)).keys()
    return requests.map(({ url }) => new URL(url).pathname)
  }, CACHE)

/** The scripts of a page for modern browsers. */
async function scriptsOf(page: Page): Promise<string[]> {
  const html = await (await page.request.get(page.url())).text()
  return [...html.matchAll(/<script src="([^"]+)"(?![^>]*noModule)/gu)].flatMap(([, source]) => source ?? [])
}

/** Opens the sign-in page until everything is cached. */
async function lookAtSignIn(page: Page) {
  await page.goto(`${instanceUrl()}/sign-in`)
  await expect.poll(() => cachedScripts(page), { timeout: 30_000 }).not.toEqual([])
}

const writes = async (page: Page) => {
  await expect(body(page)).toBeEditable()
  await body(page).pressSequentially('It sang over the harbour.')
  await expect(syncStatus(page)).toContainText('Saved')
}

test('before sign-in the browser has cached every script of a story, and opens it with them', async ({ page }) => {
  const person = await createPerson('editor')
  await lookAtSignIn(page)
  // Each cached script then marks that it ran from the cache.
  await page.evaluate(async (name) => {
    const cache = await caches.open(name)
    for (const request of await cache.keys()) {
      const script = await (await cache.match(request))?.text()
      const marked = `(globalThis.ranFromCache ??= []).push(${JSON.stringify(new URL(request.url).pathname)});${script}`
      await cache.put(request, new Response(marked, { headers: { 'content-type': 'text/javascript' } }))
    }
  }, CACHE)
  await signIn(page, person)
  // A full page load: after a client navigation the page has the scripts of both.
  await page.goto(await beginStoryByForm(page, `Kite ${uniqueWord()}`))
  const ran = await page.evaluate(() => (globalThis as unknown as { ranFromCache: string[] }).ranFromCache)
  expect(ran.toSorted()).toEqual((await scriptsOf(page)).toSorted())
  await writes(page)

  // Half of the cache is deleted.
  await page.evaluate(async ([name, script]) => void (await (await caches.open(name)).delete(script)), [
    CACHE,
    ran[0] ?? '',
  ] as const)
  await page.reload()
  const ranNow = await page.evaluate(() => (globalThis as unknown as { ranFromCache: string[] }).ranFromCache)
  expect(ranNow).toHaveLength(ran.length - 1)
  await writes(page)
})

test('a new build replaces the cache', async ({ edith: { page } }) => {
  await lookAtSignIn(page)
  const before = await cachedScripts(page)
  await page.evaluate(
    async ([name, changed]) => {
      const cache = await caches.open(name)
      await cache.put('/_next/static/chunks/of-an-earlier-build.js', new Response('1'))
      await cache.put(changed, new Response('put there by somebody'))
      await (await navigator.serviceWorker.getRegistration('/admin'))?.unregister()
    },
    [CACHE, before[0] ?? ''] as const,
  )
  await page.reload()
  await expect.poll(() => cachedScripts(page), { timeout: 30_000 }).toEqual(before)
  const first = await page.evaluate(async ([name, script]) => (await (await caches.open(name)).match(script))?.text(), [
    CACHE,
    before[0] ?? '',
  ] as const)
  expect(first).toBe(await (await page.request.get(`${instanceUrl()}${before[0]}`)).text())
})

test('a page that learns of a new build has its scripts cached before it is reloaded', async ({ edith: { page } }) => {
  await lookAtSignIn(page)
  const address = await beginSyncedStory(page, `Kite ${uniqueWord()}`)
  // The browser checks for a new worker by itself, without an event.
  await page.evaluate(() => {
    const looked = Object.assign(globalThis, { looked: 0 })
    const { update } = ServiceWorkerRegistration.prototype
    ServiceWorkerRegistration.prototype.update = function look() {
      looked.looked += 1
      return update.call(this)
    }
  })
  await page.route(`${address}/words?**`, async (route) => {
    const fetched = await route.fetch()
    await route.fulfill({ response: fetched, headers: { ...fetched.headers(), 'x-build': 'the-next-build' } })
  })
  await writes(page)
  await expect(page.getByRole('button', { name: 'Load the page again' })).toBeVisible()
  expect(await page.evaluate(() => (globalThis as unknown as { looked: number }).looked)).toBe(1)
  await page.unrouteAll({ behavior: 'ignoreErrors' })
})

test('a script with other bytes than built is not cached, and nothing else of that build', async ({
  edith: { page, context },
}) => {
  let changed = 0
  await context.route('**/_next/static/chunks/*.js', async (route) => {
    if (route.request().serviceWorker() === null) return route.continue()
    changed += 1
    await route.fulfill({ contentType: 'text/javascript', body: 'globalThis.changedOnItsWay = true' })
  })
  await page.goto(`${instanceUrl()}/sign-in`)
  await expect.poll(() => changed, { timeout: 30_000 }).toBeGreaterThan(0)
  await beginStory(page, `Kite ${uniqueWord()}`)
  expect(await cachedScripts(page)).toEqual([])
  expect(await page.evaluate(() => 'changedOnItsWay' in globalThis)).toBe(false)
  await writes(page)
})
