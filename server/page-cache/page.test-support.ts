import { compressPage, makePage, type Page, type RenderedResponse } from './page'

/** A rendered front page. */
export const rendered: RenderedResponse = {
  key: '/',
  status: 200,
  contentType: 'text/html; charset=utf-8',
  location: null,
  tags: ['front-page'],
  stories: [],
  staleAt: null,
  neverServeAfter: null,
  kind: 'page',
  body: Buffer.from('News'),
}

export async function aPage(
  over: Partial<Omit<RenderedResponse, 'body'>> & { body?: string; fresh?: boolean } = {},
): Promise<Page> {
  const { body = 'News', fresh = true, ...overrides } = over
  const page = await makePage({ ...rendered, ...overrides, body: Buffer.from(body) })
  await compressPage(page)
  return { ...page, fresh }
}
