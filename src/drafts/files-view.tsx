/** The files of a draft. */
import { mediaTypes } from '../publications/vocabularies/media-types.ts'
import { labelOf } from '../publications/vocabulary.ts'
import { Notice, Submit, TextField } from '../web/fields.tsx'
import { sizeOf } from '../web/texts.ts'
import { Control } from './controls.tsx'
import { altName, type Draft, type DraftFile } from './draft.ts'
import { DraftForm, type FormViewProps, SaveButtons } from './form-view.tsx'

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

/** The step in which one adds files, and says what each of them is. */
export const FilesStep = (props: FilesStepProps) => {
  const { draft, list, complaint } = props
  return (
    <div class="tn-files">
      {complaint && <Notice look="danger" title={complaint} />}
      <Upload {...props} />
      {list.map((file) => (
        <form id={`entfernen-${file.id}`} method="post" action={`${pathTo(draft, file)}/entfernen`}>
          <Hidden {...props} />
        </form>
      ))}
      <DraftForm {...props}>
        {list.length === 0 ? <p>Noch keine Anlagen.</p> : <Files {...props} />}
        <SaveButtons draft={draft} />
      </DraftForm>
    </div>
  )
}

const Hidden = ({ post }: Pick<FormViewProps, 'post'>) => (
  <input type="hidden" name="zentrum" value={post.centre} />
)

const Upload = ({ draft, post }: Pick<FormViewProps, 'draft' | 'post'>) => (
  <form
    class="tn-form tn-panel"
    method="post"
    enctype="multipart/form-data"
    action={`/entwuerfe/${draft.id}/anlagen`}
  >
    <Hidden post={post} />
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
      <Submit look="secondary" label="Hochladen" />
    </div>
  </form>
)

/** A form may not stand in another: what takes a file away stands before it, and its button here. */
const Files = ({ draft, step, list }: FilesStepProps) => (
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
          {step.fields
            .filter(({ name }) => name === altName(file.id))
            .map(({ name, field }) => (
              <Control path={name} field={field} value={file.alt} />
            ))}
        </div>
        <button
          class="kern-btn kern-btn--tertiary"
          type="submit"
          form={`entfernen-${file.id}`}
          aria-label={`Entfernen: ${file.name}`}
        >
          <span class="kern-label">Entfernen</span>
        </button>
      </li>
    ))}
  </ul>
)
