/** An attribute of a node that readers see, as its HTML attribute. Declared once: parsing, the editor and the check of shared documents derive from it. */
export type Attribute<Value> = {
  /** The name of the HTML attribute. */
  html: string
  /** Its value in the editor where nothing is said. A body does not store it. */
  fallback: Value | null
  /** Reads JSON or the text of the HTML attribute. Undefined: no value, or one that is not allowed. */
  read(value: unknown): Value | undefined
}

export type Attributes = Record<string, Attribute<unknown>>

export type ValuesOf<A> = { [Name in keyof A]?: A[Name] extends Attribute<infer Value> ? Value : never }

/** The attributes that a node has, without those that say what holds anyhow. */
export function readAttributes<A extends Attributes>(attributes: A, given: Record<string, unknown>): ValuesOf<A> {
  const values = Object.entries(attributes).flatMap(([name, { read, fallback }]) => {
    const value = read(given[name])
    return value === undefined || value === fallback ? [] : [[name, value]]
  })
  return Object.fromEntries(values) as ValuesOf<A>
}

/** By the rules for parsing integers (HTML, 2.3.4.1). What is below `from` is no value; what is above `to` is `to`. */
export const integerAttribute = (
  html: string,
  { from, to, fallback = null }: { from: number; to: number; fallback?: number | null },
): Attribute<number> => ({
  html,
  fallback,
  read(value) {
    const [, digits] = /^[\t\n\f\r ]*([+-]?\d+)/u.exec(String(value)) ?? []
    const number = typeof value === 'number' || typeof value === 'string' ? Number(digits) : NaN
    return Number.isNaN(number) || number < from ? undefined : Math.min(number, to)
  },
})

/** True, or not there. In HTML its presence counts. */
export const flagAttribute = (html: string): Attribute<true> => ({
  html,
  fallback: null,
  read: (value) => (value === true || typeof value === 'string' ? true : undefined),
})

export const choiceAttribute = <Choice extends string>(
  html: string,
  choices: readonly Choice[],
): Attribute<Choice> => ({
  html,
  fallback: null,
  read: (value) => choices.find((choice) => choice === value),
})
