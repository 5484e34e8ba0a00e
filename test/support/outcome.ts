/** What our code makes of a test vector: every kind of question, answered by the real code. */
import { app } from '../../src/app.tsx'
import { isBlob } from '../../src/exchange/blob.ts'
import { readPage } from '../../src/exchange/client.ts'
import { readContent } from '../../src/exchange/effect.ts'
import { openHead } from '../../src/exchange/head.ts'
import { openHoldings } from '../../src/exchange/holdings.ts'
import { verifyPage } from '../../src/exchange/verify.ts'
import { verifyFeed } from '../../src/exchange/verify-feed.ts'
import { verifyKeysOf } from '../../src/federation/centre.ts'
import { judgeHistory } from '../../src/federation/history.ts'
import { openRequest } from '../../src/federation/request.ts'
import { judgeContent } from '../../src/publications/judge.ts'
import { passGate, passStatementGate } from '../../src/signing/gate.ts'
import { thumbprint } from '../../src/signing/keys.ts'
import type { Vector, VectorKind } from '../vectors/vector.ts'
import type { TestHub } from './hub.ts'

type Given = Vector['given']
type Outcome = Vector['expect']

/** `hub` runs the trust anchor `https://kiww.example/trust-anchor`. */
export const outcomeOf = ({ kind, given }: Vector, hub: TestHub): Outcome | Promise<Outcome> =>
  outcomes[kind](given, hub)

