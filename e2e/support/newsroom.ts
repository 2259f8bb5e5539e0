import { expect, type Page } from '@playwright/test'
import { database } from '@/db/client'
import { listSections } from '@/domain/section/store'
import { startStory } from '@/domain/story/drafting'
import { publishStory as publish } from '@/domain/story/publishing'
import type { Story } from '@/domain/story/story'
import type { Actor } from '@/domain/user/user'
import { routes } from '@/lib/routes'
import { instanceUrl, personAt } from './people'
import { fieldsOf, valueOf } from './rights/fixture'

/** A word that no other test uses. */
export const uniqueWord = () => `quibble${crypto.randomUUID().slice(0, 8)}`

export const body = (page: Page) => page.getByRole('textbox', { name: 'Body' })
export const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })
export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
/** The message of the story form: success, or an error below. */
export const formStatus = (page: Page) => page.getByRole('form', { name: 'Story', exact: true }).getByRole('status')
export const formError = (page: Page) => page.getByRole('form', { name: 'Story', exact: true }).getByRole('alert')

/** "Saving", "Saved 21:14:03", "Offline, kept on this device". */
export const syncStatus = (page: Page) => page.getByRole('group', { name: 'Your words' })

/** Saves by the button. @param message what the form then says */
export async function saveStory(page: Page, message: string | RegExp = 'Saved a draft') {
  await button(page, 'Save draft').click()
  await expect(formStatus(page)).toContainText(message)
}

export async function typeInBody(page: Page, text: string) {
  await body(page).click()
  await page.keyboard.type(text)
}

export const pasteInBody = (page: Page, html: string) =>
  body(page).evaluate((place, text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/html', text)
    place.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, html)

/** The form on the desk that takes one line. */
export const headlineForm = (page: Page) => page.getByRole('form', { name: 'Write a headline' })

/** Publishes a headline in Asia from the desk. */
export async function publishHeadline(page: Page, headline: string) {
  const form = headlineForm(page)
  await form.getByLabel('New headline').fill(headline)
  await form.getByLabel('Section').selectOption({ label: 'Asia' })
  await form.getByRole('button', { name: 'Publish' }).click()
  await expect(form.getByRole('status')).toContainText(`Published “${headline}”`)
}

/** Starts a story of the signed-in person and opens its page. @returns its address */
export async function beginStory(page: Page, headline: string): Promise<string> {
  const { id } = valueOf(await startStory(personAt(page), { headline, sectionId: '' }))
  await page.goto(instanceUrl() + routes.admin.story(id))
  return page.url()
}

/** The same, and waits until its document is open: nothing on the page moves any more. */
export async function beginSyncedStory(page: Page, headline: string): Promise<string> {
  const address = await beginStory(page, headline)
  await expect(syncStatus(page)).toContainText('Saved')
  return address
}

/** Starts a story through the form. */
export async function beginStoryByForm(page: Page, headline: string): Promise<string> {
  await page.goto(instanceUrl() + routes.admin.newStory)
  await field(page, 'Headline').fill(headline)
  await button(page, 'Start writing').click()
  await expect(page).toHaveURL(/\/admin\/stories\/\d+$/u)
  return page.url()
}

/** Publishes a story with a body in Europe and opens its page. @returns its address */
export async function publishStory(page: Page, headline: string, text = 'It sang over the harbour.'): Promise<string> {
  const { id } = await createLiveStory(personAt(page), { headline, body: bodyOf(['a-block', text]) })
  await page.goto(instanceUrl() + routes.admin.story(id))
  return page.url()
}

/** A story that is live in Europe. @param body as a form sends it */
export async function createLiveStory(
  actor: Actor,
  { headline, body }: { headline: string; body: string },
): Promise<Story> {
  const europe = (await listSections(database())).find(({ name }) => name === 'Europe')
  if (!europe) throw new Error('There is no section of this name.')
  const draft = valueOf(await startStory(actor, { headline, sectionId: String(europe.id) }))
  return valueOf(await publish(actor, fieldsOf(draft, { body })))
}

/** A body of paragraphs, as a form sends it. */
export const bodyOf = (...lines: (readonly [id: string, text: string])[]) =>
  JSON.stringify({
    type: 'doc',
    content: lines.map(([id, text]) => ({ type: 'paragraph', attrs: { id }, content: [{ type: 'text', text }] })),
  })
