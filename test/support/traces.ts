/** What people at the centres make of a record: all that an erasure has to reach beside the record itself. */
import { begin, beginVersion, type Writer } from '../../src/drafts/begin.ts'
import { addComment } from '../../src/drafts/comments-store.ts'
import type { Written } from '../../src/drafts/draft.ts'
import { beginningAt } from '../../src/drafts/follow-up.tsx'
import { draftOf, moveDraft, saveDraft } from '../../src/drafts/store.ts'
import { endorse } from '../../src/publications/endorse.ts'
import { kindOf } from '../../src/publications/kinds.ts'
import { publish } from '../../src/publications/publish.ts'
import { answerAsParty } from '../../src/rounds/answer-as-party.ts'
import { makeResult } from '../../src/rounds/result.ts'
import { beginRound, keepItem, roundOf, saveRound } from '../../src/rounds/store.ts'
import { save } from '../../src/search/save.ts'
import type { Role } from '../../src/staff/roles.ts'
import { inputOf, tableFile } from '../publications/fixtures.ts'
import type { Browser } from './browser.ts'
import type { TestHub } from './hub.ts'
import { member } from './staff.ts'

/** Somebody of the hub's centre, and what she writes as. */
export const openWriter = async (
  hub: TestHub,
  roles: Role[],
  name: string,
): Promise<Writer & { browser: Browser }> => {
  const browser = await member(hub, roles, name)
  const [row] = await hub.sql<{ id: string }[]>`select id from people where name = ${name}`
  const [{ slug = '' } = {}] = hub.config.centres
  return { browser, person: row?.id ?? '', post: { centre: slug, iss: hub.iss } }
}

/** Of a published record somebody writes the next version, others change it too, a reviewer says something of it. */
export const writeOn = async (hub: TestHub, writer: Writer, rid: string, word: string) => {
  const id = await beginVersion(hub, writer, rid)
  const type = (by: Writer, page: string, title: string) =>
    saveDraft(hub.sql, {
      ...{ id, centre: by.post.centre, by: by.person, page, revision: 0, rivals: [] },
      ...{ fields: { title }, now: new Date(hub.now()) },
    })
  await type(writer, 'one page', `${word}, neu`)
  await type(writer, 'another page', `${word}, anders`)
  await addComment(
    hub.sql,
    {
      ...{ id: crypto.randomUUID(), draft: id, centre: writer.post.centre, by: writer.person },
      ...{ field: 'summary', text: `Zum ${word}` },
    },
    new Date(hub.now()),
  )
  await moveDraft(hub.sql, {
    ...{ id, centre: writer.post.centre, act: 'submit', by: writer.person },
    ...{ reviewer: undefined, now: new Date(hub.now()) },
  })
  return id
}

/** A round table is prepared, held, written down and published; answers the record's id. */
export const holdRound = async (hub: TestHub, writer: Writer, word: string) => {
  const [id, centre] = [crypto.randomUUID(), writer.post.centre]
  const actor = { centre, by: writer.person, now: new Date(hub.now()) }
  const prepared: Written = { question: `Was will der ${word}?` }
  await beginRound(hub.sql, { id, iss: hub.iss, prepared }, actor)
  const more = { ...prepared, agenda: `${word}, dann Pause` }
  await saveRound(hub.sql, { id, revision: 0, prepared: more }, actor)
  const item = crypto.randomUUID()
  for (const revision of [0, 1]) {
    const act = { act: crypto.randomUUID(), item, round: id, revision }
    const said = { kind: 'question' as const, text: `${word} ${revision}`, details: {} }
    await keepItem(hub.sql, act, said, actor)
  }
  const [round] = await roundOf(hub.sql, centre, id)
  if (!round) throw new Error('no round')
  const draft = await makeResult(hub, writer, round, ['kiww'])
  const [made] = await draftOf(hub.sql, centre, draft, writer.person)
  const answer = await publish(hub, {
    iss: hub.iss,
    input: { ...inputOf(tableFile), title: `Runder Tisch: ${word}`, parties: ['kiww'] },
    ...{ rid: made?.rid, after: 0, kept: { draft: { id: draft, by: writer.person } } },
  })
  if (!answer.ok) throw new Error(JSON.stringify(answer.faults))
  return answer.published.rid
}

/** At the umbrella: the shelf, a round table declined with a reason, a record that goes on, a search; answers its id. */
export const takeUp = async (
  hub: TestHub,
  { person, post }: Writer,
  { shelved, declined, of }: { shelved: string; declined: string; of: TestHub },
  word: string,
) => {
  await endorse(hub, 'endorse', { iss: hub.iss, of: 'berlin', rid: shelved, role: 'shelf' })
  await answerAsParty(hub, {
    ...{ post, by: person, word: 'decline', reason: `Der ${word} fehlt`, iss: of.iss },
    ...{ of: 'berlin', rid: declined, ver: 1 },
  })
  const insight = kindOf('insight')
  await begin(hub, { person, post }, insight, beginningAt(insight, `${of.iss} ${shelved} 1`))
  const input = { name: 'Alles', rhythm: 'at-once' as const, message: true }
  const query = { q: '', sort: 'relevance' as const, after: 0, centre: 'berlin' }
  const saved = await save(hub, person, query, input)
  return saved.ok ? saved.id : ''
}
