import { makePage, type Page, type Proof } from './page'

/** A page as the press would make it. */
export async function aPage(
  over: Partial<Omit<Proof, 'body'>> & { words?: string; fresh?: boolean } = {},
): Promise<Page> {
  const { words = 'News', fresh = true, ...proof } = over
  const page = await makePage({
    key: '/',
    status: 200,
    contentType: 'text/html; charset=utf-8',
    location: null,
    tags: ['front-page'],
    until: null,
    file: 'no',
    body: Buffer.from(words),
    ...proof,
  })
  return { ...page, fresh }
}
