import { can } from '@/domain/user/permission'
import { routes } from '@/lib/routes'
import { requireActor } from '@/lib/session'
import { historyFile } from '../file'

/** Everything that happened in the newsroom, as a file. */
export function GET(request: Request): Promise<Response> {
  return historyFile(request, 'history', null, async () => can(await requireActor(routes.admin.history), 'history.see'))
}