const outcomes: Record<VectorKind, (given: Given, hub: TestHub) => Outcome | Promise<Outcome>> = {
  token: ({ typ, token }) => {
    const statement = typ === 'entity-statement+jwt'
    const passed = statement ? passStatementGate(token) : passGate(token, typ)
    return passed.ok
      ? { payload: passed.payload, kid: passed.header.kid }
      : { reason: passed.reason }
  },

  content: ({ kind, feed, content }) => {
    const read = readContent(Buffer.from(content, 'base64url'))
    if (!read.ok) return { fault: read.fault }
    const judged = judgeContent(read.value, { kind, feed })
    return judged.ok ? {} : { fault: `content: ${judged.reason}` }
  },

  blob: ({ listed, bytes }) =>
    isBlob(Buffer.from(bytes, 'base64url'), listed) ? {} : { reason: 'blob-digest' },

  entries: async ({ stated, feed, now, after, records = [], entries }) => {
    const states = new Map<string, Given>(
      records.map((record: Given) => [record.rid, { changed: 0, first_published: 0, ...record }]),
    )
    const keys = await verifyKeysOf(stated)
    const page = await verifyPage(entries, after, {
      ...{ centre: stated, feed, keys, now, judgeContent },
      statesOf: async () => new Map(states) as never,
    })
    return {
      size: page.cursor.seq,
      dig: page.cursor.dig,
      faults: page.entries.flatMap(({ seq, fault }) => (fault ? [{ seq, fault }] : [])),
      missing: page.entries.flatMap(({ seq, status }) => (status === 'withheld' ? [seq] : [])),
      records: Object.fromEntries(
        [...states, ...page.states].map(([rid, { ver, state, closed }]) => [
          rid,
          { ver, state, closed },
        ]),
      ),
      ...(page.stop && { stop: page.stop }),
    }
  },

  head: async ({ stated, feed, epoch, now, head }) => {
    const expected = { iss: stated.id, feed, epoch }
    const opened = await openHead(head, expected, await verifyKeysOf(stated), now)
    if (!opened.ok) return { reason: opened.reason }
    const { size, dig, iat, exp } = opened.head
    return { size, dig, iat, exp }
  },

  holdings: async ({ stated, now, holdings }) => {
    const opened = await openHoldings(holdings, stated, now)
    return opened.ok ? { ...opened.holdings } : { reason: opened.reason }
  },

  history: async ({ anchor, pins, now, statements }) => {
    const learnt = await judgeHistory(statements, {
      ...{ anchor, pins, now, keys: [], configurationIat: 0 },
    })
    const centres = await Promise.all(
      learnt.centres.map(async ({ id, iat, exp, metadata: { status, jwks } }) => {
        const signing = jwks.keys.filter(({ use }) => use === 'sig')
        return [id, { iat, exp, status, keys: await Promise.all(signing.map(thumbprint)) }]
      }),
    )
    return {
      keys: await Promise.all(learnt.keys.map(thumbprint)),
      centres: Object.fromEntries(centres),
      refused: learnt.refused.map(({ statement, reason }) => ({
        ...{ position: statements.indexOf(statement) + 1, reason },
      })),
      read: learnt.judged,
    }
  },

  configuration: async ({ now, centre, fingerprint, configuration }, hub) => {
    const asked = { entityId: centre, fingerprint, configuration }
    const opened = await openRequest({ ...hub, now: () => now * 1000 }, asked)
    if (!opened.ok) return { reason: opened.reason }
    const { jwks, metadata } = opened.configuration
    const keys = await Promise.all(jwks.keys.map(thumbprint))
    return { keys, slug: metadata.knowledge_exchange.slug }
  },

  feed: async ({ anchor, pins, centre, feed, now, history, pages }) => {
    const answers: [string, object][] = [
      [
        `${anchor}/history?after=0`,
        { statements: history, next_after: history.length, more: false },
      ],
      ...pages.map((page: Given) => {
        const { iss, epoch, entries, next_after } = page
        const query = { iss, feed, epoch, after: next_after - entries.length }
        return [`https://berlin.example/exchange/v1/entries?${queryOf(query)}`, page]
      }),
    ]
    const byUrl = new Map(answers)
    const fetch = async (input: RequestInfo | URL) =>
      Response.json(byUrl.get(new Request(input).url) ?? {})
    const verdict = await verifyFeed(
      { fetch, now: () => now * 1000, judgeContent },
      { anchor, pins, entityId: centre, feed },
    )
    if (!verdict.ok) {
      const { ok: _, ...why } = verdict
      return why
    }
    const { epoch, entries, dig, contents, takenBack, faults, records, head } = verdict.proof
    const stand = head ? { size: head.size, iat: head.iat, exp: head.exp } : null
    return { epoch, entries, dig, contents, takenBack, faults, records, head: stand }
  },

  answer: async ({ asked, answer }) => {
    const read = await readPage(answer ? responseOf(answer) : unreachable, asked)
    return read.ok
      ? { entries: read.value.entries.length, more: read.value.more }
      : { reason: read.reason }
  },

  assertion: async ({ origin, now, stated, used, authorization }, hub) => {
    const { sql } = hub
    await sql`delete from centres`
    await sql`delete from used_assertions`
    for (const { id, ...metadata } of stated) {
      await sql`
        insert into centres (entity_id, slug, name, statement, iat, exp, metadata)
        values (${id}, 'berlin', 'Berlin', '', 1, 2, ${sql.json(metadata)})
      `
      for (const jti of used) {
        await sql`insert into used_assertions values (${id}, ${jti}, 'infinity')`
      }
    }
    // Of all that asks for an assertion the smallest: a feed that is not known is known only to who may ask.
    const here = { ...hub, config: { ...hub.config, origin }, now: () => now * 1000 }
    const [{ id }] = stated
    const answer = await app.request(
      `/exchange/v1/head?iss=${id}&feed=members`,
      { headers: { authorization } },
      here,
    )
    const { code, reason } = (await answer.json()) as { code?: string; reason?: string }
    if (code === 'unauthorized') return { reason }
    return { caller: id, contents: stated[0].status === 'active' }
  },
}

const unreachable = { ok: false, reason: 'unreachable' } as const

const queryOf = (query: { [name: string]: string | number }) =>
  new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))

const responseOf = ({ status, headers, body, base64, blanks = 0 }: Given) => {
  const bytes = base64 ? Buffer.from(base64, 'base64') : Buffer.from(body ?? '')
  const whole = Buffer.concat([bytes, Buffer.alloc(blanks, 0x20)])
  return new Response(body === null ? null : whole, { status, headers })
}
