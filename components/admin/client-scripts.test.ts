import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const FOLDERS = ['app', 'components', 'domain', 'lib']
const sources = new Set(
  FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => path.posix.join(folder, file)),
  ).filter((file) => /\.tsx?$/u.test(file)),
)

/** What a file imports, types left out: files of ours, and packages by their names. */
function importsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )([^'"]*?)from '([^']+)'/gmsu)]
    .filter(([, names = '']) => !/^\{(?:\s*type [^,}]+,?)+\s*\}\s*$/u.test(names))
    .map(([, , specifier = '']) => {
      if (!/^(?:\.|@\/)/u.test(specifier)) return specifier
      const target = specifier.startsWith('@/') ? specifier.slice(2) : path.posix.join(path.dirname(file), specifier)
      return [target, `${target}.ts`, `${target}.tsx`].find((name) => sources.has(name)) ?? target
    })
}

/** Each import that is reached from client components, with the file that it was reached from. Server actions stay on the server. */
function reachable(): Map<string, string> {
  const queue = [...sources].filter((file) => file.endsWith('.client.tsx'))
  const from = new Map(queue.map((file) => [file, '']))
  for (const file of queue)
    for (const target of importsOf(file))
      if (!from.has(target)) {
        from.set(target, file)
        if (sources.has(target) && !target.endsWith('/actions.ts')) queue.push(target)
      }
  return from
}

test('no client component loads zod, which would be a tenth of the newsroom’s scripts', () => {
  const from = reachable()
  expect(from.has('@tiptap/core')).toBe(true)
  expect(from.has('domain/stage.ts')).toBe(true)
  const way = ['zod']
  for (let file = from.get('zod'); file; file = from.get(file)) way.unshift(file)
  expect(way).toEqual(['zod'])
})
