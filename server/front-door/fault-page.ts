const titles: Record<number, string> = {
  400: 'That address cannot be read',
  403: 'Not from here',
  405: 'That cannot be done here',
  413: 'Too much at once',
  414: 'That address is too long',
  421: 'Wrong host',
  500: 'Sorry, something went wrong',
  503: 'Back in a moment',
}

const sentences: Record<number, string> = {
  500: 'We could not show this page, and we know about it. Try again in a moment, or start from the front page.',
  503: 'This page cannot be shown right now. Try again in a moment.',
}

/** A page that needs nothing and nobody: for when the rest of the house is away. */
export function faultPage(status: number, sentence = sentences[status] ?? ''): string {
  const title = titles[status] ?? 'Sorry'
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><title>${title}</title></head><body><main><h1>${title}</h1><p>${sentence}</p><p><a href="/">Front page</a></p></main></body></html>`
}
