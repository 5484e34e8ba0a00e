/** JSON Schemas (draft 2020-12) of all that travels between nodes, is answered or is imported. */
import { z } from 'zod'
import { Assertion } from './exchange/assertion.ts'
import { EntriesPage, Entry } from './exchange/entry.ts'
import { EvidencePairs } from './exchange/evidence.ts'
import { Head } from './exchange/head.ts'
import { Holdings } from './exchange/holdings.ts'
import { NodeAnswer } from './exchange/node-answer.ts'
import { Nudge } from './exchange/nudge-body.ts'
import { Push, PushAnswer } from './exchange/push-body.ts'
import {
  AnchorConfiguration,
  CentreConfiguration,
  FederationError,
  HistoricalKeys,
  HistoryPage,
  SubordinateStatement,
} from './federation/statement.ts'
import { PlaceAnswer } from './places/answer.ts'
import { ProblemDocument } from './problem.ts'
import { GoneAnswer, RecordAnswer, RecordsAnswer } from './publications/answers.ts'
import { kinds } from './publications/kinds.ts'
import { Answer, ReferredCase } from './referrals/case.ts'
import { Counts } from './referrals/counts.ts'
import { Letter } from './referrals/letter.ts'
import { Receipt, ReferralAnswer, ReferralEvent } from './referrals/referral.ts'
import { SearchAnswer, SimilarAnswer, TitlesAnswer } from './search/answer.ts'

/** A schema with its title and what it describes, in one line. */
type Described = readonly [schema: z.ZodType, title: string, description: string]

const described: Record<string, Described> = {
  'centre-configuration': [
    CentreConfiguration,
    'Centre configuration',
    'Payload of the entity configuration of a centre: what it says of itself and asks the trust anchor to state.',
  ],
  'anchor-configuration': [
    AnchorConfiguration,
    'Anchor configuration',
    'Payload of the entity configuration of the trust anchor: its keys and its endpoints.',
  ],
  'subordinate-statement': [
    SubordinateStatement,
    'Subordinate statement',
    'Payload of what the trust anchor states of a centre: everything that verifying its feeds needs.',
  ],
  'historical-keys': [
    HistoricalKeys,
    'Historical keys',
    'Payload of the signed list of keys that the trust anchor no longer uses.',
  ],
  'history-page': [
    HistoryPage,
    'History page',
    'A page of all statements the trust anchor ever issued, in order, each as it was signed.',
  ],
  'federation-error': [
    FederationError,
    'Federation error',
    'What the endpoints of the trust anchor answer where they refuse.',
  ],
  entry: [
    Entry,
    'Entry',
    'Payload of an entry: its place in its feed, and what it does. One that has its place but fits no operation is kept without effect.',
  ],
  head: [Head, 'Head', 'Payload of a head: how long a feed is, and the digest of its last entry.'],
  holdings: [
    Holdings,
    'Holdings',
    'Payload of holdings: what a node holds of every feed, and up to where it has carried out erasures.',
  ],
  assertion: [
    Assertion,
    'Assertion',
    'Payload of the bearer token by which a centre shows who asks.',
  ],
  'entries-page': [
    EntriesPage,
    'Entries page',
    'Entries of one feed in order, their contents beside them, and the newest head.',
  ],
  'evidence-pairs': [
    EvidencePairs,
    'Evidence',
    'Pairs of tokens that a centre signed and that contradict each other.',
  ],
  push: [
    Push,
    'Push',
    'What a centre with a signer of its own brings to a node: the next entries of its feed, and its newest head.',
  ],
  'push-answer': [PushAnswer, 'Push answer', 'How the feed stands at the node after a push.'],
  nudge: [Nudge, 'Nudge', 'Says that a feed has grown; whoever gets it may pull.'],
  letter: [
    Letter,
    'Letter',
    'Plaintext of a letter: an event of a referral, what it tells, and what its writer holds.',
  ],
  'referral-event': [
    ReferralEvent,
    'Referral event',
    'Payload of an event of a referral: what one side says, without anything about people.',
  ],
  'referred-case': [
    ReferredCase,
    'Referred case',
    'What a referral tells about a company, by its consent: as little as calling back needs.',
  ],
  'referral-note': [Answer, 'Note', 'What a recipient may add in words to an event of a referral.'],
  receipt: [
    Receipt,
    'Receipt',
    'Payload of the receipt for an event of a referral: it is held, and this is the state now.',
  ],
  'referral-answer': [
    ReferralAnswer,
    'Referral answer',
    'What a letter is answered with: the receipt, and what its writer has lost.',
  ],
  counts: [
    Counts,
    'Counts',
    'Payload of what a centre tells the umbrella of a month: how many of its referrals ended how.',
  ],
  problem: [
    ProblemDocument,
    'Problem',
    'Why a request was stopped: problem details (RFC 9457) with a stable code.',
  ],
  ...Object.fromEntries(
    kinds.flatMap(({ id, label, published, submission }): [string, Described][] => [
      [
        `${id}.published`,
        [published, label, `Content of a published record of kind ${id}, as it is signed.`],
      ],
      [
        `${id}.submission`,
        [
          submission,
          `${label} (zum Veröffentlichen)`,
          `What "transfernetz publish" takes for kind ${id}: the content, and beside it what stays at the node.`,
        ],
      ],
    ]),
  ),
  'records-answer': [RecordsAnswer, 'Records', 'A page of published records, newest first.'],
  'record-answer': [RecordAnswer, 'Record', 'A published record with what proves it.'],
  'gone-answer': [
    GoneAnswer,
    'Record taken back',
    'What is left of a withdrawn or erased record, with what proves it.',
  ],
  'search-answer': [SearchAnswer, 'Hits', 'Records that fit the words looked for, best first.'],
  'similar-answer': [SimilarAnswer, 'Similar cases', 'Cases like a company or a record.'],
  'titles-answer': [TitlesAnswer, 'Titles', 'Records for what is being typed.'],
  'place-answer': [
    PlaceAnswer,
    'Place answer',
    'In which Land a place lies, decided or with what must be asked back, and which centres are responsible there.',
  ],
  'node-answer': [
    NodeAnswer,
    'Node',
    'How a node stands: who holds its feeds, which erasures are confirmed, and its copies of others.',
  ],
}

export type JsonSchema = { [keyword: string]: unknown }

/** An identifier, like those of the vocabularies: nobody has to serve it for two nodes to mean the same. */
export const schemaId = (name: string) => `https://w3id.org/transfernetz/schemas/${name}.json`

/** Every schema by its name, which is also its file's in `schemas/`. They refer to each other by `$id`. */
export const jsonSchemas = (): Record<string, JsonSchema> => {
  const registry = z.registry<{ id: string }>()
  for (const [id, [schema]] of Object.entries(described)) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, { uri: schemaId, ...asWritten })
  return Object.fromEntries(
    Object.entries(described).map(([name, [, title, description]]) => {
      const { $schema, $id, ...schema } = schemas[name] ?? {}
      return [name, { $schema, $id, title, description, ...schema }]
    }),
  )
}

/** Patterns longer than this only repeat in other words what the format beside them says. */
const longPattern = 120

/** Describes what one writes, before defaults and transformations. */
export const asWritten = {
  io: 'input',
  unrepresentable: 'any',
  override: ({ zodSchema, jsonSchema }) => {
    if (jsonSchema.format && (jsonSchema.pattern?.length ?? 0) > longPattern) {
      delete jsonSchema.pattern
    }
    // A member that must be absent.
    if (zodSchema._zod.def.type === 'undefined') jsonSchema.not = {}
  },
} as const satisfies z.core.ToJSONSchemaParams
