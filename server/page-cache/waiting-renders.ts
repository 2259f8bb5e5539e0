import { RenderError } from './render-request'

/** So many renders wait at most; of one network half of them. */
const MAX_WAITING = 1000

/** Renders of pages that are not stored, which a stranger can ask for without end, leave two of eight free; those of one network two of these. */
const MAX_MISSING = 6
const MAX_MISSING_OF_NETWORK = 4

/** The reader of one that has waited longer would be gone when it is rendered: then the newest is served first. Milliseconds. */
const PATIENCE = 2000

/**
 * Why a page is rendered. `stale`: a reader waits for a stored page that has changed; these come first. `missing`: a reader waits for a page
 * that is not stored. `background`: nobody waits.
 */
export type RenderKind = 'stale' | 'missing' | 'background'

export type WaitingRender = {
  kind: RenderKind
  /** Whose reader asked first; empty while none has. */
  network: string
  readonly since: number
  readonly start: () => void
  readonly reject: (error: RenderError) => void
}

/** The renders that wait for their turn, and how many of each network have begun. */
export class WaitingRenders {
  private readonly waiting = { stale: [] as WaitingRender[], background: [] as WaitingRender[] }
  /** In the order in which the networks had their last turn. */
  private readonly missing = new Map<string, WaitingRender[]>()
  private readonly active = new Map<string, number>()

  /** Makes room by dropping the oldest render of the network with the most; where that is the newcomer's network, the newcomer is rejected. */
  add(render: WaitingRender) {
    if (render.kind !== 'missing') return void this.waiting[render.kind].push(render)
    const own = this.missing.get(render.network) ?? []
    if (own.length >= MAX_WAITING / 2) return render.reject(tooMany())
    if (this.countMissing() >= MAX_WAITING) {
      const [largest = []] = [...this.missing.values()].sort((one, other) => other.length - one.length)
      if (largest.length <= own.length + 1) return render.reject(tooMany())
      largest.shift()?.reject(tooMany())
    }
    own.push(render)
    this.missing.set(render.network, own)
  }

  /** The render that is next, which begins now; undefined: none may begin. */
  next(): WaitingRender | undefined {
    const render = this.waiting.stale.shift() ?? this.nextMissing() ?? this.waiting.background.shift()
    if (render?.kind === 'missing') this.active.set(render.network, this.activeOf(render.network) + 1)
    return render
  }

  /** A render that `next` returned has ended. */
  ended({ kind, network }: WaitingRender) {
    if (kind !== 'missing') return
    const left = this.activeOf(network) - 1
    if (left > 0) this.active.set(network, left)
    else this.active.delete(network)
  }

  /** @returns false where it does not wait (any more) */
  remove(render: WaitingRender): boolean {
    const list = render.kind === 'missing' ? this.missing.get(render.network) : this.waiting[render.kind]
    const at = list?.indexOf(render) ?? -1
    if (at === -1) return false
    list?.splice(at, 1)
    if (list?.length === 0) this.missing.delete(render.network)
    return true
  }

  /** @param network of the reader who asks for it now */
  change(render: WaitingRender, kind: RenderKind, network = render.network) {
    if (render.kind === kind || !this.remove(render)) return
    render.kind = kind
    render.network = network
    this.add(render)
  }

  size(): number {
    return this.waiting.stale.length + this.waiting.background.length + this.countMissing()
  }

  private nextMissing(): WaitingRender | undefined {
    const active = [...this.active.values()].reduce((sum, count) => sum + count, 0)
    if (active >= MAX_MISSING) return undefined
    for (const [network, own] of this.missing) {
      if (this.activeOf(network) >= MAX_MISSING_OF_NETWORK) continue
      const [oldest] = own
      const render = oldest && performance.now() - oldest.since > PATIENCE ? own.pop() : own.shift()
      // The network goes to the end.
      this.missing.delete(network)
      if (own.length > 0) this.missing.set(network, own)
      return render
    }
    return undefined
  }

  private countMissing(): number {
    return [...this.missing.values()].reduce((sum, { length }) => sum + length, 0)
  }

  private activeOf(network: string): number {
    return this.active.get(network) ?? 0
  }
}

const tooMany = () => new RenderError('busy', 'Too many pages wait to be rendered.')
