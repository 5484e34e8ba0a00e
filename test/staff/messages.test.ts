import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openMailer } from '../../src/mailer.ts'
import { invite } from '../../src/staff/invite.ts'
import { type Told, tell, tellRole } from '../../src/staff/message-store.ts'
import type { Role } from '../../src/staff/roles.ts'
import { sendMail } from '../../src/staff/send-mail.ts'
import { forgetWhatIsOver } from '../../src/staff/session-store.ts'
import { closePerson } from '../../src/staff/store.ts'
import { openBrowser } from '../support/browser.ts'
import { openTestHub, type TestHub } from '../support/hub.ts'

const page = '/arbeit/nachrichten'
const submitted: Told = {
  subject: 'Ein Beitrag wartet auf Ihre Prüfung',
  text: 'Jemand aus Ihrem Zentrum hat einen Beitrag zur Prüfung gegeben.',
  path: '/arbeit',
}
const day = 24 * 3_600_000

let hub: TestHub
let smtp: SMTPServer
let post: { to: string; letter: string }[]
/** How the mail server answers: 250, or a refusal. */
let answer: number
let mailer: ReturnType<typeof openMailer>

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      void text(stream).then((letter) => {
        if (answer !== 250) return done(Object.assign(new Error('no'), { responseCode: answer }))
        const [to] = session.envelope.rcptTo
        post.push({ to: to?.address ?? '', letter: decoded(letter) })
        return done()
      })
    },
  })
  smtp.listen(0, '127.0.0.1')
  await once(smtp.server, 'listening')
  const { port } = smtp.server.address() as AddressInfo
  mailer = openMailer({
    server: `smtp://127.0.0.1:${port}`,
    from: 'Transfernetz <netz@berlin.example>',
  })
  hub = { ...(await openTestHub('berlin')), mail: mailer.send }
})
afterAll(async () => {
  mailer.close()
  smtp.close()
  await hub.close()
})
beforeEach(async () => {
  post = []
  answer = 250
  await hub.sql`truncate messages, attempts`
})

/** Quoted-printable, as far as it hides what the tests look for. */
const decoded = (letter: string) => letter.replaceAll('=\r\n', '').replaceAll('=3D', '=')

const member = async (roles: Role[]) => {
  const browser = openBrowser(hub)
  const before = new Set((await hub.sql`select id from people`).map(({ id }) => id))
  await browser.join(await invite(hub, { centre: 'berlin', roles, by: 'operator' }))
  const [person] = (await hub.sql<{ id: string }[]>`select id from people`).filter(
    ({ id }) => !before.has(id),
  )
  return { browser, id: person?.id ?? '' }
}

/** Somebody who has confirmed an address. */
const reachable = async (email: string, roles: Role[] = ['editor']) => {
  const one = await member(roles)
  await one.browser.post(`${page}/adresse`, { email })
  await one.browser.post(linkIn(post.at(-1)?.letter))
  post = []
  return one
}

const linkIn = (letter = '') => new URL(letter.match(/https:\S+adresse\/\S+/)?.[0] ?? '').pathname

test('who has the role is told, but not whoever did it, and nobody else', async () => {
  const [author, reviewer, adviser] = [
    await member(['editor', 'reviewer']),
    await member(['reviewer']),
    await member(['adviser']),
  ]

  const to = { centre: 'berlin', roles: ['reviewer', 'editor'] as Role[], except: author.id }
  await tellRole(hub.sql, to, submitted, hub.now())

  const { html } = await reviewer.browser.get(page)
  expect(html.split(submitted.subject)).toHaveLength(2)
  expect((await reviewer.browser.get('/arbeit')).html).toContain('<span class="tn-count">1<')
  for (const { browser } of [author, adviser]) {
    expect((await browser.get(page)).html).not.toContain(submitted.subject)
  }
  expect((await openBrowser(hub).get(page)).location).toMatch(/^\/anmelden/)
})

test('a message leads where it says, and is read then; that of somebody else leads nowhere', async () => {
  const [one, other] = [await member(['editor']), await member(['editor'])]
  await tell(hub.sql, one.id, submitted, hub.now())
  await tell(hub.sql, one.id, submitted, hub.now())
  const [message] = await hub.sql<{ id: string }[]>`select id from messages`

  const foreign = await other.browser.get(`${page}/${message?.id}`)
  const own = await one.browser.get(`${page}/${message?.id}`)
  const strange = await one.browser.get(`${page}/irgendwas`)

  expect([foreign.status, strange.status]).toEqual([404, 404])
  expect(own.location).toBe('/arbeit')
  expect((await one.browser.get('/arbeit')).html).toContain('<span class="tn-count">1<')
  await one.browser.post(`${page}/gelesen`)
  expect((await one.browser.get('/arbeit')).html).not.toContain('tn-count')
})

