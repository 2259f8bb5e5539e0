import type { ReactNode } from 'react'
import { Unavailable } from '@/components/admin/unavailable'
import { isDatabaseAway } from '@/lib/database-away'

/** A page, or a readable 503 where the database does not answer: never an empty document. */
export async function answered(render: () => Promise<ReactNode>): Promise<ReactNode> {
  try {
    return await render()
  } catch (error) {
    if (isDatabaseAway(error)) return <Unavailable />
    throw error
  }
}
