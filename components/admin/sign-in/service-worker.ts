import { routes } from '@/lib/routes'

/** Null where browsers keep no workers, as over plain http. */
const serviceWorkers = () => (navigator as { serviceWorker?: ServiceWorkerContainer }).serviceWorker ?? null

/** Has the browser keep the newsroom's scripts ready; where it cannot, the newsroom goes on without. */
export function registerServiceWorker() {
  serviceWorkers()
    ?.register(routes.serviceWorker, { scope: routes.admin.desk })
    .catch(() => undefined)
}

/** The newsroom is of another build by now: its scripts are fetched while somebody still writes on this page, so that the next one opens with them. */
export function updateServiceWorker() {
  serviceWorkers()
    ?.getRegistration(routes.admin.desk)
    .then((registration) => registration?.update())
    .catch(() => undefined)
}
