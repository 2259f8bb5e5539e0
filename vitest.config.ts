import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const alias = { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/u, '') }

/** Tests that need Postgres: operations (named in -ing), stores and queries, what readers may see, `db/`, and the server's own processes. */
const onPostgres = ['**/*{ing,store,queries}.test.ts', 'db/*.test.ts', 'server/**/*.process.test.ts']
/** The body editor in Chromium, without the portal (components/admin/body/editor-page.test-support.ts). */
const inChromium = ['**/*.chromium.test.{ts,tsx}']
const never = ['node_modules/**', '.next/**', '.data/**', '.test/**', 'dist/**', 'e2e/**']

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...never, ...onPostgres, ...inChromium],
          // Each worker loads a module once for all its files; loading took as long as the tests.
          isolate: false,
          // Property tests are slow on a loaded machine.
          testTimeout: 60_000,
          // By default Vitest uses one core of two.
          maxWorkers: 2,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'editor',
          include: inChromium,
          exclude: never,
          testTimeout: 60_000,
          hookTimeout: 300_000,
          maxWorkers: 2,
        },
      },
      {
        resolve: { alias: { ...alias, 'server-only': `${alias['@']}/node_modules/server-only/empty.js` } },
        test: {
          name: 'database',
          include: onPostgres,
          exclude: never,
          isolate: false,
          globalSetup: 'server/database/postgres.test-support.ts',
          setupFiles: 'server/database/own-database.test-support.ts',
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // Tests that restart servers mostly wait, so a second file runs meanwhile.
          maxWorkers: 2,
        },
      },
    ],
  },
})
