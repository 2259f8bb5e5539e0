import { randomBytes } from 'node:crypto'
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { PictureStorage } from './contract'

/** Files in a folder of this server. */
export function diskStorage(folder: string): PictureStorage {
  const fileOf = (key: string) => {
    const file = path.join(folder, key)
    if (!file.startsWith(folder + path.sep)) throw new Error(`${key} is not a key.`)
    return file
  }
  return {
    async put(key, file) {
      const target = fileOf(key)
      await mkdir(path.dirname(target), { recursive: true, mode: 0o700 })
      const temporary = `${target}.${randomBytes(6).toString('hex')}.new`
      try {
        await copyFile(file, temporary)
        await rename(temporary, target)
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
    },
    async get(key) {
      // Opened first: what is removed meanwhile is still read to its end.
      const file = await open(fileOf(key)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null
        throw error
      })
      if (file === null) return null
      const { size } = await file.stat()
      return { size, stream: file.createReadStream() }
    },
    async delete(key) {
      await rm(fileOf(key), { force: true })
    },
    async *list(prefix) {
      const names = await readdir(fileOf(prefix), { recursive: true, withFileTypes: true }).catch(() => [])
      for (const name of names) {
        if (!name.isFile()) continue
        const file = path.join(name.parentPath, name.name)
        const details = await stat(file).catch(() => null)
        if (details) yield { key: path.relative(folder, file).split(path.sep).join('/'), modified: details.mtime }
      }
    },
  }
}
