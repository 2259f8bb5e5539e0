import { fromWire, withProtocolVersion, type SyncResponse } from '@/domain/collaboration/protocol'
import { databaseNames, type DatabaseNames } from '../persistence/device-storage'

/** What opening a document waits for: the document on the server, and the databases of this browser. */
export type Prefetch = { response: Promise<SyncResponse | null>; databases: Promise<DatabaseNames> }

/** Changes nothing, so it may start before the page is known to be shown. */
export const prefetchDocument = (address: string, signal?: AbortSignal): Prefetch => ({
  response: fetchDocument(address, signal),
  databases: databaseNames(),
})

async function fetchDocument(address: string, signal?: AbortSignal): Promise<SyncResponse | null> {
  try {
    const response = await fetch(withProtocolVersion(address), { signal: signal ?? null, cache: 'no-store' })
    return response.ok ? (fromWire(await response.json()) as SyncResponse) : null
  } catch {
    return null
  }
}
