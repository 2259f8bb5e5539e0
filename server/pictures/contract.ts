import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import type { IngestedPicture } from '@/domain/picture/ingested'
import type { Labels } from '@/domain/picture/look'
import type { Size } from '@/domain/picture/renditions'
import type { Actor } from '@/domain/user/user'

// What this room needs of others: the tests put simple ones in their place.

export type StoredFile = { stream: Readable; size: number }

/** Where originals and renditions are kept: a folder, or a store that speaks S3. */
export type PictureStorage = {
  /** All of the file or nothing of it is there afterwards. */
  put: (key: string, file: string, contentType: string) => Promise<void>
  get: (key: string) => Promise<StoredFile | null>
  delete: (key: string) => Promise<void>
  list: (prefix: string) => AsyncIterable<{ key: string; modified: Date }>
}

export type SignedIn = Actor & { id: number }

/** The rows of pictures. */
export type PictureRecords = {
  findBySha256: (sha256: string) => Promise<{ id: number; key: string } | null>
  /** The picture with these bytes that is there already stays as it is. */
  add: (
    userId: number,
    picture: IngestedPicture,
  ) => Promise<{ ok: true; id: number; key: string; existing: boolean } | { ok: false; sentence: string }>
  forServing: (key: string) => Promise<ServedPicture | null>
  findOriginal: (key: string) => Promise<{ sha256: string; format: string; fileName: string | null } | null>
  /** Whether a preview link shows the picture. */
  previewShows: (token: string, key: string) => Promise<boolean>
  /** Which of these have a row. */
  knownKeys: (keys: readonly string[]) => Promise<ReadonlySet<string>>
  knownSha256s: (sha256s: readonly string[]) => Promise<ReadonlySet<string>>
}

export type ServedPicture = Size & {
  id: number
  key: string
  sha256: string
  labels: Labels
  /** Whether something live uses it, and it may be used now. */
  isLive: boolean
  /** A change with one of these tags may end that: the picture's own, and that of one live thing that uses it. */
  tags: readonly string[]
  /** When it may end without an event. */
  staleAt: Date | null
}

/** Who sends a request; null without a session. */
export type ActorOf = (request: IncomingMessage) => Promise<SignedIn | null>
