/** Capturing while people talk: one line, and the enter key adds it. */
import type { PropsWithChildren } from 'hono/jsx'
import { z } from 'zod'
import type { Post } from '../staff/visitor.ts'
import { assets } from '../web/assets.ts'
import { Notice, Submit } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { ItemText } from './captured-view.tsx'
import { emptyForm, formOf, type Item, type ItemForm } from './item.ts'
import { ItemFields } from './item-fields.tsx'
import { nameOf, type Round } from './round.ts'

export const captureSayings = {
  beside:
    'Diesen Eintrag hat inzwischen jemand anderes geändert. Ihr Text steht als eigener Eintrag daneben.',
  moved: 'Diesen Eintrag hat inzwischen jemand anderes geändert. Er wurde nicht gelöscht.',
} as const
export const CaptureSaid = z.enum(Object.keys(captureSayings) as (keyof typeof captureSayings)[])
export type CaptureSaid = z.infer<typeof CaptureSaid>

interface Shared {
  site: Site
  post: Post
  person: string
  round: Round
}

interface CaptureViewProps extends Shared {
  items: Item[]
  typed: ItemForm
  fault?: string | undefined
  said?: CaptureSaid | undefined
}

export const CaptureView = (props: CaptureViewProps) => {
  const { site, round, items, typed, fault, said } = props
  return (
    <Page site={site} title={`Mitschrift: ${nameOf(round)}`} hidden scripts={[assets.capture]}>
      <Head round={round} />
      <p class="tn-kept" role="status" data-said>
        Alles gespeichert
      </p>
      {said && <Notice look="warning" title={captureSayings[said]} />}
      {fault && <Notice look="danger" title={fault} />}
      <div class="tn-meeting">
        <div class="tn-stack">
          <EntryForm
            {...props}
            item={{ id: crypto.randomUUID(), revision: 0 }}
            typed={typed}
            capture
          >
            <Submit label="Hinzufügen" />
          </EntryForm>
          <section aria-labelledby="eintraege">
            <h2 id="eintraege">Was bisher gesagt wurde</h2>
            <ol class="tn-captured" data-items>
              <Items round={round} items={items} />
            </ol>
          </section>
        </div>
        <aside class="tn-side" aria-label="Zur Sitzung">
          <Agenda round={round} />
          <Help />
        </aside>
      </div>
      <template id="eintrag-neu">
        <ListedItem round={round} item={{ ...nothing, id: nobody }} />
      </template>
      <template id="eintrag-aendern">
        <EntryForm {...props} item={{ id: nobody, revision: 0 }} typed={emptyForm}>
          <EditButtons />
          <button class="kern-btn kern-btn--tertiary" type="button" data-cancel>
            <span class="kern-label">Abbrechen</span>
          </button>
        </EntryForm>
      </template>
    </Page>
  )
}

/** Stands in templates, where the script puts an item's own id. */
const nobody = '00000000-0000-0000-0000-000000000000'
const nothing: Item = {
  ...{ id: nobody, kind: 'finding', text: '', details: {}, revision: 0, in_result: false },
}

const Head = ({ round }: { round: Round }) => (
  <header class="tn-intro">
    <p class="tn-kicker">
      <a href="/runden">Runde Tische</a> · <a href={`/runden/${round.id}`}>Übersicht</a> ·
      Mitschrift
    </p>
    <h1>
      <bdi>{nameOf(round)}</bdi>
    </h1>
  </header>
)

const Agenda = ({ round: { prepared } }: { round: Round }) => {
  const points = (prepared.agenda ?? []) as string[]
  if (points.length === 0) return null
  return (
    <section class="tn-panel" aria-labelledby="tagesordnung">
      <h2 id="tagesordnung">Tagesordnung</h2>
      <ol>
        {points.map((point) => (
          <li>
            <bdi>{point}</bdi>
          </li>
        ))}
      </ol>
    </section>
  )
}

