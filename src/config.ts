import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { type NoticeTexts, Operator } from './operator.ts'

/** A centre's target group: sizes and sectors by the ids of the vocabularies; `words` say it in German, for people. */
export const Serves = z.strictObject({
  sizes: z.array(z.string().max(20)).min(1).max(10).optional(),
  sectors: z.array(z.string().max(20)).min(1).max(60).optional(),
  words: z.string().min(1).max(160),
})
export type Serves = z.infer<typeof Serves>

/** A centre that this node speaks for. What it says of itself here, the trust anchor must confirm. */
export const OwnCentre = z
  .strictObject({
    slug: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      .max(40),
    name: z.string().min(1).max(160),
    /** ISO 3166-2:DE codes of the Länder it is responsible for. */
    regions: z.array(z.string().regex(/^DE-[A-Z]{2}$/)),
    /** Whom it advises, where that is not everybody in its Länder. */
    serves: Serves.optional(),
    /** Its entity id, where it joined at another origin than the node has now: ids never change. */
    id: z.string().optional(),
  })
  .refine(({ id, slug }) => id === undefined || isCentreId(id, slug))
export type OwnCentre = z.infer<typeof OwnCentre>

export interface Config {
  /** Scheme, host and port under which this node is reached, e.g. `https://netz.example`. No path. */
  origin: string
  centres: OwnCentre[]
  anchor: {
    /** Entity id of the trust anchor. */
    id: string
    /** Thumbprints of the anchor's keys that were compared out of band. Empty where the anchor is run here. */
    pins: string[]
  }
  /** Whether peers are told at once of news. Without, they find it when they poll. */
  nudges: boolean
  /** The house's own sign-in; absent where people sign in with passkeys alone. */
  singleSignOn?: SingleSignOn | undefined
  /** What is known of whoever runs this node, for the pages that the law asks for, and texts of its own for them. */
  operator?: Operator
  texts?: NoticeTexts
  /** Addresses and networks of the proxies in front, whose word on who is calling counts. */
  trustedProxies?: string[]
  /** How long referrals are kept, in days, and the records of consents, in years. */
  retention?: Retention | undefined
  /** Which of a company's addresses decides who is responsible. */
  seatRule?: SeatRule | undefined
  /** The search engine beside PostgreSQL's own, where there is one. */
  meilisearch?:
    | {
        url: string
        /** May change the index. */
        key: string
        /** May search in it, and nothing else. */
        searchKey: string
      }
    | undefined
}

/** Which address counts, as the centres have agreed: of the register, of the business, or where people work. */
export const SeatRule = z.enum(['registered-seat', 'business-address', 'establishment'])
export type SeatRule = z.infer<typeof SeatRule>

/** No more than the text of the consent promises. */
const days = z.int().min(1).max(30)

export const Retention = z.strictObject({
  /** Days after which case and notes are deleted: after it was completed, and after it was declined or expired. */
  completed: days.default(30),
  declined: days.default(14),
  /** Days that a draft is kept unchanged. */
  draft: days.default(14),
  /** Years that the record of a consent is kept. */
  consent: z.int().min(1).max(3).default(3),
})
export type Retention = z.infer<typeof Retention>

/** An OpenID Connect provider, and this node as its client. */
export interface SingleSignOn {
  issuer: string
  clientId: string
  clientSecret: string
  /** The claim that names a person's roles. */
  rolesClaim: string
}

/** An SMTP server, and whom its e-mails are from. */
export interface MailSettings {
  /** `smtp://` or `smtps://`, with user and password where the server wants them. */
  server: string
  /** `address`, or `Name <address>`. */
  from: string
}

/** What a door needs beside the hub's configuration. */
export interface Settings extends Config {
  databaseUrl: string | undefined
  dataDir: string
  secret: string | undefined
  /** Where e-mails are handed in; absent where none are sent. */
  mail?: MailSettings | undefined
  /** Where the operator's own texts lie. */
  textsDir?: string | undefined
  port: number
  hosts: string[]
  logLevel: string
}

export const anchorIdAt = (origin: string) => `${origin}/trust-anchor`
export const centreIdAt = (origin: string, slug: string) => `${origin}/centres/${slug}`
export const runsAnchor = (config: Config) => config.anchor.id === anchorIdAt(config.origin)
export const ownCentreId = (config: Config, { id, slug }: OwnCentre) =>
  id ?? centreIdAt(config.origin, slug)
export const ownCentreIds = (config: Config) =>
  config.centres.map((centre) => ownCentreId(config, centre))

/** An error in what the operator set; its message is one German sentence. */
export class ConfigError extends Error {}

type Env = Record<string, string | undefined>

/** Settings of one node from the environment; see the table in the README. */
export const readSettings = (env: Env): Settings => ({
  ...readConfig(env),
  databaseUrl: readDatabaseUrl(env),
  dataDir: readDataDir(env),
  secret: readSecret(env),
  mail: readMail(env),
  textsDir: env.TEXTS_DIR || undefined,
  port: readPort(env, 'PORT', 8700),
  hosts: list(env.HOST || '127.0.0.1,::1'),
  logLevel: readLogLevel(env, 'info'),
})

