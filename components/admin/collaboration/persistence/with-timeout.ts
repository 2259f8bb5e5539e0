/** What somebody else is to answer, waited for no longer than so many milliseconds. @returns null where it comes later, or not at all */
export const withTimeout = <Value>(promise: Promise<Value>, milliseconds: number): Promise<Value | null> =>
  Promise.race([promise, new Promise<null>((resolve) => setTimeout(() => resolve(null), milliseconds))])
