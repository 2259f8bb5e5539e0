import { saveDraft } from '@/domain/story/drafting'
import { commandLineActor, type Actor } from '@/domain/user/user'
import { routes } from '@/lib/routes'
import { expectGoodAtEveryWidth } from './support/accessibility'
import { body, bodyOf, button, createLiveStory, field, uniqueWord, saveStory } from './support/newsroom'
import { instanceUrl, personAt } from './support/people'
import { fieldsOf, valueOf } from './support/rights/fixture'
import { expect, test, type Page } from './support/test'

/** A live story in Europe with unpublished changes. @returns the address of its page in the newsroom */
async function storyAhead(actor: Actor, live: { headline: string; body: string }, ahead: typeof live): Promise<string> {
  const published = await createLiveStory(actor, live)
  valueOf(await saveDraft(actor, fieldsOf(published, ahead)))
  return instanceUrl() + routes.admin.story(published.id)
}

/** A live story with every kind of change in its draft. */
function changedStory(page: Page, word: string): Promise<string> {
  const [nobody, rained] = [['block-2', 'Nobody lit the lamp.'] as const, ['block-3', 'It rained spoons.'] as const]
  const kite = ['block-1', 'A kite answered from the quay.'] as const
  const live = bodyOf(['block-0', 'The ferry sang all night.'], kite, nobody, rained)
  const ahead = bodyOf(['block-0', 'The ferry hummed all night.'], nobody, rained)
  return storyAhead(
    personAt(page),
    { headline: `Moon ferry returns ${word}`, body: live },
    { headline: `Moon ferry sinks ${word}`, body: ahead },
  )
}

const blocks = (page: Page) => page.getByRole('list', { name: 'Blocks of the body' }).locator('> li')

test('one click from the story shows what readers do not see yet, in text and not by colour alone', async ({
  edith: { page },
}) => {
  const word = uniqueWord()
  await page.goto(await changedStory(page, word))
  const ahead = page.getByRole('group', { name: 'Unpublished changes' })
  await ahead.getByRole('link', { name: 'What changed since live' }).click()
  await expect(page.getByRole('heading', { name: 'Compare versions' })).toBeVisible()
  await expect(page.getByLabel('From', { exact: true }).locator('option:checked')).toHaveText('What readers see')
  await expect(page.getByLabel('To', { exact: true }).locator('option:checked')).toHaveText('The draft')
  const headline = page.getByRole('definition').first()
  await expect(headline).toHaveText(/Moon ferry removed: returns end of removed added: sinks end of added/u)
  await expect(page.getByText('1 block changed, 1 block removed, 2 blocks unchanged.')).toBeVisible()
  await expect(blocks(page).nth(0)).toContainText('place 1: changed')
  await expect(blocks(page).nth(0).locator('del')).toContainText('sang')
  await expect(blocks(page).nth(0).locator('ins')).toContainText('hummed')
  await expect(blocks(page).nth(1)).toContainText('stood at place 2: removed')
  await expect(blocks(page).nth(1).locator('del')).toHaveText('A kite answered from the quay.')
})

