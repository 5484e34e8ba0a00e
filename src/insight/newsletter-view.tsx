import { DateField } from '../web/choices.tsx'
import { Submit } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import type { Period } from './report.ts'

type NewsletterViewProps = { site: Site; period: Period; text: string }

export const NewsletterView = ({ site, period, text }: NewsletterViewProps) => (
  <Page site={site} title="Rundbrief" hidden>
    <header class="tn-intro">
      <p class="tn-kicker">
        <a href="/zahlen">Zahlen</a>
      </p>
      <h1>Rundbrief</h1>
      <p class="tn-lead">
        Ein Entwurf aus dem, was in einem Zeitraum öffentlich erschienen ist. Ändern Sie ihn, laden
        Sie ihn herunter, und verschicken Sie ihn mit Ihren eigenen Mitteln.
      </p>
    </header>
    <div class="tn-columns">
      <aside class="tn-side" aria-labelledby="zeitraum">
        <form class="tn-form tn-panel" method="get" action="/zahlen/rundbrief">
          <h2 id="zeitraum">Zeitraum</h2>
          <DateField name="von" label="Von" value={period.von} />
          <DateField name="bis" label="Bis" value={period.bis} />
          <div>
            <Submit label="Neu zusammenstellen" look="secondary" />
          </div>
        </form>
      </aside>
      <form class="tn-form tn-newsletter" method="post" action="/zahlen/rundbrief">
        <div class="kern-form-input">
          <label class="kern-label" for="feld-text">
            Text
          </label>
          <div class="kern-hint" id="feld-text-hinweis">
            Überschriften beginnen mit #, Verweise stehen als [Wort](Adresse). Was Sie hier ändern,
            wird nicht gespeichert.
          </div>
          <textarea
            class="kern-form-input__input"
            id="feld-text"
            name="text"
            rows={28}
            maxlength={200_000}
            aria-describedby="feld-text-hinweis"
          >
            {`\n${text}`}
          </textarea>
        </div>
        <div class="tn-actions">
          <button class="kern-btn kern-btn--primary" type="submit" name="form" value="html">
            <span class="kern-label">Als HTML herunterladen</span>
          </button>
          <button class="kern-btn kern-btn--secondary" type="submit" name="form" value="txt">
            <span class="kern-label">Als Text herunterladen</span>
          </button>
        </div>
      </form>
    </div>
  </Page>
)
