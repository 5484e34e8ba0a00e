/** The way to a page that strangers do not see: whoever is not signed in, as who comes from an e-mail, does so first. */
export const afterSignIn = (path: string) => `/anmelden?${new URLSearchParams({ to: path })}`
