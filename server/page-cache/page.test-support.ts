import { compressPage, makePage, type Page, type RenderedResponse } from './page'

/** What the renderer delivers for the front page. */
export const rendered: RenderedResponse = {
  key: '/',
  status: 200,
  contentType: 'text/html; charset=utf-8',
  location: null,
  tags: ['front-page'],
  until: null,
  ends: null,
  kind: 'no',
  body: Buffer.from('News'),
}

/** A page as the press would make it. */
export async function aPage(
  over: Partial<Omit<RenderedResponse, 'body'>> & { body?: string; fresh?: boolean } = {},
): Promise<Page> {
  const { body = 'News', fresh = true, ...overrides } = over
  const page = await makePage({ ...rendered, ...overrides, body: Buffer.from(body) })
  await compressPage(page)
  return { ...page, fresh }
}
