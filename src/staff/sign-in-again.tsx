type SignInAgainProps = {
  /** What for: "Um …". */
  before: string
  /** Where she is led back to. */
  to: string
}

/** In place of a form, for who showed a while ago that it is she. */
export const SignInAgain = ({ before, to }: SignInAgainProps) => (
  <p>
    {before}, <a href={`/anmelden?again=1&to=${to}`}>melden Sie sich bitte noch einmal an</a>. So
    kann das niemand tun, der nur gerade an Ihrem Rechner sitzt.
  </p>
)
