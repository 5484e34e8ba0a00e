/** A test vector: a question to a verifier, and the answer (schemas/EXCHANGE.md, section 15). */

/** What is asked; the sections say what is given and expected. */
export type VectorKind =
  | 'token'
  | 'content'
  | 'blob'
  | 'entries'
  | 'head'
  | 'holdings'
  | 'history'
  | 'configuration'
  | 'feed'
  | 'answer'
  | 'assertion'

// What a verifier is given may be of any wrong shape: that is the point.
// biome-ignore lint/suspicious/noExplicitAny: read from JSON files, and bent on purpose
type Loose = any

export interface Vector {
  /** In one sentence. */
  about: string
  kind: VectorKind
  given: { [member: string]: Loose }
  expect: { [member: string]: Loose }
}

/** By the name of its file. */
export type Vectors = { [name: string]: Vector }