test('an address counts when the link sent there was followed by whoever named it', async () => {
  const [one, other] = [await member(['editor']), await member(['editor'])]
  await one.browser.post(`${page}/adresse`, { email: ' one@berlin.example ' })
  const link = linkIn(post[0]?.letter)

  await tell(hub.sql, one.id, submitted, hub.now())
  expect((await other.browser.post(link)).location).toContain('no-link')
  expect((await one.browser.get(link)).html).toContain('one@berlin.example')
  expect((await one.browser.post(link)).location).toContain('confirmed')
  expect((await one.browser.post(link)).location).toContain('no-link')
  await tell(hub.sql, one.id, { ...submitted, subject: 'Freigegeben' }, hub.now())
  await sendMail(hub)

  expect(post.map(({ to }) => to)).toEqual(['one@berlin.example', 'one@berlin.example'])
  expect(post[1]?.letter).toContain('Subject: Freigegeben')
  expect(post[1]?.letter).toContain(`${hub.config.origin}/arbeit`)
})

test.each([
  '',
  'niemand',
  'a@b@c.example',
  'a@b.example, c@d.example',
  'a@b.example\r\nBcc: c@d.example',
])('what is no address is refused: %j', async (email) => {
  const { browser } = await member(['editor'])

  const { status, html } = await browser.post(`${page}/adresse`, { email })

  expect(status).toBe(400)
  expect(html).toContain('Das ist keine E-Mail-Adresse')
  expect(post).toEqual([])
})

test('nobody can have the node write to one address after another', async () => {
  const { browser } = await member(['editor'])
  const statuses: number[] = []

  for (let count = 0; count < 6; count += 1) {
    statuses.push((await browser.post(`${page}/adresse`, { email: `a${count}@b.example` })).status)
  }

  expect(statuses).toEqual([303, 303, 303, 303, 303, 429])
})

test('what the mail server does not take is sent later, once; after two days nobody wants to hear of it', async () => {
  const one = await reachable('later@berlin.example')
  const start = hub.now()
  const at = (milliseconds: number) => ({ ...hub, now: () => start + milliseconds })
  await tell(hub.sql, one.id, submitted, start)

  answer = 451
  await sendMail(at(0))
  answer = 250
  await sendMail(at(4 * 60_000))
  expect(post).toEqual([])
  await sendMail(at(6 * 60_000))
  await sendMail(at(day))
  expect(post).toHaveLength(1)

  await tell(hub.sql, one.id, submitted, start)
  await sendMail(at(3 * day))
  await sendMail(at(0))
  expect(post).toHaveLength(1)
})

test('two processes send nothing twice', async () => {
  const one = await reachable('once@berlin.example')
  await tell(hub.sql, one.id, submitted, hub.now())

  await Promise.all([sendMail(hub), sendMail(hub), sendMail(hub)])

  expect(post).toHaveLength(1)
})

test('without an address, or with a closed account, nothing is sent', async () => {
  const [gone, closed] = [
    await reachable('gone@berlin.example'),
    await reachable('closed@berlin.example'),
  ]
  await tell(hub.sql, gone.id, submitted, hub.now())

  await gone.browser.post(`${page}/adresse/entfernen`)
  const act = { person: closed.id, centre: 'berlin', by: 'operator', now: hub.now() }
  expect(await closePerson(hub.sql, act)).toMatchObject([{ outcome: 'closed' }])
  await tell(hub.sql, closed.id, submitted, hub.now())
  await sendMail(hub)

  expect(post).toEqual([])
  const rows =
    await hub.sql`select email, email_named from people where id in (${gone.id}, ${closed.id})`
  expect(rows).toEqual([
    { email: null, email_named: null },
    { email: null, email_named: null },
  ])
})

test('a node without a mail server asks for no address', async () => {
  const { mail: _, ...silentHub } = hub
  const browser = openBrowser(silentHub)
  await browser.join(await invite(hub, { centre: 'berlin', roles: ['editor'], by: 'operator' }))

  expect((await browser.get(page)).html).toContain('verschickt keine E-Mails')
  expect((await browser.post(`${page}/adresse`, { email: 'a@b.example' })).status).toBe(404)
})

test('after 90 days a message is forgotten', async () => {
  const one = await member(['editor'])
  await tell(hub.sql, one.id, submitted, hub.now() - 91 * day)
  await tell(hub.sql, one.id, submitted, hub.now() - 89 * day)

  await forgetWhatIsOver(hub.sql, hub.now())

  expect(await hub.sql`select id from messages`).toHaveLength(1)
})
