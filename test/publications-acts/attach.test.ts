import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fetchBlobs, sweepBlobs } from '../../src/exchange/fetch-blobs.ts'
import { attach } from '../../src/publications/attach.ts'
import { type Attachment, blobsOf, typeOf } from '../../src/publications/attachment.ts'
import { publish } from '../../src/publications/publish.ts'
import { readOne } from '../../src/publications/reading.ts'
import { erase } from '../../src/publications/take-back.ts'
import { saltedDigest } from '../../src/signing/digest.ts'
import { caseFile, inputOf, type Loose } from '../publications/fixtures.ts'
import { docx, jpeg, pdf, pdfOf, photo, png } from '../support/files.ts'
import { openFederation, type TestFederation } from '../support/hub.ts'

let net: TestFederation
let iss: string

beforeAll(async () => {
  net = await openFederation()
  iss = net.berlin.iss
})
afterAll(() => net.close())

const alt = 'Sieben Fragen vor dem ersten Versuch'

/** Publishes a record with these files; answers its id and what it lists. */
const say = async (files: Record<string, Buffer>, change: Loose = {}, rid?: string) => {
  const attachments = Object.keys(files).map((file) => ({ file, alt }))
  const input = { ...inputOf(caseFile), attachments, ...change }
  const fileOf = async (name: string) => files[name]
  const answer = await publish(net.berlin, { iss, input, rid, fileOf })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return { rid: answer.published.rid, listed: await listedIn(answer.published.rid) }
}

const listedIn = async (rid: string): Promise<Attachment[]> => {
  const one = await readOne(net.berlin, 'members', 'berlin', rid)
  return one.state === 'published' ? JSON.parse(one.content).attachments : []
}

const blobs = () => net.berlin.sql<{ dig: string; bytes: Buffer; staged: Date | null }[]>`
  select dig, bytes, staged from blobs where iss = ${iss} order by dig
`

describe('a record with files', () => {
  test('lists what proves them, and their bytes lie beside it', async () => {
    const { listed } = await say({ 'liste.pdf': pdf, 'bild.PNG': png })

    const [first, second] = listed
    expect(first).toMatchObject({
      name: 'liste.pdf',
      alt,
      type: 'application/pdf',
      len: pdf.length,
    })
    expect(second).toMatchObject({ name: 'bild.PNG', type: 'image/png', len: png.length })
    for (const [n, bytes] of [pdf, png].entries()) {
      const { salt = '', dig } = listed[n] ?? {}
      expect(Buffer.from(salt, 'base64url')).toHaveLength(16)
      expect(saltedDigest(Buffer.from(salt, 'base64url'), bytes)).toBe(dig)
    }
    expect((await blobs()).map(({ staged }) => staged)).toEqual([null, null])
  })

  test('publishes of a photo what it shows, not where it was taken, and proves that', async () => {
    const first = await say({ 'foto.jpg': photo })
    const again = await say({ 'foto.jpg': photo }, {}, first.rid)

    const [listed] = first.listed
    const [blob] = (await blobs()).filter(({ dig }) => dig === listed?.dig)
    const bare = blob?.bytes ?? photo
    expect(photo.includes('Kamerawerk')).toBe(true)
    expect(bare.includes('Kamerawerk')).toBe(false)
    expect(listed).toMatchObject({ type: 'image/jpeg', len: bare.length })
    expect(saltedDigest(Buffer.from(listed?.salt ?? '', 'base64url'), bare)).toBe(listed?.dig)
    expect(again.listed).toEqual(first.listed)
  })

  test('keeps a file that an earlier version had, and brings new ones', async () => {
    const first = await say({ 'a.pdf': pdf })
    const second = await say({ 'b.pdf': pdf, 'c.png': png }, {}, first.rid)

    expect(second.listed[0]).toMatchObject({ dig: first.listed[0]?.dig, name: 'b.pdf' })
    expect(second.listed[1]?.dig).not.toBe(first.listed[0]?.dig)
  })

  test('shares no digest with another record that has the same file', async () => {
    const one = await say({ 'a.pdf': pdf })
    const other = await say({ 'a.pdf': pdf })

    expect(one.listed[0]?.dig).not.toBe(other.listed[0]?.dig)
  })

  test('that is refused leaves nothing behind', async () => {
    const before = await blobs()
    const { rid } = await say({})
    await erase(net.berlin, { iss, rid, reason: 'legal' })

    await expect(say({ 'a.pdf': pdf }, {}, rid)).rejects.toMatchObject({ code: 'conflict' })

    expect(await blobs()).toEqual(before)
  })

  test('that was broken off leaves its files for an hour, and what is listed for ever', async () => {
    const before = await blobs()
    const { listed } = await say({ 'a.pdf': pdf })
    const fileOf = async () => png
    const input = { ...inputOf(caseFile), attachments: [{ file: 'a.png', alt }] }
    const { journal } = net.berlin
    const broken = {
      ...net.berlin,
      journal: { ...journal, inTurn: () => Promise.reject(new Error('disk full')) },
    }

    await expect(publish(broken as never, { iss, input, fileOf })).rejects.toThrow('disk full')

    const left = async () => (await blobs()).length - before.length
    await sweepBlobs(net.berlin)
    expect(await left()).toBe(2)
    net.clock.now += 3_600_000 + 1_000
    await sweepBlobs(net.berlin)
    expect(await left()).toBe(1)
    expect((await blobs()).map(({ dig }) => dig)).toContain(listed[0]?.dig)
    await fetchBlobs(net.berlin)
  })
})

