import { afterAll, beforeAll, expect, test } from 'vitest'
import { centreIdAt } from '../../src/config.ts'
import { ensureKeys, federationKey } from '../../src/federation/keys.ts'
import { vouch } from '../../src/federation/vouch.ts'
import { listReferrals } from '../../src/referrals/reading.ts'
import { invite } from '../../src/staff/invite.ts'
import type { Role } from '../../src/staff/roles.ts'
import { type Browser, type Fields, openBrowser } from '../support/browser.ts'
import { openFederation, type TestFederation, type TestHub } from '../support/hub.ts'
import { about, consentTo, deliverAll, referTo, say } from '../support/referrals.ts'
import { hear } from '../support/said.ts'

let net: TestFederation
let berlin: TestHub
let brandenburg: TestHub
let adviser: Browser
let other: Browser
beforeAll(async () => {
  net = await openFederation()
  berlin = net.berlin
  brandenburg = net.brandenburg
  adviser = await member(['adviser'])
  other = await member(['adviser'], brandenburg)
})
afterAll(() => net.close())

async function member(roles: Role[], at = berlin) {
  const browser = openBrowser(at)
  const [{ slug = '' } = {}] = at.config.centres
  await browser.join(await invite(at, { centre: slug, roles, by: 'operator' }))
  return browser
}

const company = {
  zentrum: 'berlin',
  ...{ name: 'Havelbäckerei <b>Schulze</b>', plz: '14467', ort: 'Potsdam' },
  ...{ groesse: 'micro', branche: 'wz2008:C', themen: ['ai-adoption', 'leadership'] },
  ...{ anliegen: 'Bestellmengen schätzen', person: 'Erika Schulze' },
  ...{ weg: 'email', adresse: 'schulze@havel.example' },
}

const agreed = { zentrum: 'berlin', given: '2026-03-02', how: 'written', agreed: 'yes' }

/** The last step: agrees to the text that its page shows. */
const send = async (id: string | undefined, changes: Fields = {}) => {
  const { html } = await adviser.get(`/verweise/${id}/einwilligung`)
  const [, text = ''] = /name="text" value="([^"]+)"/.exec(html) ?? []
  return adviser.post(`/verweise/${id}/senden`, { ...agreed, text, ...changes })
}

/** The first step, changed; answers where the second is. */
const begin = async (changes: Fields = {}) =>
  (await adviser.post('/verweise/neu', { ...company, ...changes })).location ?? ''

test('a company is referred in three steps, accepted and completed, and its sender reads the outcome', async () => {
  const where = await begin()
  const centre = await adviser.get(where)
  const chosen = await adviser.post(where, { zentrum: 'berlin', to: brandenburg.iss })
  const consent = await adviser.get(chosen.location ?? '')
  const id = where.split('/')[2]
  const sent = await send(id)
  await deliverAll(berlin, brandenburg)
  const inbox = await other.get('/verweise')
  const work = await other.get('/arbeit')
  const letter = await other.get(`/verweise/${id}`)
  const said = { zentrum: 'brandenburg' }
  await other.post(`/verweise/${id}/annehmen`, { ...said, 'note-accepted': 'Wir rufen an.' })
  const unconfirmed = await other.get(`/verweise/${id}`)
  await deliverAll(berlin, brandenburg)
  await other.post(`/verweise/${id}/abschliessen`, { ...said, outcome: 'advised' })
  await deliverAll(berlin, brandenburg)
  const done = await adviser.get(`/verweise/${id}`)
  const outbox = await adviser.get('/verweise')
  const messages = await adviser.get('/arbeit/nachrichten')

  expect(centre.html).toContain('zuständig für Brandenburg')
  expect(centre.html).toContain('Postleitzahl und Ort passen zusammen.')
  expect(consent.html).toContain('Empfänger: Zukunftszentrum Brandenburg.')
  expect(sent.location).toBe(`/verweise/${id}?gesagt=sent`)
  expect(inbox.html).toContain('Havelbäckerei &lt;b&gt;Schulze&lt;/b&gt;')
  expect(inbox.html).toContain('bis <time datetime="2026-03-16">16. März 2026</time>')
  expect(work.html).toContain('Ein Unternehmen wurde an Sie verwiesen')
  for (const text of ['schulze@havel.example', 'Bestellmengen schätzen', 'Kleinstunternehmen']) {
    expect(letter.html).toContain(text)
  }
  expect(unconfirmed.html).toContain('Angenommen, noch nicht bestätigt')
  for (const text of ['Abgeschlossen', 'Wir rufen an.', 'Beraten'])
    expect(done.html).toContain(text)
  expect(outbox.html).toContain('Abgeschlossen')
  expect(messages.html).toContain('Ihr Verweis ist abgeschlossen')
  expect(messages.html).not.toContain('Schulze')
})

