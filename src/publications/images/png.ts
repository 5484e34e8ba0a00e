/** PNG files, chunk by chunk (W3C Portable Network Graphics, third edition, 5). */
import { crc32 } from 'node:zlib'
import { mostParts } from './limits.ts'
import { onlyOrientation, orientationIn, upright } from './orientation.ts'

interface Chunk {
  type: string
  /** With its length, type and checksum. */
  bytes: Buffer
}

/** Bytes of the signature that every file begins with. */
const signature = 8

/** Undefined where it does not hold together, or ends early. What stands behind its end is left out. */
export const barePng = (bytes: Buffer): Buffer | undefined => {
  const chunks = chunksOf(bytes)
  const [header, ...others] = chunks ?? []
  if (header?.type !== 'IHDR' || !others.some(({ type }) => type === 'IDAT')) return undefined
  return Buffer.concat([
    bytes.subarray(0, signature),
    header.bytes,
    turned(others),
    ...others.filter(paints).map((chunk) => chunk.bytes),
  ])
}

/** Up to the one that ends it. */
const chunksOf = (bytes: Buffer): Chunk[] | undefined => {
  const chunks: Chunk[] = []
  let at = signature
  while (chunks.at(-1)?.type !== 'IEND') {
    if (at + 12 > bytes.length || chunks.length === mostParts) return undefined
    const end = at + 12 + bytes.readUInt32BE(at)
    if (end > bytes.length) return undefined
    chunks.push({
      type: bytes.toString('latin1', at + 4, at + 8),
      bytes: bytes.subarray(at, end),
    })
    at = end
  }
  return chunks
}

/** Colours, transparency, size of a pixel, and moving pictures. */
const painting =
  /^(cHRM|cICP|gAMA|iCCP|mDCV|cLLI|sBIT|sRGB|bKGD|hIST|tRNS|pHYs|sPLT|acTL|fcTL|fdAT)$/

/** Those with a capital are needed, whatever they are (5.4). */
const paints = ({ type }: Chunk) => /^[A-Z]/.test(type) || painting.test(type)

const turned = (chunks: Chunk[]) => {
  const written = chunks.find(({ type }) => type === 'eXIf')
  const orientation = written ? orientationIn(written.bytes.subarray(8, -4)) : upright
  return orientation === upright ? Buffer.alloc(0) : chunkOf('eXIf', onlyOrientation(orientation))
}

const chunkOf = (type: string, data: Buffer) => {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  checksum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, checksum])
}
