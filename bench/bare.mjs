// The measure of all things: a bare `node:http` server that sends the same bytes with the same headers, and does nothing else.
// It is given a file with the answers, and says on which port it gives them.
import { readFileSync } from 'node:fs'
import http from 'node:http'
import process from 'node:process'

const answers = new Map(
  JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')).map(({ path, head, body }) => [
    path,
    { head, body: Buffer.from(body, 'base64') },
  ]),
)

const server = http.createServer({ noDelay: true, keepAliveTimeout: 65_000 }, (request, response) => {
  const answer = answers.get(request.url)
  if (answer === undefined) return void response.writeHead(404).end()
  response.writeHead(200, answer.head)
  response.end(answer.body)
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`))
