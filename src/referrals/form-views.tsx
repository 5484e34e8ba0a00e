import type { PropsWithChildren } from 'hono/jsx'
import type { SeatRule } from '../config.ts'
import { lands, nameOfLand } from '../places/lands.ts'
import { seatRuleLabels } from '../places/seat-rule.ts'
import { companySizes } from '../publications/vocabularies/company-sizes.ts'
import { sectors } from '../publications/vocabularies/sectors.ts'
import { topics } from '../publications/vocabularies/topics.ts'
import type { Vocabulary } from '../publications/vocabulary.ts'
import type { Post } from '../staff/visitor.ts'
import { DateField, Radios, SelectField } from '../web/choices.tsx'
import { Checks, Notice, Submit, TextArea, TextField } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import type { Draft } from './draft.ts'
import { type Faults, type Fields, listOf, textOf } from './form.ts'
import type { Proposal } from './propose.ts'

interface StepProps {
  site: Site
  post: Post
  faults?: Faults
}

const steps = ['Unternehmen', 'Zentrum', 'Einwilligung']

type FrameProps = PropsWithChildren<StepProps & { step: number; title: string }>

const Frame = ({ site, post, faults = {}, step, title, children }: FrameProps) => (
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
    {Object.keys(faults).length > 0 && (
      <Notice look="danger" title="Bitte prüfen Sie die markierten Felder." />
    )}
    <div class="tn-narrow">{children}</div>
  </Page>
)

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
        <TextField {...of('name')} label="Name des Unternehmens" most={160} required />
        <TextField {...of('plz')} label="Postleitzahl des Sitzes" most={20} />
        <TextField {...of('ort')} label="Ort des Sitzes" most={120} required />
        <SelectField
          {...of('groesse')}
          label="Größe"
          options={optionsOf(companySizes)}
          chosen={textOf(fields, 'groesse')}
        />
        <SelectField
          {...of('branche')}
          label="Wirtschaftszweig"
          options={sectorOptions}
          chosen={textOf(fields, 'branche')}
        />
        <Checks
          name="themen"
          legend="Themen (höchstens fünf)"
          options={optionsOf(topics)}
          chosen={listOf(fields.themen)}
          fault={faults.themen}
        />
        <TextArea
          {...of('anliegen')}
          label="Anliegen"
          hint="Höchstens 300 Zeichen. Schreiben Sie nichts über einzelne Menschen, Gesundheit oder Streit im Betrieb."
          most={300}
        />
        <TextField {...of('person')} label="Ansprechperson" most={120} required />
        <Radios
          {...of('weg')}
          label="Wie möchte sie erreicht werden?"
          options={[
            { value: 'email', label: 'Per E-Mail' },
            { value: 'phone', label: 'Per Telefon' },
          ]}
          chosen={textOf(fields, 'weg')}
        />
        <TextField
          {...of('adresse')}
          label="E-Mail-Adresse oder Telefonnummer"
          most={160}
          required
        />
        <div>
          <Submit label="Weiter" />
        </div>
      </StaffForm>
    </Frame>
  )
}

type CentreStepProps = StepProps & {
  id: string
  draft: Draft
  proposal: Proposal
  fields: Fields
  rule: SeatRule
}

export const CentreStep = (props: CentreStepProps) => {
  const { id, draft, proposal, rule, ...rest } = props
  const place = [draft.seat.plz, draft.seat.place].filter(Boolean).join(' ')
  return (
    <Frame {...rest} step={2} title="Wohin?">
      <p>
        Sitz: <bdi>{place}</bdi>
        {proposal.land && `, ${nameOfLand(proposal.land)}`}. Es zählt {seatRuleLabels[rule]}.{' '}
        <a href={`/verweise/${id}/unternehmen`}>Angaben ändern</a>
      </p>
      {proposal.land && <p class="tn-muted">{proposal.place.hint}</p>}
      {proposal.land ? <Recipients {...props} /> : <LandForm {...props} />}
    </Frame>
  )
}

