import { defineConfig, devices } from '@playwright/test'

/** A whole Chromium draws its own bar as a page beside each page. With these named, what Playwright itself switches off has to be said again. */
const notDrawn = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'DialMediaRouteProvider',
  'GlobalMediaControls',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'Translate',
  'AutoDeElevate',
  'OptimizationHints',
  'InitialWebUI',
  'WebUIReloadButton',
  'WebUIToolbar',
  'WebUITabStrip',
]

const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  `--disable-features=${notDrawn.join(',')}`,
]

export default defineConfig({
  testDir: 'e2e',
  outputDir: '.test/browser',
  globalSetup: './e2e/support/start-instances.ts',
  fullyParallel: false,
  workers: 2,
  forbidOnly: process.env.CI !== undefined,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    ...devices['Desktop Chrome'],
    channel: undefined,
    // Whoever tests what a browser keeps ready allows it: each person here has a browser of their own, which would get all of it anew.
    serviceWorkers: 'block',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: process.getuid?.() === 0 ? ['--no-sandbox', ...quiet] : quiet,
    },
    // A trace of everything costs about a fifth of the time; whoever looks for a cause asks for it: --trace retain-on-failure.
    trace: 'off',
  },
  projects: [
    // Without a browser, and the longest of all: begun first, so that nobody waits for it in the end.
    { name: 'rights', testMatch: '**/rights.spec.ts' },
    // With and without script alike: whoever begins a browser for each loads everything for each.
    { name: 'newspaper', testIgnore: '**/rights.spec.ts' },
  ],
})
