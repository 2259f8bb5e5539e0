import { execFileSync } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import os from 'node:os'
import process from 'node:process'

const FOLDER = '.test/bench'

/** `notes` are listed below the table. */
export type Table = { title: string; head: string[]; rows: string[][]; notes: string[] }

/** The result of a benchmark: tables for people, figures for programs. */
export type Findings = { tables: Table[]; figures: unknown }

/** Shows what is being measured now. */
export const progress = (what: string) => void process.stderr.write(`… ${what}\n`)

/** Writes a benchmark's tables to standard output, and with the environment as JSON to a file. */
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
