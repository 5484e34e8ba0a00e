/** An icon of KERN. Always decoration: the words beside it say the same. */
export const Icon = ({ name }: { name: string }) => (
  <span class={`kern-icon kern-icon--small kern-icon--${name}`} aria-hidden="true" />
)

/** Three centres, joined. */
export const Mark = () => (
  <svg class="tn-mark" viewBox="0 0 40 40" aria-hidden="true" focusable="false">
    <path d="M20 9.5 8.5 29.5h23z" fill="none" stroke="currentColor" stroke-width="2.5" />
    <circle cx="20" cy="9" r="6" fill="currentColor" />
    <circle cx="8.5" cy="29.5" r="6" fill="currentColor" />
    <circle class="tn-mark__home" cx="31.5" cy="29.5" r="6" />
  </svg>
)

/** A shield with a tick: somebody put a name to this, and it was checked. */
export const Seal = () => (
  <svg class="tn-seal" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d="M12 2 4 5v6.2c0 4.9 3.3 9.3 8 10.8 4.7-1.5 8-5.9 8-10.8V5z" fill="currentColor" />
    <path class="tn-seal__tick" d="m8 12 3 3 5.2-5.6" fill="none" stroke-width="2.2" />
  </svg>
)
