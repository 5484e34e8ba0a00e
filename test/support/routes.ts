/** Pages for staff, and the ways in and out: no program asks for them. */
export const forStaff = /^\/(anmelden|abmelden|einladung|arbeit|verwaltung|audit)(\/|$)/
