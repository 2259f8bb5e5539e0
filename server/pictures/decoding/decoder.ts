import os from 'node:os'
import type { Inspection } from '../decoder/inspect'
import type { Rendered, RenderTask } from '../decoder/render'
import type { Task } from '../decoder/tasks'
import { PROCESS_LIMITS } from '../limits'
import { DECODER_PROGRAM, DecoderProcess, type ProcessOptions } from './decoder-process'

/** A process without work exits after this. Milliseconds. */
const IDLE_TIME = 60_000

/** Two at least: a picture that takes its full time holds up nobody alone. */
const PROCESSES = Math.max(2, Math.min(4, os.availableParallelism()))

type Waiting = { task: Task; milliseconds: number; resolve: (value: unknown) => void; reject: (error: unknown) => void }

export type DecoderOptions = Pick<ProcessOptions, 'log'> &
  Partial<Pick<ProcessOptions, 'program' | 'memory' | 'isBackground'>> & {
    /** Milliseconds. */
    limits?: { inspecting: number; rendering: number }
  }

/** Reads pictures in processes of their own, which are started when they are needed. Tasks wait for a free one in their order. */
export class Decoder {
  private readonly processes = new Set<DecoderProcess>()
  private readonly free: DecoderProcess[] = []
  private readonly queue: Waiting[] = []
  private idleTimer: NodeJS.Timeout | null = null
  private isClosed = false
  private readonly size: number
  private readonly processOptions: ProcessOptions
  private readonly limits: { inspecting: number; rendering: number }

  constructor(options: DecoderOptions) {
    const { isBackground = false } = options
    this.size = isBackground ? 1 : PROCESSES
    this.limits =
      options.limits ?? (isBackground ? { ...PROCESS_LIMITS, rendering: PROCESS_LIMITS.background } : PROCESS_LIMITS)
    this.processOptions = {
      program: DECODER_PROGRAM,
      memory: PROCESS_LIMITS.memory,
      threads: isBackground ? 1 : 2,
      ...options,
      isBackground,
    }
  }

  /** @throws Unreadable */
  inspect = (file: string) => this.add<Inspection>({ kind: 'inspect', file }, this.limits.inspecting)

  /** @throws Unreadable */
  render = (task: RenderTask) => this.add<Rendered>({ kind: 'render', ...task }, this.limits.rendering)

  /** Tasks that wait for a free process. */
  get waiting(): number {
    return this.queue.length
  }

  get pids(): number[] {
    return [...this.processes].flatMap(({ pid }) => pid ?? [])
  }

  async close() {
    this.isClosed = true
    if (this.idleTimer) clearTimeout(this.idleTimer)
    for (const { reject } of this.queue.splice(0)) reject(new Error('The server stops.'))
    await Promise.all([...this.processes].map((one) => one.stop()))
  }

  private add<Value>(task: Task, milliseconds: number): Promise<Value> {
    return new Promise<Value>((resolve, reject) => {
      if (this.isClosed) return reject(new Error('The server stops.'))
      this.queue.push({ task, milliseconds, resolve: resolve as Waiting['resolve'], reject })
      this.next()
    })
  }

  private next() {
    if (this.queue.length === 0) return this.waitIdle()
    const process = this.take()
    const waiting = process && this.queue.shift()
    if (!waiting) return
    if (this.idleTimer) clearTimeout(this.idleTimer)
    const release = () => {
      if (process.isWorn) void process.stop()
      else this.free.push(process)
      this.next()
    }
    // Free before whoever waits asks for the next one.
    process.run(waiting.task, waiting.milliseconds).then(
      (value) => {
        release()
        waiting.resolve(value)
      },
      (error: unknown) => {
        release()
        waiting.reject(error)
      },
    )
  }

  private take(): DecoderProcess | undefined {
    for (let free = this.free.pop(); free; free = this.free.pop()) if (!free.isOver) return free
    if (this.isClosed || this.processes.size >= this.size) return undefined
    const started = new DecoderProcess(this.processOptions)
    this.processes.add(started)
    void started.exited.then(() => {
      this.processes.delete(started)
      this.next()
    })
    return started
  }

  private waitIdle() {
    if (this.idleTimer) clearTimeout(this.idleTimer)
    this.idleTimer = setTimeout(() => {
      for (const free of this.free.splice(0)) void free.stop()
    }, IDLE_TIME).unref()
  }
}
