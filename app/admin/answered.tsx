import type { ReactNode } from 'react'
import { Unavailable } from '@/components/admin/unavailable'
import { isDatabaseAway } from '@/lib/database-away'
import { sentWithoutScript } from './sent-without-script'

/**
 * A page, or a readable 503 where the database does not answer: never an empty document.
 * @param asTyped what to show instead to somebody who has just sent a form without script: their words
 */
export async function answered(render: () => Promise<ReactNode>, asTyped?: ReactNode): Promise<ReactNode> {
  try {
    return await render()
  } catch (error) {
    if (!isDatabaseAway(error)) throw error
    return asTyped && (await sentWithoutScript()) ? asTyped : <Unavailable />
  }
}
