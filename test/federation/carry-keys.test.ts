import { randomBytes } from 'node:crypto'
import { CompactEncrypt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportKeyFile, importKeyFile } from '../../src/federation/carry-keys.ts'
import { federationKey, signingKey, usableKeys } from '../../src/federation/keys.ts'
import { Problem } from '../../src/problem.ts'
import { Keyring } from '../../src/signing/keyring.ts'
import { openFederation, openTestHub, type TestFederation, type TestHub } from '../support/hub.ts'
import { centreAt, hear } from '../support/said.ts'

const passphrase = 'vier Wörter sind besser'

let net: TestFederation
let file: string
const opened: TestHub[] = []
beforeAll(async () => {
  net = await openFederation()
  file = await exportKeyFile(net.berlin, passphrase)
})
afterAll(async () => {
  for (const hub of opened) await hub.close()
  await net.close()
})

/** A new machine: an empty database and a secret of its own. */
const newMachine = async () => {
  const hub = await openTestHub('berlin', {
    network: new Map(net.network),
    pins: net.berlin.config.anchor.pins,
    clock: net.clock,
  })
  opened.push(hub)
  return hub
}
const kids = async (hub: TestHub) => {
  const uses = ['fed', 'sig', 'enc'] as const
  const keys = await Promise.all(uses.map((use) => usableKeys(hub, hub.iss, use)))
  return keys.flat().map(({ kid }) => kid)
}
const privateKeys = async (hub: TestHub) => {
  const rows = await hub.sql<{ sealed: string }[]>`select sealed from keys where sealed is not null`
  return Promise.all(rows.map(async ({ sealed }) => (await hub.keys.unseal(sealed)).d))
}

test('a file of keys shows none of them to who does not know the passphrase', async () => {
  const bytes = file.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'))

  for (const d of await privateKeys(net.berlin)) {
    const raw = Buffer.from(d, 'base64url').toString('latin1')
    expect(bytes.some((part) => part.includes(d) || part.includes(raw))).toBe(false)
  }
  expect(JSON.parse(bytes[0] ?? '')).toMatchObject({
    alg: 'PBES2-HS512+A256KW',
    enc: 'A256GCM',
    p2c: 315_000,
  })
})

let machine: TestHub

describe('on a new machine', () => {
  test('keys that were just made there give way, and the centre signs as before', async () => {
    machine = await newMachine()

    const count = await importKeyFile(machine, file, passphrase)
    await hear(machine)

    expect(count).toBe(3)
    expect(await kids(machine)).toEqual(await kids(net.berlin))
    expect(await signingKey(machine, await centreAt(machine, machine.iss))).toMatchObject({ n: 1 })
  })

  test('nothing is kept where other keys are confirmed already', async () => {
    const other = await newMachine()
    await other.sql`update keys set stated_at = now() where use = 'sig'`
    const before = await kids(other)

    await expect(importKeyFile(other, file, passphrase)).rejects.toThrow('schon andere Schlüssel')

    expect(await kids(other)).toEqual(before)
  })

  test('keys of another node are not taken', async () => {
    const act = importKeyFile(net.brandenburg, file, passphrase)

    await expect(act).rejects.toThrow(net.berlin.iss)
  })
})

test.each<[string, () => Promise<unknown>]>([
  ['exported under a short passphrase', () => exportKeyFile(net.berlin, 'elf Zeichen')],
  ['exported under none', () => exportKeyFile(net.berlin, '')],
  ['imported under another', () => importKeyFile(net.berlin, file, `${passphrase}.`)],
  ['imported from a damaged file', () => importKeyFile(net.berlin, file.slice(0, -2), passphrase)],
  ['imported from another file', () => importKeyFile(net.berlin, 'keine', passphrase)],
  [
    'imported under a false name',
    async () => importKeyFile(net.berlin, await renamed(), passphrase),
  ],
  [
    'imported from what was opened in no time',
    async () => importKeyFile(net.berlin, await cheap(), passphrase),
  ],
])('no key is %s', async (_, act) => {
  const before = await kids(net.berlin)

  await expect(act()).rejects.toThrow(Problem)

  expect(await kids(net.berlin)).toEqual(before)
})

const sealed = (keys: unknown, alg: string, key: Buffer) =>
  new CompactEncrypt(Buffer.from(JSON.stringify({ keys })))
    .setProtectedHeader({ alg, enc: 'A256GCM' })
    .encrypt(key)
const renamed = () => {
  const [kid, x] = ['A'.repeat(43), 'A'.repeat(43)]
  const key = { kty: 'EC', crv: 'P-256', x, y: x, d: x, kid, owner: net.berlin.iss, purpose: 'sig' }
  const keys = [{ ...key, generation: 1, made_at: 0, stated_at: null, retired_at: null }]
  return sealed(keys, 'PBES2-HS512+A256KW', Buffer.from(passphrase))
}
const cheap = () => sealed([], 'dir', Buffer.from(passphrase.padEnd(32)).subarray(0, 32))

test('under a new secret the old keys are shut, and open again from the file', async () => {
  machine.keys = new Keyring(randomBytes(32).toString('base64url'))

  await expect(federationKey(machine, machine.iss)).rejects.toThrow()
  await importKeyFile(machine, file, passphrase)

  expect(await federationKey(machine, machine.iss)).toMatchObject({
    kid: (await federationKey(net.berlin, net.berlin.iss)).kid,
  })
})
