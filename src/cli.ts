#!/usr/bin/env node
/** The command line. */
import { Command } from 'commander'
import { initNode, vouchFor } from './commands/anchor.ts'
import { verifyRecord } from './commands/audit.ts'
import { exportKeys, importKeys } from './commands/carry-keys.ts'
import { compromiseKey, newEpoch, restCentre, resumeCentre } from './commands/centres.ts'
import { endorseRecord } from './commands/endorse.ts'
import { germanError, germanTitle } from './commands/german.ts'
import { inviteSomebody } from './commands/invite.ts'
import { printConfiguration, rotate, showKeys } from './commands/keys.ts'
import { importPlaceFile } from './commands/places.ts'
import { purgeFiles } from './commands/purge.ts'
import { eraseRecord, narrowRecord, publishFile, withdrawRecord } from './commands/records.ts'
import { recoverCentre } from './commands/recover.ts'
import { rebuildIndex } from './commands/reindex.ts'
import { complain } from './commands/say.ts'
import { showStatus } from './commands/status.ts'
import { verifyCentre } from './commands/verify.ts'
import { ConfigError } from './config.ts'
import { StartError } from './database/start-error.ts'
import { Problem } from './problem.ts'
import { roles } from './staff/roles.ts'

const { env } = process

// A reader who has gone, as `| head` does, is no reason to leave a database running.
process.stdout.on('error', () => undefined)
process.stderr.on('error', () => undefined)
process.on('unhandledRejection', (error) => {
  complain(`Ein Fehler blieb unbeachtet: ${String((error as Error)?.stack ?? error)}`)
})

const reason = [
  '--reason <grund>',
  'consent-revoked, legal, incorrect, outdated, duplicate oder other',
] as const
const centre = [
  '--centre <kürzel>',
  'das Zentrum, in dessen Namen unterschrieben wird, etwa berlin',
] as const
const replacedBy = [
  '--replaced-by <beitrag>',
  'Kennung des Beitrags, der an seine Stelle tritt',
] as const

const each = (text: string, before: string[]) => [...before, text]
const cut = [
  '--cut <folge=nummer>',
  'der letzte Eintrag, der gilt, wie public=42; sonst der letzte hier geprüfte',
  each,
  [] as string[],
] as const
const confirm = ['--confirm', 'bestätigt es; ohne diese Angabe wird es nur gezeigt'] as const

/** What a person can mend is one sentence; anything else is a fault of ours and shows where. */
const run =
  <A extends unknown[]>(act: (...args: A) => Promise<number>) =>
  async (...args: A) => {
    try {
      process.exitCode = await act(...args)
    } catch (error) {
      const known =
        error instanceof ConfigError || error instanceof StartError || error instanceof Problem
      complain(
        known ? `${error.message}${reasonIn(error)}` : String((error as Error).stack ?? error),
      )
      process.exitCode = 1
    }
  }

const reasonIn = (error: Error) =>
  error instanceof Problem && typeof error.extra.reason === 'string'
    ? ` (${error.extra.reason})`
    : ''

/** Only these need the pages: read by every command, they would make it start three times as slowly. */
const longRunning = () => import('./commands/run.ts')

const program = new Command('transfernetz')
  .description('Unterschriebener Wissensaustausch zwischen den Zukunftszentren')
  .helpOption('-h, --help', 'zeigt diese Hilfe')
  .helpCommand('help [befehl]', 'zeigt die Hilfe zu einem Befehl')
  .configureHelp({ styleTitle: germanTitle })
  .configureOutput({ outputError: (text, write) => write(germanError(text)) })

program
  .command('demo')
  .description('startet KIWW, Berlin und Brandenburg auf diesem Rechner')
  .action(run(async () => (await longRunning()).runDemo(env)))

program
  .command('serve')
  .description('startet einen Knoten nach den Umgebungsvariablen')
  .action(run(async () => (await longRunning()).runNode(env)))

program
  .command('init')
  .description('bereitet Datenbank und Schlüssel vor und nennt die Fingerabdrücke')
  .action(run(() => initNode(env)))

