import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import type { TestProject } from 'vitest/node'
import { connect } from '../../src/database/connect.ts'
import { startEmbedded } from '../../src/database/embedded.ts'
import { migrate } from '../../src/database/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the cluster of this test run, with `{}` for the name of the database. */
    databaseUrl: string
    /** Where its files are. */
    databaseFiles: string
  }
}

const template = 'template_migrated'
const migrations = join(import.meta.dirname, '../../migrations')

/** Once per test run: a PostgreSQL with one migrated database, of which each test file gets copies. */
export default async function setup({ provide }: TestProject) {
  const directory = await temporaryDirectory()
  const clean = () => rm(directory, { recursive: true })
  const database = await startEmbedded({
    directory: join(directory, 'database'),
    log: silent,
    // Nothing here needs to survive a power cut.
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      // Its workers belong to the superuser: while one looks at a database, nobody else can drop it.
      autovacuum: 'off',
    },
  }).catch(async (error) => {
    await clean()
    throw error
  })
  const tearDown = async () => {
    await database.stop()
    await clean()
  }
  try {
    await database.ensureDatabase(template)
    await applyMigrations(database.url(template))
  } catch (error) {
    await tearDown()
    throw error
  }
  provide('databaseUrl', database.url('{}'))
  provide('databaseFiles', join(directory, 'database/cluster/data'))
  return tearDown
}

/** A folder that every user may walk through, since the tests of root run PostgreSQL as another. */
export const temporaryDirectory = async () => {
  const directory = await mkdtemp(join((await hasMemoryDisk()) ? memoryDisk : tmpdir(), 'tn-'))
  await chmod(directory, 0o711)
  return directory
}

/** On Linux; copying a cluster there takes 0.07 s, on the disk up to 2 s. */
const memoryDisk = '/dev/shm'

/** Docker gives it 64 MB only by default; our tests need up to 1 GB. */
async function hasMemoryDisk() {
  const disk = await statfs(memoryDisk).catch(() => undefined)
  return disk !== undefined && disk.bavail * disk.bsize > 2 * 1024 ** 3
}

export const silent = { debug() {}, info() {}, warn() {}, error() {} }

async function applyMigrations(url: string) {
  const sql = connect(url, { max: 1 })
  try {
    await migrate(sql, migrations)
  } finally {
    // A database with a connection cannot be copied.
    await sql.end()
  }
}

/** An empty, migrated database of one's own. `url` is for processes and pools beside `sql`. */
export const openTestDatabase = async (options: { max?: number } = {}) => {
  const name = `test_${randomBytes(6).toString('hex')}`
  await administer(`create database ${name} template ${template} strategy file_copy`)
  const url = urlOf(name)
  const sql = connect(url, options)
  const close = async () => {
    await sql.end({ timeout: 1 })
    await administer(`drop database ${name} with (force)`)
  }
  return { url, sql, close, [Symbol.asyncDispose]: close }
}

/** A copy of a database that nobody is connected to; answers its name. */
export const backUp = async (url: string) => {
  const backup = `backup_${randomBytes(6).toString('hex')}`
  await administer(`create database ${backup} template ${nameIn(url)}`)
  return backup
}

/** Puts the copy in the place of the database, which nobody is connected to. */
export const restore = async (url: string, backup: string) => {
  await administer(`drop database ${nameIn(url)} with (force)`)
  await administer(`create database ${nameIn(url)} template ${backup}`)
}

export const drop = async (name: string | undefined) => {
  if (name) await administer(`drop database ${name}`)
}

const nameIn = (url: string) => new URL(url).pathname.slice(1)

const urlOf = (name: string) => inject('databaseUrl').replace('{}', name)

async function administer(statement: string) {
  const sql = connect(urlOf('postgres'), { max: 1 })
  try {
    await sql.unsafe(statement)
  } finally {
    await sql.end()
  }
}
