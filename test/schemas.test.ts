import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openHead } from '../src/exchange/head.ts'
import { verifyPage } from '../src/exchange/verify.ts'
import { verifyKeysOf } from '../src/federation/centre.ts'
import { judgeContent } from '../src/publications/judge.ts'
import { jsonSchemas, schemaId } from '../src/schemas.ts'
import { passGate } from '../src/signing/gate.ts'
import { thumbprint } from '../src/signing/keys.ts'
import { schemaFiles } from '../src/write-schemas.ts'
import { schemaFaults } from './support/json-schema.ts'
import { reasonsInCode } from './support/reasons.ts'
import { base64url, payloadOf, tokenOf } from './support/token.ts'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'schemas')
const schemas = jsonSchemas()
const byId = new Map(Object.entries(schemas).map(([name, schema]) => [schemaId(name), schema]))

const faultsOf = (name: string, value: unknown) =>
  schemaFaults(schemas[name] ?? {}, value, (ref) => byId.get(ref))

describe('schemas/', () => {
  const generated = schemaFiles()
  const committed = readdirSync(folder).filter((name) => name.endsWith('.json'))

  test('holds a file for each schema and nothing else', () => {
    expect(committed.sort()).toEqual(Object.keys(generated).sort())
  })

  test.each(committed)('%s is what `npm run schemas` writes', (name) => {
    expect(readFileSync(join(folder, name), 'utf8')).toBe(generated[name])
  })

  test('every schema says what it is and describes in one line', () => {
    for (const [name, schema] of Object.entries(schemas)) {
      expect(schema).toMatchObject({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $id: `https://w3id.org/transfernetz/schemas/${name}.json`,
        title: expect.stringMatching(/^.{3,60}$/),
        description: expect.stringMatching(/^.{20,160}\.$/),
      })
    }
  })

  test('patterns are short, and references lead to another schema', () => {
    const text = JSON.stringify(schemas)
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref ?? '')

    expect(text).not.toMatch(/"pattern":"[^"]{130}/)
    expect(references.length).toBeGreaterThan(0)
    expect(references.filter((ref) => !byId.has(ref))).toEqual([])
  })

  test('a statement with rules that we would not apply fits none', () => {
    expect(faultsOf('subordinate-statement', { crit: ['x'] })).toContain('crit')
    expect(faultsOf('centre-configuration', { metadata_policy: {} })).toContain('metadata_policy')
  })
})

const text = readFileSync(join(folder, 'EXCHANGE.md'), 'utf8')

/** The code blocks of one kind. */
const blocks = (kind: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${kind}\\n(.*?)\\n\`\`\`$`, 'gms'))].map(
    ([, body]) => body ?? '',
  )
const block = (kind: string) => blocks(kind)[0] ?? ''

/** Rows of two columns or three, set apart by two blanks or more. */
const rows = (kind: string) =>
  block(kind)
    .split('\n')
    .map((line) => line.split(/ {2,}/) as [string, string])

describe('EXCHANGE.md', () => {
  const typ = 'transfernetz-entry+jwt'
  const header = JSON.stringify({ alg: 'ES256', kid: 'K', typ })
  const reasonOf = (token: string) => {
    const passed = passGate(token, typ)
    return passed.ok ? 'passed' : passed.reason
  }

  test.each(rows('refused-payloads'))('the gate refuses the payload %s: %s', (payload, reason) => {
    expect(reasonOf(tokenOf(header, payload))).toBe(reason)
    expect(reasonOf(tokenOf(header, '{"seq":1}'))).toBe('passed')
  })

  test.each(rows('refused-headers'))('the gate refuses the header %s: %s', (refused, reason) => {
    expect(reasonOf(tokenOf(refused, '{}'))).toBe(reason)
  })

  test.each(rows('refused-parts'))('the gate refuses the part %s: %s', (part, reason) => {
    expect(Buffer.from(part, 'base64url').toString()).toBe('{}')
    expect(reasonOf([base64url(header), part, 'c2ln'].join('.'))).toBe(reason)
  })

  test('its worked example verifies as it says', async () => {
    const jwk = JSON.parse(block('example-key'))
    const [first = '', second = ''] = blocks('example-entry')
    const [firstPayload, secondPayload] = blocks('example-payload').map((each) => JSON.parse(each))
    const content = block('example-content')
    const salt = /`([\w-]{22})` in base64url/.exec(text)?.[1] ?? ''
    const keys = await verifyKeysOf({
      jwks: { keys: [{ ...jwk, n: 1 }] },
      status: 'active',
    } as unknown as Parameters<typeof verifyKeysOf>[0])
    const { iss, feed, epoch } = firstPayload
    const now = secondPayload.iat

    const page = await verifyPage(
      [
        { entry: first, content: base64url(content), salt, status: 'withdrawn' },
        { entry: second, status: 'present' },
      ],
      { epoch, seq: 0, dig: '', keyNumber: 0 },
      { centre: { id: iss }, feed, keys, now, judgeContent, statesOf: async () => new Map() },
    )
    const head = await openHead(block('example-head'), { iss, feed, epoch }, keys, now)

    expect(await thumbprint(jwk)).toBe(jwk.kid)
    expect([payloadOf(first), payloadOf(second)]).toEqual([firstPayload, secondPayload])
    expect(text).toContain(`The content, ${Buffer.from(content).length} bytes`)
    expect(text).toContain(`\`${Buffer.from(salt, 'base64url').toString('hex')}\` in hexadecimal`)
    expect(text).toContain(`in base64url, is \`${firstPayload.dig}\``)
    expect(page.stop).toBeUndefined()
    expect(page.entries.map(({ fault }) => fault)).toEqual([undefined, undefined])
    expect(page.states.get(firstPayload.rid)?.state).toBe('withdrawn')
    expect(text).toContain(`before the second dot, is \`${page.entries[0]?.dig}\``)
    expect(text).toContain(`Its digest is \`${page.cursor.dig}\``)
    expect(head).toEqual({ ok: true, head: JSON.parse(block('example-head-payload')) })
    expect(payloadOf(block('example-head'))).toMatchObject({ size: 2, dig: page.cursor.dig })
    expect(faultsOf('entry', firstPayload)).toEqual([])
    expect(faultsOf('entry', secondPayload)).toEqual([])
    expect(faultsOf('entry', { ...secondPayload, color: 'red' })).not.toEqual([])
    expect(faultsOf('head', payloadOf(block('example-head')))).toEqual([])
    expect(faultsOf('round-table.published', JSON.parse(content))).toEqual([])
  })

  test('its worked example is what the test vectors have, for the second verifier too', () => {
    const tokens = ['entries', 'head'].flatMap((name) => {
      const path = join(root, `fixtures/exchange/valid/worked-example-${name}.json`)
      const { given } = JSON.parse(readFileSync(path, 'utf8'))
      return given.head ?? given.entries.map(({ entry }: { entry: string }) => entry)
    })

    expect(tokens).toEqual([...blocks('example-entry'), block('example-head')])
  })

  test('names every reason that the code gives', () => {
    const reasons = reasonsInCode()

    expect(reasons.length).toBeGreaterThan(50)
    expect(reasons.filter((reason) => !text.includes(`\`${reason}\``))).toEqual([])
  })

  test('links only to what is there', () => {
    const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, path]) => path ?? '')
    const anchors = [...text.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor ?? '')
    const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, title]) =>
      (title ?? '')
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    )

    expect(links.filter((path) => !readdirSync(folder).includes(path))).toEqual([])
    expect(anchors.filter((anchor) => !headings.includes(anchor))).toEqual([])
  })
})
