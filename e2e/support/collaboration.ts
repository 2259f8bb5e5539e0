import { expect, type Browser, type Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { drafts } from '@/db/schema/draft'
import { uniqueWord, beginStory, body, syncStatus } from './newsroom'
import { signedIn } from './people'

/** Two editors with a story of one of them open. */
export async function twoEditors(browser: Browser) {
  const [ann, otto] = [await signedIn(browser, 'editor', 'Ann'), await signedIn(browser, 'editor', 'Otto')]
  const address = await beginStory(ann.page, `Kite ${uniqueWord()}`)
  await otto.page.goto(address)
  for (const { page } of [ann, otto]) await expect(syncStatus(page)).toContainText('Saved')
  return { ann, otto, address, close: () => Promise.all([ann.context.close(), otto.context.close()]) }
}

/** The stored draft of the story at an address. */
export async function draftAt(address: string) {
  const [draft] = await database()
    .select()
    .from(drafts)
    .where(eq(drafts.storyId, Number(address.split('/').at(-1))))
  if (!draft) throw new Error(`There is no draft at ${address}.`)
  return { ...draft, bodyText: JSON.stringify(draft.body) }
}

/** Moves the caret to the end of the body. */
export async function caretToEnd(page: Page) {
  await body(page).click()
  await page.keyboard.press('Control+End')
}
