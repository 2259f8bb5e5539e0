/** Not `crypto.randomUUID`: browsers do not have it on plain http. */
export function newBlockId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
