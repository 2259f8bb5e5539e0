import { eq } from 'drizzle-orm'
import { database } from '@/db/client'
import { storyPictures } from '@/db/schema/picture'
import { syncStatus } from './support/newsroom'
import { draftAt, openTogether } from './support/collaboration'
import { expect, test, type Page } from './support/test'

const picture = (page: Page) => page.locator('input[name="picture"]')

/** As a picker does it. */
const choose = (page: Page, value: string) =>
  picture(page).evaluate((input: HTMLInputElement, chosen) => {
    input.value = chosen
    input.dispatchEvent(new Event('input', { bubbles: true }))
  }, value)

test('a picture that one person chooses is the picture of the story for everybody', async ({ ann, otto }) => {
  const address = await openTogether(ann, otto)
  const use = { pictureId: 999_999_999, ratio: '4:3', focus: { focusX: 0.25, focusY: 1 } }
  await choose(ann.page, JSON.stringify(use))
  await expect(picture(otto.page)).toHaveValue(JSON.stringify(use))
  await expect.poll(async () => (await draftAt(address)).picture).toEqual(use)

  await otto.page.reload()
  await expect(syncStatus(otto.page)).toContainText('Saved')
  await expect(picture(otto.page)).toHaveValue(JSON.stringify(use))
  await choose(otto.page, '')
  await expect(picture(ann.page)).toHaveValue('')
  await expect.poll(async () => (await draftAt(address)).picture).toBeNull()
  // The library does not have it.
  const storyId = Number(address.split('/').at(-1))
  expect(await database().select().from(storyPictures).where(eq(storyPictures.storyId, storyId))).toEqual([])
})