program
  .command('vouch <entity-id>')
  .description('Vertrauensanker: bestätigt ein Zentrum, oder was sich bei ihm geändert hat')
  .option('--fingerprint <sha256>', 'Fingerabdruck, wie ihn das Zentrum genannt hat')
  .option(
    '--file <datei>',
    'was „transfernetz configuration“ dort ausgegeben hat, statt es zu holen',
  )
  .option('--umbrella', 'das Zentrum ist das bundesweite Dach')
  .action(run((entityId, options) => vouchFor(env, entityId, options)))

program
  .command('compromise <entity-id>')
  .description('Vertrauensanker: ein Schlüssel des Zentrums ist in falsche Hände geraten')
  .requiredOption('--kid <sha256>', 'Kennung des Signaturschlüssels')
  .option(...cut)
  .option(...confirm)
  .action(run((entityId, options) => compromiseKey(env, entityId, options)))

program
  .command('suspend <entity-id>')
  .description('Vertrauensanker: das Zentrum ruht')
  .option(...cut)
  .option(...confirm)
  .action(run((entityId, options) => restCentre(env, entityId, 'suspended', options)))

program
  .command('end <entity-id>')
  .description('Vertrauensanker: das Zentrum ist beendet')
  .option(...cut)
  .option(...confirm)
  .action(run((entityId, options) => restCentre(env, entityId, 'ended', options)))

program
  .command('resume <entity-id>')
  .description('Vertrauensanker: das Zentrum ist wieder tätig')
  .option(...confirm)
  .action(run((entityId, options) => resumeCentre(env, entityId, options)))

program
  .command('new-epoch <entity-id>')
  .description('Vertrauensanker: Beitragsfolgen, die nicht weitergehen können, beginnen neu')
  .option('--feed <folge>', 'nur diese Beitragsfolge: public oder members')
  .option(
    '--base <folge=nummer>',
    'der letzte Eintrag, der gilt; sonst der letzte hier geprüfte',
    each,
    [],
  )
  .option(
    '--fingerprint <sha256>',
    'das Zentrum hat alles verloren: Fingerabdruck seines neuen Schlüssels',
  )
  .option('--file <datei>', 'seine neuen Angaben als Datei, statt sie zu holen')
  .option(...confirm)
  .action(run((entityId, options) => newEpoch(env, entityId, options)))

program
  .command('keys')
  .description('zeigt die eigenen Schlüssel und was der Vertrauensanker davon bestätigt')
  .action(run(() => showKeys(env)))

program
  .command('rotate')
  .description('legt einen neuen Schlüssel an: für ein Zentrum oder den Vertrauensanker')
  .option(...centre)
  .option('--key <art>', 'sig (unterschreibt), enc (verschlüsselt) oder fed (weist aus)')
  .option('--anchor', 'der Schlüssel des Vertrauensankers')
  .action(run((options) => rotate(env, options)))

program
  .command('export-keys <datei>')
  .description('sichert die privaten Schlüssel dieses Knotens unter einer Passphrase')
  .action(run((path) => exportKeys(env, path)))

program
  .command('import-keys <datei>')
  .description('übernimmt Schlüssel, die „export-keys“ gesichert hat')
  .action(run((path) => importKeys(env, path)))

program
  .command('configuration')
  .description('gibt aus, was ein Zentrum dem Vertrauensanker über sich sagt')
  .requiredOption(...centre)
  .action(run((options) => printConfiguration(env, options)))

program
  .command('invite')
  .description('lädt jemanden ein, bei einem Zentrum mitzuarbeiten, und nennt den Link')
  .requiredOption(...centre)
  .requiredOption(
    '--role <rollen>',
    `durch Kommas getrennt: ${roles.map(({ slug }) => slug).join(', ')}`,
  )
  .option('--name <name>', 'wie die Person heißt; sie kann es ändern')
  .action(run((options) => inviteSomebody(env, options)))

