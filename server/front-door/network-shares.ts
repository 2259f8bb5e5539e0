/** Requests of one network that the renderer has at once; the others are for other people. */
const MAX_ACTIVE = 24

const MAX_WAITING = 200

type Turns = { active: number; waiting: (() => void)[] }

/** Bounds how many requests of one network the renderer has at once, so that a stranger leaves room for editors. */
export class NetworkShares {
  private readonly networks = new Map<string, Turns>()

  /**
   * Waits for a place.
   * @param gone aborted when the client goes away: it is not waited for then
   * @returns releases the place; null where too many wait already, or the client has gone
   */
  async enter(network: string, gone: AbortSignal): Promise<(() => void) | null> {
    const turns = this.networks.get(network) ?? { active: 0, waiting: [] }
    this.networks.set(network, turns)
    if (turns.active < MAX_ACTIVE) turns.active += 1
    else if (turns.waiting.length >= MAX_WAITING || !(await hasTurn(turns, gone))) return null
    let isReleased = false
    return () => {
      if (isReleased) return
      isReleased = true
      this.leave(network, turns)
    }
  }

  /** The place goes to the next one that waits. */
  private leave(network: string, turns: Turns) {
    const next = turns.waiting.shift()
    if (next) return next()
    turns.active -= 1
    if (turns.active === 0) this.networks.delete(network)
  }
}

function hasTurn({ waiting }: Turns, gone: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const start = () => {
      gone.removeEventListener('abort', onGone)
      resolve(true)
    }
    const onGone = () => {
      const at = waiting.indexOf(start)
      if (at !== -1) waiting.splice(at, 1)
      resolve(false)
    }
    waiting.push(start)
    gone.addEventListener('abort', onGone, { once: true })
  })
}
