import type { Hub } from '../hub.ts'
import type { Visitor } from './visitor.ts'

/** Something that waits for somebody: what, why, and where she does it. */
export interface Waiting {
  title: string
  text: string
  path: string
  /** What the link says. */
  action: string
  /** Seconds since 1970 by when, if there is such a time. */
  due?: number
}

/** What a room knows to wait for a visitor. The start page of staff asks every room. */
export type WaitingSource = (hub: Hub, visitor: Visitor) => Promise<Waiting[]>
