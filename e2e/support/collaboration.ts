import { expect, type Browser, type Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { drafts } from '@/db/schema/draft'
import { uniqueWord, beginStory, body, syncStatus } from './newsroom'
import { signedIn } from './people'

/** Two editors in the story of one of them. */
export async function twoEditors(browser: Browser) {
  const [ann, otto] = [await signedIn(browser, 'editor', 'Ann'), await signedIn(browser, 'editor', 'Otto')]
  const address = await beginStory(ann.page, `Kite ${uniqueWord()}`)
  await otto.page.goto(address)
  for (const { page } of [ann, otto]) await expect(syncStatus(page)).toContainText('Saved')
  return { ann, otto, address, close: () => Promise.all([ann.context.close(), otto.context.close()]) }
}

/** What the newsroom keeps of the story at an address. */
export async function draftAt(address: string) {
  const [draft] = await database()
    .select()
    .from(drafts)
    .where(eq(drafts.storyId, Number(address.split('/').at(-1))))
  if (!draft) throw new Error(`There is no draft at ${address}.`)
  return { ...draft, bodyText: JSON.stringify(draft.body) }
}

/** Puts the caret to the end of the body's last line, as a click would. */
export async function caretToEnd(page: Page) {
  await body(page).click()
  await page.keyboard.press('Control+End')
}