test('what is missing or wrong is said beside its field, and what was entered stays', async () => {
  const { status, html } = await adviser.post('/verweise/neu', {
    ...{ ...company, name: '', plz: '144', themen: [], adresse: 'keine', branche: '' },
  })

  expect(status).toBe(400)
  for (const text of [
    'Bitte ausfüllen.',
    'Eine Postleitzahl hat fünf Ziffern.',
    'Wählen Sie ein bis fünf Themen.',
    'Das ist keine E-Mail-Adresse.',
    'Bestellmengen schätzen',
  ]) {
    expect(html).toContain(text)
  }
  const ways = [...html.matchAll(/href="#(feld-[^"]+)"/g)].map(([, id]) => id)
  expect(ways).toEqual(
    ['name', 'plz', 'branche', 'themen', 'adresse'].map((name) => `feld-${name}`),
  )
  for (const id of ways) expect(html).toContain(`id="${id}"`)
})

test('a code is taken as people write it, also for a post office box, and the page says what it makes of it', async () => {
  const written = await adviser.get(await begin({ plz: 'D-14467' }))
  const box = await adviser.get(await begin({ plz: '14410' }))
  const abroad = await adviser.get(await begin({ plz: '87569', ort: 'Mittelberg' }))

  expect(written.html).toContain('14467 Potsdam')
  expect(box.html).toContain('vermutlich zu einem Postfach')
  expect(abroad.html).toContain('Der Ort liegt nicht in Deutschland')
})

test('where PLZ and place leave the Land open it is asked for, and never guessed', async () => {
  const where = await begin({ plz: '14715', ort: 'Neuort' })
  const asked = await adviser.get(where)
  const id = where.split('/')[2]
  const unsaid = await adviser.post(`/verweise/${id}/land`, { zentrum: 'berlin' })
  await adviser.post(`/verweise/${id}/land`, { zentrum: 'berlin', land: 'DE-ST' })
  const answered = await adviser.get(where)

  expect(asked.html).toContain('Der Sitz ist nicht eindeutig')
  expect(asked.html).not.toContain(brandenburg.iss)
  expect(unsaid.status).toBe(400)
  expect(answered.html).toContain('weil es für Sachsen-Anhalt noch kein Zentrum gibt')
})

test('another centre than the responsible one needs a reason, which both sides see', async () => {
  const where = await begin()
  const choice = { zentrum: 'berlin', to: 'other', other: net.kiww.iss }
  const unreasoned = await adviser.post(where, choice)
  const chosen = await adviser.post(where, { ...choice, otherwise: 'Bundesweiter Betrieb' })
  const id = where.split('/')[2]
  const unagreed = await send(id, { agreed: '' })
  await send(id)
  await deliverAll(berlin)
  const here = await adviser.get(`/verweise/${id}`)
  const there = await (await member(['adviser'], net.kiww)).get(`/verweise/${id}`)

  expect(unreasoned.status).toBe(400)
  expect(unreasoned.html).toContain('Bitte begründen')
  expect(chosen.status).toBe(303)
  expect(unagreed.html).toContain('Ohne Einwilligung lässt sich nichts senden.')
  expect(here.html).toContain('Bundesweiter Betrieb')
  expect(there.html).toContain('Bundesweiter Betrieb')
})

