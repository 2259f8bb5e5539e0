import type { IngestedPicture } from '@/domain/picture/ingested'
import type { PictureRecords, ServedPicture } from './contract'
import { labelsOf, textsAsTheyCame } from '@/domain/picture/picture'

/** Rows of pictures in memory. */
export function someRecords() {
  const rows: (IngestedPicture & { id: number; isLive: boolean; staleAt: Date | null; tags: string[] })[] = []
  const records = {
    rows,
    /** Thrown by every question. */
    failure: null as Error | null,
    asked: 0,
    refusal: null as string | null,
  }
  const ask = () => {
    records.asked += 1
    if (records.failure) throw records.failure
  }
  const found: PictureRecords = {
    async findBySha256(sha256) {
      ask()
      return rows.find((row) => row.sha256 === sha256) ?? null
    },
    async add(_userId, picture) {
      ask()
      if (records.refusal !== null) return { ok: false, sentence: records.refusal }
      const existing = rows.find((row) => row.sha256 === picture.sha256)
      if (existing) return { ok: true, id: existing.id, key: existing.key, existing: true }
      const id = rows.length + 1
      rows.push({ ...picture, id, isLive: false, staleAt: null, tags: [`picture:${String(id)}`, 'story:1'] })
      return { ok: true, id, key: picture.key, existing: false }
    },
    async forServing(key): Promise<ServedPicture | null> {
      ask()
      const row = rows.find((one) => one.key === key)
      if (!row) return null
      const { id, sha256, width, height, asItCame, staleAt, tags } = row
      const isLive = row.isLive && (staleAt === null || staleAt.getTime() > Date.now())
      return { id, key, sha256, width, height, labels: labelsOf(textsAsTheyCame(asItCame.told)), isLive, staleAt, tags }
    },
    async previewShows(token, key) {
      return token === 'open-token' && rows.some((row) => row.key === key)
    },
    async findOriginal(key) {
      return rows.find((row) => row.key === key) ?? null
    },
    async knownKeys(keys) {
      return new Set(keys.filter((key) => rows.some((row) => row.key === key)))
    },
    async knownSha256s(sha256s) {
      return new Set(sha256s.filter((sha256) => rows.some((row) => row.sha256 === sha256)))
    },
  }
  return Object.assign(records, found)
}
