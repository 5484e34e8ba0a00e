/** JPEG files, segment by segment (ITU-T T.81, annex B). */
import { mostParts } from './limits.ts'
import { onlyOrientation, orientationIn, upright } from './orientation.ts'

/** A segment with its marker; one that begins a scan, with the scan. */
interface Segment {
  marker: number
  bytes: Buffer
}

const app0 = 0xe0
const app1 = 0xe1
const startOfScan = 0xda
const endOfImage = Buffer.from([0xff, 0xd9])

/** Undefined where it does not hold together, or ends early. What stands behind its end is left out. */
export const bareJpeg = (bytes: Buffer): Buffer | undefined => {
  const segments = segmentsOf(bytes)
  if (!segments?.some(({ marker }) => marker === startOfScan)) return undefined
  const kept = segments.filter(paints).map(withoutThumbnail)
  return Buffer.concat([
    bytes.subarray(0, 2),
    ...kept.filter(({ marker }) => marker === app0).map((segment) => segment.bytes),
    turned(segments),
    ...kept.filter(({ marker }) => marker !== app0).map((segment) => segment.bytes),
    endOfImage,
  ])
}

const segmentsOf = (bytes: Buffer): Segment[] | undefined => {
  const segments: Segment[] = []
  for (let at = 2; ; ) {
    // Any number of bytes may fill the room before a marker (B.1.1.2).
    while (bytes[at] === 0xff && bytes[at + 1] === 0xff) at += 1
    if (bytes.subarray(at, at + 2).equals(endOfImage)) return segments
    const end = endOf(bytes, at)
    if (end === undefined || segments.length === mostParts) return undefined
    segments.push({ marker: bytes[at + 1] ?? 0, bytes: bytes.subarray(at, end) })
    at = end
  }
}

/** Where the segment ends that begins here, and another must begin; undefined where none begins. */
const endOf = (bytes: Buffer, at: number): number | undefined => {
  const [ff, marker = 0] = bytes.subarray(at, at + 2)
  if (ff !== 0xff || marker < 0xc0 || standsAlone(marker) || at + 4 > bytes.length) return undefined
  const end = at + 2 + bytes.readUInt16BE(at + 2)
  return marker === startOfScan ? scanEnd(bytes, end) : end
}

/** Restart markers, and those that begin and end a picture, have no length. */
const standsAlone = (marker: number) => marker >= 0xd0 && marker <= 0xd9

const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7

/** Behind the pixels of a scan, in which a byte of ones is followed by zeros, a restart, or another one. */
const scanEnd = (bytes: Buffer, from: number): number | undefined => {
  let at = bytes.indexOf(0xff, from)
  while (at >= 0) {
    const next = bytes[at + 1]
    if (next === undefined) return undefined
    if (next !== 0 && next !== 0xff && !isRestart(next)) return at
    at = bytes.indexOf(0xff, at + (next === 0xff ? 1 : 2))
  }
  return undefined
}

/** Of what applications write only that which a reader needs for shape and colours. */
const signs: { [marker: number]: string } = {
  [app0]: 'JFIF\0',
  226: 'ICC_PROFILE\0',
  238: 'Adobe',
}

const paints = (segment: Segment) => {
  const { marker } = segment
  if (marker <= 0xdf) return true
  const sign = signs[marker]
  return sign !== undefined && begins(segment, sign)
}

const begins = ({ bytes }: Segment, sign: string) =>
  bytes.subarray(4, 4 + sign.length).equals(Buffer.from(sign, 'latin1'))

/** It may show what was cut off the picture (JFIF 1.02: 14 bytes, of which the last two are the thumbnail's size). */
const withoutThumbnail = ({ marker, bytes }: Segment): Segment => {
  if (marker !== app0 || bytes.length <= 18) return { marker, bytes }
  const bare = Buffer.from(bytes.subarray(0, 18))
  bare.writeUInt16BE(16, 2)
  bare.writeUInt16BE(0, 16)
  return { marker, bytes: bare }
}

const exif = 'Exif\0\0'

/** The way the camera was held, without which many pictures would lie on their side. */
const turned = (segments: Segment[]) => {
  const written = segments.find((segment) => segment.marker === app1 && begins(segment, exif))
  const orientation = written ? orientationIn(written.bytes.subarray(4 + exif.length)) : upright
  if (orientation === upright) return Buffer.alloc(0)
  const content = Buffer.concat([Buffer.from(exif, 'latin1'), onlyOrientation(orientation)])
  const head = Buffer.from([0xff, app1, 0, content.length + 2])
  return Buffer.concat([head, content])
}