/** The hub's configuration alone: all that the Workers door reads. */
export const readConfig = (env: Env): Config => {
  const origin = readOrigin(env)
  const anchorId = readAnchorId(env) ?? anchorIdAt(origin)
  const pins = readPins(env)
  if (anchorId !== anchorIdAt(origin) && pins.length === 0) {
    throw new ConfigError(
      'TRUST_ANCHOR_PINS fehlt: der Fingerabdruck des Vertrauensankers, wie ihn KIWW mitgeteilt hat.',
    )
  }
  return {
    origin,
    centres: readCentres(env),
    anchor: { id: anchorId, pins },
    nudges: readSwitch(env, 'NUDGES', true),
    operator: readOperator(env),
    singleSignOn: readSingleSignOn(env),
    trustedProxies: readProxies(env),
    meilisearch: readMeilisearch(env),
    retention: readRetention(env),
    seatRule: readSeatRule(env),
  }
}

const readSeatRule = ({ SEAT_RULE: text }: Env) => {
  const rule = SeatRule.safeParse(text || 'registered-seat').data
  if (rule) return rule
  throw new ConfigError(
    `SEAT_RULE kennt nur ${SeatRule.options.join(', ')} (angegeben: „${text}“).`,
  )
}

const readRetention = ({ REFERRAL_RETENTION: text }: Env) => {
  const retention = Retention.safeParse(parseOrNothing(text || '{}')).data
  if (retention) return retention
  throw new ConfigError(
    'REFERRAL_RETENTION muss Fristen als JSON nennen, etwa {"completed":30,"declined":14,"draft":14,"consent":3}; länger als 30 Tage und 3 Jahre geht nicht, denn mehr sagt die Einwilligung nicht.',
  )
}

const readMeilisearch = (env: Env): Config['meilisearch'] => {
  const { MEILISEARCH_URL: url, MEILISEARCH_KEY: key, MEILISEARCH_SEARCH_KEY: searchKey } = env
  if (!url) return undefined
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new ConfigError(
      `MEILISEARCH_URL muss die Adresse des Servers sein, etwa http://localhost:7700 (angegeben: „${url}“).`,
    )
  }
  if (key && searchKey) return { url, key, searchKey }
  throw new ConfigError(
    'Zu MEILISEARCH_URL gehören MEILISEARCH_KEY, der den Index pflegen darf, und MEILISEARCH_SEARCH_KEY, der nur suchen darf.',
  )
}

const readMail = ({ SMTP_URL: server, MAIL_FROM: from }: Env): MailSettings | undefined => {
  if (!server) return undefined
  if (!URL.canParse(server) || !/^smtps?:$/.test(new URL(server).protocol)) {
    throw new ConfigError(
      'SMTP_URL muss die Adresse eines Mailservers sein, etwa smtps://benutzer:passwort@mail.example.',
    )
  }
  if (from && /^(?:[^<>@\r\n]+ )?<?[^\s<>@]+@[^\s<>@]+>?$/.test(from)) return { server, from }
  throw new ConfigError(
    'Zu SMTP_URL gehört MAIL_FROM, der Absender der E-Mails, etwa Transfernetz <transfernetz@zentrum.example>.',
  )
}

const readSingleSignOn = (env: Env): SingleSignOn | undefined => {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env
  if (!issuer) return undefined
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined
  if (!url || !isAllowed(url) || url.search || url.hash) {
    throw new ConfigError(
      `OIDC_ISSUER muss die Adresse der zentralen Anmeldung sein, etwa https://login.example (angegeben: „${issuer}“).`,
    )
  }
  if (!clientId || !clientSecret) {
    throw new ConfigError('Zu OIDC_ISSUER gehören OIDC_CLIENT_ID und OIDC_CLIENT_SECRET.')
  }
  return { issuer, clientId, clientSecret, rolesClaim: env.OIDC_ROLES_CLAIM || 'roles' }
}

const readOperator = ({ OPERATOR: text }: Env): Operator => {
  if (!text) return {}
  const parsed = Operator.safeParse(parseOrNothing(text))
  if (parsed.success) return parsed.data
  const where = parsed.error.issues.map(({ path }) => path.join('.') || 'JSON')
  throw new ConfigError(
    `OPERATOR muss Angaben zum Betreiber als JSON nennen, etwa {"name":"…","address":["…"]} (falsch: ${where.join(', ')}).`,
  )
}

const readProxies = (env: Env) => {
  const proxies = list(env.TRUSTED_PROXIES ?? '')
  const wrong = proxies.find((proxy) => !ipaddr.isValid(proxy) && !ipaddr.isValidCIDR(proxy))
  if (wrong === undefined) return proxies
  throw new ConfigError(
    `TRUSTED_PROXIES muss Adressen oder Netze nennen, etwa 10.0.0.5,2001:db8::/32 (angegeben: „${wrong}“).`,
  )
}

