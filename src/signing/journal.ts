import type { JsonObject } from './json.ts'

/** How far the log of the database had come. A restored database counts in a new life. */
export interface Mark {
  life: number
  position: number
}

/** Whether the one was before the other. */
export const isBefore = (one: Mark, other: Mark) =>
  one.life < other.life || (one.life === other.life && one.position < other.position)

/** The last thing signed in one feed: enough to append those very bytes again. */
export interface Signed {
  epoch: number
  /** 0, without a token, where it was found out that the epoch is empty. */
  seq: number
  prev: string
  dig: string
  jws: string
  /** The log when this was signed. */
  mark: Mark
  /** base64url; absent where the entry carries none. */
  content?: string
  salt?: string
  /** What is kept beside it and never leaves. */
  local?: JsonObject
}

/** The newest that a trust anchor has stated about one subject. Times in seconds since 1970. */
export interface NotedStatement {
  sub: string
  iat: number
  exp: number
  jws: string
  /** Of the centre's configuration that it follows, its `iat`. */
  configuredAt?: number | undefined
}

/**
 * Remembers what was signed, outside the database, so that a restored one cannot sign a number twice, and a trust anchor
 * takes nothing back without knowing.
 */
export interface Journal {
  /** The last thing signed in a feed; null if nothing ever was; undefined if the journal does not know the feed. */
  last(iss: string, feed: string): Promise<Signed | null | undefined>
  /** Says of a feed whose key is just being made that nothing was signed in it. What is noted already stays. */
  start(iss: string, feed: string): Promise<void>
  /** Runs acts on one feed one after the other: reading its end, signing, noting, appending. */
  inTurn<T>(iss: string, feed: string, act: () => Promise<T>): Promise<T>
  /** Resolves once the note would survive a power cut. */
  note(iss: string, feed: string, signed: Signed): Promise<void>
  /** The furthest that the log is known to have come, by signatures and other notes. */
  mark(): Promise<Mark>
  /** Notes how far the log has come, as `note` does. */
  noteMark(mark: Mark): Promise<void>
  /** The newest statement noted about a subject. */
  statement(sub: string): Promise<NotedStatement | undefined>
  /** The same of every subject. */
  statements(): Promise<NotedStatement[]>
  /** Notes what a trust anchor states of a subject, as `note` does; what is older than that changes nothing. */
  noteStatement(stated: NotedStatement): Promise<void>
}
