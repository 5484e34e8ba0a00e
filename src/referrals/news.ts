/** What people are told when something arrives: that it did, and nothing of what. */
import type { SignedEventName } from './referral.ts'

const news: Record<Exclude<SignedEventName, 'erased'>, { subject: string; text: string }> = {
  sent: {
    subject: 'Ein Unternehmen wurde an Ihr Zentrum verwiesen',
    text: 'Ein anderes Zentrum bittet Sie, ein Unternehmen zu beraten. Sagen Sie innerhalb von zehn Werktagen zu oder ab.',
  },
  accepted: {
    subject: 'Ihr Verweis wurde angenommen',
    text: 'Das andere Zentrum meldet sich bei dem Unternehmen.',
  },
  declined: {
    subject: 'Ihr Verweis wurde abgelehnt',
    text: 'Das andere Zentrum kann das Unternehmen nicht beraten. Sehen Sie nach, warum, und ob es ein anderes vorschlägt.',
  },
  completed: {
    subject: 'Ihr Verweis ist abgeschlossen',
    text: 'Das andere Zentrum hat mitgeteilt, was daraus geworden ist.',
  },
  withdrawn: {
    subject: 'Ein Verweis wurde zurückgezogen',
    text: 'Das absendende Zentrum hat einen Verweis zurückgezogen. Die Angaben zum Unternehmen sind gelöscht.',
  },
  expired: {
    subject: 'Ein Verweis ist verfallen',
    text: 'Er blieb zu lange ohne Antwort. Das absendende Zentrum sucht für das Unternehmen einen anderen Weg.',
  },
}

/** `slug`: the own centre's. */
export const newsOf = (event: SignedEventName, slug: string, id: string) =>
  event === 'erased' ? undefined : { ...news[event], centre: slug, path: `/verweise/${id}` }

/** What the sender is told when its own node lets a referral expire. */
export const expiryNews = (slug: string, id: string) => ({
  subject: 'Ihr Verweis ist verfallen',
  text: 'Das andere Zentrum war nicht zu erreichen oder hat nicht geantwortet. Suchen Sie für das Unternehmen einen anderen Weg.',
  centre: slug,
  path: `/verweise/${id}`,
})
