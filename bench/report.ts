import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import os from 'node:os'
import process from 'node:process'

const FOLDER = '.test/bench'

/** One table: its cells as they are printed, and what stands below it. */
export type Table = { title: string; head: string[]; rows: string[][]; notes: string[] }

/** What a benchmark found: tables for people, figures for programs. */
export type Findings = { tables: Table[]; figures: unknown }

/** What is being measured now, for whoever waits. */
export const progress = (what: string) => void process.stderr.write(`… ${what}\n`)

/** Prints a benchmark's tables and writes them down as JSON, with what they were measured on. */
export async function report(name: string, { tables, figures }: Findings) {
  for (const table of tables) console.log(markdown(table))
  await mkdir(FOLDER, { recursive: true })
  const file = `${FOLDER}/${name}.json`
  await writeFile(file, JSON.stringify({ name, ...environment(), tables, figures }, null, 2) + '\n')
  console.log(`Written to ${file}.\n`)
}

function markdown({ title, head, rows, notes }: Table): string {
  const widths = head.map((word, at) =>
    Math.max(...[word, ...rows.map((row) => row[at] ?? '')].map((cell) => cell.length)),
  )
  const line = (cells: string[]) => `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [`\n### ${title}\n`, line(head), rule, ...rows.map(line), '', ...notes.map((note) => `- ${note}`), ''].join(
    '\n',
  )
}

/** When, on what, and which version. */
function environment() {
  return {
    date: new Date().toISOString(),
    machine: `${os.cpus()[0]?.model.trim() ?? 'unknown'}, ${os.availableParallelism()} cores, ${Math.round(os.totalmem() / 2 ** 30)} GB, ${os.platform()}`,
    node: process.versions.node,
    load: os.loadavg()[0],
    commit: commit(),
  }
}

function commit(): string | null {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return null
  }
}
