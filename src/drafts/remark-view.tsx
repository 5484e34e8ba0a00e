import { hasRole, type Visitor } from '../staff/visitor.ts'
import { Submit, TextArea } from '../web/fields.tsx'
import type { Draft } from './draft.ts'
import { StaffForm } from './staff-form.tsx'

type RemarkProps = { visitor: Visitor; draft: Draft; name: string; label: string }

/** Room for a reviewer's remark about a field, below it. */
export const Remark = ({ visitor, draft, name, label }: RemarkProps) =>
  draft.state === 'in-review' && hasRole(visitor, ['reviewer']) ? (
    <details class="tn-details">
      <summary>
        Anmerkung schreiben<span class="kern-sr-only">: {label}</span>
      </summary>
      <StaffForm visitor={visitor} action={`/entwuerfe/${draft.id}/anmerkungen`}>
        <input type="hidden" name="feld" value={name} />
        <TextArea
          name={`anmerkung-${name.replaceAll('.', '-')}`}
          label={`Anmerkung zu „${label}“`}
          most={2000}
          required
        />
        <div>
          <Submit look="secondary" label="Anmerkung speichern" about={label} />
        </div>
      </StaffForm>
    </details>
  ) : null
