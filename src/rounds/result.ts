/** From what was prepared and captured to a draft of the result. */
import { newDraft, type Writer } from '../drafts/begin.ts'
import type { Written } from '../drafts/draft.ts'
import type { FormValue } from '../drafts/form-value.ts'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { roundTable } from '../publications/kinds/round-table.ts'
import { lengthOf } from '../publications/strings.ts'
import { tellRole } from '../staff/message-store.ts'
import type { Item, ItemKind } from './item.ts'
import type { Round } from './round.ts'
import { beginResult, itemsOf } from './store.ts'

/**
 * Makes a draft of the result, which asks these centres to sign with it, and tells the editors; answers the draft's
 * id. Problem: `conflict` (there is a draft or a result already).
 */
export const makeResult = async (
  hub: Hub,
  writer: Writer,
  round: Round,
  parties: string[],
): Promise<string> => {
  const items = await itemsOf(hub.sql, round.id)
  const draft = await newDraft(hub, writer, roundTable, writtenFrom(round, items, parties))
  const taken = items.map(({ id, revision }) => ({ id, revision }))
  const [begun] = await beginResult(hub.sql, round.id, draft, taken)
  if (!begun?.id)
    throw new Problem('conflict', 'Von diesem Runden Tisch gibt es schon ein Ergebnis.')
  await tellRole(
    hub.sql,
    { centre: round.centre, roles: ['editor'], except: writer.person },
    {
      subject: 'Ergebnis eines Runden Tischs im Entwurf',
      text: 'Aus einer Mitschrift ist ein Entwurf geworden. Ergänzen Sie ihn und geben Sie ihn zur Prüfung ab.',
      path: `/entwuerfe/${begun.id}`,
    },
    hub.now(),
  )
  return begun.id
}

/** The form of the result as far as it is known. */
export const writtenFrom = (
  { prepared: { agenda: _, ...prepared } }: Pick<Round, 'prepared'>,
  items: Item[],
  parties: string[],
): Written => {
  const topics = new Set(items.flatMap(({ details }) => details.topic ?? []))
  return {
    ...prepared,
    ...titleFrom(String(prepared.question ?? '').trim()),
    ...filled('findings', groupsIn(items, 'finding')),
    ...filled('recommendations', groupsIn(items, 'recommendation')),
    ...filled('openQuestions', linesIn(items)),
    ...filled('agreements', agreementsIn(items)),
    ...filled('topics', [...topics]),
    ...filled('parties', parties),
  }
}

const filled = (name: string, values: FormValue[]): Written =>
  values.length > 0 ? { [name]: values } : {}

/** Until somebody finds a better one. */
const titleFrom = (question: string): Written => {
  const title = `Runder Tisch: ${question}`
  return question !== '' && lengthOf(title) <= 160 ? { title } : {}
}

const ofKind = (items: Item[], kind: ItemKind) => items.filter((item) => item.kind === kind)

const groupsIn = (items: Item[], kind: ItemKind): FormValue[] =>
  ofKind(items, kind).map(({ text, details }) => ({ text, ...details }))

/** A line has no breaks. */
const lineOf = (text: string) => text.replaceAll(/\s*\n\s*/g, ' ')

const linesIn = (items: Item[]) => ofKind(items, 'question').map(({ text }) => lineOf(text))

const agreementsIn = (items: Item[]): FormValue[] =>
  ofKind(items, 'agreement').map(({ text, details }) => ({
    ...{ what: lineOf(text), ...details, state: 'open' },
  }))
