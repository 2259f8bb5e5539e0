/** Increased with every new block or mark. An editor deletes unknown nodes with their text, so a tab of an earlier version is refused. */
export const PROTOCOL_VERSION = 4

/** The response to a tab of an earlier version. RFC 9110, 15.5.22. */
export const UPGRADE_REQUIRED = {
  status: 426,
  message: 'The newsroom was brought up to date. Load this page again to go on writing.',
} as const

export const withProtocolVersion = (address: string, version = PROTOCOL_VERSION) =>
  `${address}${address.includes('?') ? '&' : '?'}edition=${version}`

/** @param version of the address; null from the first builds */
export const isUnsupportedVersion = (version: string | null): boolean => !(Number(version) >= PROTOCOL_VERSION)

/** A request header with the presence of the tab, as JSON: it spares a request of its own. */
export const PRESENCE_HEADER = 'x-presence'

/** A response header with the build of the server. */
export const BUILD_HEADER = 'x-build'

/** A request header with the person whose text is sent: a local copy is sent under no other name. */
export const WRITER_HEADER = 'x-writer'

/** The server-sent events of a story. Before it closes an evicted stream, the server sends `evicted`. Tabs of older builds use these names. */
export const eventNames = {
  update: 'words',
  presence: 'presence',
  orphanedText: 'stranded',
  restored: 'put-back',
  history: 'told',
  missed: 'missed',
  evicted: 'full',
} as const

/** Keys of the JSON in responses, server-sent events and Postgres notifications. Tabs and servers of older builds use these. */
const wireKeys: Record<string, string> = {
  orphanedIn: 'strandedIn',
  orphanedText: 'stranded',
  restoredNotice: 'putBack',
  history: 'told',
  lacksUpdates: 'behind',
  isDivergent: 'apart',
}
const keysFromWire = Object.fromEntries(Object.entries(wireKeys).map(([key, wire]) => [wire, key]))

const renamed = (value: object, keys: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(value).map(([key, inner]: [string, unknown]) => [Object.hasOwn(keys, key) ? keys[key] : key, inner]),
  )

/** Renames the keys of the outermost object only. */
export const toWire = (value: object) => renamed(value, wireKeys)

/** @returns null where the value is not an object */
export const fromWire = (value: unknown) =>
  typeof value === 'object' && value !== null ? renamed(value, keysFromWire) : null

/** The state vector and the local updates of a tab. Both may be empty. */
export type SyncRequest = { vector: Uint8Array<ArrayBuffer>; update: Uint8Array<ArrayBuffer> }

/** The length of the vector (four bytes, big endian), the vector, the update. */
export function encodeSyncRequest({ vector, update }: Record<keyof SyncRequest, Uint8Array>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 + vector.length + update.length)
  new DataView(bytes.buffer).setUint32(0, vector.length)
  bytes.set(vector, 4)
  bytes.set(update, 4 + vector.length)
  return bytes
}

/** @returns null for invalid bytes */
export function decodeSyncRequest(bytes: Uint8Array<ArrayBuffer>): SyncRequest | null {
  if (bytes.length < 4) return null
  const end = 4 + new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0)
  return end > bytes.length ? null : { vector: bytes.slice(4, end), update: bytes.slice(end) }
}

/** Acknowledges an update after the commit. */
export type SyncResponse = {
  /** Identifies the document: one that was created again, after a restored backup, has another lineage. Documents of two lineages never merge. */
  lineage: string
  /** The version of the draft that equals the document. */
  version: number
  /** Counts the updates of the document. */
  sequence: number
  /** ISO 8601. */
  savedAt: string
  /** What the tab does not have, as a Yjs update in base64. */
  missing: string
  /** The state vector of the server, in base64. */
  vector: string
  /** The number of the revision with text of the update that could not be merged. */
  orphanedIn?: number
  /** The last time that the draft was restored. Missing from older servers. */
  restoredNotice?: SequencedRestoredNotice
}

/** The number of the revision with text that another person's update deleted, and the Yjs clients that wrote it. */
export type OrphanedText = { number: number; writers: number[] }

/** The draft was restored to revision `to`, or to the published one (null). It was `keptAs` before; null where both were the same. */
export type RestoredNotice = { by: string; person: number; to: number | null; keptAs: number | null }

/** With the sequence of the document at that time: a tab with a lower one was disconnected. */
export type SequencedRestoredNotice = RestoredNotice & { sequence: number }

/** A local copy of another lineage became the revision with this number; null where the draft has the same text. */
export type DivergentCopyResponse = { isDivergent: true; number: number | null }

/** The update depends on others that the server lacks: the tab sends all since this state vector. */
export type MissingUpdates = { lacksUpdates: true; vector: string }
