import { expect, test } from 'vitest'
import { ConfigError, ownCentreIds, readDemoSettings, readSettings } from '../src/config.ts'

const pin = 'A'.repeat(43)
const berlin = '{"slug":"berlin","name":"Zukunftszentrum Berlin","regions":["DE-BE"]}'
const good = {
  ORIGIN: 'https://netz.example',
  CENTRES: `[${berlin}]`,
  TRUST_ANCHOR: 'https://kiww.example/trust-anchor',
  TRUST_ANCHOR_PINS: pin,
}

test('what must be set is enough, the rest has its defaults; an empty value counts as none', () => {
  const expected = {
    origin: 'https://netz.example',
    centres: [{ slug: 'berlin', name: 'Zukunftszentrum Berlin', regions: ['DE-BE'] }],
    anchor: { id: 'https://kiww.example/trust-anchor', pins: [pin] },
    nudges: true,
    operator: {},
    singleSignOn: undefined,
    trustedProxies: [],
    databaseUrl: undefined,
    dataDir: '.data',
    secret: undefined,
    textsDir: undefined,
    retention: { completed: 30, declined: 14, draft: 14, consent: 3 },
    seatRule: 'registered-seat',
    mail: undefined,
    port: 8700,
    hosts: ['127.0.0.1', '::1'],
    logLevel: 'info',
  }
  const optional =
    'DATABASE_URL DATA_DIR NODE_SECRET PORT HOST LOG_LEVEL NUDGES OIDC_ISSUER OPERATOR TRUSTED_PROXIES TEXTS_DIR SMTP_URL'.split(
      ' ',
    )
  const empty = Object.fromEntries(optional.map((name) => [name, '']))

  expect(readSettings(good)).toEqual(expected)
  expect(readSettings({ ...good, ...empty })).toEqual(expected)
})

test('everything that can be set is read', () => {
  const settings = readSettings({
    ...good,
    TRUST_ANCHOR_PINS: `${pin}, ${'B'.repeat(43)}`,
    DATABASE_URL: 'postgresql://a:b@one,two/netz',
    DATA_DIR: '/srv/netz',
    NODE_SECRET: pin,
    PORT: '65535',
    HOST: '0.0.0.0 , ::',
    LOG_LEVEL: 'silent',
    NUDGES: 'off',
    OPERATOR: '{"name":"Zukunftszentrum Berlin e. V.","address":["Hof 1","10115 Berlin"]}',
    TEXTS_DIR: '/etc/texte',
    OIDC_ISSUER: 'https://login.example/realms/berlin',
    OIDC_CLIENT_ID: 'transfernetz',
    OIDC_CLIENT_SECRET: 'geheim',
    OIDC_ROLES_CLAIM: 'gruppen',
    TRUSTED_PROXIES: '10.0.0.5, 2001:db8::/32',
    SMTP_URL: 'smtps://netz:geheim@mail.example',
    MAIL_FROM: 'Zukunftszentrum Berlin <netz@berlin.example>',
  })

  expect(settings).toMatchObject({
    anchor: { pins: [pin, 'B'.repeat(43)] },
    databaseUrl: 'postgresql://a:b@one,two/netz',
    dataDir: '/srv/netz',
    secret: pin,
    port: 65535,
    hosts: ['0.0.0.0', '::'],
    logLevel: 'silent',
    nudges: false,
    operator: { name: 'Zukunftszentrum Berlin e. V.', address: ['Hof 1', '10115 Berlin'] },
    textsDir: '/etc/texte',
    mail: {
      server: 'smtps://netz:geheim@mail.example',
      from: 'Zukunftszentrum Berlin <netz@berlin.example>',
    },
    singleSignOn: {
      issuer: 'https://login.example/realms/berlin',
      clientId: 'transfernetz',
      clientSecret: 'geheim',
      rolesClaim: 'gruppen',
    },
    trustedProxies: ['10.0.0.5', '2001:db8::/32'],
  })
})

test('where the anchor is run here, no pin is needed; http is for this machine only', () => {
  for (const origin of ['http://localhost:8701', 'http://127.0.0.1:80', 'http://[::1]:8701']) {
    const ORIGIN = new URL(origin).origin
    const { anchor } = readSettings({ ORIGIN, CENTRES: good.CENTRES })
    expect(anchor).toEqual({ id: `${ORIGIN}/trust-anchor`, pins: [] })
  }
})

test('a centre that joined elsewhere keeps its id, whatever the address of the node that speaks for it now', () => {
  const id = 'https://alt.example/centres/berlin'
  const moved = berlin.replace('{', `{"id":"${id}",`)
  const hessen = '{"slug":"hessen","name":"Zukunftszentrum Hessen","regions":[]}'

  const settings = readSettings({ ...good, CENTRES: `[${moved},${hessen}]` })

  expect(ownCentreIds(settings)).toEqual([id, 'https://netz.example/centres/hessen'])
})