test('who declines may suggest a centre, which is asked with one click where the consent covers it', async () => {
  const covered = { consent: await consentTo(berlin, [brandenburg.iss, net.kiww.iss], true) }
  const id = await referTo(berlin, brandenburg.iss, covered)
  await deliverAll(berlin)
  const answer = { zentrum: 'brandenburg', suggests: net.kiww.iss }
  const path = `/verweise/${id}`
  const unreasoned = await other.post(`${path}/ablehnen`, answer)
  const wrong = { ...answer, reason: 'no-capacity', suggests: berlin.iss }
  const back = await other.post(`${path}/ablehnen`, wrong)
  await other.post(`${path}/ablehnen`, { ...answer, reason: 'no-capacity' })
  await deliverAll(brandenburg)
  const declined = await adviser.get(path)
  const goOn = () => adviser.post(`${path}/weiter`, { zentrum: 'berlin' })
  const [sent, twice] = await Promise.all([goOn(), goOn()])
  const again = await goOn()
  const anew = await adviser.post(`${path}/neu`, { zentrum: 'berlin' })
  const choice = await adviser.get(anew.location ?? '')

  expect(unreasoned.html).toContain('Bitte wählen Sie einen Grund.')
  expect(back.status).toBe(400)
  expect(declined.html).toContain('Zurzeit keine freien Termine')
  expect(declined.html).toContain('An KIWW senden')
  expect((await adviser.get(sent.location ?? '')).html).toContain('Gesendet')
  expect([twice.location, again.location]).toEqual([sent.location, sent.location])
  // Who declined is not asked again.
  expect(choice.html).not.toContain(brandenburg.iss)
})

test('revoked consent: withdrawn with one click, nothing is left to read, and the other side is told', async () => {
  const id = await referTo(berlin, brandenburg.iss)
  await deliverAll(berlin)
  const said = { zentrum: 'berlin', reason: 'consent-revoked' }

  const done = await adviser.post(`/verweise/${id}/zurueckziehen`, said)
  const again = await adviser.post(`/verweise/${id}/zurueckziehen`, said)
  await deliverAll(berlin)
  const there = await other.get(`/verweise/${id}`)
  const late = await other.post(`/verweise/${id}/annehmen`, { zentrum: 'brandenburg' })

  expect(done.location).toBe(`/verweise/${id}?gesagt=withdrawn`)
  expect(again.location).toBe(done.location)
  expect(late.status).toBe(409)
  expect((await adviser.get(done.location ?? '')).html).toContain('Die Angaben sind gelöscht.')
  expect(there.html).toContain('Zurückgezogen')
  expect(there.html).not.toContain('Schulze')
})

test('consent is to the text that was shown: where it names others meanwhile, it is asked for again', async () => {
  const where = await begin()
  const id = where.split('/')[2]
  await adviser.post(where, { zentrum: 'berlin', to: brandenburg.iss })
  const shown = await adviser.get(`/verweise/${id}/einwilligung`)
  const [, text = ''] = /name="text" value="([^"]+)"/.exec(shown.html) ?? []
  await adviser.post(where, { zentrum: 'berlin', to: brandenburg.iss, more: net.kiww.iss })
  const refused = await adviser.post(`/verweise/${id}/senden`, { ...agreed, text })

  expect(refused.status).toBe(400)
  expect(refused.html).toContain('Der Text hat sich geändert')
  expect((await send(id)).location).toBe(`/verweise/${id}?gesagt=sent`)
})

test('who clicks twice, or goes back, begins and sends one referral', async () => {
  const { html } = await adviser.get('/verweise/neu')
  const [, entwurf = ''] = /name="entwurf" value="([^"]+)"/.exec(html) ?? []
  const [once, twice] = [await begin({ entwurf }), await begin({ entwurf })]
  const id = once.split('/')[2]
  await adviser.post(once, { zentrum: 'berlin', to: brandenburg.iss })
  const sent = await Promise.all([send(id), send(id)])
  const back = await adviser.get(`/verweise/${id}/einwilligung`)
  const next = await begin({ entwurf })

  expect(entwurf).toBe(id)
  expect(twice).toBe(once)
  expect(sent.map(({ location }) => location?.split('?')[0])).toEqual([
    `/verweise/${id}`,
    `/verweise/${id}`,
  ])
  expect(back.location).toBe(`/verweise/${id}`)
  expect(next).not.toBe(once)
})

test('when all is erased, the consent still proves whose it was to who can name the company', async () => {
  const id = await referTo(berlin, brandenburg.iss)
  await deliverAll(berlin)
  await say(berlin, id, { event: 'withdrawn', reason: 'consent-revoked' })
  const later = await referTo(berlin, brandenburg.iss)
  const elsewhere = { ...about, company: { ...about.company, name: 'Spreebäckerei' } }
  const other = await referTo(berlin, brandenburg.iss, { about: elsewhere })
  const exported = async (from: string) =>
    JSON.parse((await adviser.get(`/verweise/${from}/auskunft.json`)).html).referrals

  const erased = { id, state: 'withdrawn', consent: { how: 'written' } }
  expect(await exported(later)).toContainEqual(expect.objectContaining({ id }))
  expect(await exported(id)).toMatchObject([erased])
  expect(await exported(other)).toMatchObject([{ id: other }])
})

