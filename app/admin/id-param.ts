/** The id in an address, or null where it cannot be one: such an address is not found, like any other. */
export function parseId(param: string): number | null {
  return /^[1-9]\d{0,14}$/u.test(param) ? Number(param) : null
}
