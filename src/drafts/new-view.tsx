/** The way to a new draft: in the form, or from a template that was filled in elsewhere. */
import { kinds } from '../publications/kinds.ts'
import type { Post } from '../staff/visitor.ts'
import { Notice, Submit } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'

interface NewViewProps {
  site: Site
  post: Post
  /** Only this kind. */
  kind?: string | undefined
  /** The record that one comes from (follow-up.tsx). */
  bezug?: string | undefined
  /** What was wrong with a file that was to be read in. */
  complaint?: string
}

/** Which kind of record it is to be, and how to begin it. Its title is the first thing that the form asks for. */
export const NewView = ({ site, post, kind, bezug, complaint }: NewViewProps) => (
  <Page site={site} title="Neuer Beitrag" hidden>
    <header class="tn-intro">
      <p class="tn-kicker">
        <a href="/entwuerfe">Entwürfe</a>
      </p>
      <h1>Neuer Beitrag</h1>
      <p class="tn-lead">
        Was möchten Sie schreiben? Sie können jederzeit unterbrechen: Alles wird aufbewahrt.
      </p>
    </header>
    {complaint && <Notice look="danger" title={complaint} />}
    <ul class="tn-kinds">
      {kinds
        .filter(({ id }) => kind === undefined || id === kind)
        .map(({ id, label, intro }) => (
          <li>
            <h2>{label}</h2>
            <p>{intro}</p>
            <form method="post" action="/entwuerfe/neu">
              <input type="hidden" name="zentrum" value={post.centre} />
              <input type="hidden" name="art" value={id} />
              {bezug && <input type="hidden" name="bezug" value={bezug} />}
              <Submit look="secondary" label="Beginnen" about={label} />
            </form>
            <Import post={post} kind={id} label={label} />
          </li>
        ))}
    </ul>
  </Page>
)

type ImportProps = { post: Post; kind: string; label: string }

/** For those who write elsewhere. */
const Import = ({ post, kind, label }: ImportProps) => (
  <details class="tn-details">
    <summary>
      Mit einer Vorlage schreiben<span class="kern-sr-only">: {label}</span>
    </summary>
    <p>
      Laden Sie die Vorlage herunter, füllen Sie sie aus und lesen Sie sie hier ein:{' '}
      <a href={`/entwuerfe/vorlagen/${kind}.docx`}>Vorlage für Word (DOCX)</a>,{' '}
      <a href={`/entwuerfe/vorlagen/${kind}.md`}>Vorlage in Markdown</a>
    </p>
    <form class="tn-form" method="post" enctype="multipart/form-data" action="/entwuerfe/einlesen">
      <input type="hidden" name="zentrum" value={post.centre} />
      <input type="hidden" name="art" value={kind} />
      <div class="kern-form-input">
        <label class="kern-label" for={`datei-${kind}`}>
          Ausgefüllte Vorlage
        </label>
        <input
          class="kern-form-input__input"
          id={`datei-${kind}`}
          name="datei"
          type="file"
          accept=".docx,.md,.markdown,.txt"
          required
        />
      </div>
      <div>
        <Submit look="secondary" label="Einlesen" about={label} />
      </div>
    </form>
  </details>
)
