import { test as base, type Browser } from '@playwright/test'
import type { Role } from '@/domain/user/user'
import { signedIn, type Visit } from './people'

export { expect, type Browser, type Locator, type Page } from '@playwright/test'

const visitOf =
  (role: Role, name: string) =>
  async ({ browser }: { browser: Browser }, use: (visit: Visit) => Promise<void>) =>
    use(await signedIn(browser, role, name))

type Visits = Record<'ada' | 'edith' | 'otto' | 'ann' | 'rae', Visit>

/** People who are signed in, new for each test; each has a browser context. All contexts are closed after the test. */
export const test = base.extend<Visits & { closedContexts: void }>({
  ada: visitOf('admin', 'Ada'),
  edith: visitOf('editor', 'Edith'),
  otto: visitOf('editor', 'Otto'),
  ann: visitOf('editor', 'Ann'),
  rae: visitOf('reporter', 'Rae'),
  closedContexts: [
    async ({ browser }, use) => {
      await use()
      await Promise.all(browser.contexts().map((context) => context.close()))
    },
    { auto: true },
  ],
})
