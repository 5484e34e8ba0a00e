import { inspect } from 'node:util'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { app } from '../../src/app.tsx'
import { runChores } from '../../src/chores.ts'
import { compromise } from '../../src/exchange/compromise.ts'
import { exportKeyFile, importKeyFile } from '../../src/federation/carry-keys.ts'
import { centreConfiguration } from '../../src/federation/configuration.ts'
import { ensureKeys, usableKeys } from '../../src/federation/keys.ts'
import { rollOver } from '../../src/federation/roll-over.ts'
import { rotateKey } from '../../src/federation/rotate.ts'
import { vouch } from '../../src/federation/vouch.ts'
import { openFederation, settle, type TestFederation } from '../support/hub.ts'
import { hear, say } from '../support/said.ts'

const passphrase = 'vier Wörter sind besser'

let net: TestFederation
/** Everything that the nodes logged, answered or complained of. */
let heard = ''
beforeAll(async () => {
  net = await openFederation()
  const log = pino({ level: 'trace' }, { write: (line: string) => (heard += line) })
  for (const hub of [net.kiww, net.berlin, net.brandenburg]) hub.log = log
})
afterAll(() => net.close())

const complaint = (act: Promise<unknown>) =>
  act.catch((error) => {
    heard += inspect(error, { depth: 9, showHidden: true })
    net.berlin.log.error({ err: error, hub: { keys: net.berlin.keys } }, 'failed')
  })

test('whatever a node does with its keys, nothing private shows in its log, its answers or its faults', async () => {
  const { kiww, berlin } = net
  const [first] = await usableKeys(berlin, berlin.iss, 'sig')
  for (const use of ['sig', 'enc', 'fed'] as const) {
    await rotateKey(berlin, berlin.iss, use)
    await complaint(rotateKey(berlin, berlin.iss, use))
  }
  await vouch(kiww, { entityId: berlin.iss })
  await rollOver(kiww)
  await hear(kiww, berlin)
  await say(berlin)
  await settle(net)
  await compromise(kiww, { entityId: berlin.iss, kid: first?.kid ?? '', ends: {} })
  const file = await exportKeyFile(berlin, passphrase)
  await complaint(importKeyFile(berlin, file, `${passphrase}!`))
  await complaint(importKeyFile(net.brandenburg, file, passphrase))
  await importKeyFile(berlin, file, passphrase)
  // A node that cannot open its keys: what its chores say of that.
  const shut = { ...berlin, keys: net.brandenburg.keys }
  await runChores(shut)
  await complaint(centreConfiguration(shut, 'berlin'))
  await ensureKeys(berlin)
  for (const path of ['/centres/berlin/.well-known/openid-federation', '/exchange/v1/holdings']) {
    heard += await (await app.request(path, {}, berlin)).text()
    heard += await (await app.request(path, {}, shut)).text()
  }

  expect(heard).toContain('decryption operation failed')
  expect(heard.length).toBeGreaterThan(2_000)
  const found = (await secrets()).filter((secret) => heard.includes(secret))
  expect(found).toEqual([])
})

/** Private keys in every form they might be printed in, and the passphrase. */
const secrets = async () => {
  const texts = [passphrase, file64(passphrase)]
  for (const hub of [net.kiww, net.berlin, net.brandenburg]) {
    const rows = await hub.sql<
      { sealed: string }[]
    >`select sealed from keys where sealed is not null`
    for (const { sealed } of rows) {
      const { d } = await hub.keys.unseal(sealed)
      const bytes = Buffer.from(d, 'base64url')
      texts.push(d, bytes.toString('hex'), bytes.join(), bytes.join(', '), sealed)
    }
  }
  expect(texts.length).toBeGreaterThan(40)
  return texts
}

const file64 = (text: string) => Buffer.from(text).toString('base64url')
