/** A peer in a process of its own that serves prepared pages: `node peer.ts FILE`, prints its port. */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const pages = JSON.parse(await readFile(process.argv[2] as string, 'utf8')) as Record<
  string,
  string
>
const bodies = new Map(Object.entries(pages).map(([after, body]) => [after, Buffer.from(body)]))

const server = createServer((request, response) => {
  const after = new URL(request.url ?? '/', 'http://peer').searchParams.get('after') ?? '0'
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(bodies.get(after))
})
server.listen(0, '127.0.0.1', () => {
  console.log((server.address() as AddressInfo).port)
})
