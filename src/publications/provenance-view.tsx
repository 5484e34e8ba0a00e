import { Icon, Seal } from '../web/icons.tsx'
import { countOf, momentOf } from '../web/texts.ts'
import type { Provenance } from './provenance.ts'
import { visibility } from './vocabularies/visibility.ts'
import { labelOf } from './vocabulary.ts'

/** The visible mark of a verified record; leads to the proof. */
export const VerifiedMark = ({ centre }: { centre: string }) => (
  <a class="tn-verified" href="#herkunft">
    <Seal />
    <span>
      geprüft: unterschrieben von <bdi>{centre}</bdi>
    </span>
  </a>
)

export const ProvenanceView = ({ provenance }: { provenance: Provenance }) => (
  <section id="herkunft" class="tn-provenance" aria-labelledby="herkunft-titel">
    <h2 id="herkunft-titel">Herkunft und Prüfung</h2>
    <Story provenance={provenance} />
    {provenance.forkedAt && <Fork forkedAt={provenance.forkedAt} seq={provenance.seq} />}
    <ul class="tn-checks">
      {checks(provenance).map(([title, text]) => (
        <li>
          <Icon name="check" />
          <span>
            <strong>{title}</strong> {text}
          </span>
        </li>
      ))}
    </ul>
    <Technical provenance={provenance} />
  </section>
)

const Story = ({ provenance }: { provenance: Provenance }) => {
  const { centre, signedAt, receivedAt, over, own } = provenance
  return (
    <p>
      Unterschrieben am {momentOf(signedAt)} von: <bdi>{centre}</bdi>.{' '}
      {own && 'Der Beitrag ist auf diesem Knoten entstanden.'}
      {!own && over === null && (
        <>
          Das Zentrum hat den Beitrag am {momentOf(receivedAt)} selbst hierher gebracht; dieser
          Knoten hat ihn vollständig geprüft und erst dann angezeigt.
        </>
      )}
      {over && (
        <>
          Dieser Knoten hat den Beitrag am {momentOf(receivedAt)} geholt (über <bdi>{over}</bdi>),
          vollständig geprüft und erst dann angezeigt.
        </>
      )}
    </p>
  )
}

/** What was shown stays, but whoever reads it is to know. */
const Fork = ({ forkedAt, seq }: { forkedAt: number; seq: number }) => (
  <p class="tn-overdue">
    <Icon name="warning" />
    <span>
      <strong>Diese Beitragsfolge widerspricht sich.</strong> Das Zentrum hat für Eintrag {forkedAt}{' '}
      zwei verschiedene Fassungen unterschrieben; beide sind als Beleg aufbewahrt. Bis der
      Vertrauensanker entscheidet, kommt nichts Neues hinzu.{' '}
      {seq < forkedAt
        ? 'Dieser Beitrag steht davor und ist nicht betroffen.'
        : 'Ob dieser Beitrag bestehen bleibt, ist offen.'}
    </span>
  </p>
)

const checks = ({ n, epoch, seq, own }: Provenance): [string, string][] => [
  ['Das Zentrum ist bekannt.', 'Der Vertrauensanker bestätigt es und seine Schlüssel.'],
  ['Die Unterschrift stimmt.', `Sie stammt vom Schlüssel Nr. ${n} des Zentrums.`],
  ['Der Inhalt ist unverändert.', 'Er passt Byte für Byte zum unterschriebenen Fingerabdruck.'],
  [
    'Die Reihe ist bis hierher lückenlos.',
    epoch === 1 && seq === 1
      ? 'Mit diesem Eintrag beginnt die Beitragsfolge.'
      : `Eintrag ${seq} schließt an die ${own ? 'eigenen ' : ''}Einträge davor an.`,
  ],
]

const Technical = ({ provenance }: { provenance: Provenance }) => (
  <details class="tn-details">
    <summary>Technische Angaben zum Nachprüfen</summary>
    <dl class="tn-pairs tn-pairs--wide">
      {technical(provenance).map(([term, value, exact]) => (
        <div>
          <dt>{term}</dt>
          <dd>{exact ? <code>{value}</code> : value}</dd>
        </div>
      ))}
    </dl>
  </details>
)

const technical = (provenance: Provenance): [string, string, boolean?][] => {
  const { head, over, own } = provenance
  return [
    ['Kennung des Zentrums', provenance.iss, true],
    ['Beitragsfolge', `${provenance.feed} (${labelOf(visibility, provenance.feed)})`],
    ['Epoche und Eintrag', `Epoche ${provenance.epoch}, Eintrag ${provenance.seq}`],
    ['Fassung des Beitrags', `${provenance.ver}`],
    ['Fingerabdruck des Eintrags (SHA-256)', provenance.dig, true],
    ['Schlüssel', `Nr. ${provenance.n} des Zentrums`],
    ['Fingerabdruck des Schlüssels (RFC 7638)', provenance.kid, true],
    ['Unterschrieben', momentOf(provenance.signedAt)],
    ['Hier eingetroffen', momentOf(provenance.receivedAt)],
    ['Gekommen über', over ?? (own ? 'diesen Knoten selbst' : 'das Zentrum selbst'), over !== null],
    ...(head ? [standOf(head)] : []),
  ]
}

const standOf = ({ size, iat }: { size: number; iat: number }): [string, string] => [
  'Stand der Beitragsfolge',
  `${countOf(size, 'Eintrag', 'Einträge')}, vom Zentrum bestätigt am ${momentOf(iat)}`,
]
