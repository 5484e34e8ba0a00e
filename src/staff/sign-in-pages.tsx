/** Signing in and out, and following an invitation. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { parseInput, readForm, readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { deviceOf } from './device.ts'
import { dropCookie, dropSession, keepCookie, keepSession, readCookie } from './guard.ts'
import { readInvitation } from './invite.ts'
import { join, offerJoining } from './join.ts'
import { askForPasskey } from './passkey.ts'
import { endSession } from './session-store.ts'
import { signIn } from './sign-in.ts'
import { InvitationView, LeaveView, type Refusal, SignInView } from './sign-in-views.tsx'
import { leaveForSignIn, patience, returnFromSignIn } from './single-sign-on.ts'
import type { Invitation } from './store.ts'

type App = { Bindings: Hub }

/** Only a path of this node: nobody is led elsewhere by signing in. */
const LocalPath = z
  .string()
  .max(2000)
  .regex(/^\/(?![/\\])[!-~]*$/)
  .catch('/arbeit')

const Again = z.literal('1').optional()

const To = z.object({ to: LocalPath.default('/arbeit'), again: Again })

const Passkey = z.object({ ceremony: z.string(), answer: z.string() })

const Showing = Passkey.extend({ to: LocalPath, again: Again })

const Name = z.string().trim().min(1).max(120)

/** What the browser keeps while somebody is at the house's sign-in. */
const away = 'transfernetz-anmeldung'

export const signInPages = new Hono<App>()
  .get('/anmelden', async (c) => {
    const { to, again } = readQuery(c, To)
    if (c.get('account') && !again) return c.redirect(to, 303)
    return showSignIn(c, { to, again: again === '1' })
  })
  .post('/anmelden', async (c) => {
    const { to, again, ...shown } = parseInput(Showing, await readForm(c))
    const answer = await signIn(c.env, { ...shown, device: deviceIn(c) })
    if (answer.ok) return enter(c, answer.token, to)
    return showSignIn(c, { to, again: again === '1', refused: answer.reason })
  })
  .get('/anmelden/zentral', async (c) => {
    const { to, again } = readQuery(c, To)
    const { url, kept } = await leaveForSignIn(c.env, central(c), { to, again: again === '1' })
    keepCookie(c, away, kept, patience)
    return c.redirect(url, 303)
  })
  .get('/anmelden/zentral/antwort', async (c) => {
    const query = c.req.url.split('?')[1] ?? ''
    const kept = readCookie(c, away)
    dropCookie(c, away)
    const answer = await returnFromSignIn(c.env, central(c), { query, kept, device: deviceIn(c) })
    if (answer.ok) return enter(c, answer.token, answer.to)
    const { reason: refused, ...asked } = answer
    return showSignIn(c, { to: '/arbeit', ...asked, refused })
  })
  .get('/abmelden', (c) => c.html(<LeaveView site={siteOf(c)} />))
  .post('/abmelden', async (c) => {
    await endOwn(c)
    dropSession(c)
    // What pages kept on this device while somebody wrote is nobody else's.
    c.header('clear-site-data', '"storage"')
    return c.redirect('/abmelden', 303)
  })
  .get('/einladung/:token', async (c) => {
    const invitation = await readInvitation(c.env, c.req.param('token'))
    return showInvitation(c, invitation, { name: invitation.name })
  })
  .post('/einladung/:token', async (c) => {
    const token = c.req.param('token')
    const fields = await readForm(c)
    const { ceremony, answer } = parseInput(Passkey, fields)
    const invitation = await readInvitation(c.env, token)
    const name = invitation.person ? invitation.name : Name.safeParse(fields.name).data
    if (name === undefined) {
      return showInvitation(c, invitation, { name: '', fault: 'Nennen Sie bitte Ihren Namen.' })
    }
    const joined = await join(c.env, { token, name, ceremony, answer, device: deviceIn(c) })
    if (!joined.ok) return showInvitation(c, invitation, { name, refused: joined.reason })
    return enter(c, joined.token, '/arbeit')
  })

const deviceIn = (c: Context<App>) => deviceOf(c.req.header('user-agent') ?? '')

const central = (c: Context<App>) => {
  const { singleSignOn } = c.env.config
  if (!singleSignOn) throw new Problem('not-found')
  return singleSignOn
}

/** From one session into the next: the one before does not stay behind. */
const enter = async (c: Context<App>, token: string, to: string) => {
  await endOwn(c)
  keepSession(c, token)
  return c.redirect(to, 303)
}

const endOwn = async (c: Context<App>) => {
  const visitor = c.get('visitor')
  if (!visitor) return
  const { person, session } = visitor
  await endSession(c.env.sql, { person, session, by: person, now: c.env.now() })
}

const showSignIn = async (
  c: Context<App>,
  { to, again = false, refused }: { to: string; again?: boolean; refused?: Refusal },
) => {
  const { singleSignOn } = c.env.config
  return c.html(
    <SignInView
      site={siteOf(c)}
      asked={await askForPasskey(c.env)}
      to={to}
      central={singleSignOn && new URL(singleSignOn.issuer).host}
      again={again}
      refused={refused}
    />,
    refused ? 403 : 200,
  )
}

const showInvitation = async (
  c: Context<App>,
  invitation: Invitation,
  { name, fault, refused }: { name: string; fault?: string; refused?: Refusal },
) =>
  c.html(
    <InvitationView
      site={siteOf(c)}
      invitation={invitation}
      centre={c.env.config.centres.find(({ slug }) => slug === invitation.centre)?.name ?? ''}
      action={c.req.path}
      asked={await offerJoining(c.env, invitation)}
      name={name}
      fault={fault}
      refused={refused}
    />,
    refused || fault ? 400 : 200,
  )
