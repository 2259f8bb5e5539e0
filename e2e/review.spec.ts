import { changeSetting } from '@/domain/settings/updating'
import { clearStory } from '@/domain/workflow/reviewing'
import { commandLineActor } from '@/domain/user/user'
import { expectAccessible } from './support/accessibility'
import { beginStory, button, field, formStatus, uniqueWord } from './support/newsroom'
import { createPerson, instanceUrl } from './support/people'
import { valueOf } from './support/rights/fixture'
import { expect, test, type Page } from './support/test'

const inTheNewsroom = (page: Page) => page.getByRole('region', { name: 'In the newsroom' })
const messageOf = (page: Page, form: string) => page.getByRole('form', { name: form, exact: true }).getByRole('status')
const sentBack = (page: Page) => page.getByRole('group', { name: 'Sent back with a note' })
const needsMe = (page: Page) =>
  page.getByRole('navigation', { name: 'Newsroom' }).getByRole('link', { name: /^Needs me/u })

test('a reporter hands in, an editor sends back with a note, the reporter hands in again, the editor clears and publishes', async ({
  rae,
  edith,
}) => {
  const headline = `Moon ferry returns ${uniqueWord()}`
  const address = await beginStory(rae.page, headline)
  await expect(inTheNewsroom(rae.page)).toContainText('Being written')
  for (const name of [/^Publish/u, 'Mark as ready']) await expect(rae.page.getByRole('button', { name })).toHaveCount(0)
  await expect(rae.page.getByText('Withdraw')).toHaveCount(0)
  await expect(button(rae.page, 'Save draft')).toBeVisible()
  // A reporter who may not publish still sees what is missing.
  await expect(rae.page.getByRole('region', { name: 'Before publishing' })).toContainText('Add a section')
  await field(rae.page, 'Kicker').fill('Harbour')
  await rae.page.getByLabel('Note for the editor').fill('The ferry is <b>checked</b>')
  await button(rae.page, 'Hand in for review').click()
  await expect(messageOf(rae.page, 'Hand in for review')).toContainText(`Handed in “${headline}” for review`)
  await expect(inTheNewsroom(rae.page)).toContainText('For review')

  await edith.page.goto(`${instanceUrl()}/admin?list=needs-me`)
  await edith.page.getByRole('link', { name: headline, exact: true }).click()
  await expect(inTheNewsroom(edith.page)).toContainText('The ferry is <b>checked</b>')
  // What was still being typed was handed in as well.
  await expect(field(edith.page, 'Kicker')).toHaveValue('Harbour')
  await edith.page.getByText('Send back with a note…').click()
  await button(edith.page, 'Send back').click()
  await expect(edith.page.getByRole('alert').first()).toContainText('Say what is to be done')
  await edith.page.getByLabel('What is to be done').fill('Which ferry?')
  await button(edith.page, 'Send back').click()
  await expect(messageOf(edith.page, 'Send back')).toContainText('to Rae: Which ferry?')
  await expect(edith.page.getByLabel('Assigned to').locator('option:checked')).toHaveText('Rae')

  await rae.page.goto(instanceUrl() + '/admin')
  await expect(needsMe(rae.page)).toContainText('1')
  await needsMe(rae.page).click()
  await rae.page.getByRole('link', { name: headline, exact: true }).click()
  await expect(rae.page).toHaveURL(address)
  await expect(sentBack(rae.page)).toContainText('Which ferry?')
  await expectAccessible(rae.page)
  await button(rae.page, 'Hand in for review').click()
  await expect(sentBack(rae.page)).toHaveCount(0)
  await expect(needsMe(rae.page)).toHaveCount(0)

  await edith.page.goto(address)
  await button(edith.page, 'Mark as ready').click()
  await expect(messageOf(edith.page, 'Mark as ready')).toContainText(`Marked “${headline}” as ready`)
  await expect(inTheNewsroom(edith.page)).toContainText('Marked ready by Edith')
  await edith.page.getByLabel('Section').selectOption({ label: 'Europe' })
  await button(edith.page, 'Publish').click()
  await expect(formStatus(edith.page)).toContainText(`Published “${headline}”`)
  await expect(inTheNewsroom(edith.page)).toContainText('Nothing is on its way')
  await edith.page.goto(`${instanceUrl()}/admin?list=live-lately`)
  await expect(edith.page.locator('.desk-row').filter({ hasText: headline })).toBeVisible()
})

