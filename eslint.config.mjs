import boundaries from 'eslint-plugin-boundaries'
import regexp from 'eslint-plugin-regexp'
import ts from 'typescript-eslint'
import { noOldWords } from './eslint/old-words.mjs'

const room = (category, pattern) => ({ category, pattern, stopMatching: true })
const mayUse = (from, ...rooms) => ({
  from: { file: { categories: from } },
  allow: { to: { file: { categories: { anyOf: rooms } } } },
})
const mayNotInstall = (from, ...packages) => ({
  from: { file: { categories: { anyOf: from } } },
  disallow: { to: { module: { origin: 'external', source: packages } } },
})

/** The rooms of the repository. A file that is in none of them fails the lint. */
const floorPlan = [
  room('browser tests', 'e2e/**/*'),
  room('benchmarks', 'bench/**/*'),
  room('test', '**/*.test.{ts,tsx}'),
  room('test', '**/*.test-support.{ts,tsx}'),
  room('reader pages', 'app/[(]reader[)]/**/*'),
  room('admin pages', 'app/admin/**/*'),
  room('preview', 'app/[(]preview[)]/**/*'),
  room('sign-in pages', 'app/[(]sign-in[)]/**/*'),
  room('routes', 'app/**/*'),
  room('ui', 'components/ui/**/*'),
  room('reader components', 'components/reader/**/*'),
  room('admin components', 'components/admin/**/*'),
  room('reading', 'reading/*.ts'),
  // Queries of readers' and editors' pages: live stories, sections, names and the front page, never a draft.
  room('shared queries', 'domain/(front-page|taxonomy|section)/*store.ts'),
  room('nouns', 'domain/body/blocks/*.ts'),
  room('seed', 'domain/first-edition/*.ts'),
  room('operations', 'domain/**/*{ing,store,queries,query}.ts'),
  room('operations', 'domain/(operation|time/transaction-time|people/sign-in|collaboration/notifications).ts'),
  room('nouns', 'domain/**/*.ts'),
  room('schema of drafts', 'db/schema/(story|draft|copy).ts'),
  room('schema', 'db/schema/*.ts'),
  room(
    'client',
    'db/(connection-errors|query-deadline|client|connection|migrate|synthetic-data|locks|subscription).ts',
  ),
  room('addresses', 'lib/addresses.ts'),
  room('routes map', 'lib/(routes|own-address).ts'),
  room('form state', 'lib/form-state.ts'),
  room('environment', 'lib/env.ts'),
  room('lib basics', 'lib/(backoff|deadline|text-direction).ts'),
  room('session token', 'lib/session-token.ts'),
  room('lib', 'lib/(action|auth|database-unavailable|flash|public-action|request-read|session).ts'),
  room('http', 'server/http/**/*'),
  room('embedded database', 'server/database/**/*'),
  room('observability', 'server/observability/**/*'),
  room('invalidation', 'server/invalidation/**/*'),
  room('page cache', 'server/page-cache/**/*'),
  room('front door', 'server/front-door/**/*'),
  // Only the decoder process reads bytes of pictures.
  room('picture limits', 'server/pictures/(limits|unreadable).ts'),
  room('picture decoder', 'server/pictures/decoder/**/*'),
  room('pictures', 'server/pictures/**/*'),
  room('supervisor', 'server/supervisor/**/*'),
  room('command line', 'server/cli/*.ts'),
  // Settings, errors for the operator and ports: every room of the server uses them.
  room('server basics', 'server/*.ts'),
  room('scripts', 'scripts/**/*'),
  room('public', 'public/**/*'),
  room('config', '*.{ts,mjs}'),
]

const serverRooms = [
  'server basics',
  'http',
  'embedded database',
  'observability',
  'invalidation',
  'page cache',
  'front door',
  'picture limits',
  'picture decoder',
  'pictures',
  'supervisor',
]

/** Rules of our own. A directive may appear only in files with a matching name. */
const ownRules = {
  rules: {
    'directive-has-a-home': {
      meta: { schema: [{}, {}] },
      create: ({ options: [directive, message], report }) => ({
        [`ExpressionStatement[directive="${directive}"]`]: (node) => report({ node, message }),
      }),
    },
    'actions-are-operations': {
      meta: { schema: [{}] },
      create: (context) => ({
        ':matches(ExportNamedDeclaration, ExportDefaultDeclaration, ExportAllDeclaration)': (node) => {
          const built =
            node.declaration?.type === 'VariableDeclaration' &&
            node.declaration.declarations.every(
              ({ init }) => init?.type === 'CallExpression' && init.callee.name === context.options[0],
            )
          if (!built) {
            const message = `Every export of an actions file here is ${context.options[0]}(operation): it checks who is calling.`
            context.report({ node, message })
          }
        },
      }),
    },
  },
}
const only = (directive, home, message) => ({
  files: ['**/*.{ts,tsx}'],
  ignores: [home],
  plugins: { [directive.replace(' ', '-')]: ownRules },
  rules: { [`${directive.replace(' ', '-')}/directive-has-a-home`]: ['error', directive, message] },
})

