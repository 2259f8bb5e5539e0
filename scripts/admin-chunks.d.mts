export const COMPILE_HINT: string
export function addCompileHints(folder: string): void
export function fillScriptList(worker: string, folder: string, how: { at: string; except: string[] }): string