test('a reporter’s change puts a ready story back for review; a note that comes too late stays, and goes through when sent again', async ({
  rae,
  edith,
  otto,
}) => {
  const address = await beginStory(rae.page, `Kite ${uniqueWord()}`)
  await button(rae.page, 'Hand in for review').click()
  await expect(inTheNewsroom(rae.page)).toContainText('For review')
  await Promise.all([edith.page.goto(address), otto.page.goto(address)])
  await otto.page.getByText('Send back with a note…').click()
  await otto.page.getByLabel('What is to be done').fill('Longer, please')
  await button(edith.page, 'Mark as ready').click()
  await expect(inTheNewsroom(edith.page)).toContainText('Marked ready by Edith')
  await button(otto.page, 'Send back').click()
  await expect(otto.page.getByRole('form', { name: 'Send back' }).getByRole('alert')).toContainText(
    'Edith moved this story before you: it is “Ready”.',
  )
  await expect(otto.page.getByLabel('What is to be done')).toHaveValue('Longer, please')

  await rae.page.goto(address)
  await expect(inTheNewsroom(rae.page)).toContainText('If you change it now, it goes back for review.')
  await field(rae.page, 'Kicker').fill('Harbour')
  await button(rae.page, 'Save draft').click()
  await expect(inTheNewsroom(rae.page)).toContainText('For review')

  await button(otto.page, 'Send back').click()
  await expect(otto.page.getByRole('form', { name: 'Send back' }).getByRole('alert')).toContainText(
    'Rae moved this story',
  )
  await button(otto.page, 'Send back').click()
  await expect(messageOf(otto.page, 'Send back')).toContainText('to Rae: Longer, please')
})

test('where the setting allows it a reporter publishes without an editor, and editors see it until one has looked', async ({
  ada,
  rae,
}) => {
  const headline = `Spoons everywhere ${uniqueWord()}`
  const address = await beginStory(rae.page, headline)
  await expect(rae.page.getByText('Publish without an editor…')).toHaveCount(0)
  await rae.page.getByLabel('Section').selectOption({ label: 'Europe' })
  await ada.page.goto(`${instanceUrl()}/admin/settings`)
  await ada.page.getByLabel('Reporters may publish when no editor is there').selectOption('yes')
  await button(ada.page, 'Save').click()
  await expect(messageOf(ada.page, 'When no editor is there')).toContainText('Let reporters publish their own stories')
  await expectAccessible(ada.page)

  await rae.page.goto(address)
  await rae.page.getByText('Publish without an editor…').click()
  await rae.page.getByLabel('Why it cannot wait').fill('The harbour is full of spoons')
  await button(rae.page, 'Publish without an editor').click()
  const form = rae.page.getByRole('form', { name: 'Publish without an editor' })
  await expect(form.getByRole('alert')).toContainText('first, and say so here')
  await expect(rae.page.getByLabel('Why it cannot wait')).toHaveValue('The harbour is full of spoons')
  await rae.page.getByLabel(/Did you ask\?/u).selectOption('yes')
  await button(rae.page, 'Publish without an editor').click()
  await expect(form.getByRole('status')).toContainText(`Published “${headline}”`)

  await ada.page.goto(`${instanceUrl()}/admin`)
  const loud = ada.page.getByRole('region', { name: 'Published without an editor, not looked at yet' })
  await expect(loud).toContainText('The harbour is full of spoons')
  await expectAccessible(ada.page)
  await button(ada.page, `I have looked at it: ${headline}`).click()
  await expect(ada.page.getByText(headline).first()).toBeVisible()
  await expect(button(ada.page, `I have looked at it: ${headline}`)).toHaveCount(0)
  await changeSetting(commandLineActor, { setting: 'reportersMayPublishAlone', value: 'no' })
})

test('a note that is being typed stays when the page shows that somebody else moved the story meanwhile', async ({
  rae: { page, person },
}) => {
  const editor = await createPerson('editor', 'Edith')
  const stream = page.waitForResponse(/words\/stream/u)
  const address = await beginStory(page, `Kite ${uniqueWord()}`)
  const note = page.getByLabel('Note for the editor')
  await note.fill('Which ferry is in the last line')
  const storyId = address.split('/').at(-1)
  await stream
  valueOf(await clearStory(editor, { storyId, seenStep: 'writing', seenVersion: 1 }))
  // The page refreshes by itself.
  await expect(page.getByText('Marked ready by Edith')).toBeVisible()
  await button(page, 'Take it').click()
  await expect(page.getByText(`to ${person.name}.`).first()).toBeVisible()
  await expect(note).toHaveValue('Which ferry is in the last line')
  await button(page, 'Hand in for review').click()
  await expect(page.getByRole('alert').filter({ hasText: 'it is “Ready”' })).toBeVisible()
  await expect(note).toHaveValue('Which ferry is in the last line')
})
