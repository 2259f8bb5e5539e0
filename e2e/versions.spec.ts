import { expect, test, type Page } from '@playwright/test'
import { expectGoodEverywhere } from './support/accessible'
import { aWord, answer, beginStory, body, button, field, publishStory } from './support/newsroom'
import { newspaper, signedIn } from './support/people'

/** A live story whose draft says something else in every way there is. Returns the address of its desk. */
async function changedStory(page: Page, word: string): Promise<string> {
  const address = await beginStory(page, `Moon ferry returns ${word}`)
  await body(page).click()
  const lines = [
    'The ferry sang all night.',
    'A kite answered from the quay.',
    'Nobody lit the lamp.',
    'It rained spoons.',
  ]
  for (const line of lines) {
    await page.keyboard.type(line)
    if (line !== lines.at(-1)) await page.keyboard.press('Enter')
  }
  await page.getByLabel('Section').selectOption({ label: 'Europe' })
  await button(page, 'Publish').click()
  await expect(answer(page)).toContainText('Published')
  await field(page, 'Headline').fill(`Moon ferry sinks ${word}`)
  await body(page).getByText('The ferry sang all night.').click({ clickCount: 3 })
  await page.keyboard.type('The ferry hummed all night.')
  await body(page).getByText('A kite answered').click({ clickCount: 3 })
  await page.keyboard.press('Backspace')
  await page.keyboard.press('Backspace')
  await button(page, 'Save draft').click()
  await expect(answer(page)).toContainText('(headline, body;')
  return address
}

const blocks = (page: Page) => page.getByRole('list', { name: 'Blocks of the body' }).locator('> li')

test('one click from the story shows what readers do not see yet, in words and not by colour alone', async ({
  browser,
}) => {
  const { page, context } = await signedIn(browser, 'editor', 'Edith')
  const word = aWord()
  await changedStory(page, word)
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
  await context.close()
})

test('one block comes back, then all of the version; each time readers see nothing of it', async ({ browser }) => {
  const { page, context } = await signedIn(browser, 'editor', 'Edith')
  const word = aWord()
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
  // Two blocks came back, one after the other; then all of version 1, of which no other version is made.
  await expect(lines.nth(1)).toContainText('Version 4')
  await expect(lines.nth(1).getByText('restored', { exact: true })).toBeVisible()
  await expect(lines.nth(3)).toContainText('kept before other words took its place')
  await expect(lines.last()).toContainText('Version 1')
  await expect(lines.last().getByText('published', { exact: true })).toBeVisible()
  await expect(lines.last()).toContainText('what readers see')
  await expect(lines.last()).toContainText('says what the draft says')
  await page.goto(`${address}/history`)
  await expect(page.getByRole('main').getByRole('listitem').first()).toContainText('Restored version 1 of')
  await context.close()
})

test('whoever looked before somebody else saved is told so, sees the new words, and restores after all', async ({
  browser,
}) => {
  const [edith, otto] = [await signedIn(browser, 'editor', 'Edith'), await signedIn(browser, 'editor', 'Otto')]
  const address = await changedStory(edith.page, aWord())
  await edith.page.goto(`${address}/versions/compare?from=live&to=draft`)
  await otto.page.goto(address)
  await field(otto.page, 'Kicker').fill('His')
  await button(otto.page, 'Save draft').click()
  await expect(answer(otto.page)).toContainText('Saved a draft')
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
  await Promise.all([edith.context.close(), otto.context.close()])
})

test('a moved block is told as moved, with the place it came from, whichever version is named first', async ({
  browser,
}) => {
  const { page, context } = await signedIn(browser, 'editor')
  const address = await movedStory(`Kite ${aWord()}`)
  await page.goto(`${address}/versions/compare?from=draft&to=1`)
  await expect(page.getByLabel('From', { exact: true })).toHaveValue('1')
  await expect(page.getByLabel('To', { exact: true })).toHaveValue('draft')
  await expect(blocks(page).nth(0)).toContainText('place 1: moved from place 3')
  await expect(blocks(page).nth(0).getByRole('button')).toHaveCount(0)
  await expect(page.getByText('1 block moved, 2 blocks unchanged.')).toBeVisible()
  await context.close()
})

/** A live story in whose draft the last paragraph stands first. */
async function movedStory(headline: string): Promise<string> {
  const { startStory, saveDraft } = await import('@/domain/story/drafting')
  const { publishStory } = await import('@/domain/story/publishing')
  const { commandLineActor } = await import('@/domain/user/user')
  const [kite, moon, lamp] = ['A kite rose.', 'Two moons sank.', 'No lamp was lit.'].map((text, place) => ({
    type: 'paragraph',
    attrs: { id: `block-${place}` },
    content: [{ type: 'text', text }],
  }))
  const started = await startStory(commandLineActor, { headline, sectionId: '1' })
  if (!started.ok) throw new Error(JSON.stringify(started.refusal))
  const body = (...content: unknown[]) => JSON.stringify({ type: 'doc', content })
  const fields = { storyId: started.value.id, headline, sectionId: '1' }
  const published = await publishStory(commandLineActor, { ...fields, seenVersion: 1, body: body(kite, moon, lamp) })
  if (!published.ok) throw new Error(JSON.stringify(published.refusal))
  const { version } = published.value.draft
  const saved = await saveDraft(commandLineActor, { ...fields, seenVersion: version, body: body(lamp, kite, moon) })
  if (!saved.ok) throw new Error(JSON.stringify(saved.refusal))
  return `${newspaper()}/admin/stories/${started.value.id}`
}

test('another reporter’s versions, and versions that are not there, are the same 404', async ({ browser }) => {
  const [rae, edith] = [await signedIn(browser, 'reporter', 'Rae'), await signedIn(browser, 'editor', 'Edith')]
  const story = new URL(await publishStory(edith.page, `Kite ${aWord()}`)).pathname
  const compared = `${story}/versions/compare?from=live&to=draft`
  for (const address of [`${story}/versions`, compared, '/admin/stories/999999999/versions'])
    expect((await rae.page.goto(`${newspaper()}${address}`))?.status(), address).toBe(404)
  for (const address of [`${story}/versions/compare?from=7&to=draft`, `${story}/versions/compare?from=x&to=draft`])
    expect((await edith.page.goto(`${newspaper()}${address}`))?.status(), address).toBe(404)
  expect((await edith.page.goto(`${newspaper()}${compared}`))?.status()).toBe(200)
  await expect(edith.page.getByText('These two say the same, word for word.')).toBeVisible()
  await Promise.all([rae.context.close(), edith.context.close()])
})

test('versions, their comparison and the question before discarding are accessible and nothing sticks out: phone, tablet and desk, by day and by night', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const { page, context } = await signedIn(browser, 'editor')
  const address = await changedStory(page, `${'long harbour '.repeat(8)}${aWord()}`)
  for (const shown of [
    `${address}/versions`,
    `${address}/versions/compare?from=live&to=draft`,
    `${address}/discard`,
    address,
  ]) {
    await page.goto(shown)
    await expect(page.getByRole('main')).toBeVisible()
    await expectGoodEverywhere(page, { height: 3000 })
  }
  await context.close()
})
