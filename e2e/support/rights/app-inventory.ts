import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

/** Files that Next gives an address by their name alone. */
const ADDRESSED =
  /^(?:page|route|robots|sitemap|manifest|favicon|(?:apple-)?icon|(?:opengraph|twitter)-image)\d*\.[a-z]+$/u
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** Every page, every method of every route and every server action, by file: each must have a case. */
export function appInventory(): { pages: string[]; routes: string[]; actions: string[] } {
  const files = filesUnder('app')
  const addressed = files.filter((file) => ADDRESSED.test(path.basename(file)))
  const isRoute = (file: string) => path.basename(file).startsWith('route.')
  const actionFiles = filesUnder('.', ['app', 'components', 'domain', 'lib', 'reading'])
    .filter((file) => /\.tsx?$/u.test(file))
    .filter(
      (file) => path.basename(file) === 'actions.ts' || /^\s*['"]use server['"]/mu.test(readFileSync(file, 'utf8')),
    )
  return {
    pages: addressed.filter((file) => !isRoute(file)),
    routes: addressed.filter(isRoute).flatMap((file) =>
      exportsOf(file)
        .filter((name) => METHODS.includes(name))
        .map((method) => `${file}#${method}`),
    ),
    actions: actionFiles.flatMap((file) => exportsOf(file).map((name) => `${file}#${name}`)),
  }
}

const manifest = z.object({
  node: z.record(z.string(), z.object({ filename: z.string(), exportedName: z.string() })),
})

/** The ids of the running build's server actions, by file and export. */
export function builtActions(): Record<string, string> {
  const { node } = manifest.parse(JSON.parse(readFileSync('.next/server/server-reference-manifest.json', 'utf8')))
  return Object.fromEntries(
    Object.entries(node).map(([id, { filename, exportedName }]) => [`${filename}#${exportedName}`, id]),
  )
}

function filesUnder(folder: string, only?: string[]): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => only === undefined || only.includes(entry.name))
    .flatMap((entry) => {
      const file = path.posix.join(folder, entry.name)
      return entry.isDirectory() ? filesUnder(file) : [file]
    })
    .sort()
}

/** The names that a file exports, types aside. */
function exportsOf(file: string): string[] {
  const lines = readFileSync(file, 'utf8').match(/^export (?!type |interface ).*/gmu) ?? []
  return lines.map((line) => {
    const name = /^export (?:async )?(?:function|const) (\w+)/u.exec(line)?.[1]
    if (name === undefined) throw new Error(`${file} has an export without a plain name: export each by its name.`)
    return name
  })
}
