import path from 'node:path'
import { securityHeaders } from '../http/headers'
import { actorOfRequests } from './actor-of-request'
import { diskStorage } from './disk-storage'
import { Pictures } from './pictures'
import { pictureRecords } from './records'

type Options = {
  dataDir: string
  siteUrl: URL
  secret: string
  isConnected: () => boolean
  maxBytes: number
  log: (line: string) => void
}

/** The pictures of this server, when there is a database. */
export function createPictures(options: Options): Pictures {
  return new Pictures({
    ...options,
    storage: diskStorage(path.resolve(options.dataDir, 'pictures')),
    records: pictureRecords,
    actorOf: actorOfRequests(options),
    common: securityHeaders(options.siteUrl),
  })
}