export default [
  { ignores: ['.next/**', '.data/**', '.test/**', 'dist/**', 'node_modules/**', 'next-env.d.ts', 'db/migrations/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    // A pattern that takes quadratic time lets one request stop everybody (docs/decisions/0038).
    files: ['**/*.{ts,tsx,mjs,js,cjs}'],
    ignores: ['e2e/**', 'bench/**', '**/*.test.{ts,tsx}'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': 'error',
      'regexp/no-super-linear-move': ['error', { ignoreSticky: false, ignorePartial: false }],
    },
  },
  {
    // Each formatter takes about 32 KB outside the heap (docs/decisions/0024).
    files: ['**/*.{ts,tsx}'],
    ignores: ['domain/time/formatters.ts', 'e2e/**', 'bench/**', '**/*.test.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: ':function NewExpression[callee.object.name="Intl"][callee.property.name!="Locale"]',
          message: 'Make a formatter once: a constant of the module, or dateTimeFormat() of domain/time/formatters.ts.',
        },
        {
          selector: 'CallExpression[callee.property.name=/^toLocale(Date|Time)?String$/]',
          message: 'This makes a formatter for each call: format with a constant of the module.',
        },
      ],
    },
  },
  ...ts.configs.strict.map((config) => ({ ...config, files: ['**/*.{ts,tsx}'] })),
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parser: ts.parser },
    plugins: { boundaries },
    settings: { 'boundaries/files': floorPlan, 'import/resolver': { typescript: { alwaysTryTypes: true } } },
    rules: {
      // A comma operator once dropped the left half of a replacement.
      'no-sequences': ['error', { allowInParentheses: false }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      'boundaries/no-unknown-files': 'error',
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          checkAllOrigins: true,
          policies: [
            { allow: { to: { module: { origin: ['external', 'core'] } } } },
            // The manifest of addresses imports nothing: every room reads it.
            { allow: { to: { file: { categories: 'addresses' } } } },
            { allow: { to: { file: { categories: 'lib basics' } } } },
            mayUse(
              'reader pages',
              'reader pages',
              'reading',
              'reader components',
              'ui',
              'nouns',
              'routes map',
              'environment',
            ),
            mayUse(
              'admin pages',
              'admin pages',
              'operations',
              'shared queries',
              'client',
              'admin components',
              'reader components',
              'ui',
              'nouns',
              'lib',
              'routes map',
              'form state',
              'environment',
            ),
            mayUse(
              'routes',
              'routes',
              'operations',
              'shared queries',
              'client',
              'reading',
              'admin components',
              'nouns',
              'lib',
              'ui',
              'routes map',
              'form state',
              'environment',
            ),
            mayUse('reader components', 'reader components', 'ui', 'nouns', 'routes map'),
            mayUse(
              'admin components',
              'admin components',
              'reader components',
              'ui',
              'nouns',
              'routes map',
              'form state',
            ),
            // The newsroom's page in the readers' look.
            mayUse(
              'preview',
              'preview',
              'reader pages',
              'admin pages',
              'operations',
              'shared queries',
              'client',
              'admin components',
              'reader components',
              'ui',
              'nouns',
              'lib',
              'routes map',
              'form state',
              'environment',
            ),
            // Before the newsroom: signing in and one-time links, in the newsroom's look.
            mayUse(
              'sign-in pages',
              'sign-in pages',
              'operations',
              'admin components',
              'ui',
              'admin pages',
              'nouns',
              'lib',
              'routes map',
              'form state',
              'environment',
            ),
            mayUse('ui', 'ui', 'nouns', 'routes map', 'form state'),
            mayUse('reading', 'reading', 'schema', 'client', 'shared queries', 'nouns'),
            mayUse('operations', 'operations', 'shared queries', 'schema', 'schema of drafts', 'client', 'nouns'),
            mayUse('shared queries', 'schema', 'client', 'nouns', 'shared queries', 'operations'),
            mayUse('nouns', 'nouns'),
            mayUse('schema', 'schema', 'schema of drafts', 'nouns'),
            mayUse('schema of drafts', 'schema of drafts', 'schema', 'nouns'),
            mayUse('client', 'client', 'schema', 'schema of drafts'),
            mayUse('seed', 'seed', 'operations', 'shared queries', 'client', 'schema', 'schema of drafts', 'nouns'),
            mayUse('routes map', 'nouns'),
            mayUse('form state', 'nouns'),
            mayUse(
              'lib',
              'lib',
              'session token',
              'operations',
              'shared queries',
              'client',
              'schema',
              'schema of drafts',
              'reading',
              'nouns',
              'routes map',
              'form state',
              'environment',
            ),
            mayUse('server basics', 'server basics', 'nouns'),
            mayUse('http', 'http', 'nouns'),
            mayUse('embedded database', 'embedded database', 'server basics', 'client'),
            mayUse('observability', 'observability', 'http', 'client'),
            mayUse('invalidation', 'invalidation', 'client', 'nouns'),
            mayUse('page cache', 'page cache', 'invalidation', 'observability', 'http', 'client', 'nouns'),
            mayUse('front door', 'pictures', 'front door', 'page cache', 'observability', 'http', 'nouns'),
            mayUse('picture decoder', 'picture decoder', 'picture limits', 'nouns'),
            {
              from: { file: { categories: 'pictures' } },
              allow: { to: { file: { categories: 'picture decoder' } }, dependency: { kind: 'type' } },
            },
            mayUse(
              'pictures',
              'session token',
              'pictures',
              'picture limits',
              'invalidation',
              'observability',
              'http',
              'operations',
            ),
            mayUse('pictures', 'client', 'schema', 'nouns', 'server basics'),
            mayUse('supervisor', ...serverRooms, 'operations', 'client', 'seed', 'nouns'),
            mayUse('command line', 'command line', 'supervisor', 'embedded database', 'server basics'),
            mayUse('command line', 'operations', 'client', 'seed', 'nouns'),
            mayUse(
              'benchmarks',
              'benchmarks',
              'scripts',
              // The TCP proxy.
              'test',
              ...serverRooms,
              'operations',
              'reading',
              'shared queries',
              'client',
              'schema',
              'schema of drafts',
              'seed',
              'nouns',
              'routes map',
            ),
            mayUse(
              'browser tests',
              'browser tests',
              'scripts',
              ...serverRooms,
              'operations',
              'shared queries',
              'client',
              'schema',
              'schema of drafts',
              'nouns',
              'routes map',
            ),
            // instrumentation-client.ts runs in the newsroom's pages.
            mayUse('config', 'config', 'admin components'),
            mayUse(
              'test',
              'operations',
              'shared queries',
              'reading',
              'schema',
              'schema of drafts',
              'client',
              'seed',
              'nouns',
              'lib',
              'session token',
              ...serverRooms,
              'scripts',
              'routes map',
              'form state',
              'environment',
              'reader components',
              'admin components',
              'ui',
              'admin pages',
              'reader pages',
              'routes',
              'test',
              // The list of all public addresses.
              'browser tests',
            ),
            mayNotInstall(
              ['nouns', 'operations', 'schema', 'client', ...serverRooms, 'command line'],
              'next',
              'react',
              'react-dom',
            ),
            mayNotInstall(['nouns', 'ui', 'reader components', 'admin components'], 'drizzle-orm', 'postgres'),
            {
              disallow: {
                to: { module: { origin: 'external', source: ['sharp', 'exifreader', '@xmldom/xmldom'] } },
              },
            },
            {
              from: { file: { categories: { anyOf: ['picture decoder', 'test', 'benchmarks', 'browser tests'] } } },
              allow: {
                to: { module: { origin: 'external', source: ['sharp', 'exifreader', '@xmldom/xmldom'] } },
              },
            },
            mayNotInstall(['reader pages', 'reader components'], 'next/link', 'next/image', 'next/script'),
          ],
        },
      ],
    },
  },
  {
    // Only stores map rows to stories. TypeScript cannot see what the CHECK constraints guarantee.
    files: ['domain/**/*store.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  only(
    'use client',
    '**/*.client.tsx',
    'Name a client component *.client.tsx, so the tree shows what the browser downloads.',
  ),
  only('use server', 'app/**/actions.ts', 'Server actions live in an actions.ts beside their page.'),
  only('use cache', 'nowhere', 'Pages are cached in one place, server/page-cache.'),
  {
    files: ['app/**/actions.ts'],
    plugins: { own: ownRules },
    rules: { 'own/actions-are-operations': ['error', 'action'] },
  },
  {
    // The caller is not signed in yet: the action checks a password or a one-time link.
    files: ['app/[(]sign-in[)]/**/actions.ts'],
    rules: { 'own/actions-are-operations': ['error', 'publicAction'] },
  },
  {
    files: ['**/*.{ts,tsx,mjs}'],
    ignores: ['eslint/**'],
    plugins: { names: { rules: { 'no-old-words': noOldWords } } },
    rules: { 'names/no-old-words': 'error' },
  },
]
