import type { Logger } from 'pino'
import type { ISql } from 'postgres'
import type { Config } from './config.ts'
import type { Journal } from './signing/journal.ts'
import type { JsonObject } from './signing/json.ts'
import type { Keyring } from './signing/keyring.ts'

/** What a store needs of a database: single statements. Transactions are not used (see README). */
// biome-ignore lint/complexity/noBannedTypes: postgres.js types "no custom types" this way
export type Db = ISql<{}>

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>

/** A blob that a content lists: a file whose bytes travel by themselves. */
export interface ListedBlob {
  /** base64url of SHA-256(salt ‖ bytes), and of the salt. */
  dig: string
  salt: string
  /** Bytes. */
  len: number
  /** Media type. */
  type: string
  /** What it is called on a reader's disk. */
  name: string
}

/** What a reader of contents makes of one: what lists show of it and which blobs it lists, or why it cannot be shown. */
export type Judged =
  | { ok: true; teaser: JsonObject; blobs?: ListedBlob[] }
  | { ok: false; reason: string }

/** Judges a content by the schema of its kind. The exchange carries contents; publications know what they mean. */
export type ContentJudge = (content: JsonObject, about: { kind: string; feed: string }) => Judged

/** Entries were stored here, a peer says that it has some, or a letter waits to be delivered. */
export type News = 'stored' | 'nudged' | 'referred'

/** An e-mail to one person. */
export interface Mail {
  /** The same for whatever is sent again. */
  id: string
  to: string
  subject: string
  /** Plain text. */
  text: string
}

/** A running node. Everything that acts and stores need from the world comes in through it. */
export interface Hub {
  config: Config
  sql: Db
  keys: Keyring
  /** Where signatures are noted before they leave. Absent where nothing may be signed (Workers). */
  journal?: Journal
  judgeContent: ContentJudge
  /** Milliseconds since 1970. */
  now(): number
  fetch: typeof fetch
  /** For the house's own sign-in, whose address the operator configured: it may lie where peers may not. */
  askIssuer: typeof fetch
  /** Whether the trust anchor's statements name this origin: no other is asked, unless an operator names it. */
  isNamed?(origin: string): Promise<boolean>
  /** Whether one more unauthenticated call from this request's caller is welcome; absent where others see to it. */
  admit?(): boolean
  /** From which network this request comes: an address, of IPv6 the first 64 bits. Absent where nobody knows. */
  network?(): string
  /** Whether this run may go on asking other nodes; what is left waits for the next. Absent where nobody counts. */
  mayAsk?(): boolean
  /** Whether nothing may be shown before this node has learnt what it forgot or missed. Absent where all is known. */
  showsNothing?(): Promise<boolean>
  /** Says that chores may have work, and of which sort if that is known. Absent where nobody waits for them to run. */
  wake?(news?: News): void
  /** Hands an e-mail to a server, which has taken it when this is over. Absent where none is configured (Workers). */
  mail?(mail: Mail): Promise<void>
  log: Log
}

/** Seconds since 1970, as JOSE's NumericDate wants them. */
export const seconds = (hub: Pick<Hub, 'now'>) => Math.floor(hub.now() / 1000)
