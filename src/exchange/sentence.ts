import type { Hub } from '../hub.ts'

/** How one thing stands at this node, in a sentence. */
export interface Sentence {
  good: boolean
  title: string
  text: string
}

/** How something of another room stands. */
export type StandingSource = (hub: Hub) => Promise<Sentence>
