import { quoteLexeme } from './vector'

/** What a lexeme, or lexemes in order, must be. `at`: positions from the phrase’s first. */
export type Wanted =
  | { kind: 'lexeme'; lexeme: string; prefix?: boolean }
  | { kind: 'all' | 'any'; of: Wanted[] }
  | { kind: 'not'; of: Wanted }
  | { kind: 'phrase'; of: { at: number; any: string[]; prefix?: boolean }[] }

/** Of nothing, `all` and `any` are null; of one, they are that one. */
export function combine(kind: 'all' | 'any', of: (Wanted | null)[]): Wanted | null {
  const wanted = of.filter((one) => one !== null)
  return wanted.length > 1 ? { kind, of: wanted } : (wanted[0] ?? null)
}

/** A tsquery as a literal with quoted lexemes: Postgres reads it without a parser or dictionary. */
export function toTsquery(wanted: Wanted): string {
  switch (wanted.kind) {
    case 'lexeme':
      return lexemeText(wanted.lexeme, wanted.prefix)
    case 'all':
      return `(${wanted.of.map(toTsquery).join(' & ')})`
    case 'any':
      return `(${wanted.of.map(toTsquery).join(' | ')})`
    case 'not':
      return `!${toTsquery(wanted.of)}`
    case 'phrase':
      return `(${wanted.of.map(inPhrase).join('')})`
  }
}

function inPhrase(
  { at, any, prefix }: { at: number; any: string[]; prefix?: boolean },
  index: number,
  all: { at: number }[],
) {
  const distance = index === 0 ? '' : ` <${at - (all[index - 1]?.at ?? 0)}> `
  return `${distance}(${any.map((lexeme) => lexemeText(lexeme, prefix)).join(' | ')})`
}

const lexemeText = (lexeme: string, prefix = false) => `${quoteLexeme(lexeme)}${prefix ? ':*' : ''}`
