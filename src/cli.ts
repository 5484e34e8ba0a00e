#!/usr/bin/env node
/** The command line. */
import { Command } from 'commander'
import { initNode, vouchFor } from './commands/anchor.ts'
import { verifyRecord } from './commands/audit.ts'
import { germanError, germanTitle } from './commands/german.ts'
import { inviteSomebody } from './commands/invite.ts'
import { printConfiguration, rotate, showKeys } from './commands/keys.ts'
import { eraseRecord, publishFile, withdrawRecord } from './commands/records.ts'
import { runDemo, runNode } from './commands/run.ts'
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

const program = new Command('transfernetz')
  .description('Unterschriebener Wissensaustausch zwischen den Zukunftszentren')
  .helpOption('-h, --help', 'zeigt diese Hilfe')
  .helpCommand('help [befehl]', 'zeigt die Hilfe zu einem Befehl')
  .configureHelp({ styleTitle: germanTitle })
  .configureOutput({ outputError: (text, write) => write(germanError(text)) })

program
  .command('demo')
  .description('startet KIWW, Berlin und Brandenburg auf diesem Rechner')
  .action(run(() => runDemo(env)))

program
  .command('serve')
  .description('startet einen Knoten nach den Umgebungsvariablen')
  .action(run(() => runNode(env)))

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
  .command('erase <beitrag>')
  .description('löscht alle Inhalte eines Beitrags auf allen Knoten')
  .requiredOption(...centre)
  .requiredOption(...reason)
  .option(...replacedBy)
  .action(run((rid, options) => eraseRecord(env, rid, options)))

program
  .command('status')
  .description('zeigt, welche Beitragsfolgen die Knoten haben und was sie aufhält')
  .action(run(() => showStatus(env)))

program
  .command('verify <entity-id>')
  .description('prüft die öffentliche Beitragsfolge eines Zentrums')
  .option(
    '--from <knoten>',
    'Adresse des Knotens, von dem sie geholt wird; sonst vom Zentrum selbst',
  )
  .action(run((entityId, options) => verifyCentre(env, entityId, options)))

await program.parseAsync()
