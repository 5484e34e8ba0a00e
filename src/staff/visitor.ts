import type { Role } from './roles.ts'

/** A centre that somebody works for, and as what. */
export interface Post {
  /** The centre's slug and name. */
  centre: string
  name: string
  /** Entity id of the centre. */
  iss: string
  umbrella: boolean
  roles: Role[]
}

/** Somebody who is signed in, as of this request. */
export interface Visitor {
  /** Id of the person. */
  person: string
  name: string
  session: string
  /** When she last showed that it is she, in milliseconds since 1970. Absent where the house's sign-in does not say. */
  shown: number | undefined
  /** Whether the house's own sign-in (OpenID Connect) vouches for her and decides her roles. */
  external: boolean
  /** Messages that she has not read. */
  unread: number
  /** The centre she is working for. Absent where she has no role anywhere any more. */
  post: Post | undefined
  /** All centres of this node that she has a role at. */
  posts: Post[]
}

/** Whether the visitor has one of these roles at the centre she is working for. */
export const hasRole = ({ post }: Visitor, wanted: readonly Role[]) =>
  post?.roles.some((role) => wanted.includes(role)) === true

/**
 * Milliseconds since somebody showed that it is she, during which she may change who gets in: another one at her
 * keyboard must not.
 */
export const fresh = 15 * 60_000

export const hasJustShown = ({ shown }: Visitor, now: number) =>
  shown !== undefined && now - shown < fresh
