/** What each of the newsroom's scripts begins with. */
export const COMPILE_AT_ONCE: string
export function compiledAsTheyCome(folder: string): void
export function keepingReady(worker: string, folder: string, how: { at: string; except: string[] }): string
