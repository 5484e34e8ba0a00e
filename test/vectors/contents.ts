/** Vectors of contents (schemas/EXCHANGE.md, sections 3, 5 and 8). */
import { saltedDigest } from '../../src/signing/digest.ts'
import type { Vector, Vectors } from './vector.ts'
import { base64url, record, saltOf } from './world.ts'

const content = (
  about: string,
  bytes: string | number[],
  fault?: string,
  change: { kind?: string; feed?: string } = {},
): Vector => ({
  ...{ about, kind: 'content' },
  given: { kind: 'round-table', feed: 'public', ...change, content: base64url(bytes) },
  expect: fault ? { fault } : {},
})

const text = JSON.stringify(record())
const changed = (change: object) => JSON.stringify(record({ ...change }))
const titled = (title: string) => text.replace(/"title":"[^"]*"/, `"title":"${title}"`)

const file = Buffer.from('%PDF-1.7\nEin Blatt Papier.\n')
const salt = saltOf('a file')
const listed = {
  ...{ dig: saltedDigest(salt, file), salt: base64url(salt), len: file.length },
  ...{ type: 'application/pdf', name: 'Blatt.pdf', alt: 'Ein Blatt Papier.' },
}
const withFile = (change: object = {}) => changed({ attachments: [{ ...listed, ...change }] })

const blob = (about: string, bytes: Uint8Array, expect: object): Vector => ({
  ...{ about, kind: 'blob', given: { listed, bytes: base64url(bytes) }, expect: { ...expect } },
})
const notIt = { reason: 'blob-digest' }

export const validContents = (): Vectors => ({
  blob: blob('A file as it is listed.', file, {}),
  'content-attachment': content('A content that lists a file.', withFile()),
  'content-round-table': content('A small result of a round table.', text),
  'content-members': content('One for the centres only.', changed({ visibility: 'members' }), '', {
    feed: 'members',
  }),
  'content-other-form': content(
    'Contents need not be canonical: white space and escapes are nobody’s business.',
    JSON.stringify(record(), null, 1).replace('"KI im', '"\\u004b\\u0049 im'),
  ),
  'content-untidy': content(
    'Texts are judged without the blanks around them, with LF and composed.',
    changed({
      title: '  Ein U\u0308berblick \r\n',
      findings: [{ text: '\tErst dies,\r\ndann das.\n', consensus: 'open' }],
    }),
  ),
})

const invalid = (about: string, bytes: string) => content(about, bytes, 'content: invalid-content')

export const invalidContents = (): Vectors => ({
  'blob-digest': blob('Another file of the same length.', Buffer.alloc(file.length, 1), notIt),
  'blob-digest-length': blob('A byte too many.', Buffer.concat([file, file.subarray(0, 1)]), notIt),
  'content-attachment-blank': invalid(
    'A digest with a blank.',
    withFile({ dig: ` ${listed.dig}` }),
  ),
  'content-attachment-hidden': invalid(
    'A name with a dot in front.',
    withFile({ name: '.profile' }),
  ),
  'content-attachment-type': invalid(
    'A type that a browser runs.',
    withFile({ type: 'text/html' }),
  ),
  'content-attachment-large': invalid(
    'A byte more than 10 MiB.',
    withFile({ len: 10 * 2 ** 20 + 1 }),
  ),
  'content-utf8': content('Not UTF-8.', [0x7b, 0xff, 0x7d], 'content-utf8'),
  'content-json': content('No JSON.', '{}}', 'content-json'),
  'content-json-list': content('Not an object.', '[]', 'content-json'),
  'content-json-bom': content('A byte order mark.', `\ufeff${text}`, 'content-json'),
  'content-too-deep': content(
    'Nested 33 deep.',
    `{"a":${'['.repeat(32)}${']'.repeat(32)}}`,
    'too-deep',
  ),
  'content-name-integer': content(
    'A name like an integer.',
    text.replace('{', '{"1":1,'),
    'name-integer',
  ),
  'content-name-proto': content(
    'The name __proto__.',
    text.replace('{', '{"__proto__":1,'),
    'name-proto',
  ),
  'content-string-malformed': content('A lone surrogate.', titled('a\\ud800'), 'string-malformed'),
  'content-string-nul': content('U+0000.', titled('a\\u0000'), 'string-nul'),
  'content-duplicate-member': content(
    'A member twice, under two spellings.',
    text.replace('{', '{"\\u006bind":"x",'),
    'content-duplicate-member',
  ),
  'content-unknown-kind': content(
    'A kind of a newer peer.',
    '{"kind":"recipe"}',
    'content: unknown-kind',
    {
      kind: 'recipe',
    },
  ),
  'content-wrong-feed': content(
    'A content for the centres only in the public feed.',
    changed({ visibility: 'members' }),
    'content: wrong-feed',
  ),
  'content-other-kind': content(
    'The kind of the entry is not its own.',
    text,
    'content: invalid-content',
    {
      kind: 'case-example',
    },
  ),
  'content-missing-member': invalid('A member is missing.', changed({ findings: undefined })),
  'content-unknown-member': invalid('A member too many.', changed({ color: 'red' })),
  'content-wrong-type': invalid('A text for a truth value.', changed({ online: 'yes' })),
  'content-unknown-term': invalid(
    'A term that the vocabulary does not have.',
    changed({ topics: ['ki'] }),
  ),
  'content-term-twice': invalid(
    'A term twice.',
    changed({ topics: ['ai-adoption', 'ai-adoption'] }),
  ),
  'content-too-long': invalid('A title of 161 signs.', changed({ title: 'ä'.repeat(161) })),
  'content-blank': invalid('Nothing but blanks.', changed({ title: ' \u00a0\t ' })),
  'content-no-day': invalid('A day that does not exist.', changed({ date: '2026-02-30' })),
  'content-control': invalid('A control character in a line.', changed({ title: 'a\tb' })),
})
