/** What somebody else is to answer, waited for no longer than so many milliseconds. @returns null where it comes later, or not at all */
export const waitAtMost = <Value>(answer: Promise<Value>, milliseconds: number): Promise<Value | null> =>
  Promise.race([answer, new Promise<null>((resolve) => setTimeout(() => resolve(null), milliseconds))])
