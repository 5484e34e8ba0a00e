import type { Post } from '../staff/visitor.ts'
import { SelectField } from '../web/choices.tsx'
import { Submit, TextArea } from '../web/fields.tsx'
import type { Named } from './consent.ts'
import { StaffForm } from './form-views.tsx'
import type { ReadReferral } from './reading.ts'
import { declineReasons, outcomes, withdrawReasons } from './reasons.ts'
import { stateAfter } from './referral.ts'

/** Between what she may choose. */
export interface Choices {
  /** Centres that a recipient may suggest. */
  suggestions: Named[]
  /** The centre that was suggested and that the consent covers. */
  next: Named | undefined
}

type ActionsProps = { read: ReadReferral; post: Post; choices: Choices }

const optionsOf = (terms: readonly { id: string; de: string }[]) =>
  terms.map(({ id, de }) => ({ value: id, label: de }))

/** What somebody of this centre may do now. */
export const Actions = ({ read, post, choices }: ActionsProps) => {
  const { side, state, id } = read.referral
  const may = (event: Parameters<typeof stateAfter>[0]) =>
    stateAfter(event, side, state) !== undefined
  const act = (name: string) => ({ post, action: `/verweise/${id}/${name}` })
  return (
    <>
      {may('accepted') && read.about && (
        <section class="tn-panel" aria-labelledby="zusagen">
          <h2 id="zusagen">Zusagen</h2>
          <StaffForm {...act('annehmen')}>
            <Note name="accepted" />
            <div>
              <Submit label="Annehmen" />
            </div>
          </StaffForm>
        </section>
      )}
      {may('declined') && read.about && (
        <Decline {...act('ablehnen')} suggestions={choices.suggestions} />
      )}
      {may('completed') && (
        <section class="tn-panel" aria-labelledby="abschliessen">
          <h2 id="abschliessen">Abschließen</h2>
          <StaffForm {...act('abschliessen')}>
            <SelectField
              name="outcome"
              label="Was ist daraus geworden?"
              options={optionsOf(outcomes)}
            />
            <Note name="completed" />
            <div>
              <Submit label="Abschließen" />
            </div>
          </StaffForm>
        </section>
      )}
      {side === 'sender' && <SenderActions {...{ read, choices, act, may }} />}
      {may('erased') && read.referral.erasedAt === null && (
        <section class="tn-panel" aria-labelledby="loeschen">
          <h2 id="loeschen">Angaben löschen</h2>
          <p>{erasure[side]}</p>
          <StaffForm {...act('loeschen')}>
            <div>
              <Submit label="Jetzt löschen" look="secondary" />
            </div>
          </StaffForm>
        </section>
      )}
    </>
  )
}

const erasure = {
  recipient:
    'Wenn das Unternehmen es verlangt: Die Angaben werden sofort bei beiden Zentren gelöscht.',
  sender:
    'Wenn das Unternehmen es verlangt: Die Angaben werden sofort bei allen Zentren gelöscht, die mit diesem Fall gefragt wurden. Ist einer dieser Verweise noch offen, wird er zurückgezogen.',
}

/** Two of them on a page need different names; the route reads whichever comes. */
const Note = ({ name }: { name: string }) => (
  <TextArea
    name={`note-${name}`}
    label="Nachricht an das andere Zentrum"
    hint="Höchstens 300 Zeichen. Schreiben Sie nichts über einzelne Menschen, Gesundheit oder Streit im Betrieb."
    most={300}
  />
)

type ActProps = { post: Post; action: string }

const Decline = ({ suggestions, ...form }: ActProps & { suggestions: Named[] }) => (
  <section class="tn-panel" aria-labelledby="absagen">
    <h2 id="absagen">Absagen</h2>
    <StaffForm {...form}>
      <SelectField name="reason" label="Grund" options={optionsOf(declineReasons)} />
      {suggestions.length > 0 && (
        <SelectField
          name="suggests"
          label="Besser geeignetes Zentrum (freiwillig)"
          options={suggestions.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <Note name="declined" />
      <div>
        <Submit label="Ablehnen" look="secondary" />
      </div>
    </StaffForm>
  </section>
)

type SenderProps = Pick<ActionsProps, 'read' | 'choices'> & {
  act: (name: string) => ActProps
  may: (event: 'withdrawn') => boolean
}

const SenderActions = ({ read, choices: { next }, act, may }: SenderProps) => (
  <>
    {may('withdrawn') && (
      <section class="tn-panel" aria-labelledby="zurueckziehen">
        <h2 id="zurueckziehen">Zurückziehen</h2>
        <p>
          Die Angaben werden sofort bei beiden Zentren gelöscht; widerruft das Unternehmen, auch bei
          denen, die vorher gefragt wurden.
        </p>
        <StaffForm {...act('zurueckziehen')}>
          <SelectField
            name="reason"
            label="Grund"
            options={optionsOf(withdrawReasons)}
            chosen="consent-revoked"
          />
          <div>
            <Submit label="Zurückziehen" look="secondary" />
          </div>
        </StaffForm>
      </section>
    )}
    {['declined', 'expired'].includes(read.referral.state) && read.about && (
      <section class="tn-panel" aria-labelledby="weiter">
        <h2 id="weiter">Anders weiter</h2>
        {next && (
          <>
            <p>
              Vorgeschlagen ist: <bdi>{next.name}</bdi>
              {next.hostedBy && ` (Posteingang bei: ${next.hostedBy})`}. Die Einwilligung gilt auch
              dafür.
            </p>
            <StaffForm {...act('weiter')}>
              <div>
                <Submit label={`An ${next.name} senden`} />
              </div>
            </StaffForm>
          </>
        )}
        <StaffForm {...act('neu')}>
          <div>
            <Submit label="Anderes Zentrum suchen" look="secondary" />
          </div>
        </StaffForm>
      </section>
    )}
  </>
)
