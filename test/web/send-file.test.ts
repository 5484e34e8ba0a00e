import fc from 'fast-check'
import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/problem.ts'
import { dispositionOf, rangeIn, sendFile } from '../../src/web/send-file.ts'

const bytes = Buffer.alloc(600_000, '0123456789abcdefghij')
let reads: [from: number, length: number][] = []

const app = new Hono()
  .get('/', (c) =>
    sendFile(c, {
      name: 'Prüfliste.pdf',
      type: 'application/pdf',
      size: bytes.length,
      tag: 'abc',
      read: async (from, length) => {
        reads.push([from, length])
        return bytes.subarray(from, from + length)
      },
    }),
  )
  .onError((error, c) => {
    if (error instanceof Problem) return c.json(error.extra, error.status)
    throw error
  })

const ask = async (headers: Record<string, string> = {}, method = 'GET') => {
  reads = []
  const answer = await app.request('/', { headers, method })
  return { answer, body: Buffer.from(await answer.arrayBuffer()) }
}

describe('a file', () => {
  test('is sent whole, read in parts that are small', async () => {
    const { answer, body } = await ask()

    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-length')).toBe('600000')
    expect(body.equals(bytes)).toBe(true)
    expect(reads).toEqual([
      [0, 262_144],
      [262_144, 262_144],
      [524_288, 75_712],
    ])
  })

  test('is an attachment in every way, and no page of ours', async () => {
    const { answer } = await ask()

    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="Prufliste.pdf"; filename*=UTF-8''Pr%C3%BCfliste.pdf`,
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'accept-ranges': 'bytes',
      etag: '"abc"',
    })
  })

  test('is not read for who only asks about it, or has it', async () => {
    const head = await ask({}, 'HEAD')
    const same = await ask({ 'if-none-match': 'W/"x", "abc"' })
    const other = await ask({ 'if-none-match': '"x"' })

    expect([head.answer.status, same.answer.status, other.answer.status]).toEqual([200, 304, 200])
    expect([head.body.length, same.body.length, other.body.length]).toEqual([0, 0, 600_000])
    await ask({}, 'HEAD')
    expect(reads).toEqual([])
  })

  test.each<[string, number, number]>([
    ['bytes=0-0', 0, 0],
    ['bytes=10-19', 10, 19],
    ['bytes=599999-', 599_999, 599_999],
    ['bytes=-5', 599_995, 599_999],
    ['bytes=-999999999', 0, 599_999],
    ['bytes=300000-999999999999999999999', 300_000, 599_999],
    ['BYTES=1-1', 1, 1],
  ])('is sent from %s in part', async (range, first, last) => {
    const { answer, body } = await ask({ range })

    expect(answer.status).toBe(206)
    expect(answer.headers.get('content-range')).toBe(`bytes ${first}-${last}/600000`)
    expect(answer.headers.get('content-length')).toBe(String(last - first + 1))
    expect(body.equals(bytes.subarray(first, last + 1))).toBe(true)
    expect(reads[0]?.[0]).toBe(first)
  })

  test.each(['bytes=5-4', 'bytes=', 'bytes=-', 'bytes=a-b', 'lines=0-1', 'bytes=0-1,5-6', '0-1'])(
    'is sent whole to who asks for „%s“',
    async (range) => {
      expect((await ask({ range })).answer.status).toBe(200)
    },
  )

  test.each(['bytes=600000-', 'bytes=600000-600001', 'bytes=-0'])(
    'ends before %s',
    async (range) => {
      const { answer, body } = await ask({ range })

      expect(answer.status).toBe(416)
      expect(JSON.parse(body.toString())).toEqual({ size: 600_000 })
    },
  )

  test('that has changed meanwhile is sent whole', async () => {
    const range = 'bytes=0-9'

    expect((await ask({ range, 'if-range': '"abc"' })).answer.status).toBe(206)
    for (const other of ['"x"', 'W/"abc"', 'Tue, 03 Mar 2026 09:00:00 GMT']) {
      expect((await ask({ range, 'if-range': other })).answer.status).toBe(200)
    }
  })
})

test('a range never leaves the file', () => {
  const number = fc.oneof(fc.constant(''), fc.nat(2_000).map(String))
  fc.assert(
    fc.property(number, number, fc.integer({ min: 1, max: 1_000 }), (from, to, size) => {
      const range = rangeIn(`bytes=${from}-${to}`, size)

      if (range === undefined || range === 'beyond') return
      expect(range.first).toBeGreaterThanOrEqual(0)
      expect(range.last).toBeLessThan(size)
      expect(range.first).toBeLessThanOrEqual(range.last)
    }),
  )
})

describe('the name of a file', () => {
  test.each([
    ['a.pdf', 'a.pdf', 'a.pdf'],
    ['Größe & „Maß“.png', 'Groe & _Ma_.png', ''],
    ['a"; filename="b.exe', 'a_; filename=_b.exe', 'a%22%3B%20filename%3D%22b.exe'],
    ['a\r\nset-cookie: x', 'a__set-cookie: x', 'a%0D%0Aset-cookie%3A%20x'],
    ["it's (1)*.pdf", "it's (1)*.pdf", 'it%27s%20%281%29%2A.pdf'],
    ['100 %.pdf', '100 _.pdf', '100%20%25.pdf'],
  ])('%j cannot say more than a name', (name, plain, exact) => {
    const header = dispositionOf(name)

    if (exact) expect(header).toBe(`attachment; filename="${plain}"; filename*=UTF-8''${exact}`)
    expect(header).toMatch(/^attachment; filename="[^"\\]*"; filename\*=UTF-8''[\w.~%!#$&+^`|-]*$/)
  })

  test('is one line of ASCII, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(dispositionOf(name)).toMatch(/^[\x20-\x7e]+$/)
      }),
    )
  })
})
