import { defineConfig, devices } from '@playwright/test'

/** Features of the full Chromium that cost time. `--disable-features` replaces Playwright's own list, which is repeated here. */
const disabledFeatures = [
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
  `--disable-features=${disabledFeatures.join(',')}`,
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
    // Allowed only in tests of the service worker: each browser context here would download all scripts again.
    serviceWorkers: 'block',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: process.getuid?.() === 0 ? ['--no-sandbox', ...quiet] : quiet,
    },
    // Traces cost about a fifth of the time; use --trace retain-on-failure to look for a cause.
    trace: 'off',
  },
  projects: [
    // Needs no browser and takes longest: it starts first.
    { name: 'rights', testMatch: '**/{rights,odd-input}.spec.ts' },
    // One project for tests with and without script: a browser per project would load everything twice.
    { name: 'newspaper', testIgnore: '**/{rights,odd-input}.spec.ts' },
  ],
})
