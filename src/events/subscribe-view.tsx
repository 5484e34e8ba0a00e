import { addressOf } from '../web/address.ts'

type SubscribeProps = {
  /** Of the node. */
  origin: string
  topic: string | undefined
  centre: string | undefined
  region: string | undefined
}

/** A calendar program that has this address learns of everything by itself. */
export const Subscribe = ({ origin, ...narrowing }: SubscribeProps) => {
  const narrowed = Object.values(narrowing).some(Boolean)
  const path = addressOf('/veranstaltungen.ics', narrowing)
  return (
    <div class="tn-panel tn-subscribe">
      <h2>Kalender abonnieren</h2>
      <p>
        Tragen Sie diese Adresse in Ihr Kalenderprogramm ein. Verlegte und abgesagte Termine ändern
        sich dann von selbst.
      </p>
      <div class="kern-form-input">
        <label class="kern-label" for="kalender-adresse">
          {narrowed ? 'Adresse dieser Auswahl' : 'Adresse aller Veranstaltungen'}
        </label>
        <input
          class="kern-form-input__input"
          id="kalender-adresse"
          type="url"
          value={origin + path}
          readonly
        />
      </div>
      <p>
        <a href={path}>Als Datei herunterladen</a>
      </p>
    </div>
  )
}
