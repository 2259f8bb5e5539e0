// The baseline: a bare `node:http` server that sends the responses of a file, and writes its port to standard output.
import { readFileSync } from 'node:fs'
import http from 'node:http'
import process from 'node:process'

const responses = new Map(
  JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')).map(({ path, head, body }) => [
    path,
    { head, body: Buffer.from(body, 'base64') },
  ]),
)

const server = http.createServer({ noDelay: true, keepAliveTimeout: 65_000 }, (request, response) => {
  const found = responses.get(request.url)
  if (found === undefined) return void response.writeHead(404).end()
  response.writeHead(200, found.head)
  response.end(found.body)
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
