/** The nationwide shelf, and its editors at the umbrella. */
import { Hono } from 'hono'
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { cursorAt } from '../publications/cursor.ts'
import { endorse } from '../publications/endorse.ts'
import { kinds } from '../publications/kinds.ts'
import { audienceOf, itemOf } from '../publications/pages.tsx'
import { pageSize, placeOf, RecordPlace } from '../publications/reading.ts'
import { topics } from '../publications/vocabularies/topics.ts'
import { only, postOf, readStaffForm, visitorOf } from '../staff/guard.ts'
import { hasRole } from '../staff/visitor.ts'
import type { WaitingSource } from '../staff/waiting.ts'
import { addressOf } from '../web/address.ts'
import { parseInput, readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { askBack, handToEditors } from './ask-back.ts'
import { candidatesPage, countRenewed } from './candidates.ts'
import { askedBack, shelvedRecords } from './shelf-store.ts'
import { CandidatesView, Said, ShelfView } from './shelf-views.tsx'

type App = { Bindings: Hub }

const topic = z.enum(topics.terms.map(({ id }) => id)).optional()
const Shelf = z.strictObject({ topic, after: cursorAt(RecordPlace) })
const Narrowing = z.object({ topic, kind: z.enum(kinds.map(({ id }) => id)).optional() })
const Candidates = Narrowing.extend({
  after: cursorAt(RecordPlace),
  said: Said.optional(),
}).strict()
/** Of the list that one comes back to: the same selection, at the same place, as its address has it. */
const Place = Narrowing.extend({ after: z.string().max(400).optional() })

/** What an editor decides about a version. */
const decisions = { aufnehmen: 'endorse', ablehnen: 'decline', entnehmen: 'retract' } as const
type Decision = keyof typeof decisions

const isDecision = (text: string): text is Decision => Object.hasOwn(decisions, text)

export const shelfPages = new Hono<App>()
  .get('/regal', async (c) => {
    const { topic, after } = readQuery(c, Shelf)
    const limit = pageSize + 1
    const found = await shelvedRecords(c.env.sql, audienceOf(c), { topic, after, limit })
    const records = found.slice(0, pageSize)
    const last = found.length > pageSize ? records.at(-1) : undefined
    const visitor = c.get('visitor')
    const post = visitor && hasRole(visitor, ['curator']) ? visitor.post : undefined
    return c.html(
      <ShelfView
        site={siteOf(c)}
        records={records.map((record) => ({ ...itemOf(record), shelved: record.shelved }))}
        topic={topic}
        next={last && placeOf({ ...last, changed: last.shelved })}
        post={post}
        asked={post ? await askedBack(c.env.sql, post.iss, records) : []}
      />,
    )
  })
  .get('/regal/pruefen', only('curator'), async (c) => {
    const { said, ...stretch } = readQuery(c, Candidates)
    const post = postOf(c)
    const { candidates, next } = await candidatesPage(c.env, post.iss, stretch)
    return c.html(
      <CandidatesView
        site={siteOf(c)}
        post={post}
        candidates={candidates.map((record) => ({
          ...itemOf(record),
          shelved: record.shelved_ver,
        }))}
        asked={await askedBack(c.env.sql, post.iss, candidates)}
        place={readQuery(c, Place)}
        next={next}
        said={said}
      />,
    )
  })
  .post('/regal/:slug/:rid/rueckfrage', only('curator'), async (c) => {
    const place = parseInput(Place, await readStaffForm(c))
    const visitor = visitorOf(c)
    const writer = { post: postOf(c), person: visitor.person }
    const { id, begun } = await askBack(c.env, writer, c.req.param())
    if (hasRole(visitor, ['editor'])) return c.redirect(`/entwuerfe/${id}?schritt=inhalt-1`, 303)
    if (begun) await handToEditors(c.env, writer, id)
    return c.redirect(listAfter('rueckfrage', place), 303)
  })
  .post('/regal/:slug/:rid/:decision', only('curator'), async (c) => {
    const { slug, rid, decision } = c.req.param()
    const place = parseInput(Place, await readStaffForm(c))
    if (!isDecision(decision)) throw new Problem('not-found')
    await endorse(c.env, decisions[decision], { iss: postOf(c).iss, of: slug, rid, role: 'shelf' })
    return c.redirect(decision === 'entnehmen' ? '/regal' : listAfter(decision, place), 303)
  })

/** Where one goes on deciding. */
const listAfter = (said: string, place: z.infer<typeof Place>) =>
  addressOf('/regal/pruefen', { said, ...place })

/** A shelf is only as good as it is current: new versions of what stands there wait first. */
export const waitingForShelf: WaitingSource = async (hub, visitor) => {
  if (!visitor.post || !hasRole(visitor, ['curator'])) return []
  const renewed = await countRenewed(hub, visitor.post.iss)
  if (renewed === 0) return []
  return [
    {
      title:
        renewed === 1
          ? 'Ein Beitrag aus dem Regal hat eine neue Fassung'
          : `${renewed} Beiträge aus dem Regal haben neue Fassungen`,
      text: 'Eine neue Fassung steht erst im Regal, wenn Sie sie aufnehmen.',
      path: '/regal/pruefen',
      action: 'Neue Fassungen prüfen',
    },
  ]
}
