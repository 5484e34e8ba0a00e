/** The worked example of EXCHANGE.md, section 6, as vectors. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Vectors } from './vector.ts'
import { base64url, start, stated } from './world.ts'

const text = readFileSync(join(import.meta.dirname, '../../schemas/EXCHANGE.md'), 'utf8')

/** The code blocks of one kind, in order. */
const blocks = (kind: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${kind}\\n(.*?)\\n\`\`\`$`, 'gms'))].map(
    ([, body]) => body ?? '',
  )

export const workedExample = (): Vectors => {
  const [first = '', second = ''] = blocks('example-entry')
  const [content = ''] = blocks('example-content')
  const [head = ''] = blocks('example-head')
  const [key, { size, dig, iat, exp }, { rid }] = [
    ...['example-key', 'example-head-payload', 'example-payload'],
  ].map((kind) => JSON.parse(blocks(kind)[0] ?? ''))
  const salt = /`([\w-]{22})` in base64url/.exec(text)?.[1] ?? ''
  const given = { stated: stated({ jwks: { keys: [{ ...key, n: 1 }] } }), feed: 'public', now: iat }
  return {
    'worked-example-entries': {
      about: 'The two entries of the worked example in EXCHANGE.md.',
      kind: 'entries',
      given: {
        ...{ ...given, after: start },
        entries: [
          { entry: first, content: base64url(content), salt, status: 'withdrawn' },
          { entry: second, status: 'present' },
        ],
      },
      expect: {
        ...{ size, dig, faults: [], missing: [] },
        records: { [rid]: { ver: 1, state: 'withdrawn', closed: false } },
      },
    },
    'worked-example-head': {
      about: 'The head of the worked example in EXCHANGE.md.',
      kind: 'head',
      given: { ...given, epoch: 1, head },
      expect: { size, dig, iat, exp },
    },
  }
}
