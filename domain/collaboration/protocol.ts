/**
 * Which blocks, marks and fields of a document this build knows; raised whenever one is added. An editor takes away what it does not know, with
 * the words inside, and everybody obeys: a tab of an earlier edition is neither given words nor asked for any, and is told to load the page again.
 */
export const PROTOCOL_VERSION = 3

/** What is said to a tab of an earlier edition, and which status goes with it. */
export const UPGRADE_REQUIRED = {
  status: 426,
  message: 'The newsroom was brought up to date. Load this page again to go on writing.',
} as const

/** An address of a story's words, as this build asks for it. */
export const withProtocolVersion = (address: string, version = PROTOCOL_VERSION) =>
  `${address}${address.includes('?') ? '&' : '?'}edition=${version}`

/** @param version as an address says it; a tab from before there were editions says none */
export const isUnsupportedVersion = (version: string | null): boolean => !(Number(version) >= PROTOCOL_VERSION)

/** The header in which a tab says, along with its words, where it is: then it need not say so apart. */
export const PRESENCE_HEADER = 'x-presence'

/** The header in which the newsroom says which build answers. */
export const BUILD_HEADER = 'x-build'

/** What a browser sends of a story: what it has (a state vector), and what it wrote (an update of Yjs). Either may be empty of news. */
export type SyncRequest = { vector: Uint8Array<ArrayBuffer>; update: Uint8Array<ArrayBuffer> }

/** A frame in bytes: the length of the vector (four bytes, big end first), the vector, the update. */
export function encodeSyncRequest({
  vector,
  update,
}: {
  vector: Uint8Array
  update: Uint8Array
}): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 + vector.length + update.length)
  new DataView(bytes.buffer).setUint32(0, vector.length)
  bytes.set(vector, 4)
  bytes.set(update, 4 + vector.length)
  return bytes
}

/** @returns null for bytes that are no frame */
export function decodeSyncRequest(bytes: Uint8Array<ArrayBuffer>): SyncRequest | null {
  if (bytes.length < 4) return null
  const end = 4 + new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0)
  return end > bytes.length ? null : { vector: bytes.slice(4, end), update: bytes.slice(end) }
}

/** What the newsroom answers when words are kept: everything that the browser does not have, and what is kept by now. */
export type SyncResponse = {
  /** Which document this is; one made anew (after a backup was restored without it) has another lineage, and never merges with the old one. */
  lineage: string
  /** The draft's version that says what the document says. */
  version: number
  /** Counts what was merged into the document. */
  sequence: number
  /** When the draft was last saved, ISO 8601. */
  savedAt: string
  /** Updates and vectors of Yjs in base64. */
  missing: string
  vector: string
  /** The number of the version that keeps what was sent of words whose place had been removed. */
  strandedIn?: number
  /** The last time that somebody put the draft back; a newsroom of before does not say it. */
  putBack?: SequencedRestoredNotice
}

/** Words that lost their place by what somebody else did: who wrote them, by the numbers of their documents, and the version that keeps them. */
export type OrphanedText = { number: number; writers: number[] }

/**
 * Somebody put the draft back: `to` the version with this number, or null for what readers see. What it said until then is the version `keptAs`,
 * null where it said the same.
 */
export type RestoredNotice = { by: string; person: number; to: number | null; keptAs: number | null }

/** The same with the document's count when it was done: whoever knows less was away. */
export type SequencedRestoredNotice = RestoredNotice & { sequence: number }

/** What a device kept of another document of the story is never merged: it is a version. Null: the story says all of it. */
export type DivergentCopyResponse = { apart: true; number: number | null }

/** What did not arrive whole is asked for again, from this vector on. */
export type MissingUpdates = { behind: true; vector: string }
