// The front door with a stand-in for the renderer that returns a document for every address at once: rendering 100,000 pages would take a quarter
// of an hour, and fill the cache with the same bytes. Writes its port to standard output.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import process from 'node:process'
import { pino } from 'pino'
import { createFrontDoor } from '@/server/front-door/front-door'
import { ScheduleHealth } from '@/server/observability/schedule-health'

const [port = '0', dataDir = '', megabytes = '0', documentFile = ''] = process.argv.slice(2)
const document = readFileSync(documentFile, 'utf8')

const renderer = createServer((request, response) => {
  const status = request.url?.startsWith('/nothing-') ? '<meta name="page-status" content="404"/>' : ''
  const html = document.replace('</head>', `<meta name="page-tags" content="sections"/>${status}</head>`)
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`${html}<!-- ${request.url ?? ''} -->`)
})

renderer.listen(0, '127.0.0.1', () => {
  const address = renderer.address()
  const origin = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : null
  const frontDoor = createFrontDoor({
    schedule: new ScheduleHealth(),
    siteUrl: new URL(`http://127.0.0.1:${port}`),
    port: Number(port),
    renderer: { origin },
    dataDir,
    trustProxy: false,
    metricsToken: undefined,
    maxPageBytes: Number(megabytes) * 1024 * 1024,
    dev: false,
    log: pino({ level: 'silent' }),
  })
  void frontDoor.pageCache.subscribe((handlers) => {
    handlers.onConnected({ withdrawn: [], history: 0 })
    return { stop: async () => undefined }
  })
  frontDoor.server.listen(Number(port), '127.0.0.1', () => void process.stdout.write(`${port}\n`))
})
process.on('SIGTERM', () => process.exit(0))
