import { can } from '@/domain/user/permission'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { historyFile } from '../file'

/** The history of the whole newsroom as a file. */
export function GET(request: Request): Promise<Response> {
  return historyFile(request, 'history', null, async () => can(await requireActor(routes.admin.history), 'history.see'))
}
