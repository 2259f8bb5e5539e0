import { fromBase64, toBase64 } from 'lib0/buffer'
import * as Y from 'yjs'
import { documentFromState, sharedTypes } from '@/domain/collaboration/document/story-document'
import { fromWire, PROTOCOL_VERSION, withProtocolVersion, type SyncResponse } from '@/domain/collaboration/protocol'
import { routes } from '@/lib/routes'
import { body, field, publishStory, syncStatus, uniqueWord } from './support/newsroom'
import { instanceUrl, signIn } from './support/people'
import { expect, test, type Page } from './support/test'

/** All bytes and texts that this origin has stored, as Latin-1. */
const storedText = (page: Page) =>
  page.evaluate(async () => {
    const resultOf = <Result>(request: IDBRequest<Result>) =>
      new Promise<Result>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(new Error(request.error?.message))
      })
    const latin1 = (value: unknown): string =>
      value instanceof Uint8Array
        ? Array.from(value, (byte) => String.fromCharCode(byte)).join('')
        : (JSON.stringify(value) ?? '')
    const texts = [
      ...Object.entries(localStorage).flatMap(([name, value]) => [name, value, tryAtob(value)]),
      ...Object.values(sessionStorage),
    ]
    function tryAtob(value: string) {
      try {
        return atob(value)
      } catch {
        return ''
      }
    }
    const names = (await indexedDB.databases()).flatMap(({ name }) => name ?? [])
    for (const name of names) {
      const db = await resultOf(indexedDB.open(name))
      for (const store of db.objectStoreNames)
        texts.push(...(await resultOf(db.transaction(store).objectStore(store).getAll())).map(latin1))
      db.close()
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) texts.push(request.url)
    }
    return { names, text: texts.join('\n') }
  })

test('after signing out nobody reads on this device what was typed, and it is its writer’s again', async ({ ann }) => {
  const { page, context } = ann
  const word = uniqueWord()
  const address = await publishStory(page, `Kite ${uniqueWord()}`, 'It sang.')
  const otherTab = await context.newPage()
  await otherTab.goto(address)
  await expect(syncStatus(otherTab)).toContainText('Saved')
  await body(otherTab).click()
  await context.route(/\/words/u, (route) => route.abort())
  await otherTab.keyboard.type(`Said${word} over the harbour `)
  await expect(syncStatus(otherTab)).toContainText('this device')
  expect((await storedText(otherTab)).names.length).toBeGreaterThan(0)

  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in/u)
  // The other tab is covered, and says why.
  await expect(otherTab.getByRole('alert').filter({ hasText: 'You signed out in another tab' })).toBeVisible()
  await expect(body(otherTab)).toBeHidden()
  await otherTab.goto(instanceUrl() + routes.signIn)
  const stored = await storedText(otherTab)
  expect(stored.names.length).toBeGreaterThan(0)
  expect(stored.text).not.toContain(word)
  expect(stored.text).not.toContain('harbour')
  await page.goBack()
  await expect(page.getByLabel('Password')).toBeVisible()
  expect(await page.content()).not.toContain('Sign out</button>')
  await otherTab.goBack()
  await expect(otherTab.getByLabel('Password')).toBeVisible()

  await context.unrouteAll({ behavior: 'ignoreErrors' })
  await signIn(page, ann.person)
  await page.goto(address)
  await expect(body(page)).toContainText(`Said${word} over the harbour`)
  await expect(syncStatus(page)).toContainText('Saved')
})

test('another person on the same device neither sees nor sends what was typed, and the page stays covered', async ({
  ann,
  otto,
}) => {
  const { page, context } = ann
  const word = uniqueWord()
  const address = await publishStory(page, `Kite ${uniqueWord()}`, 'It sang.')
  await page.goto(address)
  await expect(syncStatus(page)).toContainText('Saved')
  await context.route(/\/words/u, (route) => route.abort())
  await field(page, 'Kicker').fill(`Said${word}`)
  await expect(syncStatus(page)).toContainText('this device')
  const second = await context.newPage()
  await second.goto(instanceUrl() + routes.admin.desk)
  await second.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'You signed out' })).toBeVisible()
  await context.unrouteAll({ behavior: 'ignoreErrors' })
  await signIn(second, otto.person)
  await second.goto(instanceUrl() + routes.signedIn)
  await expect(page.getByRole('alert').filter({ hasText: 'Somebody else is signed in' })).toBeVisible()
  const third = await context.newPage()
  await third.goto(address)
  await expect(syncStatus(third)).toContainText('Saved')
  await expect(field(third, 'Kicker')).toHaveValue('')
  expect((await storedText(third)).text).not.toContain(word)
  await third.getByRole('button', { name: 'Sign out' }).click()
  await signIn(third, ann.person)
  await third.goto(address)
  await expect(field(third, 'Kicker')).toHaveValue(`Said${word}`)
})

test('text that an earlier build stored as it was typed is taken over, and then encrypted', async ({ ann }) => {
  const { page, context } = ann
  const word = uniqueWord()
  const address = await publishStory(page, `Kite ${uniqueWord()}`, 'It sang.')
  await page.goto(address)
  await expect(syncStatus(page)).toContainText('Saved')
  const words = withProtocolVersion(`${address}/words`)
  const opened = fromWire(await (await context.request.get(words)).json()) as SyncResponse
  const update = toBase64(kickerUpdate(opened.missing, `Said${word}`))
  await page.goto(instanceUrl() + routes.signIn)
  await page.evaluate(
    async ({ update, lineage, version }) => {
      const [sealed = ''] = (await indexedDB.databases()).flatMap(({ name }) => (name?.includes(lineage) ? [name] : []))
      const bytes = Uint8Array.from(atob(update), (sign) => sign.charCodeAt(0))
      await new Promise<void>((resolve, reject) => {
        const request = indexedDB.open(sealed.replace(/, \d+, sealed$/u, `, ${version}`))
        request.onupgradeneeded = () => {
          request.result.createObjectStore('updates', { autoIncrement: true })
          request.result.createObjectStore('custom')
        }
        request.onsuccess = () => {
          const transaction = request.result.transaction('updates', 'readwrite')
          transaction.objectStore('updates').add(bytes)
          transaction.oncomplete = () => {
            request.result.close()
            resolve()
          }
        }
        request.onerror = () => reject(new Error(request.error?.message))
      })
    },
    { update, lineage: opened.lineage, version: PROTOCOL_VERSION },
  )
  expect((await storedText(page)).text).toContain(word)
  await page.goto(address)
  await expect(field(page, 'Kicker')).toHaveValue(`Said${word}`)
  await expect(syncStatus(page)).toContainText('Saved')
  await expect.poll(async () => (await storedText(page)).text).not.toContain(word)
  await page.reload()
  await expect(field(page, 'Kicker')).toHaveValue(`Said${word}`)
})

function kickerUpdate(state: string, words: string): Uint8Array {
  const document = documentFromState(fromBase64(state))
  const vector = Y.encodeStateVector(document)
  sharedTypes.text(document, 'kicker').insert(0, words)
  return Y.encodeStateAsUpdate(document, vector)
}
