/** Pages for staff, the ways in and out, and what a public body owes its readers: no program asks for them. */
export const forPeople =
  /^\/(anmelden|abmelden|einladung|arbeit|entwuerfe|verwaltung|audit|verweise|barrierefreiheit|runden|kompass|angebote|fachfragen|eingang|regal|zahlen|synthesen\/zusammenstellen|suche\/gespeichert|\.well-known\/security\.txt)(\/|$)/
