import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import os from 'node:os'
import process from 'node:process'
import type { Answer, Request, Task } from '../decoder/tasks'
import { OutOfSpace, Unreadable } from '../unreadable'

export type ProcessOptions = {
  /** The bundled decoder (scripts/prepare.mjs). */
  program: string
  /** How many renditions it makes beside each other. */
  threads: number
  /** Whether everything else of the machine goes first. */
  isBackground: boolean
  /** Resident memory. Bytes. */
  memory: number
  log: (line: string) => void
}

/** Milliseconds. */
const MEMORY_INTERVAL = 50

/** A process is replaced after so many tasks, and when it keeps more memory than that: libvips returns little of it. */
const MAX_TASKS = 200
const WORN_MEMORY = 0.5

/** Above the resident memory, which is only looked at now and then, for what the process may allocate at all. Bytes. */
const ALLOCATION_RESERVE = 512 * 1024 * 1024

/** In which a process is ready; the time of its first task begins then. Milliseconds. */
const START_TIME = 20_000

type Running = { id: number; resolve: (value: never) => void; reject: (error: unknown) => void }

/** One decoder process. It does one task at a time, and is killed from here when that takes too long or too much memory. */
export class DecoderProcess {
  private readonly child: ChildProcess
  private running: Running | null = null
  private tasks = 0
  private stopReason: string | null = null
  private readonly ready: Promise<void>
  /** Resolves when it has exited. */
  readonly exited: Promise<void>
  isOver = false

  constructor(private readonly options: ProcessOptions) {
    this.child = start(options)
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => options.log(text.trim().slice(0, 500)))
    this.ready = new Promise((resolve) => {
      this.child.on('message', (message: Answer | 'ready') => {
        if (message === 'ready') resolve()
        else this.onAnswer(message)
      })
      this.child.once('exit', () => resolve())
      setTimeout(() => {
        resolve()
      }, START_TIME).unref()
    })
    this.exited = new Promise((resolve) => {
      const end = () => {
        this.isOver = true
        this.settle((running) => running.reject(new Unreadable(this.stopReason ?? DIED)))
        resolve()
      }
      this.child.once('exit', end)
      this.child.once('error', (error) => {
        options.log(`The decoder could not be started: ${error.message}`)
        end()
      })
    })
  }

  get pid(): number | undefined {
    return this.child.pid
  }

  /** Whether the next task gets a new process. */
  get isWorn(): boolean {
    return this.isOver || this.tasks >= MAX_TASKS || memoryOf(this.pid) > this.options.memory * WORN_MEMORY
  }

  /** @throws Unreadable with a sentence, also where the process was killed */
  async run<Value>(task: Task, milliseconds: number): Promise<Value> {
    this.tasks += 1
    await this.ready
    const watch = setInterval(() => this.checkMemory(), MEMORY_INTERVAL)
    const seconds = Math.round(milliseconds / 1000)
    const timer = setTimeout(
      () => this.kill(`Reading the picture took longer than ${String(seconds)} s, so it was stopped.`),
      milliseconds,
    )
    try {
      return await new Promise<Value>((resolve, reject) => {
        if (this.isOver) return reject(new Unreadable(DIED))
        this.running = { id: this.tasks, resolve: resolve as Running['resolve'], reject }
        const request: Request = { id: this.tasks, task }
        this.checkMemory()
        this.child.send(request, (error) => {
          if (error) this.kill(DIED)
        })
      })
    } finally {
      clearInterval(watch)
      clearTimeout(timer)
    }
  }

  stop() {
    if (!this.isOver) this.child.kill('SIGKILL')
    return this.exited
  }

  private onAnswer(answer: Answer) {
    if (answer.id !== this.running?.id) return
    this.settle(({ resolve, reject }) =>
      answer.ok
        ? resolve(answer.value as never)
        : reject(answer.isOutOfSpace ? new OutOfSpace(answer.sentence) : new Unreadable(answer.sentence)),
    )
  }

  private settle(how: (running: Running) => void) {
    const running = this.running
    this.running = null
    if (running) how(running)
  }

  private checkMemory() {
    if (memoryOf(this.pid) <= this.options.memory) return
    const megabytes = Math.round(this.options.memory / 1024 / 1024)
    this.kill(`Reading the picture needs more than ${String(megabytes)} MB of memory, so it was stopped.`)
  }

  private kill(reason: string) {
    if (this.isOver) return
    this.stopReason ??= reason
    this.options.log(reason)
    this.child.kill('SIGKILL')
  }
}

const DIED = 'The picture made the program fail that reads pictures, so it was not taken. Others are not affected.'

const isWindows = process.platform === 'win32'

function start({ program, threads, isBackground, memory }: ProcessOptions): ChildProcess {
  // Nothing of the server's environment: the decoder needs no secret.
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH ?? '',
    UV_THREADPOOL_SIZE: String(threads),
    NODE_ENV: 'production',
  }
  const kilobytes = Math.round((memory + ALLOCATION_RESERVE) / 1024)
  const limited = ['-c', `ulimit -d ${String(kilobytes)} 2>/dev/null; exec "$0" "$@"`, process.execPath, program]
  const child = spawn(isWindows ? process.execPath : '/bin/sh', isWindows ? [program] : limited, {
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  if (isBackground && child.pid !== undefined) {
    try {
      os.setPriority(child.pid, os.constants.priority.PRIORITY_LOW)
    } catch {
      // It has exited already, or the system has no priorities.
    }
  }
  return child
}

const PAGE_SIZE = 4096

/** Resident bytes; 0 outside Linux, where pixels and time are the limits. */
function memoryOf(pid: number | undefined): number {
  if (pid === undefined || process.platform !== 'linux') return 0
  try {
    return Number(readFileSync(`/proc/${String(pid)}/statm`, 'utf8').split(' ')[1]) * PAGE_SIZE
  } catch {
    return 0
  }
}

export const DECODER_PROGRAM = 'dist/decoder.mjs'
