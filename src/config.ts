import { z } from 'zod'

/** A centre that this node speaks for. What it says of itself here, the trust anchor must confirm. */
export const OwnCentre = z.strictObject({
  slug: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(40),
  name: z.string().min(1).max(160),
  /** ISO 3166-2:DE codes of the Länder it is responsible for. */
  regions: z.array(z.string().regex(/^DE-[A-Z]{2}$/)),
})
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
}

/** What a door needs beside the hub's configuration. */
export interface Settings extends Config {
  databaseUrl: string | undefined
  dataDir: string
  secret: string | undefined
  port: number
  hosts: string[]
  logLevel: string
}

export const anchorIdAt = (origin: string) => `${origin}/trust-anchor`
export const centreIdAt = (origin: string, slug: string) => `${origin}/centres/${slug}`
export const runsAnchor = (config: Config) => config.anchor.id === anchorIdAt(config.origin)
export const ownCentreIds = (config: Config) =>
  config.centres.map((centre) => centreIdAt(config.origin, centre.slug))

/** An error in what the operator set; its message is one German sentence. */
export class ConfigError extends Error {}

type Env = Record<string, string | undefined>

/** Settings of one node from the environment; see the table in the README. */
export const readSettings = (env: Env): Settings => ({
  ...readConfig(env),
  databaseUrl: env.DATABASE_URL || undefined,
  dataDir: readDataDir(env),
  secret: readSecret(env),
  port: readPort(env, 'PORT', 8700),
  hosts: list(env.HOST ?? '127.0.0.1,::1'),
  logLevel: env.LOG_LEVEL ?? 'info',
})

/** The hub's configuration alone: all that the Workers door reads. */
export const readConfig = (env: Env): Config => {
  const origin = readOrigin(env)
  const anchorId = env.TRUST_ANCHOR || anchorIdAt(origin)
  const pins = list(env.TRUST_ANCHOR_PINS ?? '')
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
  }
}

export interface DemoSettings {
  dataDir: string
  /** Undefined where nobody asked for one: then the port of the first start, or 8701. */
  port: number | undefined
  logLevel: string
}

export const readDemoSettings = (env: Env): DemoSettings => ({
  dataDir: readDataDir(env),
  port: env.DEMO_PORT ? readPort(env, 'DEMO_PORT', 8701) : undefined,
  logLevel: env.LOG_LEVEL ?? 'warn',
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
  if (url.protocol !== 'https:' && !isLoopback(url.hostname)) {
    throw new ConfigError(
      `ORIGIN muss mit https:// beginnen; http gilt nur auf diesem Rechner selbst.`,
    )
  }
  return text
}

/** Whether a URL's host is this machine: the only place where plain http is allowed. */
export const isLoopback = (hostname: string) =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)

const readCentres = (env: Env) => {
  const parsed = z
    .array(OwnCentre)
    .min(1)
    .safeParse(parseOrNothing(env.CENTRES ?? ''))
  if (parsed.success) return parsed.data
  throw new ConfigError(
    'CENTRES muss die Zentren dieses Knotens nennen, etwa [{"slug":"berlin","name":"Zukunftszentrum Berlin","regions":["DE-BE"]}].',
  )
}

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
  if (secret !== undefined && !/^[A-Za-z0-9_-]{43}$/.test(secret)) {
    throw new ConfigError(
      'NODE_SECRET muss aus 32 zufälligen Bytes in base64url bestehen (43 Zeichen), etwa von: openssl rand -base64 32 | tr "+/" "-_" | tr -d "=".',
    )
  }
  return secret
}

const readPort = (env: Env, name: string, otherwise: number) => {
  const port = Number(env[name] || otherwise)
  if (Number.isInteger(port) && port >= 1 && port <= 65535) return port
  throw new ConfigError(
    `${name} muss eine Zahl zwischen 1 und 65535 sein (angegeben: „${env[name]}“).`,
  )
}

const readSwitch = (env: Env, name: string, otherwise: boolean) => {
  const value = env[name] ?? (otherwise ? 'on' : 'off')
  if (value === 'on' || value === 'off') return value === 'on'
  throw new ConfigError(`${name} kennt nur „on“ und „off“ (angegeben: „${value}“).`)
}

const list = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
