import type { Inspection } from './inspect'
import type { Rendered, RenderTask } from './render'

/** What a decoder process is asked, and what it answers, over its channel to the server. */
export type Task = { kind: 'inspect'; file: string } | ({ kind: 'render' } & RenderTask)
export type Request = { id: number; task: Task }
export type Answer =
  | { id: number; ok: true; value: Inspection | Rendered }
  | { id: number; ok: false; sentence: string; isOutOfSpace: boolean }
