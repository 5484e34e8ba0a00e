import { z } from 'zod'

/** Every way a request can be stopped: HTTP status and what a person is told, once. */
export const problems = {
  'invalid-json': [400, 'Die Anfrage enthält kein gültiges JSON.'],
  'invalid-input': [400, 'Die Angaben sind nicht vollständig oder nicht gültig.'],
  'invalid-path': [400, 'Diese Adresse ist nicht in der üblichen Form geschrieben.'],
  future_cursor: [400, 'So weit reicht diese Beitragsfolge hier noch nicht.'],
  'letter-refused': [400, 'Dieser Brief lässt sich nicht annehmen.'],
  'unknown-key': [400, 'Für diesen Schlüssel gibt es hier keinen Briefkasten.'],
  unauthorized: [401, 'Diese Angaben sind nur mit einer gültigen Bescheinigung zugänglich.'],
  'own-feed': [403, 'Diese Beitragsfolge schreibt dieser Knoten selbst.'],
  'sign-in-needed': [401, 'Bitte melden Sie sich an.'],
  'sign-in-again': [401, 'Bitte melden Sie sich zur Sicherheit noch einmal an.'],
  'foreign-origin': [403, 'Diese Anfrage kam nicht von einer Seite dieses Knotens.'],
  'role-needed': [403, 'Dafür brauchen Sie eine andere Rolle.'],
  'not-found': [404, 'Diese Seite gibt es nicht.'],
  'unknown-feed': [404, 'Diese Beitragsfolge ist hier nicht bekannt.'],
  'unknown-blob': [404, 'Diese Datei liegt hier nicht vor.'],
  'method-not-allowed': [405, 'So lässt sich diese Adresse nicht aufrufen.'],
  conflict: [409, 'Der Stand hat sich inzwischen geändert.'],
  'does-not-follow': [409, 'Diese Einträge schließen nicht an das an, was hier vorliegt.'],
  fork: [409, 'Unter dieser Nummer liegt hier schon ein anderer Eintrag des Zentrums vor.'],
  'letter-conflict': [409, 'Zu diesem Verweis liegt hier schon etwas anderes vor.'],
  'letter-out-of-order': [409, 'Vor diesem Brief fehlt hier noch ein anderer.'],
  'no-consent': [409, 'Ohne gültige Einwilligung lässt sich nichts versenden.'],
  'no-recipient': [409, 'An dieses Zentrum lässt sich dieser Verweis nicht senden.'],
  'wrong-centre': [409, 'Sie arbeiten inzwischen für ein anderes Zentrum.'],
  'invitation-over': [410, 'Diese Einladung gilt nicht mehr.'],
  'confirmation-over': [410, 'Dieser Link gilt nicht mehr.'],
  gone: [410, 'Diesen Beitrag gibt es nicht mehr.'],
  epoch_gone: [410, 'Diese Epoche der Beitragsfolge gibt es nicht.'],
  'too-large': [413, 'Die Anfrage ist zu groß.'],
  'unsupported-media-type': [415, 'Dieses Format wird hier nicht angenommen.'],
  'range-not-satisfiable': [416, 'So weit reicht diese Datei nicht.'],
  'entry-refused': [422, 'Ein Eintrag hält der Prüfung nicht stand; keiner wurde angenommen.'],
  'counts-refused': [422, 'Diese Zahlen halten der Prüfung nicht stand.'],
  'head-refused': [422, 'Der Stand hält der Prüfung nicht stand; nichts wurde angenommen.'],
  'too-many-requests': [429, 'Zu viele Anfragen. Bitte warten Sie einen Augenblick.'],
  internal: [500, 'Etwas ist schiefgegangen. Der Fehler wurde festgehalten.'],
  'cannot-sign': [503, 'Dieser Knoten darf zurzeit nichts unterschreiben.'],
  'catching-up': [
    503,
    'Dieser Knoten holt gerade nach, was in seiner Abwesenheit geschehen ist. Bis dahin zeigt er nichts an, damit nichts zu sehen ist, was inzwischen gelöscht wurde.',
  ],
  unavailable: [
    503,
    'Der Dienst ist gerade nicht erreichbar. Bitte versuchen Sie es gleich noch einmal.',
  ],
} as const satisfies Record<string, readonly [number, string]>

export type ProblemCode = keyof typeof problems

/** One fault in an input: where (JSON path such as `steps[2].title`) and what, in German. */
export interface Fault {
  path: string
  message: string
}

/** What a program gets when a request was stopped: problem details (RFC 9457) with the stable `code`. */
export const ProblemDocument = z.object({
  type: z.literal('about:blank'),
  title: z.string().describe('German, for people.'),
  status: z.int(),
  code: z.enum(Object.keys(problems) as ProblemCode[]),
  detail: z.string().optional().describe('German, for people.'),
  faults: z
    .array(z.strictObject({ path: z.string(), message: z.string() }))
    .optional()
    .describe('With `invalid-input`: where in the input, and what, in German.'),
  reason: z
    .string()
    .optional()
    .describe('The check that failed, where the code alone does not say it.'),
  seq: z.int().optional().describe('Where entries were brought: the one that was refused.'),
  size: z.int().optional().describe('How many entries are held here.'),
  dig: z
    .string()
    .optional()
    .describe('With `does-not-follow` and `fork`: what the next `prev` must be.'),
  head: z
    .string()
    .nullable()
    .optional()
    .describe('With `does-not-follow` and `fork`: the newest head held here.'),
  epoch: z.int().optional().describe('With `epoch_gone`: the current epoch.'),
  kid: z.string().optional().describe('With `unknown-key`: the key that nobody here has.'),
  expected: z.int().optional().describe('With `letter-out-of-order`: the number that is next.'),
  receipt: z
    .string()
    .optional()
    .describe('With `letter-conflict`: the receipt of what is held at that number.'),
  events: z
    .array(z.string())
    .optional()
    .describe("With `letter-conflict`: the writer's own events from that number on."),
})

/** Stops a request. `app.tsx` turns it into problem+json (RFC 9457) or a German page. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly detail: string | undefined
  readonly extra: Record<string, unknown>

  /** `extra` are further members of the problem document, e.g. `{ faults }` or `{ size }`. */
  constructor(code: ProblemCode, detail?: string, extra: Record<string, unknown> = {}) {
    super(detail ?? problems[code][1])
    this.name = 'Problem'
    this.code = code
    this.detail = detail
    this.extra = extra
  }

  /** What is wrong with the input, where that is the problem. */
  get faults() {
    return (this.extra.faults ?? []) as Fault[]
  }

  get status() {
    return problems[this.code][0]
  }

  get title() {
    return problems[this.code][1]
  }
}
