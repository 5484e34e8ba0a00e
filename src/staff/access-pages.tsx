/** One's own access: passkeys, and the devices one is signed in on. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { parseInput, readForm, readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { AccessView, Said } from './access-views.tsx'
import { deviceOf } from './device.ts'
import { dropSession, isFresh, visitorOf } from './guard.ts'
import { judgeNewPasskey, offerPasskey, openCeremony } from './passkey.ts'
import { endSession, endSessions, sessionsOf } from './session-store.ts'
import { addPasskey, passkeysOf, removePasskey } from './store.ts'
import type { Visitor } from './visitor.ts'

type App = { Bindings: Hub }

const path = '/arbeit/zugang'

export const accessPages = new Hono<App>()
  .get(path, async (c) => show(c, readQuery(c, z.object({ said: Said.optional() })).said))
  .post(`${path}/passkeys`, async (c) => {
    const visitor = changing(c)
    const Sent = z.object({ ceremony: z.string(), answer: z.string() })
    const { ceremony, answer } = parseInput(Sent, await readForm(c))
    return say(c, await add(c.env, visitor, ceremony, answer, c.req.header('user-agent') ?? ''))
  })
  .post(`${path}/passkeys/entfernen`, async (c) => {
    const { person } = changing(c)
    const { passkey } = parseInput(z.object({ passkey: z.string() }), await readForm(c))
    const [removed] = await removePasskey(c.env.sql, person, passkey, c.env.now())
    if (removed?.outcome === 'unknown') throw new Problem('not-found')
    return say(c, removed?.outcome === 'last' ? 'last' : 'removed')
  })
  .post(`${path}/sitzungen/beenden`, async (c) => {
    const { person, session: own } = visitorOf(c)
    const { session } = parseInput(z.object({ session: z.uuid() }), await readForm(c))
    const [ended] = await endSession(c.env.sql, { person, session, by: person, now: c.env.now() })
    if (!ended) throw new Problem('not-found')
    if (session !== own) return say(c, 'ended')
    dropSession(c)
    return c.redirect('/abmelden', 303)
  })
  .post(`${path}/sitzungen/alle-anderen-beenden`, async (c) => {
    const { person, session: except } = visitorOf(c)
    await endSessions(c.env.sql, { person, except, by: person, now: c.env.now() })
    return say(c, 'ended')
  })

/** Back to the page, which says what was done. */
const say = (c: Context<App>, said: Said) => c.redirect(`${path}?said=${said}`, 303)

/** Who may change her access now. */
const changing = (c: Context<App>) => {
  const visitor = visitorOf(c)
  if (visitor.external) throw new Problem('not-found')
  if (!isFresh(c)) throw new Problem('sign-in-again')
  return visitor
}

const add = async (
  hub: Hub,
  { person }: Visitor,
  ceremony: string,
  answer: string,
  userAgent: string,
): Promise<Said> => {
  const asked = await openCeremony(hub, ceremony)
  if (!asked || asked.person !== person || asked.invitation !== '') return 'expired'
  const passkey = await judgeNewPasskey(hub, asked, answer, deviceOf(userAgent))
  if (!passkey) return 'refused'
  const { challenge, until } = asked
  const added = await addPasskey(hub.sql, { person, passkey, challenge, until, now: hub.now() })
  return added.length > 0 ? 'added' : 'expired'
}

const show = async (c: Context<App>, said?: Said) => {
  const visitor = visitorOf(c)
  const { person, name, external } = visitor
  const [passkeys, sessions] = await Promise.all([
    passkeysOf(c.env.sql, person),
    sessionsOf(c.env.sql, person, c.env.now()),
  ])
  return c.html(
    <AccessView
      site={siteOf(c)}
      visitor={visitor}
      passkeys={passkeys}
      sessions={sessions}
      asked={
        external || !isFresh(c)
          ? undefined
          : await offerPasskey(c.env, { person, name, known: passkeys })
      }
      said={said}
    />,
  )
}
