import type { PictureRecords, PictureStorage } from './contract'
import type { UploadFiles } from './uploads/upload-files'

/** A file that belongs to nothing is removed after a day: by then whatever was adding it has ended. Milliseconds. */
const AGE = 24 * 60 * 60 * 1000

const BATCH = 500

type Options = {
  files: Pick<UploadFiles, 'removeBefore'>
  storage: Pick<PictureStorage, 'list' | 'delete'>
  records: Pick<PictureRecords, 'knownKeys' | 'knownSha256s'>
  now?: () => number
}

/** Removes uploads that nobody went on with, and what a server that was killed has stored without a row. Returns how many of those. */
export async function sweepPictures({ files, storage, records, now = Date.now }: Options): Promise<number> {
  const before = now() - AGE
  await files.removeBefore(before)
  const sweep = async (
    prefix: string,
    nameIn: number,
    known: (names: readonly string[]) => Promise<ReadonlySet<string>>,
  ) => {
    let removed = 0
    const remove = async (batch: string[]) => {
      const nameOf = (key: string) => key.split('/')[nameIn] ?? ''
      const present = await known([...new Set(batch.map(nameOf))])
      for (const key of batch) {
        if (present.has(nameOf(key))) continue
        await storage.delete(key)
        removed += 1
      }
    }
    const batch: string[] = []
    for await (const { key, modified } of storage.list(prefix)) {
      if (modified.getTime() < before) batch.push(key)
      if (batch.length >= BATCH) await remove(batch.splice(0))
    }
    await remove(batch)
    return removed
  }
  return (await sweep('renditions/', 1, records.knownKeys)) + (await sweep('originals/', 2, records.knownSha256s))
}
