import { dateOf } from '../web/texts.ts'
import type { Endorsements } from './endorsements.ts'

type Shown = { endorsements: Endorsements | undefined }
type Party = Endorsements['parties'][number]

/** In the head of a record: how many signed with it, and that it is meant for everybody. */
export const EndorsementMarks = ({ endorsements }: Shown) => (
  <>
    {endorsements && endorsements.shelf.length > 0 && (
      <span class="tn-badge tn-badge--info">Bundesweites Regal</span>
    )}
    {endorsements && endorsements.parties.length > 0 && (
      <a class="tn-badge" href="#mitzeichnungen">
        mitgezeichnet: {endorsedIn(endorsements).length} von {endorsements.parties.length}
      </a>
    )}
  </>
)

const endorsedIn = ({ parties }: Endorsements) =>
  parties.filter(({ answer }) => answer === 'endorsed')

/** Who signed with this version, who did not since it was signed, and who put it on the shelf. */
export const EndorsementsView = ({ endorsements, since }: Shown & { since: number }) => {
  if (!endorsements) return null
  const { parties, shelf } = endorsements
  const of = (answer: Party['answer']) => parties.filter((party) => party.answer === answer)
  return (
    <section id="mitzeichnungen" aria-labelledby="mitzeichnungen-titel">
      <h2 id="mitzeichnungen-titel">Mitzeichnungen</h2>
      {parties.length > 0 && (
        <p>
          {of('endorsed').length} von {parties.length} Zentren, die um Mitzeichnung gebeten wurden,
          haben diese Fassung unterschrieben.
        </p>
      )}
      <ul class="tn-list">
        <Centres words="Mitgezeichnet von" parties={of('endorsed')} />
        <Centres words="Abgelehnt von" parties={of('declined')} />
        <Centres words={`Noch ohne Antwort seit ${dateOf(since)}`} parties={of(null)} />
        {shelf.map(({ centre, at }) => (
          <li>
            Ins bundesweite Regal gestellt von: <bdi>{centre}</bdi>, {dateOf(at)}
          </li>
        ))}
      </ul>
    </section>
  )
}

const Centres = ({ words, parties }: { words: string; parties: Party[] }) => (
  <>
    {parties.map(({ slug, centre, at }) => (
      <li>
        {words}: <bdi>{centre ?? slug}</bdi>
        {at !== null && `, ${dateOf(at)}`}
      </li>
    ))}
  </>
)