export interface DemoSettings {
  dataDir: string
  /** Undefined where nobody asked for one: then the port of the first start, or 8701. */
  port: number | undefined
  logLevel: string
}

export const readDemoSettings = (env: Env): DemoSettings => ({
  dataDir: readDataDir(env),
  port: env.DEMO_PORT ? readPort(env, 'DEMO_PORT', 8701, highestPort - 2) : undefined,
  logLevel: readLogLevel(env, 'warn'),
})

const readDataDir = (env: Env) => env.DATA_DIR || '.data'

const readOrigin = (env: Env) => {
  const text = env.ORIGIN ?? ''
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || url.origin !== text) {
    throw new ConfigError(
      `ORIGIN muss die Adresse des Knotens ohne Pfad sein, etwa https://netz.example (angegeben: „${text}“).`,
    )
  }
  if (!isAllowed(url)) {
    throw new ConfigError(
      `ORIGIN muss mit https:// beginnen; http gilt nur auf diesem Rechner selbst.`,
    )
  }
  return text
}

const isAllowed = ({ protocol, hostname }: URL) =>
  protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))

const isCentreId = (text: string, slug: string) => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url !== undefined && isAllowed(url) && text === centreIdAt(url.origin, slug)
}

const readAnchorId = ({ TRUST_ANCHOR: text }: Env) => {
  if (!text) return undefined
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && text === anchorIdAt(url.origin) && isAllowed(url)) return text
  throw new ConfigError(
    `TRUST_ANCHOR muss die Kennung des Vertrauensankers sein, etwa https://kiww.example/trust-anchor (angegeben: „${text}“).`,
  )
}

const readPins = (env: Env) => {
  const pins = list(env.TRUST_ANCHOR_PINS ?? '')
  const wrong = pins.find((pin) => !is32Bytes(pin))
  if (wrong === undefined) return pins
  throw new ConfigError(
    `TRUST_ANCHOR_PINS muss Fingerabdrücke von 43 Zeichen nennen, durch Kommas getrennt (angegeben: „${wrong}“).`,
  )
}

/** 32 bytes in base64url: a secret, or a thumbprint. */
const is32Bytes = (text: string) => /^[A-Za-z0-9_-]{43}$/.test(text)

/** Whether a URL's host is this machine: the only place where plain http is allowed. */
export const isLoopback = (hostname: string) =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)

const readCentres = (env: Env) => {
  const parsed = OwnCentres.safeParse(parseOrNothing(env.CENTRES ?? ''))
  if (parsed.success) return parsed.data
  throw new ConfigError(
    'CENTRES muss die Zentren dieses Knotens nennen, etwa [{"slug":"berlin","name":"Zukunftszentrum Berlin","regions":["DE-BE"]}].',
  )
}

const OwnCentres = z
  .array(OwnCentre)
  .min(1)
  .refine((centres) => new Set(centres.map(({ slug }) => slug)).size === centres.length)

const parseOrNothing = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The secret that this node's keys are sealed under; undefined where none is set. */
export const readSecret = (env: Env) => {
  const secret = env.NODE_SECRET || undefined
  if (secret !== undefined && !is32Bytes(secret)) {
    throw new ConfigError(
      'NODE_SECRET muss aus 32 zufälligen Bytes in base64url bestehen (43 Zeichen), etwa von: openssl rand -base64 32 | tr "+/" "-_" | tr -d "=".',
    )
  }
  return secret
}

/** What private keys are exported and imported under, where it is not asked for at the terminal. */
export const readPassphrase = (env: Env) => env.KEY_PASSPHRASE || undefined

/** The scheme alone is looked at: `postgres` knows forms that are no URL, such as several hosts. */
const readDatabaseUrl = ({ DATABASE_URL: url }: Env) => {
  if (!url || /^postgres(ql)?:\/\/./.test(url)) return url || undefined
  throw new ConfigError(
    'DATABASE_URL muss eine PostgreSQL-Datenbank nennen, etwa postgres://transfernetz:PASSWORT@localhost/transfernetz.',
  )
}

const highestPort = 65535

const readPort = (env: Env, name: string, otherwise: number, highest = highestPort) => {
  const text = env[name] || String(otherwise)
  const port = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : 0
  if (port >= 1 && port <= highest) return port
  throw new ConfigError(
    `${name} muss eine Zahl zwischen 1 und ${highest} sein (angegeben: „${text}“).`,
  )
}

/** As pino knows them. */
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

const readLogLevel = (env: Env, otherwise: string) => {
  const level = env.LOG_LEVEL || otherwise
  if (logLevels.includes(level)) return level
  throw new ConfigError(`LOG_LEVEL kennt nur ${logLevels.join(', ')} (angegeben: „${level}“).`)
}

const readSwitch = (env: Env, name: string, otherwise: boolean) => {
  const value = env[name] || (otherwise ? 'on' : 'off')
  if (value === 'on' || value === 'off') return value === 'on'
  throw new ConfigError(`${name} kennt nur „on“ und „off“ (angegeben: „${value}“).`)
}

const list = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
