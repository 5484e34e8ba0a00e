import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const src = join(import.meta.dirname, '../../src')
const unions = /^export type \w*(?:Reason|Fault) =((?:[^\n]*\n)(?: {2}\|[^\n]*\n)*)/gm

/** Every reason that the types of the exchange name, without the families such as `status-…`. */
export const reasonsInCode = (): string[] => {
  const files = ['signing', 'exchange', 'federation'].flatMap((room) =>
    readdirSync(join(src, room)).map((name) => join(src, room, name)),
  )
  const named = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(unions)].flatMap(([, union]) =>
      [...(union ?? '').matchAll(/'([a-z][a-z\d-]+)'/g)].map(([, reason]) => reason ?? ''),
    ),
  )
  return [...new Set(named)].sort()
}