const faultsOf = async (file: string, bytes?: Buffer) => {
  const answer = await attach([{ file, alt }], async () => bytes, [])
  return answer.ok ? [] : answer.faults
}

describe('a file', () => {
  test.each<[string, string, Buffer | undefined, string]>([
    ['that is not there', 'a.pdf', undefined, 'Die Datei „a.pdf“ liegt nicht neben dem Beitrag.'],
    ['with nothing in it', 'a.pdf', Buffer.alloc(0), 'Die Datei „a.pdf“ ist leer.'],
    ['of more than 10 MiB', 'a.pdf', pdfOf(10_485_761), 'Die Datei „a.pdf“ ist größer als 10 MiB.'],
    [
      'that a browser would run',
      'a.pdf',
      Buffer.from('<!doctype html><script>alert(1)</script>'),
      'Die Datei „a.pdf“ hat keinen Typ, der angehängt werden darf. Möglich sind: PDF-Dokument, Bild (PNG), Bild (JPEG), Textdokument (DOCX).',
    ],
    [
      'with macros',
      'a.docx',
      Buffer.concat([docx, Buffer.from('word/vbaProject.bin')]),
      'Die Datei „a.docx“ hat keinen Typ, der angehängt werden darf. Möglich sind: PDF-Dokument, Bild (PNG), Bild (JPEG), Textdokument (DOCX).',
    ],
    [
      'that is half a picture',
      'a.jpg',
      jpeg.subarray(0, 400),
      'Die Datei „a.jpg“ ist beschädigt: Das Bild ist nicht ganz da.',
    ],
    [
      'that is called what it is not',
      'a.pdf',
      jpeg,
      'Die Datei „a.pdf“ ist ihrem Inhalt nach: Bild (JPEG). Ihr Name muss auf .jpg oder .jpeg enden.',
    ],
  ])('%s is refused, with its place', async (_, name, bytes, message) => {
    expect(await faultsOf(name, bytes)).toEqual([{ path: 'attachments[0].file', message }])
  })

  test.each([
    ['a.pdf', pdf, 'application/pdf'],
    ['a.PNG', png, 'image/png'],
    ['a.jpeg', jpeg, 'image/jpeg'],
    ['a.docx', docx, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['groß.pdf', pdfOf(10_485_760), 'application/pdf'],
  ])('%s is taken for what it is', async (name, bytes, type) => {
    expect(await faultsOf(name, bytes)).toEqual([])
    expect(typeOf(bytes)).toBe(type)
  })

  test('with every other fault is named in one answer', async () => {
    const files = ['a.pdf', 'b.pdf', 'c.pdf'].map((file) => ({ file, alt }))
    const answer = await attach(files, async (name) => (name === 'b.pdf' ? pdf : undefined), [])

    expect(answer.ok ? [] : answer.faults.map(({ path }) => path)).toEqual([
      'attachments[0].file',
      'attachments[2].file',
    ])
  })

  test('of a peer ends as its type does, whatever it is called', () => {
    const proof = { dig: 'x', salt: 'x', len: 1, alt }
    const named = (name: string, type: Attachment['type']) =>
      blobsOf([{ ...proof, name, type }]).map((blob) => blob.name)

    expect(named('liste.exe', 'application/pdf')).toEqual(['liste.exe.pdf'])
    expect(named('liste', 'image/jpeg')).toEqual(['liste.jpg'])
    expect(named('Liste.JPEG', 'image/jpeg')).toEqual(['Liste.JPEG'])
  })
})
