/** How a camera was held, as Exif says it: in a TIFF structure (TIFF 6.0, 2; Exif 2.32, 4.6.4, tag 274). */

/** From 1 to 8; this one says what a picture without any says. */
export const upright = 1

const tag = 0x0112
/** Type of a field: an unsigned number of 16 bits. */
const short = 3

/** Upright, too, where nobody can tell. */
export const orientationIn = (tiff: Buffer): number => {
  const order = tiff.toString('latin1', 0, 4)
  if (tiff.length < 8 || (order !== 'II*\0' && order !== 'MM\0*')) return upright
  const little = order === 'II*\0'
  const number = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const fields = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  if (fields + 2 > tiff.length) return upright
  const end = Math.min(fields + 2 + number(fields) * 12, tiff.length - 11)
  for (let at = fields + 2; at < end; at += 12) {
    if (number(at) === tag && number(at + 2) === short) return between(number(at + 8))
  }
  return upright
}

const between = (value: number) => (value >= 1 && value <= 8 ? value : upright)

/** A structure that says this and nothing else. */
export const onlyOrientation = (value: number): Buffer =>
  Buffer.from([
    ...[0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8],
    ...[0, 1, tag >> 8, tag & 0xff, 0, short, 0, 0, 0, 1, 0, value, 0, 0],
    ...[0, 0, 0, 0],
  ])
