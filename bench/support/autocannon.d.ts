/** The part of autocannon's API that we use; the package has no types. */
declare module 'autocannon' {
  export type Client = {
    conn: import('node:net').Socket
    parser: Record<number, (head?: unknown) => unknown> & { execute: (chunk: Buffer) => void }
  }
  export type Options = {
    url: string
    connections: number
    pipelining?: number
    duration: number
    /** Milliseconds. */
    sampleInt?: number
    method?: string
    headers?: Record<string, string>
    setupClient?: (client: Client) => void
  }
  export type Result = {
    /** Seconds. */
    duration: number
    errors: number
    timeouts: number
    requests: { total: number }
    /** Milliseconds. */
    latency: { p50: number; p99: number }
    statusCodeStats: Record<string, { count: number } | undefined>
  }
  export default function autocannon(options: Options): Promise<Result>
}
