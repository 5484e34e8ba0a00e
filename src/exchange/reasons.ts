/** What the codes of the exchange mean for the person who runs a node; all codes stand in schemas/EXCHANGE.md. */
const meanings: Record<string, string> = {
  unreachable: 'Der Knoten antwortet nicht.',
  'too-slow': 'Der Knoten antwortet nicht oder nicht vollständig in der Zeit, die er dafür hat.',
  address:
    'Der Name des Knotens führt zu einer Adresse, die nicht öffentlich ist; dorthin wird nichts gefragt.',
  unnamed: 'Diesen Knoten nennt der Vertrauensanker nicht; er wird nicht gefragt.',
  redirected: 'Der Knoten verweist auf eine andere Adresse; dem wird nicht gefolgt.',
  encoded: 'Der Knoten antwortet komprimiert, obwohl das nicht verlangt war.',
  'content-type': 'Der Knoten antwortet in einem anderen Format als vereinbart.',
  'too-large': 'Die Antwort ist größer als erlaubt.',
  'not-utf8': 'Die Antwort ist kein UTF-8.',
  'not-json': 'Die Antwort ist kein JSON.',
  form: 'Die Antwort hat nicht die vereinbarte Form.',
  'centre-unknown': 'Der Vertrauensanker bestätigt dieses Zentrum nicht.',
  'trust-expired': 'Die Bestätigung des Vertrauensankers ist abgelaufen.',
  'feed-unknown': 'Diese Beitragsfolge ist hier nicht bekannt.',
  forked: 'Das Zentrum hat zwei verschiedene Einträge mit derselben Nummer unterschrieben.',
  'not-agreed': 'Der Eintrag gehört nicht zu der Folge, die der Vertrauensanker bestätigt.',
  'not-reached':
    'Bis zu diesem Eintrag bestätigt der Vertrauensanker die Folge; vorher wird nichts gezeigt.',
  'pending-full':
    'So viele Einträge warten schon auf Bestätigung, dass keine weiteren geholt werden.',
  moved: 'Ein anderer Vorgang war schneller; es wird erneut versucht.',
  internal: 'Ein Fehler in diesem Knoten; Näheres steht in seinem Protokoll.',
  'link-form': 'Dem Eintrag fehlt, was ihn einordnet.',
  feed: 'Der Eintrag gehört zu einer anderen Beitragsfolge.',
  seq: 'Die Nummer des Eintrags schließt nicht an.',
  prev: 'Der Eintrag schließt nicht an den Eintrag davor an.',
  'iat-future': 'Die Unterschrift liegt in der Zukunft; vielleicht geht eine Uhr falsch.',
  'key-unknown': 'Den Schlüssel des Eintrags bestätigt der Vertrauensanker nicht.',
  'key-number': 'Der Eintrag ist mit einem älteren Schlüssel unterschrieben als der davor.',
  'key-cut': 'Der Schlüssel galt nur bis zu einem früheren Eintrag.',
  signature: 'Die Unterschrift stimmt nicht.',
  'content-digest': 'Der Inhalt ist nicht der, der unterschrieben wurde.',
  'content-missing': 'Der Inhalt fehlt.',
  'blob-digest': 'Die Datei ist nicht die, die der Beitrag nennt.',
  'no-source': 'Es gibt noch keinen Knoten, der danach gefragt werden könnte.',
  'content-withheld': 'Ein Inhalt fehlt, ohne dass er zurückgezogen oder gelöscht wäre.',
  endless:
    'Es folgen weit mehr Einträge, als das Zentrum ankündigt, oder mehr, als sich auf einmal prüfen lässt.',
  fingerprint: 'Das Zentrum nennt keinen Schlüssel mit diesem Fingerabdruck.',
  'fingerprint-needed':
    'Dieses Zentrum ist noch nicht bekannt; gebraucht wird sein Fingerabdruck (--fingerprint).',
  unproven:
    'Die Angaben sind mit keinem Schlüssel unterschrieben, der bestätigt ist oder verglichen wurde.',
  'iat-older': 'Diese Angaben sind älter als die, die zuletzt bestätigt wurden.',
  'keys-missing':
    'In den Angaben des Zentrums fehlt ein Signaturschlüssel, der noch gilt. Hat das Zentrum ihn verloren, hilft „transfernetz new-epoch“.',
  'authority-hints': 'Das Zentrum nennt einen anderen Vertrauensanker.',
  keys: 'Die Schlüssel des Zentrums sind nicht in Ordnung.',
  slug: 'Dieses Kürzel hat schon ein anderes Zentrum.',
  expired: 'Die Angaben des Zentrums sind abgelaufen.',
}

/** A code as a sentence with the code behind it, for whoever looks it up. */
export const explain = (code: string) => {
  const meaning = meanings[code] ?? (generic.find(([pattern]) => pattern.test(code)) ?? [])[1]
  return meaning ? `${meaning} (${code})` : code
}

/** Families of codes, by their beginning. */
const generic: [RegExp, string][] = [
  [/^anchor: /, 'Der Vertrauensanker lässt sich nicht lesen.'],
  [/^blob: blob-digest/, 'Eine Anlage ist nicht die Datei, die der Beitrag nennt.'],
  [/^blob: /, 'Eine Anlage liegt an diesem Knoten nicht vor oder lässt sich nicht holen.'],
  [/^head: missing/, 'Der Stand der Beitragsfolge fehlt.'],
  [/^head: beyond/, 'Es fehlen Einträge: Der Stand nennt mehr, als geliefert wurde.'],
  [
    /^head: expired/,
    'Der Stand ist älter als einen Tag; der Inhalt ist geprüft, nicht seine Aktualität.',
  ],
  [/^head: contradicts/, 'Der unterschriebene Stand widerspricht den Einträgen.'],
  [/^head: /, 'Der Stand der Beitragsfolge ist nicht gültig.'],
  [/^holdings: /, 'Was der Knoten über seinen Bestand sagt, ist nicht gültig.'],
  [/^status-5/, 'Der Knoten meldet, dass er gerade nicht antworten kann.'],
  [/^status-/, 'Der Knoten lehnt die Anfrage ab.'],
  [/^(token|header)-/, 'Der Eintrag ist nicht in der vorgeschriebenen Form geschrieben.'],
  [
    /^(string|name|number)-|^too-deep/,
    'Der Eintrag enthält unzulässige Zeichen, Namen oder Zahlen.',
  ],
]
