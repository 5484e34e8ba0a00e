/** The files of a draft. */
import { mediaTypes } from '../publications/vocabularies/media-types.ts'
import { labelOf } from '../publications/vocabulary.ts'
import type { Visitor } from '../staff/visitor.ts'
import { Notice, TextField } from '../web/fields.tsx'
import { sizeOf } from '../web/texts.ts'
import { Control } from './controls.tsx'
import { altName, type Draft, type DraftFile } from './draft.ts'
import { DraftForm, FieldComments, type FormViewProps, SaveButtons } from './form-view.tsx'
import { Remark } from './remark-view.tsx'

const pathTo = (draft: Draft, file: DraftFile) => `/entwuerfe/${draft.id}/anlagen/${file.id}`

const about = ({ type, len }: DraftFile) => `${labelOf(mediaTypes, type)}, ${sizeOf(len)}`

type FileListProps = { visitor: Visitor; draft: Draft; files: DraftFile[] }

/** What a reviewer reads of them, with room for remarks. */
export const FileList = ({ visitor, draft, files }: FileListProps) => (
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
          <Remark visitor={visitor} draft={draft} name={altName(file.id)} label={file.name} />
        </li>
      ))}
    </ul>
  </section>
)

/** What was wrong with the file that somebody wanted to add, and what she said of it. */
export interface Refused {
  complaint: string
  alt: string
}

type FilesStepProps = FormViewProps & { list: DraftFile[]; refused?: Refused | undefined }

/**
 * The step in which one adds files, and says what each of them is. All of it is one form: whichever of its buttons
 * somebody presses, what she wrote is saved and the file that she chose is taken.
 */
export const FilesStep = (props: FilesStepProps) => {
  const { draft, list, refused } = props
  return (
    <div class="tn-files">
      {refused && <Notice look="danger" title={refused.complaint} />}
      <DraftForm {...props} action={`/entwuerfe/${draft.id}/anlagen`} enctype="multipart/form-data">
        <Upload alt={refused?.alt} />
        {list.length === 0 ? <p>Noch keine Anlagen.</p> : <Files {...props} />}
        <SaveButtons draft={draft} />
      </DraftForm>
    </div>
  )
}

const Upload = ({ alt = '' }: { alt: string | undefined }) => (
  <div class="tn-form tn-panel">
    <div class="kern-form-input">
      <label class="kern-label" for="datei">
        Datei hinzufügen
      </label>
      <div class="kern-hint" id="datei-hinweis">
        PDF, PNG, JPEG oder Word (DOCX), höchstens 10 MiB. Aus Bildern entfernen wir Ort, Zeit und
        Kamera der Aufnahme; PDF und Word erscheinen mit allem, was in ihren Eigenschaften steht.
      </div>
      <input
        class="kern-form-input__input"
        id="datei"
        name="datei"
        type="file"
        aria-describedby="datei-hinweis"
      />
    </div>
    <TextField
      name="alt"
      label="Alternativtext"
      hint="Was ist in der Datei zu sehen oder zu lesen?"
      value={alt}
      most={500}
    />
    <div>
      <button class="kern-btn kern-btn--secondary" type="submit" name="do" value="hochladen">
        <span class="kern-label">Hochladen</span>
      </button>
    </div>
  </div>
)

const Files = ({ draft, step, list, comments }: FilesStepProps) => (
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
              <Control path={name} field={field} value={file.alt}>
                <FieldComments comments={comments.filter((comment) => comment.field === name)} />
              </Control>
            ))}
        </div>
        <button
          class="kern-btn kern-btn--tertiary"
          type="submit"
          formaction={`${pathTo(draft, file)}/entfernen`}
          aria-label={`Entfernen: ${file.name}`}
        >
          <span class="kern-label">Entfernen</span>
        </button>
      </li>
    ))}
  </ul>
)
