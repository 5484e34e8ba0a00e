/** What somebody was told, and where else she wants to be told it. */
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Hub } from '../hub.ts'
import { Problem } from '../problem.ts'
import { readForm, readQuery } from '../web/input.ts'
import { siteOf } from '../web/site.ts'
import { attempt } from './attempts.ts'
import { visitorOf } from './guard.ts'
import {
  addressOf,
  confirmAddress,
  forgetAddress,
  messagesOf,
  nameAddress,
  readMessage,
  readMessages,
} from './message-store.ts'
import { ConfirmView, MessagesView, Said } from './message-views.tsx'
import { isToken, newToken, tokenHash } from './token.ts'

type App = { Bindings: Hub }

const path = '/arbeit/nachrichten'

const Address = z.object({ email: z.string().trim().max(254).pipe(z.email()) })

export const messagePages = new Hono<App>()
  .get(path, (c) => show(c, readQuery(c, z.object({ said: Said.optional() })).said))
  .post(`${path}/gelesen`, async (c) => {
    await readMessages(c.env.sql, visitorOf(c).person, c.env.now())
    return say(c, 'read')
  })
  .post(`${path}/adresse`, async (c) => {
    const { person } = visitorOf(c)
    const named = Address.safeParse(await readForm(c)).data?.email
    if (!named) return show(c, 'no-address', 400)
    return say(c, (await askAt(c.env, person, named)) ? 'asked' : 'unreachable')
  })
  .post(`${path}/adresse/entfernen`, async (c) => {
    await forgetAddress(c.env.sql, visitorOf(c).person, c.env.now())
    return say(c, 'forgotten')
  })
  .get(`${path}/adresse/:token`, async (c) => {
    const { named } = await knownAddress(c.env, visitorOf(c).person)
    return c.html(<ConfirmView site={siteOf(c)} address={named} token={c.req.param('token')} />)
  })
  .post(`${path}/adresse/:token`, async (c) => {
    const token = c.req.param('token')
    const confirmed = isToken(token)
      ? await confirmAddress(c.env.sql, visitorOf(c).person, tokenHash(token), c.env.now())
      : []
    return say(c, confirmed.length > 0 ? 'confirmed' : 'no-link')
  })
  .get(`${path}/:id`, async (c) => {
    const id = z.uuid().safeParse(c.req.param('id')).data
    const { person } = visitorOf(c)
    const [message] = id ? await readMessage(c.env.sql, person, id, c.env.now()) : []
    if (!message) throw new Problem('not-found')
    return c.redirect(message.path, 303)
  })

const say = (c: Context<App>, said: Said) => c.redirect(`${path}?said=${said}`, 303)

/** Writes to an address that somebody named: only who reads that post can say that it is hers. */
const askAt = async (hub: Hub, person: string, email: string) => {
  if (!hub.mail) throw new Problem('not-found')
  await attempt(hub, 'address', person)
  const token = newToken()
  await nameAddress(hub.sql, person, email, tokenHash(token))
  const text = `Guten Tag,

jemand möchte Nachrichten des Transfernetzes an diese Adresse bekommen. Waren Sie das, bestätigen Sie es hier:
${hub.config.origin}${path}/adresse/${token}

Waren Sie es nicht, ist nichts zu tun.
`
  const mail = { id: crypto.randomUUID(), to: email, subject: 'Bestätigen Sie Ihre Adresse', text }
  return hub.mail(mail).then(
    () => true,
    ({ code }) => {
      hub.log.warn({ code }, 'an e-mail could not be sent')
      return false
    },
  )
}

const knownAddress = async (hub: Hub, person: string) => {
  const [address] = await addressOf(hub.sql, person)
  return address ?? { email: null, named: null }
}

const show = async (c: Context<App>, said?: Said, status: 200 | 400 = 200) => {
  const { person } = visitorOf(c)
  const [messages, address] = await Promise.all([
    messagesOf(c.env.sql, person),
    knownAddress(c.env, person),
  ])
  const sends = c.env.mail !== undefined
  return c.html(
    <MessagesView
      site={siteOf(c)}
      messages={messages}
      address={address}
      sends={sends}
      said={said}
    />,
    status,
  )
}