const wrong: [string, string, RegExp][] = [
  ['ORIGIN', '', /^ORIGIN muss die Adresse des Knotens ohne Pfad sein, .*\(angegeben: „“\)\.$/],
  ['ORIGIN', 'netz.example', /^ORIGIN muss die Adresse/],
  ['ORIGIN', 'https://netz.example/', /ohne Pfad/],
  ['ORIGIN', 'https://NETZ.example', /^ORIGIN muss die Adresse/],
  ['ORIGIN', 'https://a@netz.example', /^ORIGIN muss die Adresse/],
  ['ORIGIN', 'http://netz.example', /^ORIGIN muss mit https:\/\/ beginnen/],
  ['ORIGIN', 'ftp://localhost', /^ORIGIN muss mit https:\/\/ beginnen/],
  ['ORIGIN', 'http://127.0.0.1.example', /^ORIGIN muss mit https:\/\/ beginnen/],
  ['SMTP_URL', 'mail.example', /^SMTP_URL muss die Adresse eines Mailservers sein/],
  ['SMTP_URL', 'https://mail.example', /^SMTP_URL muss/],
  ['SMTP_URL', 'smtp://mail.example', /^Zu SMTP_URL gehört MAIL_FROM/],
  ['CENTRES', '', /^CENTRES muss die Zentren dieses Knotens nennen/],
  ['CENTRES', 'berlin', /^CENTRES muss/],
  ['CENTRES', '[]', /^CENTRES muss/],
  ['CENTRES', berlin, /^CENTRES muss/],
  ['CENTRES', `[${berlin},${berlin}]`, /^CENTRES muss/],
  ['CENTRES', `[${berlin.replace('berlin', 'Berlin')}]`, /^CENTRES muss/],
  ['CENTRES', `[${berlin.replace('berlin', 'a/b')}]`, /^CENTRES muss/],
  ['CENTRES', `[${berlin.replace('DE-BE', 'Berlin')}]`, /^CENTRES muss/],
  ['CENTRES', `[${berlin.replace('{', '{"umbrella":true,')}]`, /^CENTRES muss/],
  ...['alt.example', 'http://alt.example', 'https://alt.example/', 'https://ALT.example'].map(
    (origin): [string, string, RegExp] => [
      'CENTRES',
      `[${berlin.replace('{', `{"id":"${origin}/centres/berlin",`)}]`,
      /^CENTRES muss/,
    ],
  ),
  [
    'CENTRES',
    `[${berlin.replace('{', '{"id":"https://alt.example/centres/hessen",')}]`,
    /^CENTRES muss/,
  ],
  ['TRUST_ANCHOR', 'kiww', /^TRUST_ANCHOR muss die Kennung des Vertrauensankers sein/],
  ['TRUST_ANCHOR', 'https://kiww.example', /^TRUST_ANCHOR muss/],
  ['TRUST_ANCHOR', 'http://kiww.example/trust-anchor', /^TRUST_ANCHOR muss/],
  ['TRUST_ANCHOR_PINS', '', /^TRUST_ANCHOR_PINS fehlt/],
  ['TRUST_ANCHOR_PINS', `${pin},kurz`, /^TRUST_ANCHOR_PINS muss .*\(angegeben: „kurz“\)\.$/],
  ['DATABASE_URL', 'mysql://a/b', /^DATABASE_URL muss eine PostgreSQL-Datenbank nennen/],
  ['DATABASE_URL', 'postgres://', /^DATABASE_URL muss/],
  ['NODE_SECRET', 'geheim', /^NODE_SECRET muss aus 32 zufälligen Bytes/],
  ['NODE_SECRET', `${pin}=`, /^NODE_SECRET muss/],
  ['PORT', '0', /^PORT muss eine Zahl zwischen 1 und 65535 sein \(angegeben: „0“\)\.$/],
  ['PORT', '65536', /^PORT muss/],
  ['PORT', '0x10', /^PORT muss/],
  ['PORT', '80 ', /^PORT muss/],
  ['LOG_LEVEL', 'laut', /^LOG_LEVEL kennt nur trace, .*\(angegeben: „laut“\)\.$/],
  ['OPERATOR', 'Verein', /^OPERATOR muss Angaben zum Betreiber als JSON nennen/],
  ['OPERATOR', '{"email":"x"}', /\(falsch: email\)\.$/],
  ['OPERATOR', '{"security":"javascript:x"}', /\(falsch: security\)\.$/],
  ['OIDC_ISSUER', 'login.example', /^OIDC_ISSUER muss die Adresse der zentralen Anmeldung sein/],
  ['OIDC_ISSUER', 'http://login.example', /^OIDC_ISSUER muss/],
  ['OIDC_ISSUER', 'https://login.example', /^Zu OIDC_ISSUER gehören OIDC_CLIENT_ID und/],
  ['TRUSTED_PROXIES', '10.0.0.5,proxy', /^TRUSTED_PROXIES muss .*\(angegeben: „proxy“\)\.$/],
  ['NUDGES', 'ja', /^NUDGES kennt nur „on“ und „off“ \(angegeben: „ja“\)\.$/],
]

test.each(wrong)('%s=%s is refused in one German sentence', (name, value, sentence) => {
  const read = () => readSettings({ ...good, [name]: value })

  expect(read).toThrow(ConfigError)
  expect(read).toThrow(sentence)
  expect(read).toThrow(/^[^\n]+[.]$/)
})

test('the secret of a node is never repeated', () => {
  expect(() => readSettings({ ...good, NODE_SECRET: 'geheim' })).not.toThrow(/geheim/)
})

test('the demo needs three ports in a row, and remembers the first itself', () => {
  expect(readDemoSettings({})).toEqual({ dataDir: '.data', port: undefined, logLevel: 'warn' })
  expect(readDemoSettings({ DEMO_PORT: '65533' })).toMatchObject({ port: 65533 })
  expect(() => readDemoSettings({ DEMO_PORT: '65534' })).toThrow(/^DEMO_PORT muss .* 65533 sein/)
})