test('one block is restored, then the whole version; readers see neither', async ({ edith: { page } }) => {
  const word = uniqueWord()
  const address = await changedStory(page, word)
  await page.goto(`${address}/versions/compare?from=1&to=draft`)
  await page.getByRole('button', { name: 'Restore this block: A kite answered from the quay.' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Restored a paragraph from version 1' })).toContainText(
    'What the draft said before is kept as version 2.',
  )
  await expect(page.getByText('1 block changed, 3 blocks unchanged.')).toBeVisible()
  await page.getByRole('button', { name: /^Restore this block: The ferry sang/u }).click()
  await expect(page.getByText('4 blocks unchanged.', { exact: true })).toBeVisible()

  await button(page, 'Restore version 1').click()
  await expect(page).toHaveURL(address)
  await expect(page.getByRole('status').filter({ hasText: 'Restored version 1 of' })).toBeVisible()
  await expect(field(page, 'Headline')).toHaveValue(`Moon ferry returns ${word}`)
  await expect(body(page)).toContainText('A kite answered from the quay.')
  await page.getByRole('link', { name: 'Versions' }).click()
  const lines = page.getByRole('list', { name: 'Versions, newest first' }).getByRole('listitem')
  await expect(lines.nth(0)).toContainText('The draft')
  // Two blocks were restored, one after the other; then version 1, of which no copy is made.
  await expect(lines.nth(1)).toContainText('Version 4')
  await expect(lines.nth(1).getByText('restored', { exact: true })).toBeVisible()
  await expect(lines.nth(3)).toContainText('kept before other words took its place')
  await expect(lines.last()).toContainText('Version 1')
  await expect(lines.last().getByText('published', { exact: true })).toBeVisible()
  await expect(lines.last()).toContainText('what readers see')
  await expect(lines.last()).toContainText('says what the draft says')
  await page.goto(`${address}/history`)
  await expect(page.getByRole('main').getByRole('listitem').first()).toContainText('Restored version 1 of')
})

test('a restore after somebody else saved is refused with the new text, and goes through after that', async ({
  edith,
  otto,
}) => {
  const address = await changedStory(edith.page, uniqueWord())
  await edith.page.goto(`${address}/versions/compare?from=live&to=draft`)
  await otto.page.goto(address)
  await field(otto.page, 'Kicker').fill('His')
  await saveStory(otto.page)
  const { page } = edith
  await button(page, 'Restore version 1').click()
  await expect(page.getByRole('region', { name: 'Restore' }).getByRole('alert')).toContainText(
    'Otto saved this story after you opened it. Here it is as they left it',
  )
  await expect(page.getByRole('definition').filter({ hasText: 'His' })).toBeVisible()
  await button(page, 'Restore version 1').click()
  await expect(page).toHaveURL(address)
  await expect(field(page, 'Kicker')).toHaveValue('')
  await page.goto(`${address}/versions/compare?from=1&to=2`)
  await expect(page.getByRole('definition').filter({ hasText: 'His' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Restore/u })).toHaveCount(0)
  await page.getByRole('link', { name: 'Compare version 2 with the draft, to restore it' }).click()
  await expect(button(page, 'Restore version 2')).toBeVisible()
})

test('a moved block is shown as moved, with its former place, whichever version is named first', async ({
  edith: { page },
}) => {
  const address = await movedStory(`Kite ${uniqueWord()}`)
  await page.goto(`${address}/versions/compare?from=draft&to=1`)
  await expect(page.getByLabel('From', { exact: true })).toHaveValue('1')
  await expect(page.getByLabel('To', { exact: true })).toHaveValue('draft')
  await expect(blocks(page).nth(0)).toContainText('place 1: moved from place 3')
  await expect(blocks(page).nth(0).getByRole('button')).toHaveCount(0)
  await expect(page.getByText('1 block moved, 2 blocks unchanged.')).toBeVisible()
})

/** A live story in whose draft the last paragraph is first. */
function movedStory(headline: string): Promise<string> {
  const [kite, moon] = [['block-0', 'A kite rose.'] as const, ['block-1', 'Two moons sank.'] as const]
  const lamp = ['block-2', 'No lamp was lit.'] as const
  return storyAhead(
    commandLineActor,
    { headline, body: bodyOf(kite, moon, lamp) },
    { headline, body: bodyOf(lamp, kite, moon) },
  )
}

test('where nothing can be restored, the message above the blocks is visible, too', async ({ edith: { page } }) => {
  const headline = `Moon ferry ${uniqueWord()}`
  const [sang, rained] = [bodyOf(['block-0', 'The ferry sang.']), bodyOf(['block-0', 'It rained.'])]
  const address = await storyAhead(personAt(page), { headline, body: sang }, { headline, body: rained })
  await page.goto(`${address}/versions/compare?from=1&to=1`)
  await expect(page.getByText('These two say the same, word for word.')).toBeVisible()
  const count = await page.getByText('1 block unchanged.').boundingBox()
  const list = await page.getByRole('list', { name: 'Blocks of the body' }).boundingBox()
  expect((count?.y ?? 0) + (count?.height ?? 0)).toBeLessThanOrEqual(list?.y ?? 0)
})

test('versions, their comparison and the discard confirmation are accessible and never wider than their window: phone, tablet and desktop, light and dark', async ({
  edith: { page },
}) => {
  test.setTimeout(120_000)
  const address = await changedStory(page, `${'long harbour '.repeat(8)}${uniqueWord()}`)
  for (const shown of [
    `${address}/versions`,
    `${address}/versions/compare?from=live&to=draft`,
    `${address}/discard`,
    address,
  ]) {
    await page.goto(shown)
    await expect(page.getByRole('main')).toBeVisible()
    await expectGoodAtEveryWidth(page, { height: 3000 })
  }
})
