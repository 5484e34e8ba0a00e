/**
 * Reading one record with its provenance, against a bare hono + postgres.js handler that selects one row of the
 * same size: both in processes of their own, on the same database, loaded in turn.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { readSettings } from '../../src/config.ts'
import type { EmbeddedDatabase } from '../../src/database/embedded.ts'
import { federationKey } from '../../src/federation/keys.ts'
import { learnTrust } from '../../src/federation/learn.ts'
import { vouch } from '../../src/federation/vouch.ts'
import { openHub } from '../../src/open-hub.ts'
import { publish } from '../../src/publications/publish.ts'
import { median } from './figures.ts'

const seconds = 4
const rounds = 5
const root = join(import.meta.dirname, '../..')

export const benchReading = async (database: EmbeddedDatabase, dataDir: string) => {
  await database.ensureDatabase('reading')
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const env = {
    ORIGIN: origin,
    PORT: String(port),
    CENTRES: '[{"slug":"berlin","name":"Zukunftszentrum Berlin","regions":["DE-BE"]}]',
    NODE_SECRET: 'A'.repeat(43),
    DATABASE_URL: database.url('reading'),
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
  }
  const served = await startChild(['dist/cli.js', 'serve'], { ...process.env, ...env })
  const bare = await startChild(['test/bench/bare-server.ts', database.url('reading')], process.env)
  try {
    const path = await prepare(env)
    const bareUrl = `http://127.0.0.1:${bare.said.trim()}${path}`
    const ratios: number[] = []
    for (let round = 0; round < rounds; round++) {
      const bareRate = await rateOf(bareUrl)
      const ownRate = await rateOf(`http://127.0.0.1:${port}${path}`)
      ratios.push(ownRate / bareRate)
      console.log(
        `  Runde ${round + 1}: bar ${Math.round(bareRate)}/s, Transfernetz ${Math.round(ownRate)}/s, Verhältnis ${(ownRate / bareRate).toFixed(2)}`,
      )
    }
    return { ratio: median(ratios) }
  } finally {
    await Promise.all([stopChild(served.child), stopChild(bare.child)])
  }
}

/** Joins the node to its own anchor. */
export const joined = async (env: Record<string, string>) => {
  const settings = readSettings(env)
  const { DATABASE_URL: databaseUrl = '', NODE_SECRET: secret = '' } = env
  const hub = await openHub({ ...settings, databaseUrl, secret })
  const iss = `${settings.origin}/centres/berlin`
  const { kid: fingerprint } = await federationKey(hub, iss)
  const vouched = await vouch(hub, { entityId: iss, fingerprint })
  if (!vouched.ok) throw new Error(vouched.reason)
  await learnTrust(hub)
  return { hub, iss }
}

/** Publishes a record, and copies it to where the bare server looks. */
const prepare = async (env: Record<string, string>) => {
  const { hub, iss } = await joined(env)
  const file = join(root, 'fixtures/records/berlin-hotel-dienstplan.json')
  const answer = await publish(hub, { iss, input: JSON.parse(await readFile(file, 'utf8')) })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  const { rid } = answer.published
  await hub.sql`create table bare_records (rid uuid primary key, iss text, ver int, record jsonb)`
  await hub.sql`
    insert into bare_records
    select rid, ${iss}, ver, convert_from(content, 'UTF8')::jsonb from entries where rid = ${rid}
  `
  await hub.close()
  return `/api/records/berlin/${rid}`
}

export const rateOf = async (url: string, duration = seconds) => {
  const result = await autocannon({ url, connections: 16, duration })
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${url}: ${result.non2xx} failures`)
  return result.requests.average
}

export const startChild = async (args: string[], env: NodeJS.ProcessEnv) => {
  const child = spawn(process.execPath, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, said: said.toString() }
}

export const stopChild = async (child: ChildProcess) => {
  child.kill('SIGTERM')
  if (child.exitCode === null) await once(child, 'exit')
}

export const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
