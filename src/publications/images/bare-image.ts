/** Pictures without what a camera or a program wrote about where, when, with what and by whom they were made. */
import { bareJpeg } from './jpeg.ts'
import { barePng } from './png.ts'

const filters: { [type: string]: (bytes: Buffer) => Buffer | undefined } = {
  'image/jpeg': bareJpeg,
  'image/png': barePng,
}

/**
 * The same picture, pixel for pixel: only what does not paint it is left out. Undefined where it is not whole; a file of
 * another type is answered as it is.
 */
export const bareImage = (bytes: Buffer, type: string): Buffer | undefined => {
  const filter = filters[type]
  return filter ? filter(bytes) : bytes
}
