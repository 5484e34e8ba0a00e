/** A path with a query of what is given: what is missing or empty stands in no address. */
export const addressOf = (path: string, query: { [name: string]: string | undefined }) => {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value) given.set(name, value)
  return given.size > 0 ? `${path}?${given}` : path
}
