import { routes } from '@/lib/routes'

/** Null where browsers keep no workers, as over plain http. */
const workers = () => (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker ?? null

/** Has the browser keep the newsroom's scripts ready; where it cannot, the newsroom goes on without. */
export function keepScripts() {
  workers()
    ?.register(routes.worker, { scope: routes.admin.desk })
    .catch(() => undefined)
}

/** The newsroom is of another build by now: its scripts are fetched while somebody still writes on this page, so that the next one opens with them. */
export function keepNewScripts() {
  workers()
    ?.getRegistration(routes.admin.desk)
    .then((registration) => registration?.update())
    .catch(() => undefined)
}
