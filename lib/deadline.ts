/**
 * Waits for `work`, but no longer than `milliseconds`. The work itself goes on.
 * @param onTimeout its value is returned in place of the work's, what it throws is thrown; not called once the work has settled
 */
export async function withDeadline<Value, Late>(
  milliseconds: number,
  work: PromiseLike<Value>,
  onTimeout: () => Late,
): Promise<Value | Late> {
  let settled = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<Late>((resolve, reject) => {
    const expire = () => {
      if (settled) return
      try {
        resolve(onTimeout())
      } catch (error) {
        reject(error)
      }
    }
    timer = setTimeout(() => afterPendingInput(expire), milliseconds)
  })
  try {
    return await Promise.race([work, timeout])
  } finally {
    settled = true
    clearTimeout(timer)
  }
}

/** Lets pending I/O run first, so that a blocked event loop is not reported as a timeout. Browsers have no `setImmediate`. */
function afterPendingInput(work: () => void) {
  if (typeof setImmediate === 'function') setImmediate(work)
  else work()
}