const Help = () => (
  <section class="tn-panel" aria-labelledby="hilfe">
    <h2 id="hilfe">So geht es schnell</h2>
    <ul class="tn-list">
      <li>Schreiben, Eingabetaste drücken, weiterschreiben.</li>
      <li>
        Ein Buchstabe mit Doppelpunkt am Anfang der Zeile wählt aus, was es ist: <kbd>k:</kbd>{' '}
        Konsens, <kbd>m:</kbd> Mehrheit, <kbd>o:</kbd> offen, <kbd>e:</kbd> Empfehlung,{' '}
        <kbd>f:</kbd> offene Frage, <kbd>v:</kbd> Vereinbarung.
      </li>
    </ul>
    <h3>Wenn die Verbindung abbricht</h3>
    <p data-scripted hidden>
      Schreiben Sie weiter: Was der Knoten noch nicht hat, bewahrt dieses Gerät auf und sendet es,
      sobald es wieder geht. Schließen Sie diese Seite dann nicht und laden Sie sie nicht neu, denn
      ohne Verbindung lässt sie sich nicht wieder öffnen. Geht sie doch einmal zu, ist nichts
      verloren: Öffnen Sie sie hier wieder, bevor Sie sich abmelden.
    </p>
    <p data-unscripted>
      Gespeichert ist, was unten in der Liste steht. Ohne Verbindung lässt sich nichts hinzufügen.
    </p>
  </section>
)

/** What was captured, the latest first: beside where one writes. */
export const Items = ({ round, items }: { round: Round; items: Item[] }) => (
  <>
    {items.toReversed().map((item) => (
      <ListedItem round={round} item={item} />
    ))}
  </>
)

const ListedItem = ({ round, item }: { round: Round; item: Item }) => (
  <li
    id={`eintrag-${item.id}`}
    data-item={item.id}
    data-revision={item.revision}
    data-form={JSON.stringify(formOf(item))}
  >
    <ItemText item={item} />
    <p class="tn-kept__mark" data-mark />
    <a class="tn-captured__edit" href={`/runden/${round.id}/mitschrift/${item.id}`} data-edit>
      Ändern<span class="kern-sr-only">: {item.text.slice(0, 60)}</span>
    </a>
  </li>
)

const EditButtons = () => (
  <>
    <Submit label="Speichern" />
    <button class="kern-btn kern-btn--secondary" type="submit" name="do" value="loeschen">
      <span class="kern-label">Eintrag löschen</span>
    </button>
  </>
)

type EntryFormProps = PropsWithChildren<
  Omit<Shared, 'site'> & {
    item: Pick<Item, 'id' | 'revision'>
    typed: ItemForm
    fault?: string | undefined
    /** Whether it is the one that adds. */
    capture?: boolean
  }
>

const EntryForm = ({
  post,
  person,
  round,
  item,
  typed,
  fault,
  capture,
  children,
}: EntryFormProps) => (
  <form
    class="tn-form tn-capture"
    method="post"
    action={`/runden/${round.id}/mitschrift`}
    data-capture={capture ? round.id : undefined}
    data-person={capture ? person : undefined}
    aria-label={capture ? 'Neuer Eintrag' : 'Eintrag ändern'}
  >
    <input type="hidden" name="zentrum" value={post.centre} />
    <input type="hidden" name="eintrag" value={item.id} />
    <input type="hidden" name="akt" value={crypto.randomUUID()} />
    <input type="hidden" name="fassung" value={String(item.revision)} />
    <ItemFields
      typed={typed}
      id={capture ? 'neu' : item.id}
      capture={capture === true}
      fault={fault}
    />
    <div class="tn-capture__end">{children}</div>
  </form>
)

type ItemViewProps = Shared & {
  item: Pick<Item, 'id' | 'revision'> & Partial<Item>
  /** What was typed and not taken. */
  typed?: ItemForm
  fault?: string
}

/** An item on a page of its own, for whoever has no script. */
export const ItemView = (props: ItemViewProps) => {
  const { site, round, item, typed, fault } = props
  const { kind = 'finding', text = '', details = {} } = item
  return (
    <Page site={site} title="Eintrag ändern" hidden>
      <div class="tn-narrow">
        <Head round={round} />
        <h2>Eintrag ändern</h2>
        {fault && <Notice look="danger" title={fault} />}
        <EntryForm {...props} typed={typed ?? formOf({ kind, text, details })}>
          <EditButtons />
        </EntryForm>
        <p>
          <a href={`/runden/${round.id}/mitschrift`}>Zurück zur Mitschrift</a>
        </p>
      </div>
    </Page>
  )
}
