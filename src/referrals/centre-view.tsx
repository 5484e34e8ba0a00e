/** The second step of a new referral: where its seat is, and which centre gets it. */
import type { SeatRule } from '../config.ts'
import { lands, nameOfLand } from '../places/lands.ts'
import { seatRuleLabels } from '../places/seat-rule.ts'
import { Radios, SelectField } from '../web/choices.tsx'
import { Checks, Notice, Submit, TextArea } from '../web/fields.tsx'
import type { Draft } from './draft.ts'
import { type Fields, fieldLabels, listOf, textOf } from './form.ts'
import { Frame, StaffForm, type StepProps } from './form-views.tsx'
import type { Proposal } from './propose.ts'

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
          label={fieldLabels.land}
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
        label={fieldLabels.to}
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
            label={fieldLabels.other}
            options={elsewhere}
            chosen={textOf(fields, 'other')}
            fault={faults.other}
          />
          <TextArea
            name="otherwise"
            label={fieldLabels.otherwise}
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