const titleOf = (status: Proposal['place']['status']) =>
  status === 'foreign' ? 'Der Ort liegt nicht in Deutschland' : 'Diesen Ort kennen wir nicht'

/** Nobody guesses in which Land a company is. */
const LandForm = ({ id, post, proposal: { place }, faults = {} }: CentreStepProps) => {
  const found = new Set(place.candidates.map(({ land }) => land))
  const possible = lands.filter((land) => found.size === 0 || found.has(land.id))
  const namesIn = (land: string) =>
    place.candidates.flatMap((each) => (each.land === land ? [each.place] : []))
  return (
    <>
      <Notice
        look="warning"
        title={found.size > 0 ? 'Der Sitz ist nicht eindeutig' : titleOf(place.status)}
      >
        <p class="kern-body">
          {place.hint}{' '}
          {found.size > 0 ? 'Fragen Sie im Unternehmen nach.' : 'Oder wählen Sie hier das Land.'}
        </p>
      </Notice>
      <StaffForm post={post} action={`/verweise/${id}/land`}>
        <Radios
          name="land"
          label="In welchem Land liegt der Sitz?"
          options={possible.map((land) => ({
            value: land.id,
            label: land.name,
            hint: namesIn(land.id).slice(0, 3).join(', ') || undefined,
          }))}
          fault={faults.land}
        />
        <div>
          <Submit label="Weiter" />
        </div>
      </StaffForm>
    </>
  )
}

const Recipients = ({ id, post, proposal, fields, faults = {} }: CentreStepProps) => {
  const { responsible, others } = proposal
  const hosted = (hostedBy: string | undefined) =>
    hostedBy ? `; Posteingang im Auftrag bei: ${hostedBy}` : ''
  const options = responsible.map(({ entity_id, name, why, hostedBy }) => ({
    value: entity_id,
    label: name,
    hint: why + hosted(hostedBy),
  }))
  const elsewhere = others.map((each) => ({
    value: each.id,
    label: each.name + hosted(each.hostedBy),
  }))
  const all = [...options.map(({ value, label }) => ({ value, label })), ...elsewhere]
  const chosen = textOf(fields, 'to') || (options.length === 1 ? options[0]?.value : undefined)
  if (all.length === 0)
    return <p class="tn-empty">Zurzeit nimmt kein anderes Zentrum Verweise an.</p>
  return (
    <StaffForm post={post} action={`/verweise/${id}/zentrum`}>
      <Radios
        name="to"
        label="An welches Zentrum?"
        options={[
          ...options,
          ...(elsewhere.length > 0
            ? [{ value: 'other', label: 'An ein anderes', hint: 'mit Begründung' }]
            : []),
        ]}
        chosen={chosen}
        fault={faults.to}
      />
      {elsewhere.length > 0 && (
        <>
          <SelectField
            name="other"
            label="Anderes Zentrum"
            options={elsewhere}
            chosen={textOf(fields, 'other')}
            fault={faults.other}
          />
          <TextArea
            name="otherwise"
            label="Begründung für ein anderes Zentrum"
            hint="Beide Zentren sehen sie."
            most={300}
            value={textOf(fields, 'otherwise')}
            fault={faults.otherwise}
          />
        </>
      )}
      {all.length > 1 && (
        <Checks
          name="more"
          legend="Sagt das Zentrum ab: an wen dürfen die Angaben dann gehen?"
          options={all}
          chosen={listOf(fields.more)}
        />
      )}
      <div>
        <Submit label="Weiter" />
      </div>
    </StaffForm>
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
        <DateField
          name="given"
          label="Eingewilligt am"
          value={textOf(fields, 'given') || today}
          latest={today}
          fault={faults.given}
          required
        />
        <Radios
          name="how"
          label="Wie wurde eingewilligt?"
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
          legend="Bestätigung"
          options={[
            { value: 'yes', label: 'Das Unternehmen hat in genau diesen Text eingewilligt.' },
          ]}
          chosen={listOf(fields.agreed)}
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
