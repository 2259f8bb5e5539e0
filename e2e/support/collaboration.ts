import { expect, type Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { drafts } from '@/db/schema/draft'
import { uniqueWord, beginStory, body, syncStatus } from './newsroom'
import type { Visit } from './people'

/** Two people open a new story of the first. @returns its address */
export async function openTogether(owner: Visit, other: Visit): Promise<string> {
  const address = await beginStory(owner.page, `Kite ${uniqueWord()}`)
  await other.page.goto(address)
  for (const { page } of [owner, other]) await expect(syncStatus(page)).toContainText('Saved')
  return address
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

export async function typeAtEnd(page: Page, text: string) {
  await caretToEnd(page)
  await page.keyboard.type(text)
}
