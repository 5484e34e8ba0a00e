import type { PropsWithChildren } from 'hono/jsx'
import { assets } from '../web/assets.ts'
import { Notice, Submit } from '../web/fields.tsx'
import type { Ceremony } from './passkey.ts'

/** What a page with a passkey form needs. */
export const passkeyScripts = [assets.webauthn, assets.passkeys]

type PasskeyFormProps = PropsWithChildren<{
  action: string
  /** Whether a passkey is made or shown. */
  does: 'create' | 'get'
  asked: Ceremony
  label: string
}>

/** A form whose button asks the device for a passkey; the script sends it with the device's answer. */
export const PasskeyForm = ({ action, does, asked, label, children }: PasskeyFormProps) => (
  <form
    class="tn-form"
    method="post"
    action={action}
    data-passkey={does}
    data-options={JSON.stringify(asked.options)}
  >
    {children}
    <input type="hidden" name="ceremony" value={asked.ceremony} />
    <input type="hidden" name="answer" value="" />
    <p class="tn-said" role="alert" data-said />
    <div>
      <Submit label={label} />
    </div>
    <noscript>
      <Notice look="warning" title="Passkeys brauchen JavaScript">
        <p class="kern-body">
          Ihr Browser führt auf dieser Seite keine Skripte aus. Passkeys kann er nur damit
          verwenden. Erlauben Sie JavaScript für diese Adresse und laden Sie die Seite neu.
        </p>
      </Notice>
    </noscript>
  </form>
)