program
  .command('audit')
  .description('prüft das Protokoll eines Zentrums, Eintrag für Eintrag')
  .requiredOption(...centre)
  .option('--known <fingerabdruck>', 'früher notierter Fingerabdruck, der noch darin stehen muss')
  .action(run((options) => verifyRecord(env, options)))

program
  .command('publish <datei>')
  .description('veröffentlicht einen Beitrag aus einer JSON-Datei')
  .requiredOption(...centre)
  .option('--record <beitrag>', 'Kennung des Beitrags, von dem dies eine neue Fassung ist')
  .action(run((path, options) => publishFile(env, path, options)))

program
  .command('withdraw <beitrag>')
  .description('zieht einen Beitrag zurück')
  .requiredOption(...centre)
  .requiredOption(...reason)
  .option(...replacedBy)
  .action(run((rid, options) => withdrawRecord(env, rid, options)))

program
  .command('narrow <beitrag>')
  .description('macht einen öffentlichen Beitrag zu einem nur für Zentren')
  .requiredOption(...centre)
  .option(...reason, 'other')
  .action(run((rid, options) => narrowRecord(env, rid, options)))

program
  .command('erase <beitrag>')
  .description('löscht alle Inhalte eines Beitrags auf allen Knoten')
  .requiredOption(...centre)
  .requiredOption(...reason)
  .option(...replacedBy)
  .action(run((rid, options) => eraseRecord(env, rid, options)))

for (const [op, description] of [
  ['endorse', 'zeichnet den Beitrag eines anderen Zentrums mit'],
  ['decline', 'lehnt eine erbetene Mitzeichnung ab'],
  ['retract', 'nimmt zurück, was zuvor erklärt wurde'],
] as const) {
  program
    .command(`${op} <beitrag>`)
    .description(description)
    .requiredOption(...centre)
    .requiredOption(
      '--role <rolle>',
      'party (als gebetenes Zentrum) oder shelf (für das bundesweite Regal)',
    )
    .action(run((record, options) => endorseRecord(env, op, record, options)))
}

program
  .command('recover')
  .description('holt nach einem Verlust zurück, was fehlt, und nennt, was zu entscheiden bleibt')
  .requiredOption(...centre)
  .option('--feed <beitragsfolge>', 'public oder members, mit --nothing-after')
  .option(
    '--nothing-after <nummer>',
    'Sie wissen: nach diesem Eintrag wurde nichts mehr unterschrieben',
  )
  .option('--show', 'zeigt wieder an, was hier ist, auch wenn noch nicht alles nachgeholt ist')
  .action(run((options) => recoverCentre(env, options)))

program
  .command('status')
  .description('zeigt, was die Knoten haben, wer die eigenen Beiträge hält und was sie aufhält')
  .option('--json', 'für Programme, als JSON')
  .action(run((options) => showStatus(env, options)))

program
  .command('reindex')
  .description('baut den Suchindex neu auf, während der bisherige weiter antwortet')
  .action(run(() => rebuildIndex(env)))

program
  .command('purge')
  .description('entfernt Gelöschtes auch aus den Dateien der Datenbank; sperrt dabei die Tabellen')
  .action(run(() => purgeFiles(env)))

program
  .command('verify <entity-id>')
  .description('prüft eine Beitragsfolge eines Zentrums mit allen Anlagen')
  .option('--feed <name>', 'public, oder members: was die Zentren nur einander zeigen', 'public')
  .option(
    '--from <knoten>',
    'Adresse des Knotens, von dem sie geholt wird; sonst vom Zentrum selbst',
  )
  .action(run((entityId, options) => verifyCentre(env, entityId, options)))

const places = program
  .command('places')
  .description('Orte, nach denen sich die Zuständigkeit richtet')
  .helpOption('-h, --help', 'zeigt diese Hilfe')

places
  .command('import <datei>')
  .description('übernimmt DE.txt (GeoNames), zuordnung_plz_ort.csv oder GV100AD (Destatis)')
  .option('--version <text>', 'Fassung der Daten; sonst der heutige Tag')
  .action(run((path, options) => importPlaceFile(env, path, options)))

await program.parseAsync()
