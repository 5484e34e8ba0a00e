/** Pictures that a real program wrote, with all that cameras and programs put beside them. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bareImage } from '../../../src/publications/images/bare-image.ts'
import { onlyOrientation, orientationIn } from '../../../src/publications/images/orientation.ts'

const sample = (name: string) => readFileSync(join(import.meta.dirname, 'samples', name))

const photos = [
  ['foto.jpg', 'image/jpeg', 6],
  ['foto-progressiv.jpg', 'image/jpeg', 3],
  ['foto.png', 'image/png', 8],
] as const

/** Words of the samples that say who, where, when and with what. */
const telling = ['Kamerawerk', 'Modell 7', 'Linse', '2025:05:17', 'Petra', 'Potsdam', 'GPS', 'xmp']

const bared = (bytes: Buffer, type: string) => bareImage(bytes, type) ?? Buffer.alloc(0)

/** Where the pixels are, with all that is needed to decode them: in JPEG from the first of two tables of 69 bytes on. */
const painted = (bytes: Buffer, type: string) =>
  type === 'image/png'
    ? bytes.subarray(bytes.indexOf('IDAT') - 4)
    : bytes.subarray(bytes.lastIndexOf(Buffer.from([0xff, 0xdb])) - 69)

describe.each(photos)('%s', (name, type, orientation) => {
  const photo = sample(name)
  const bare = bared(photo, type)

  test('keeps its pixels to the bit, its colours, and how it was held', () => {
    expect(painted(bare, type).equals(painted(photo, type))).toBe(true)
    for (const colours of ['ICC_PROFILE', 'iCCP', 'pHYs', 'JFIF']) {
      expect([colours, bare.includes(colours)]).toEqual([colours, photo.includes(colours)])
    }
    expect(orientationIn(bare.subarray(bare.indexOf('MM\0*')))).toBe(orientation)
  })

  test('says no word of who, where, when and with what', () => {
    const said = (bytes: Buffer) => telling.filter((word) => bytes.includes(word))

    expect(said(photo).length).toBeGreaterThan(3)
    expect(said(bare)).toEqual([])
  })

  test('is the same when it is taken in once more', () => {
    expect(bared(bare, type).equals(bare)).toBe(true)
  })

  test('is refused wherever it is cut off', () => {
    const cuts = Array.from({ length: photo.length - 1 }, (_, n) => n + 1)

    expect(cuts.filter((at) => bareImage(photo.subarray(0, at), type))).toEqual([])
  })

  test('loses what is written behind its end', () => {
    const behind = Buffer.concat([photo, Buffer.from('ftypmp42 ©xyz+52.5'), photo])

    expect(bared(behind, type).equals(bare)).toBe(true)
  })

  test('with any byte changed is a picture or none, and breaks nothing', () => {
    const change = fc.record({ at: fc.nat(photo.length - 1), to: fc.nat(255) })

    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const broken = Buffer.from(photo)
        for (const { at, to } of changes) broken[at] = to
        const answer = bareImage(broken, type)
        expect(answer === undefined || answer.length <= photo.length).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

const jpeg = sample('foto-progressiv.jpg')
const png = sample('foto.png')

const segment = (marker: number, text: string) => {
  const data = Buffer.from(text, 'latin1')
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([head, data])
}

const chunk = (type: string, text: string) => {
  const bytes = Buffer.alloc(12 + text.length)
  bytes.writeUInt32BE(text.length)
  bytes.write(type + text, 4, 'latin1')
  return bytes
}

const inserted = (bytes: Buffer, at: number, more: Buffer) =>
  Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)])

/** Where segments end in a JPEG file, whose markers need no looking for where nothing is compressed. */
const jointsOf = (bytes: Buffer) => {
  const joints = [2]
  for (let at = 2; bytes[at + 1] !== 0xda; ) {
    at += 2 + bytes.readUInt16BE(at + 2)
    joints.push(at)
  }
  return joints
}

test('whatever a program writes into a JPEG picture, and wherever, is left out', () => {
  const said = fc.constantFrom(
    ...['Exif\0\0', 'MPF\0', 'FPXR\0', 'Photoshop 3.0\0', 'JFXX\0', 'Ort'],
  )
  const markers = [...Array.from({ length: 16 }, (_, n) => 0xe0 + n), 0xfe, 0xf0, 0xfd]
  const joint = fc.constantFrom(...jointsOf(jpeg).slice(2))

  fc.assert(
    fc.property(fc.constantFrom(...markers), said, joint, (marker, text, at) => {
      const more = segment(marker, `${text}Geheimnis`)
      expect(bared(inserted(jpeg, at, more), 'image/jpeg').equals(bared(jpeg, 'image/jpeg'))).toBe(
        true,
      )
    }),
  )
})

test('between the scans of a picture, and behind the last one, too', () => {
  for (const at of [jpeg.lastIndexOf(Buffer.from([0xff, 0xda])), jpeg.length - 2]) {
    const more = inserted(jpeg, at, segment(0xe1, 'Exif\0\0Geheimnis'))

    expect(bared(more, 'image/jpeg').equals(bared(jpeg, 'image/jpeg'))).toBe(true)
  }
})

test('bytes that only fill the room before a marker are no fault', () => {
  const filling = Buffer.from([0xff, 0xff])
  const bare = bared(jpeg, 'image/jpeg')

  for (const at of jointsOf(jpeg)) {
    expect(bared(inserted(jpeg, at, filling), 'image/jpeg').equals(bare)).toBe(true)
  }
  for (const marker of [[], [0xd0]]) {
    const more = Buffer.from([...filling, ...marker])
    expect(bareImage(inserted(jpeg, jpeg.length - 2, more), 'image/jpeg')).toBeDefined()
  }
})

test('the small picture that may show what was cut off is left out', () => {
  const thumbnail = Buffer.concat([
    Buffer.from([0xff, 0xe0, 0, 16 + 12]),
    Buffer.from('JFIF\0\x01\x02\0\0\x01\0\x01\x02\x02', 'latin1'),
    Buffer.alloc(12, 'Gesicht'),
  ])
  const bare = bared(inserted(jpeg, 2, thumbnail), 'image/jpeg')

  expect(bare.includes('Gesicht')).toBe(false)
  expect(bare.subarray(2, 20)).toEqual(
    Buffer.from('\xff\xe0\0\x10JFIF\0\x01\x02\0\0\x01\0\x01\0\0', 'latin1'),
  )
})

test.each(['tEXt', 'zTXt', 'iTXt', 'tIME', 'eXIf', 'dSIG', 'caBX', 'orNT'])(
  'of a PNG picture %s is left out, and what paints it stays',
  (type) => {
    const at = png.indexOf('IDAT') - 4
    const more = inserted(png, at, chunk(type, 'Geheimnis'))
    const painting = inserted(png, at, chunk('tRNS', 'Geheimnis'))

    expect(bared(more, 'image/png').equals(bared(png, 'image/png'))).toBe(true)
    expect(bared(painting, 'image/png').includes('Geheimnis')).toBe(true)
  },
)

test.each([
  ['without a picture', Buffer.from([0xff, 0xd8, 0xff, 0xd9]), 'image/jpeg'],
  [
    'whose segment is shorter than its length',
    inserted(jpeg, 2, Buffer.from([0xff, 0xe1, 0, 1])),
    'image/jpeg',
  ],
  [
    'whose segment is longer than the file',
    inserted(jpeg, 2, Buffer.from([0xff, 0xe1, 0xff, 0xff])),
    'image/jpeg',
  ],
  ['that is two in one', inserted(jpeg, 2, segment(0xd8, 'Geheimnis')), 'image/jpeg'],
  ['with a marker that there is not', inserted(jpeg, 2, segment(0xbf, 'Geheimnis')), 'image/jpeg'],
  ['whose first chunk is not its header', inserted(png, 8, chunk('tEXt', 'x')), 'image/png'],
  [
    'whose last chunk is longer than the file',
    Buffer.concat([png.subarray(0, -12), Buffer.from([0, 0, 0, 1]), png.subarray(-8)]),
    'image/png',
  ],
  ['without pixels', Buffer.concat([png.subarray(0, 33), chunk('IEND', '')]), 'image/png'],
])('a file %s is no picture', (_, bytes, type) => {
  expect(bareImage(bytes, type)).toBeUndefined()
})

test.each([
  ['image/jpeg', jpeg, 2, segment(0xe1, '')],
  ['image/png', png, png.indexOf('IDAT') - 4, chunk('tEXt', '')],
])('of parts without end nobody takes a file apart: %s', (type, picture, at, part) => {
  const of = (parts: number) => inserted(picture, at, Buffer.concat(Array(parts).fill(part)))

  expect(bared(of(10_000), type).equals(bared(picture, type))).toBe(true)
  expect(bareImage(of(20_000), type)).toBeUndefined()
})

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'orientation %i is read from either order of bytes',
  (value) => {
    const little = [
      0x49,
      0x49,
      0x2a,
      0,
      8,
      0,
      0,
      0,
      1,
      0,
      0x12,
      1,
      3,
      0,
      1,
      0,
      0,
      0,
      value,
      0,
      0,
      0,
    ]

    expect(orientationIn(onlyOrientation(value))).toBe(value)
    expect(orientationIn(Buffer.from(little))).toBe(value)
  },
)

test.each([
  ['nothing', Buffer.alloc(0)],
  ['no structure', Buffer.from('Geheimnis und mehr')],
  ['fields beyond its end', Buffer.from('MM\0*\xff\xff\xff\xff\0\x01', 'latin1')],
  ['a way that does not exist', onlyOrientation(9)],
  ['more fields than there are', Buffer.from('MM\0*\0\0\0\x08\xff\xff\x01\x12', 'latin1')],
])('where %s says how it was held it stands upright', (_, tiff) => {
  expect(orientationIn(tiff)).toBe(1)
})

test('a document stays as it is', () => {
  const pdf = Buffer.from('%PDF-1.7 /Author (Petra)')

  expect(bareImage(pdf, 'application/pdf')).toBe(pdf)
})
