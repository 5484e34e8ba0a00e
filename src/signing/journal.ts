import type { JsonObject } from './json.ts'

/** The last thing signed in one feed: enough to append those very bytes again. */
export interface Signed {
  epoch: number
  seq: number
  prev: string
  dig: string
  jws: string
  /** base64url; absent where the entry carries none. */
  content?: string
  salt?: string
  /** What is kept beside it and never leaves. */
  local?: JsonObject
}

/** Remembers what was signed, outside the database, so that a restored one cannot sign a number twice. */
export interface Journal {
  last(iss: string, feed: string): Promise<Signed | undefined>
  /** Runs acts on one feed one after the other: reading its end, signing, noting, appending. */
  inTurn<T>(iss: string, feed: string, act: () => Promise<T>): Promise<T>
  /** Resolves once the note would survive a power cut. */
  note(iss: string, feed: string, signed: Signed): Promise<void>
}
