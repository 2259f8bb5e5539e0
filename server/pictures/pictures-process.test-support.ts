import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import process from 'node:process'
import { readAddress } from '../http/address'
import { diskStorage } from './disk-storage'
import { Pictures } from './pictures'
import { someRecords } from './records.test-support'

// The addresses of pictures in a process of its own, for tests and benchmarks of what a server process loads and takes.
const [dataDir = '', program = ''] = process.argv.slice(2)
const records = someRecords()
const pictures = new Pictures({
  dataDir,
  program,
  storage: diskStorage(path.join(dataDir, 'pictures')),
  records,
  actorOf: async () => ({ id: 1, name: 'Ada Ey', role: 'editor' }),
  isConnected: () => true,
  common: [],
  maxBytes: 16 * 1024 * 1024,
  log: (line) => process.stderr.write(`${line}\n`),
})
const server = http.createServer((request, response) => {
  const address = readAddress(request.url ?? '/')
  if (address?.path === '/memory') return void response.end(JSON.stringify(process.memoryUsage()))
  if (address) void pictures.handle(request, response, address)
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${String((server.address() as AddressInfo).port)}\n`))
process.on('disconnect', () => process.exit(0))
