/** The steps in the life of a draft, and what those hear of them who go on with it. */

export type Move =
  | 'submit'
  | 'take-back'
  | 'ask-changes'
  | 'approve'
  | 'route'
  | 'schedule'
  | 'unschedule'

/** What those hear who go on with a draft: without its text, for an e-mail passes through many hands. */
export const toldOf: { [act in Move]?: { subject: string; text: string } } = {
  submit: {
    subject: 'Ein Beitrag wartet auf Ihre Prüfung',
    text: 'Jemand aus Ihrem Zentrum hat einen Beitrag zur Prüfung abgegeben.',
  },
  route: {
    subject: 'Ein Beitrag wartet auf Ihre Prüfung',
    text: 'Die Prüfung eines Beitrags wurde an Sie weitergegeben.',
  },
  'take-back': {
    subject: 'Ein Beitrag wurde zurückgeholt',
    text: 'Ein Beitrag, um dessen Prüfung Sie gebeten waren, wird noch einmal geändert.',
  },
  'ask-changes': {
    subject: 'Zu einem Beitrag gibt es Anmerkungen',
    text: 'Die Prüfung bittet Sie um Änderungen an einem Beitrag.',
  },
  approve: {
    subject: 'Ein Beitrag ist freigegeben',
    text: 'Ein Beitrag, an dem Sie schreiben, ist geprüft und freigegeben. Er kann jetzt veröffentlicht werden.',
  },
  unschedule: {
    subject: 'Ein Beitrag erscheint nicht von selbst',
    text: 'Die Veröffentlichung eines Beitrags, die vorgemerkt war, ist aufgehoben.',
  },
}
