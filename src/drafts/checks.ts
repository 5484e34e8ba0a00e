/** What is looked at before somebody reviews: what must be mended, what should be, and what would be good. */
import type { Hub } from '../hub.ts'
import { kindOf } from '../publications/kinds.ts'
import { readRecord } from '../publications/record.ts'
import { recordsTitledLike } from '../publications/store.ts'
import { deadLinksIn } from './dead-links.ts'
import type { Draft } from './draft.ts'
import { personalDataIn } from './personal-data.ts'
import { inputOf } from './publish-draft.ts'
import { rivalsOf } from './store.ts'
import { textsOf } from './texts.ts'

export interface Finding {
  /** A failure keeps the draft from being submitted. */
  level: 'failure' | 'warning' | 'hint'
  /** Of the field, such as `findings[0].text`; empty for the whole. */
  path: string
  message: string
  /** Where there is more about it. */
  link?: { path: string; label: string }
}

export const checkDraft = async (hub: Hub, draft: Draft): Promise<Finding[]> => {
  const [failures, twins, links, rivals] = await Promise.all([
    failuresIn(hub, draft),
    duplicatesOf(hub, draft),
    deadLinksIn(hub, textsOf(draft)),
    rivalsOf(hub.sql, draft.id),
  ])
  return [
    ...failures,
    ...twins,
    ...personalDataIn(textsOf(draft)),
    ...links,
    ...(rivals.length > 0 ? [undecided] : []),
    ...missing(draft),
  ]
}

/** Failures alone: what `publish` would refuse. */
export const failuresIn = async (hub: Hub, draft: Draft): Promise<Finding[]> => {
  const reading = readRecord(await inputOf(hub, draft))
  return reading.ok ? [] : reading.faults.map((fault) => ({ level: 'failure', ...fault }))
}

const undecided: Finding = {
  level: 'warning',
  path: '',
  message: 'Von manchen Feldern gibt es zwei Versionen; veröffentlicht wird die obere.',
}

/** Titles that are nearly the same. */
const duplicatesOf = async (hub: Hub, { iss, rid, written }: Draft): Promise<Finding[]> => {
  const title = String(written.title ?? '')
    .trim()
    .slice(0, 300)
  if (title === '') return []
  const twins = await recordsTitledLike(hub.sql, title, { iss, rid })
  return twins.map((twin) => ({
    level: 'warning',
    path: 'title',
    message: `Einen Beitrag mit fast demselben Titel gibt es schon, von ${twin.centre}. Ist es ein anderer?`,
    link: { path: `/${kindOf(twin.kind).path}/${twin.slug}/${twin.rid}`, label: twin.title },
  }))
}

const missing = ({ kind, written }: Draft): Finding[] => {
  const { easyLanguage } = kindOf(kind).fields
  if (!easyLanguage || 'easyLanguage' in written) return []
  const message =
    'Das Feld „In Leichter Sprache“ ist leer. Mit ein paar Sätzen erreichen Sie mehr Menschen.'
  return [{ level: 'hint', path: 'easyLanguage', message }]
}
