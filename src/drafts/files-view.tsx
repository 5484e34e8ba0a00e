/** The files of a draft. */
import { mediaTypes } from '../publications/vocabularies/media-types.ts'
import { labelOf } from '../publications/vocabulary.ts'
import { Notice, Submit, TextField } from '../web/fields.tsx'
import { sizeOf } from '../web/texts.ts'
import type { Draft, DraftFile } from './draft.ts'
import { DraftForm, type FormViewProps } from './form-view.tsx'

const pathTo = (draft: Draft, file: DraftFile) => `/entwuerfe/${draft.id}/anlagen/${file.id}`

const about = ({ type, len }: DraftFile) => `${labelOf(mediaTypes, type)}, ${sizeOf(len)}`

export const FileList = ({ draft, files }: { draft: Draft; files: DraftFile[] }) => (
  <section aria-labelledby="anlagen">
    <h3 id="anlagen">Anlagen</h3>
    <ul class="tn-list">
      {files.map((file) => (
        <li>
          <a href={pathTo(draft, file)}>
            <bdi>{file.name}</bdi>
          </a>{' '}
          <span class="tn-muted">({about(file)})</span>:{' '}
          <bdi>{file.alt || 'ohne Alternativtext'}</bdi>
        </li>
      ))}
    </ul>
  </section>
)

type FilesStepProps = FormViewProps & {
  list: DraftFile[]
  /** What was wrong with the file that somebody wanted to add. */
  complaint?: string | undefined
}

/** The step in which one adds files. */
export const FilesStep = (props: FilesStepProps) => {
  const { draft, post, list, complaint } = props
  const hidden = <input type="hidden" name="zentrum" value={post.centre} />
  return (
    <div class="tn-files">
      {complaint && <Notice look="danger" title={complaint} />}
      <ul class="tn-things" id="feld-attachments">
        {list.map((file, n) => (
          <li id={`feld-attachments-${n}-alt`}>
            <div>
              <p class="tn-things__name">
                <a href={pathTo(draft, file)}>
                  <bdi>{file.name}</bdi>
                </a>
              </p>
              <p class="tn-muted">{about(file)}</p>
              <form class="tn-form" method="post" action={`${pathTo(draft, file)}/beschreiben`}>
                {hidden}
                <TextField
                  name={`alt-${file.id}`}
                  label="Alternativtext"
                  hint="Was ist in der Datei zu sehen oder zu lesen?"
                  value={file.alt}
                  most={500}
                  required
                />
                <div class="tn-draft__end">
                  <Submit look="secondary" label="Alternativtext speichern" about={file.name} />
                </div>
              </form>
            </div>
            <form method="post" action={`${pathTo(draft, file)}/entfernen`}>
              {hidden}
              <Submit look="tertiary" label="Entfernen" about={file.name} />
            </form>
          </li>
        ))}
      </ul>
      {list.length === 0 && <p>Noch keine.</p>}
      <form
        class="tn-form"
        method="post"
        enctype="multipart/form-data"
        action={`/entwuerfe/${draft.id}/anlagen`}
      >
        {hidden}
        <div class="kern-form-input">
          <label class="kern-label" for="datei">
            Datei hinzufügen
          </label>
          <div class="kern-hint" id="datei-hinweis">
            PDF, PNG, JPEG oder Word (DOCX), höchstens 10 MiB.
          </div>
          <input
            class="kern-form-input__input"
            id="datei"
            name="datei"
            type="file"
            required
            aria-describedby="datei-hinweis"
          />
        </div>
        <TextField
          name="alt"
          label="Alternativtext"
          hint="Was ist in der Datei zu sehen oder zu lesen?"
          most={500}
        />
        <div>
          <Submit label="Hochladen" />
        </div>
      </form>
      <DraftForm {...props}>
        <div class="tn-draft__end">
          <button class="kern-btn kern-btn--primary" type="submit" name="do" value="weiter">
            <span class="kern-label">Weiter</span>
          </button>
        </div>
      </DraftForm>
    </div>
  )
}
