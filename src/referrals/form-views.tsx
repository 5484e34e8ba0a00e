import type { PropsWithChildren } from 'hono/jsx'
import { companySizes } from '../publications/vocabularies/company-sizes.ts'
import { sectors } from '../publications/vocabularies/sectors.ts'
import { topics } from '../publications/vocabularies/topics.ts'
import type { Vocabulary } from '../publications/vocabulary.ts'
import type { Post } from '../staff/visitor.ts'
import { DateField, Radios, SelectField } from '../web/choices.tsx'
import { Checks, Notice, Submit, TextArea, TextField } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { consentHash } from './consent.ts'
import { type Faults, type Fields, fieldLabels, listOf, textOf } from './form.ts'

export interface StepProps {
  site: Site
  post: Post
  faults?: Faults
}

const steps = ['Unternehmen', 'Zentrum', 'Einwilligung']

type FrameProps = PropsWithChildren<StepProps & { step: number; title: string }>

/** A step with where it stands among the three, and whether something is wrong. */
export const Frame = ({ site, post, faults = {}, step, title, children }: FrameProps) => (
  <Page site={site} title={title} hidden>
    <header class="tn-intro">
      <p class="tn-kicker">
        <a href="/verweise">Verweise</a> · <bdi>{post.name}</bdi>
      </p>
      <h1>{title}</h1>
      <p class="tn-lead">
        Schritt {step} von {steps.length}: {steps[step - 1]}
      </p>
    </header>
    <Summary faults={faults} />
    <div class="tn-narrow">{children}</div>
  </Page>
)

/** What is wrong on the page, in its order, each with a way to its field. */
const Summary = ({ faults }: { faults: Faults }) => {
  const wrong = Object.entries(fieldLabels).filter(([name]) => faults[name])
  if (wrong.length === 0) return null
  return (
    <Notice look="danger" title="Bitte prüfen Sie die markierten Felder.">
      <ul>
        {wrong.map(([name, label]) => (
          <li>
            <a href={`#feld-${name}`}>{label}</a>: {faults[name]}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

type FormProps = PropsWithChildren<{ post: Post; action: string }>

/** A form that says for which centre its page was made. */
export const StaffForm = ({ post, action, children }: FormProps) => (
  <form class="tn-form" method="post" action={action}>
    <input type="hidden" name="zentrum" value={post.centre} />
    {children}
  </form>
)

const optionsOf = ({ terms }: Vocabulary) => terms.map(({ id, de }) => ({ value: id, label: de }))

/** By the edition that most registers still use. */
const sectorOptions = optionsOf(sectors).filter(({ value }) => value.startsWith('wz2008:'))

type CompanyStepProps = StepProps & { fields: Fields; action: string }

export const CompanyStep = ({ fields, action, ...props }: CompanyStepProps) => {
  const { faults = {} } = props
  const of = (name: string) => ({ name, value: textOf(fields, name), fault: faults[name] })
  return (
    <Frame {...props} step={1} title="Unternehmen verweisen">
      <StaffForm post={props.post} action={action}>
        {fields.entwurf && <input type="hidden" name="entwurf" value={textOf(fields, 'entwurf')} />}
        <TextField {...of('name')} label={fieldLabels.name} most={160} required />
        <TextField {...of('plz')} label={fieldLabels.plz} most={20} />
        <TextField {...of('ort')} label={fieldLabels.ort} most={120} required />
        <SelectField
          {...of('groesse')}
          label={fieldLabels.groesse}
          options={optionsOf(companySizes)}
          chosen={textOf(fields, 'groesse')}
        />
        <SelectField
          {...of('branche')}
          label={fieldLabels.branche}
          options={sectorOptions}
          chosen={textOf(fields, 'branche')}
        />
        <Checks
          name="themen"
          legend={fieldLabels.themen}
          options={optionsOf(topics)}
          chosen={listOf(fields.themen)}
          fault={faults.themen}
        />
        <TextArea
          {...of('anliegen')}
          label={fieldLabels.anliegen}
          hint="Höchstens 300 Zeichen. Schreiben Sie nichts über einzelne Menschen, Gesundheit oder Streit im Betrieb."
          most={300}
        />
        <TextField {...of('person')} label={fieldLabels.person} most={120} required />
        <Radios
          {...of('weg')}
          label={fieldLabels.weg}
          options={[
            { value: 'email', label: 'Per E-Mail' },
            { value: 'phone', label: 'Per Telefon' },
          ]}
          chosen={textOf(fields, 'weg')}
        />
        <TextField {...of('adresse')} label={fieldLabels.adresse} most={160} required />
        <div>
          <Submit label="Weiter" />
        </div>
      </StaffForm>
    </Frame>
  )
}

type ConsentStepProps = StepProps & {
  id: string
  lines: string[]
  fields: Fields
  today: string
}

export const ConsentStep = ({ id, lines, fields, today, ...props }: ConsentStepProps) => {
  const { faults = {}, post } = props
  return (
    <Frame {...props} step={3} title="Einwilligung">
      <p>Lesen Sie dem Unternehmen diesen Text vor, oder lassen Sie ihn unterschreiben.</p>
      <section class="tn-panel" aria-label="Text der Einwilligung">
        {lines.map((line) => (
          <p>{line}</p>
        ))}
      </section>
      <StaffForm post={post} action={`/verweise/${id}/senden`}>
        <input type="hidden" name="text" value={consentHash(lines)} />
        <DateField
          name="given"
          label={fieldLabels.given}
          value={textOf(fields, 'given') || today}
          latest={today}
          fault={faults.given}
          required
        />
        <Radios
          name="how"
          label={fieldLabels.how}
          options={[
            { value: 'written', label: 'Schriftlich' },
            { value: 'electronic', label: 'Elektronisch' },
            { value: 'spoken', label: 'Mündlich' },
          ]}
          chosen={textOf(fields, 'how')}
          fault={faults.how}
        />
        <Checks
          name="agreed"
          legend={fieldLabels.agreed}
          options={[
            { value: 'yes', label: 'Das Unternehmen hat in genau diesen Text eingewilligt.' },
          ]}
          chosen={faults.agreed ? [] : listOf(fields.agreed)}
          fault={faults.agreed}
        />
        <div>
          <Submit label="Verweis senden" />
        </div>
      </StaffForm>
      <p>
        <a href={`/verweise/${id}/zentrum`}>Zurück zur Wahl des Zentrums</a>
      </p>
    </Frame>
  )
}
