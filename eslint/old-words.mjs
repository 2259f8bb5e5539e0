/**
 * Keeps metaphors for machines out of identifiers and file names (docs/decisions/0017). A key is one word of a name, or several in order:
 * "go deaf" finds `goDeaf`, `go-deaf.ts` and `GO_DEAF`. The value is the standard word. Names that libraries declare are free.
 */
const everywhere = {
  'asking in time': 'with deadlines',
  attendance: 'presence',
  attending: 'broadcasting',
  'behind the door': 'admin path',
  courier: 'sync client',
  crowded: 'full',
  deaf: 'disconnected',
  duel: 'paired comparison',
  ear: 'subscriber',
  ears: 'subscriber',
  flying: 'in flight',
  'frame store': 'batched writes',
  'fresh page': 'page refresh',
  'give way': 'evict',
  hear: 'receive',
  heard: 'received',
  hearing: 'connected',
  hears: 'receives',
  'hot pages': 'cache warmer',
  house: 'site, fixture or process global',
  'kept here': 'local persistence',
  'kept pages': 'snapshot',
  'kept scripts': 'cached scripts',
  knock: 'probe',
  knocks: 'probes',
  ledger: 'fingerprint',
  'let go': 'drop',
  'lost words': 'large deletion',
  mend: 'recover',
  mended: 'recovered',
  nonsense: 'sample text',
  onlooking: 'visibility',
  'own answers': 'ops endpoints',
  'page memory': 'page cache',
  'page room': 'page cache',
  'put back': 'restored',
  'quiet moment': 'idle',
  recalling: 'history queries',
  recounting: 'past queries',
  remembered: 'cached',
  sorry: 'operator error',
  stranded: 'orphaned',
  strays: 'unbounded',
  'take in': 'apply',
  telling: 'recording',
  'their carets': 'remote carets',
  timekeeping: 'transaction time',
  trouble: 'error',
  untold: 'pending',
  weigh: 'resize',
  'whole answer': 'raw response',
  'words apart': 'divergent copy',
  'words back': 'submitted values',
  'words frame': 'protocol',
}

/** Names in messages, rows and the environment: the build before and operators use them, so they stay. */
const stored = new Set([
  ...['stranded', 'strandedIn', 'putBack', 'put_back', 'untold', 'untold_since', 'PAGE_MEMORY_MB'],
  ...['formerPutBack', 'formerUntold', 'formerUntoldSince', '_putBack', '_untold', '_untoldSince'],
])

/** Free elsewhere, for the newspaper's own; in these rooms they named a cache. */
const inTheServer = {
  packing: 'compression',
  press: 'render queue',
  proof: 'rendered response',
  proofs: 'rendered responses',
  room: 'cache',
}
const isServer = (file) => /^(?:server|db)\//u.test(file)

/** `goDeaf`, `go-deaf`, `GO_DEAF` → `go deaf`. */
const partsOf = (name) =>
  name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim()
    .toLowerCase()

const patterns = (words) =>
  Object.entries(words).map(([old, standard]) => ({ old, standard, pattern: new RegExp(`(?:^| )${old}(?: |$)`, 'u') }))
const [anywhere, server] = [patterns(everywhere), patterns(inTheServer)]

/** The first old word in a name. */
function oldWordIn(name, file) {
  if (stored.has(name)) return null
  const parts = partsOf(name)
  return (isServer(file) ? [...anywhere, ...server] : anywhere).find(({ pattern }) => pattern.test(parts)) ?? null
}

const MESSAGE =
  'Technical things have the field’s names (docs/decisions/0017): in “{{name}}” use “{{standard}}” instead of “{{old}}”.'

/** Members that we declare: of types, classes and objects. */
const MEMBERS =
  ':matches(TSPropertySignature, TSMethodSignature, PropertyDefinition, MethodDefinition, Property[shorthand=false])'

export const noOldWords = {
  meta: { type: 'suggestion', schema: [] },
  create(context) {
    const file = context.filename.replace(`${context.cwd}/`, '')
    const check = (name, node) => {
      const found = oldWordIn(name, file)
      if (found) context.report({ node, message: MESSAGE, data: { name, ...found } })
    }
    return {
      Program: (node) => check(file.replace(/\.\w+$/u, ''), node),
      [`${MEMBERS}[computed=false] > Identifier.key`]: (node) => check(node.name, node),
      'Program:exit': () => {
        for (const { variables } of context.sourceCode.scopeManager.scopes)
          for (const { defs, name } of variables)
            if (defs[0] && defs[0].type !== 'ImportBinding') check(name, defs[0].name)
      },
    }
  },
}
