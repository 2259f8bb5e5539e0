/** @throws Error when the build fails */
export function buildIfNeeded(what: { portal: boolean }): Promise<void>
