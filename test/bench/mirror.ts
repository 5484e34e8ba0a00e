/**
 * A mirror of 100,000 entries of 2 KB from one peer, while somebody reads a record: how long against the bare cost
 * of verifying and inserting them, how much memory, and how long the reader waits.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import autocannon from 'autocannon'
import type { EmbeddedDatabase } from '../../src/database/embedded.ts'
import { Keyring } from '../../src/signing/keyring.ts'
import { importVerifyKey, makeKey } from '../../src/signing/keys.ts'
import { unverifiedPayload } from '../../src/signing/unverified.ts'
import { signCorpus } from './corpus.ts'
import { bareSeconds, freshDatabase, startPeer } from './exchange.ts'
import { centreAt, knowCentre } from './mirror-hub.ts'

const count = 100_000
/** Readings a second, and seconds of reading while nothing else happens. */
const reading = { rate: 50, idle: 10 } as const

export const benchMirror = async (database: EmbeddedDatabase) => {
  const { kid, publicJwk, privateJwk } = await makeKey('sig')
  const keyring = new Keyring('A'.repeat(43))
  const key = { kid, key: await keyring.open(kid, await keyring.seal(privateJwk)) }
  const iss = 'http://localhost:1/centres/berlin'
  const corpus = await signCorpus(iss, key, count)
  const peer = await startPeer(iss, corpus)
  const sql = await freshDatabase(database, 'mirror')
  const at = { iss, jwk: publicJwk, port: peer.port }
  await knowCentre(sql, centreAt(at))
  const node = startNode({ ...at, databaseUrl: database.url('mirror') })
  try {
    const { port } = await node.told()
    await node.say('first')
    const rid = unverifiedPayload(corpus.entries[0]?.entry ?? '')?.rid
    const url = `http://127.0.0.1:${port}/api/records/berlin/${rid}`
    const idle = await read(url, reading.idle)
    const { pulled, reader } = await pullWhileReading(node, url)
    if (pulled.received !== count - 200 || pulled.reason) throw new Error(JSON.stringify(pulled))
    const bare = await bareSeconds(sql, corpus, await importVerifyKey(publicJwk))
    const whole = pulled.seconds * (count / pulled.received)
    return {
      ratio: whole / bare,
      rate: count / whole,
      megabytes: pulled.megabytes,
      idle: idle.latency.p99,
      busy: reader.latency.p99,
    }
  } finally {
    await node.stop()
    await peer.stop()
    await sql.end()
  }
}

type Node = ReturnType<typeof startNode>

const pullWhileReading = async (node: Node, url: string) => {
  const reader = startReading(url, 3_600)
  const pulled = await node.say('all')
  reader.stop()
  return { pulled, reader: await reader.result }
}

const startReading = (url: string, duration: number) => {
  let stop = () => {}
  const result = new Promise<autocannon.Result>((resolve, reject) => {
    const options = { url, duration, connections: 4, overallRate: reading.rate }
    const run = autocannon(options, (error, result) => (error ? reject(error) : resolve(result)))
    stop = () => run.stop()
  })
  return { result, stop: () => stop() }
}

const read = (url: string, seconds: number) => startReading(url, seconds).result

interface Told {
  port: number
  received: number
  reason?: string
  seconds: number
  megabytes: number
}

const startNode = (job: object) => {
  const file = join(import.meta.dirname, 'mirroring-node.ts')
  const child = spawn(process.execPath, [file, JSON.stringify(job)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const told = async () => JSON.parse((await lines.next()).value ?? '{}') as Told
  const say = (line: string) => {
    child.stdin.write(`${line}\n`)
    return told()
  }
  const stop = async () => {
    const ended = once(child, 'exit')
    child.stdin.end()
    await ended
  }
  return { told, say, stop }
}
