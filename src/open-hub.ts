/** Opening a hub on Node: database, secret, keys, journal. */
import { randomBytes } from 'node:crypto'
import { access, constants, link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import {
  anchorIdAt,
  type Config,
  ConfigError,
  isLoopback,
  ownCentreIds,
  readSecret,
  type Settings,
} from './config.ts'
import { isRoot } from './database/account.ts'
import { connect, isDatabaseAway } from './database/connect.ts'
import { migrate } from './database/migrate.ts'
import { purge } from './database/purge.ts'
import { codeOf, StartError } from './database/start-error.ts'
import { isAbsent } from './exchange/catch-up.ts'
import { openGuardedFetch } from './federation/guarded-fetch.ts'
import { ensureKeys, federationKey } from './federation/keys.ts'
import { keyOwners } from './federation/keys-store.ts'
import { isNamed } from './federation/store.ts'
import type { Db, Hub, News } from './hub.ts'
import { openMailer } from './mailer.ts'
import { readNoticeTexts } from './notices/texts.ts'
import { judgeContent } from './publications/judge.ts'
import { fileJournal } from './signing/file-journal.ts'
import { Keyring } from './signing/keyring.ts'

const migrations = fileURLToPath(new URL('../migrations', import.meta.url))

export interface OpenHub extends Hub {
  /** Calls back whenever any process has news for those who work on this database. */
  onNews(wake: (news?: News) => void): Promise<unknown>
  /** Takes what was deleted out of the files of the database too; see `purge`. */
  purge(): Promise<boolean>
  close(): Promise<void>
}

/**
 * A hub on a database that is there: brought up to date, with the keys of its centres. `bring` is done before
 * keys are made or opened; the log goes to standard output, where `logTo` names no other.
 */
export const openHub = async (
  { databaseUrl, secret, ...settings }: Settings & { databaseUrl: string; secret: string },
  bring: (hub: Hub) => Promise<unknown> = async () => undefined,
  logTo = pino.destination(1),
): Promise<OpenHub> => {
  const sql = connectTo(databaseUrl, settings.origin)
  const mailer = settings.mail && openMailer(settings.mail)
  const peers = openGuardedFetch({ loopback: isLoopback(new URL(settings.origin).hostname) })
  try {
    await openDirectory(settings.dataDir)
    await migrate(sql, migrations)
    await refuseForeignData(sql, settings)
    const hub: Hub = {
      config: { ...settings, texts: await readNoticeTexts(settings.textsDir) },
      sql,
      keys: new Keyring(secret),
      journal: fileJournal(join(settings.dataDir, 'journal')),
      judgeContent,
      now: Date.now,
      fetch: peers.fetch,
      askIssuer: fetch,
      isNamed: (origin) => isNamed(sql, settings.anchor.id, origin),
      showsNothing: onceInAWhile(() => isAbsent(sql)),
      ...(mailer && { mail: mailer.send }),
      log: pino({ level: settings.logLevel, base: { node: settings.origin } }, logTo),
    }
    await bring(hub)
    await ensureKeys(hub)
    await refuseForeignSecret(hub)
    return {
      ...hub,
      // What was added while nobody listened – also after the connection was lost – is news too.
      onNews: (wake) =>
        sql.listen(
          'log',
          (what) => wake(what ? undefined : 'stored'),
          () => wake(),
        ),
      purge: () => purge(databaseUrl),
      close: async () => {
        mailer?.close()
        await peers.close()
        await sql.end({ timeout: 5 })
      },
    }
  } catch (error) {
    await sql.end({ timeout: 1 })
    throw explain(error)
  }
}

/** An answer that is asked for with every request is good for a second. */
const onceInAWhile = <T>(ask: () => Promise<T>) => {
  let until = Number.NEGATIVE_INFINITY
  let answer: Promise<T> | undefined
  return () => {
    const now = performance.now()
    if (answer && now < until) return answer
    until = now + 1_000
    const asked = ask()
    asked.catch(() => {
      until = Number.NEGATIVE_INFINITY
    })
    answer = asked
    return asked
  }
}

const connectTo = (databaseUrl: string, origin: string) => {
  try {
    return connect(databaseUrl, { name: `transfernetz ${new URL(origin).host}` })
  } catch (cause) {
    throw new StartError('DATABASE_URL ist keine Adresse, die PostgreSQL versteht.', { cause })
  }
}

/** What an operator can mend about the database, in one sentence. */
const explain = (error: unknown) => {
  const reason = isDatabaseAway(error) ? 'Sie ist nicht erreichbar' : refusals[codeOf(error) ?? '']
  if (!reason) return error
  const { message } = error as Error
  const detail = message || codeOf(error)
  return new StartError(`Die Datenbank lässt sich nicht öffnen: ${reason} (${detail}).`, {
    cause: error,
  })
}

/** By SQLSTATE. */
const refusals: Record<string, string> = {
  '28P01': 'Benutzer oder Passwort stimmen nicht',
  '28000': 'Der Benutzer wird nicht eingelassen',
  '3D000': 'Es gibt sie nicht',
  '42501': 'Dem Benutzer fehlen Rechte',
}

/** Keys sealed under another secret would be found out only when something is to be signed. */
const refuseForeignSecret = async (hub: Hub) => {
  for (const { owner } of await keyOwners(hub.sql)) {
    await federationKey(hub, owner).catch((cause) => {
      if (isDatabaseAway(cause)) throw cause
      throw new StartError(
        'NODE_SECRET passt nicht zu den Schlüsseln in dieser Datenbank; hat „export-keys“ sie gesichert, übernimmt „import-keys“ sie unter diesem.',
        { cause },
      )
    })
  }
}

/** Entity ids never change: a database that has spoken for others is not ours to speak with. */
const refuseForeignData = async (sql: Db, config: Config) => {
  const own = [...ownCentreIds(config), anchorIdAt(config.origin)]
  const foreign = (await keyOwners(sql)).find(({ owner }) => !own.includes(owner))
  if (foreign) {
    throw new ConfigError(
      `Diese Datenbank gehört zu ${foreign.owner}; unter ${config.origin} kann sie nicht weitergeführt werden.`,
    )
  }
}

/** The node's secret in its data directory, made where there is none yet, readable for its owner alone. */
export const keptSecret = async (dataDir: string): Promise<string> =>
  (await foundSecret(dataDir)) ?? makeSecret(dataDir)

/** The secret that `keptSecret` made, or undefined. */
export const foundSecret = async (dataDir: string): Promise<string | undefined> => {
  const text = await readFile(secretIn(dataDir), 'utf8').catch((cause) => {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(cause) ?? '')) return undefined
    throw new StartError(`${secretIn(dataDir)} lässt sich nicht lesen.`, { cause })
  })
  return readSecret({ NODE_SECRET: text?.trim() })
}

