import { finishPage, makePage, type Page, type Proof } from './page'

/** What the renderer delivers for the front page. */
export const proof: Proof = {
  key: '/',
  status: 200,
  contentType: 'text/html; charset=utf-8',
  location: null,
  tags: ['front-page'],
  until: null,
  ends: null,
  file: 'no',
  body: Buffer.from('News'),
}

/** A page as the press would make it. */
export async function aPage(
  over: Partial<Omit<Proof, 'body'>> & { words?: string; fresh?: boolean } = {},
): Promise<Page> {
  const { words = 'News', fresh = true, ...said } = over
  const page = await makePage({ ...proof, ...said, body: Buffer.from(words) })
  await finishPage(page)
  return { ...page, fresh }
}