test('a company gets all that is held about it, and its erasure at both ends when all is over', async () => {
  const first = await referTo(berlin, brandenburg.iss)
  const second = await referTo(berlin, brandenburg.iss)
  await deliverAll(berlin)
  await say(brandenburg, first, { event: 'declined', reason: 'no-capacity' }, 'Leider.')
  await deliverAll(brandenburg)
  const [, draft = ''] = (await begin({ name: 'HAVELBÄCKEREI  Schulze' })).split('/verweise/')
  const { html, headers } = await adviser.get(`/verweise/${first}/auskunft.json`)
  const exported = JSON.parse(html)
  const anew = await adviser.post(`/verweise/${first}/neu`, { zentrum: 'berlin' })
  const begun = await adviser.get(anew.location ?? '')
  await adviser.post(`/verweise/${first}/loeschen`, { zentrum: 'berlin' })
  await deliverAll(berlin)

  expect(headers.get('content-disposition')).toContain('attachment')
  const ids = exported.referrals.map((each: { id: string }) => each.id)
  expect(ids).toEqual(expect.arrayContaining([first, second]))
  const one = exported.referrals.find((each: { id: string }) => each.id === first)
  expect(one).toMatchObject({
    consent: { how: 'written' },
    told: { contact: { name: 'Erika Schulze' } },
  })
  expect(exported.referrals).toContainEqual(
    expect.objectContaining({ id: draft.split('/')[0], state: 'draft' }),
  )
  expect(one.events.at(-1)).toMatchObject({ event: 'declined', note: 'Leider.' })
  expect((await adviser.get(`/verweise/${first}`)).html).not.toContain('Erika')
  expect([begun.status, (await adviser.get(anew.location ?? '')).status]).toEqual([200, 404])
  expect((await other.get(`/verweise/${first}`)).html).not.toContain('Erika')
})

test('what is due stands first: what waits for somebody here, then for the others, each by its day; what is over comes last', async () => {
  const outcome = await referTo(berlin, brandenburg.iss)
  const over = await referTo(berlin, brandenburg.iss)
  await deliverAll(berlin)
  await say(brandenburg, outcome, { event: 'accepted' })
  await say(brandenburg, over, { event: 'declined', reason: 'no-capacity' })
  await deliverAll(brandenburg)
  const answer = await referTo(berlin, brandenburg.iss)
  await deliverAll(berlin)
  const delivery = await referTo(berlin, brandenburg.iss)
  const mine = await referTo(brandenburg, berlin.iss)
  await deliverAll(brandenburg)
  const ids = [mine, delivery, answer, outcome, over]

  const listed = (await listReferrals(berlin, berlin.iss)).map(({ referral }) => referral.id)
  const { html } = await adviser.get('/verweise')

  expect(listed.filter((id) => ids.includes(id))).toEqual(ids)
  const places = ids.slice(1).map((id) => html.indexOf(`/verweise/${id}`))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
})

test('only advisers come in, each to the referrals of her own centre, and for no other by mistake', async () => {
  const id = await referTo(berlin, net.kiww.iss)
  const editor = await member(['editor'])
  const paths = ['/verweise', '/verweise/neu', `/verweise/${id}`, `/verweise/${id}/auskunft.json`]

  for (const path of paths) {
    expect((await openBrowser(berlin).get(path)).location).toContain('/anmelden?to=')
    expect((await editor.get(path)).status).toBe(403)
  }
  for (const path of paths.slice(2)) expect((await other.get(path)).status).toBe(404)
  const acts = [
    'annehmen',
    'ablehnen',
    'abschliessen',
    'zurueckziehen',
    'loeschen',
    'weiter',
    'neu',
  ]
  const fields = { zentrum: 'brandenburg', reason: 'other', outcome: 'advised' }
  for (const name of acts) {
    expect([name, (await other.post(`/verweise/${id}/${name}`, fields)).status]).toEqual([
      name,
      404,
    ])
    const { status } = await adviser.post(`/verweise/${id}/${name}`, fields)
    expect([name, status]).toEqual([name, 409])
  }
  expect((await adviser.get('/verweise/nichts')).status).toBe(404)
  expect((await adviser.post(`/verweise/${id}/annehmen`, { zentrum: 'berlin' })).status).toBe(409)
})

