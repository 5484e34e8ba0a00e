import type { z } from 'zod'
import type { Kind } from './kind.ts'
import { adoption } from './kinds/adoption.ts'
import { answer } from './kinds/answer.ts'
import { buildingBlock } from './kinds/building-block.ts'
import { caseExample } from './kinds/case-example.ts'
import { event } from './kinds/event.ts'
import { experimentSpace } from './kinds/experiment-space.ts'
import { insight } from './kinds/insight.ts'
import { offer } from './kinds/offer.ts'
import { question } from './kinds/question.ts'
import { reflection } from './kinds/reflection.ts'
import { roundTable } from './kinds/round-table.ts'
import { synthesis } from './kinds/synthesis.ts'

const all = [
  caseExample,
  roundTable,
  buildingBlock,
  offer,
  experimentSpace,
  event,
  question,
  answer,
  insight,
  reflection,
  adoption,
  synthesis,
] as const

/** The content of a published record: what is signed. */
export type Record = z.infer<(typeof all)[number]['published']>

type Submitted = z.infer<(typeof all)[number]['submission']>
type WithoutLocal<S> = S extends unknown ? Omit<S, 'local'> : never

/** A record as it comes in: the publish act fills in `reviewBy` where it is missing. */
export type Submission = WithoutLocal<Submitted>

/** What stays at the node: consent, internal contact, notes. Never signed, never sent. */
export type Local = NonNullable<Submitted['local']>

/** Every kind of record that this version knows. */
export const kinds: readonly Kind[] = all

const byId = new Map(kinds.map((kind) => [kind.id, kind]))

/** The kind with that id, or undefined for a newer peer's. */
export const findKind = (id: string) => byId.get(id)

/** The kind of something that has already been read as a record. */
export const kindOf = (id: string): Kind => {
  const kind = byId.get(id)
  if (!kind) throw new Error(`no kind ${id}`)
  return kind
}
