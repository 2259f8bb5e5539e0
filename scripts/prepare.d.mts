/** @throws Error in a sentence, where something cannot be built */
export function buildIfNeeded(what: { portal: boolean }): Promise<void>