const secretIn = (dataDir: string) => join(dataDir, 'secret')

/** Complete and on disk before it has its name: whoever is killed meanwhile leaves no half of it. */
const makeSecret = async (dataDir: string) => {
  await openDirectory(dataDir)
  const path = secretIn(dataDir)
  const beside = `${path}.${process.pid}`
  {
    await using file = await open(beside, 'w', 0o600)
    await file.writeFile(randomBytes(32).toString('base64url'))
    await file.sync()
  }
  await link(beside, path).catch((error: NodeJS.ErrnoException) => {
    // Another process was quicker; then its secret is the one.
    if (error.code !== 'EEXIST') throw error
  })
  await rm(beside)
  return readFile(path, 'utf8')
}

/** A directory for the data of nodes; made if it is not there. */
export const openDirectory = async (path: string): Promise<void> => {
  try {
    await makeDirectory(resolve(path))
    await access(path, constants.W_OK | constants.X_OK)
  } catch (cause) {
    throw new StartError(
      `In ${path} lässt sich nichts speichern: Das Verzeichnis kann nicht angelegt oder nicht beschrieben werden.`,
      { cause },
    )
  }
}

/** Node's own `recursive` does not end where a file system such as /proc answers every attempt with ENOENT. */
const makeDirectory = async (path: string): Promise<void> => {
  // Where root runs the node, PostgreSQL passes through as another user. What is secret has its own mode.
  const mode = isRoot() ? 0o711 : 0o700
  try {
    await mkdir(path, { mode })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') return
    if (code !== 'ENOENT' || dirname(path) === path) throw error
    await makeDirectory(dirname(path))
    await mkdir(path, { mode })
  }
}
