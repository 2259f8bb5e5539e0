import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const files = readdirSync('domain', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => path.join('domain', file))
const imports = new Map(files.map((file) => [file, importsOf(file)]))

/** The files of `domain/` that a file imports, types included. */
function importsOf(file: string): string[] {
  const specifiers = [...readFileSync(file, 'utf8').matchAll(/^(?:import|export|\}).* from '([^']+)'$/gmu)]
  return specifiers
    .map(([, specifier = '']) =>
      specifier.startsWith('@/') ? specifier.slice(2) : path.join(path.dirname(file), specifier),
    )
    .map((target) => `${target}.ts`)
    .filter((target) => files.includes(target))
}

/** The first import cycle that is found from a file, by the files in their order. */
function circleFrom(file: string, way: string[], done: Set<string>): string[] | null {
  if (way.includes(file)) return [...way.slice(way.indexOf(file)), file]
  if (done.has(file)) return null
  for (const next of imports.get(file) ?? []) {
    const circle = circleFrom(next, [...way, file], done)
    if (circle) return circle
  }
  done.add(file)
  return null
}

test('no file of the domain imports itself by way of others', () => {
  expect(imports.get(path.join('domain', 'operation.ts'))).toContain(path.join('domain', 'refusal.ts'))
  const done = new Set<string>()
  expect(files.map((file) => circleFrom(file, [], done)).filter((circle) => circle !== null)).toEqual([])
})
