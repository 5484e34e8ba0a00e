/** Opening a hub on Node: database, secret, keys, journal. */
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { anchorIdAt, type Config, ConfigError, ownCentreIds, type Settings } from './config.ts'
import { connect } from './database/connect.ts'
import { migrate } from './database/migrate.ts'
import { ensureKeys } from './federation/keys.ts'
import { keyOwners } from './federation/store.ts'
import type { Db, Hub } from './hub.ts'
import { judgeContent } from './publications/judge.ts'
import { fileJournal } from './signing/file-journal.ts'
import { Keyring } from './signing/keyring.ts'

const migrations = fileURLToPath(new URL('../migrations', import.meta.url))

export interface OpenHub extends Hub {
  /** Calls back whenever any process has added to the log of this database. */
  onNews(wake: () => void): Promise<unknown>
  close(): Promise<void>
}

/** A hub on a database that is there: brought up to date, with the keys of its centres. */
export const openHub = async (
  settings: Settings & { databaseUrl: string; secret: string },
): Promise<OpenHub> => {
  const sql = connect(settings.databaseUrl, {
    name: `transfernetz ${new URL(settings.origin).host}`,
  })
  try {
    await migrate(sql, migrations)
    await refuseForeignData(sql, settings)
    const hub: Hub = {
      config: settings,
      sql,
      keys: new Keyring(settings.secret),
      journal: fileJournal(join(settings.dataDir, 'journal')),
      judgeContent,
      now: Date.now,
      fetch,
      log: pino({ level: settings.logLevel, base: { node: settings.origin } }),
    }
    await ensureKeys(hub)
    return {
      ...hub,
      onNews: (wake) => sql.listen('log', wake),
      close: () => sql.end({ timeout: 5 }),
    }
  } catch (error) {
    await sql.end({ timeout: 1 })
    throw error
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

/** The node's secret in its data directory, made at the first start, readable for its owner alone. */
export const keptSecret = async (dataDir: string): Promise<string> => {
  const path = join(dataDir, 'secret')
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await writeFile(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    },
  )
  return (await readFile(path, 'utf8')).trim()
}
