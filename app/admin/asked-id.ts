/** The id in an address, or null where it cannot be one: such an address is not found, like any other. */
export function askedId(typed: string): number | null {
  return /^[1-9]\d{0,14}$/u.test(typed) ? Number(typed) : null
}
