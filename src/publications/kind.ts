import { z } from 'zod'
import type { FeedName } from '../federation/statement.ts'
import type { Fault } from '../problem.ts'
import { submittedAttachments } from './attachment.ts'
import { closing, type Envelope, localEnvelope, opening } from './envelope.ts'
import { type Fields, objectOf, type Shape, shapeOf } from './field.ts'
import type { JsonLd } from './linked-data.ts'

/** A kind of record, whichever: what forms, pages, search, API and import need to know of it. */
export interface Kind {
  /** As in entries and contents: `case-example`. */
  id: string
  label: string
  plural: string
  /** What readers find here, in a sentence or two. */
  intro: string
  /** Its place among the pages: `fallbeispiele`. */
  path: string
  /** All that is signed, in the order in which one reads and writes it. */
  fields: Fields
  /** Those of `fields` that only this kind has. */
  own: Fields
  /** What never leaves the node. */
  local: Fields
  /** Its own fields as one writes them, a page each; a few at a time where it says nothing. */
  chapters?: readonly Chapter[]
  /** Those of its own fields that lists show. */
  teaser: readonly string[]
  /** Further fields that lists keep at hand, for pages of this kind's own. */
  kept: readonly string[]
  /** The feed where it may stand alone; absent where its writer chooses. */
  only?: FeedName
  /** Those of its own fields that name what it rests on: whoever reads or looks after it hears when that changes. */
  restsOn: readonly string[]
  /** How it stands to a record that it names in one of its fields, as that one's readers are told. */
  backlinks: { readonly [field: string]: string }
  /** Where one comes from who writes one: at records of which kinds one begins it, and where it names them. */
  follows?: Follows
  /** Path of the page that lists it, if it has no list of its own. */
  listedAt?: string
  /** The day that it is about (`YYYY-MM-DD`), where that is another than the day of writing. */
  day?(own: object): string | undefined
  /** Contents as they are signed. */
  published: z.ZodObject
  /** What `transfernetz publish FILE` takes: the content, and beside it what stays here. */
  submission: z.ZodObject
  rules(own: object, local: object, envelope: Pick<Partial<Envelope>, 'visibility'>): Fault[]
  /** The record in the words of schema.org and Dublin Core. */
  mapping(record: Envelope): JsonLd
}

/** Fields that are written together. */
export interface Chapter<N extends string = string> {
  label: string
  fields: readonly N[]
}

export interface Follows<N extends string = string> {
  /** The field that names the other record. */
  field: N
  /** Ids of the kinds. */
  kinds: readonly string[]
  /** What one is offered there. */
  action: string
}

/** What a kind file says; the rest follows from it. */
interface Words<N extends string, F extends Fields, L extends Fields> {
  id: N
  label: string
  plural: string
  intro: string
  path: string
  fields: F
  local?: L
  chapters?: readonly Chapter<keyof F & string>[]
  teaser: readonly (keyof F & string)[]
  kept?: readonly ((keyof F | keyof typeof closing) & string)[]
  only?: FeedName
  listedAt?: string
  follows?: Follows<keyof F & string>
  restsOn?: readonly (keyof F & string)[]
  backlinks?: { readonly [N in keyof F & string]?: string }
  day?(own: z.infer<z.ZodObject<Shape<F>>>): string | undefined
  /** What the fields must say together. Of an unfinished record only what is right by itself is there. */
  rules?(
    own: z.infer<z.ZodObject<Shape<F>>>,
    local: z.infer<z.ZodObject<Shape<L>>>,
    envelope: Pick<Partial<Envelope>, 'visibility'>,
  ): Fault[]
  mapping(record: Envelope & z.infer<z.ZodObject<Shape<F>>>): JsonLd
}

export const defineKind = <
  const N extends string,
  F extends Fields,
  L extends Fields = Record<never, never>,
>(
  words: Words<N, F, L>,
) => {
  const fields = { ...opening, ...words.fields, ...closing }
  const local = { ...localEnvelope, ...words.local }
  const published = z.strictObject({ kind: z.literal(words.id), ...shapeOf(fields) })
  const submission = published.extend({
    // The publish act fills these in: what only the day knows, and what only the files themselves.
    ...shapeOf({
      attachments: submittedAttachments,
      reviewBy: { ...closing.reviewBy, required: false as const },
    }),
    local: objectOf(local).optional(),
  })
  return {
    rules: () => [],
    kept: [],
    restsOn: [],
    backlinks: {},
    ...words,
    fields,
    own: words.fields,
    local,
    published,
    submission,
  }
}

/** The page that lists records of a kind. */
export const listPathOf = ({ path, listedAt }: Pick<Kind, 'path' | 'listedAt'>) =>
  listedAt ?? `/${path}`