test('two centres at one node refer to each other, and the sender sees whose node it is', async () => {
  const hosted = { slug: 'sachsen', name: 'Zukunftszentrum Sachsen', regions: ['DE-SN'] }
  const hub = {
    ...net.kiww,
    config: { ...net.kiww.config, centres: [...net.kiww.config.centres, hosted] },
  }
  net.network.set(hub.config.origin, hub)
  const iss = centreIdAt(hub.config.origin, 'sachsen')
  await join(hub, iss)
  const where = await begin({ plz: '01067', ort: 'Dresden' })
  const centre = await adviser.get(where)
  await adviser.post(where, { zentrum: 'berlin', to: iss })
  const id = where.split('/')[2] ?? ''
  const consent = await adviser.get(`/verweise/${id}/einwilligung`)
  await send(id)
  await deliverAll(berlin)
  const inbox = openBrowser(hub)
  await inbox.join(await invite(hub, { centre: 'sachsen', roles: ['adviser'], by: 'operator' }))
  const within = await referTo({ ...hub, iss: net.kiww.iss }, iss)
  await deliverAll(hub, { ...hub, iss })

  expect(centre.html).toContain('Posteingang im Auftrag bei: KIWW')
  expect(consent.html).toContain(
    'Zukunftszentrum Sachsen (Posteingang in seinem Auftrag bei: KIWW)',
  )
  expect((await inbox.get(`/verweise/${id}`)).html).toContain('Havelbäckerei')
  expect((await inbox.get(`/verweise/${within}`)).html).toContain('Havelbäckerei Schulze')
})

const join = async (hub: TestHub, iss: string) => {
  await ensureKeys(hub)
  const { kid: fingerprint } = await federationKey(hub, iss)
  expect(await vouch(hub, { entityId: iss, fingerprint })).toMatchObject({ ok: true })
  await hear(hub, berlin)
}

test('from „Wer ist zuständig?“ advisers go on to a referral, with what they have entered; nobody else is offered it', async () => {
  const path = '/zustaendig?plz=14467&ort=Potsdam'
  const link = '/verweise/neu?plz=14467&amp;ort=Potsdam'

  expect((await adviser.get(path)).html).toContain(link)
  expect((await openBrowser(berlin).get(path)).html).not.toContain('/verweise')
  expect((await adviser.get(link.replace('&amp;', '&'))).html).toContain('value="Potsdam"')
})

test('a draft is found again among the referrals, and deleted there', async () => {
  const where = await begin({ name: 'Entwurfswerk' })
  const id = where.split('/')[2]
  const before = (await adviser.get('/verweise')).html
  const gone = await adviser.post(`/verweise/${id}/verwerfen`, { zentrum: 'berlin' })

  expect(before).toContain('Entwurfswerk')
  expect((await adviser.get(`/verweise/${id}`)).status).toBe(404)
  expect((await adviser.get(gone.location ?? '')).html).not.toContain('Entwurfswerk')
  expect((await adviser.post(`/verweise/${id}/verwerfen`, { zentrum: 'berlin' })).status).toBe(404)
})

test('what was encrypted under another secret of the node cannot be read, and the pages say no more than that', async () => {
  const id = await referTo(berlin, brandenburg.iss)
  const waits = await referTo(berlin, brandenburg.iss)
  const whole = await referTo(berlin, brandenburg.iss)
  const copied = await referTo(berlin, brandenburg.iss)
  await berlin.sql`
    update referral_events e set sealed = ${await net.kiww.keys.sealText('referral', '{}')}
    where e.side = 'sender' and e.referral <> ${whole}
  `
  // Nor can it where it was copied into the row of another.
  await berlin.sql`
    update referral_events e set sealed = o.sealed from referral_events o
    where e.referral = ${copied} and e.seq = 1 and o.referral = ${whole} and o.seq = 1
  `
  await deliverAll(berlin)

  expect((await adviser.get('/verweise')).status).toBe(200)
  for (const each of [id, copied]) {
    expect((await adviser.get(`/verweise/${each}`)).html).toContain('Verweis ohne Angaben')
  }
  expect((await adviser.get(`/verweise/${whole}`)).html).toContain('Erika Schulze')
  expect((await other.get(`/verweise/${waits}`)).status).toBe(404)
})
