/** What can stand in the audit, in German. A room that records something new says here what it is called. */
export const auditEvents: Record<string, string> = {
  'invitation.made': 'Einladung erzeugt',
  'invitation.revoked': 'Einladung zurückgenommen',
  'person.joined': 'Konto angelegt',
  'person.renewed': 'Zugang erneuert',
  'person.closed': 'Konto geschlossen',
  'person.reopened': 'Konto wieder geöffnet',
  'roles.changed': 'Rollen geändert',
  'passkey.added': 'Passkey angelegt',
  'passkey.removed': 'Passkey entfernt',
  'address.changed': 'Adresse für Nachrichten geändert',
  'session.began': 'Angemeldet',
  'session.ended': 'Sitzung beendet',
  'sign-in.refused': 'Anmeldung abgewiesen',
  'referral.sent': 'Verweis gesendet',
  'referral.accepted': 'Verweis angenommen',
  'referral.declined': 'Verweis abgelehnt',
  'referral.completed': 'Verweis abgeschlossen',
  'referral.withdrawn': 'Verweis zurückgezogen',
  'referral.expired': 'Verweis verfallen',
  'referral.erased': 'Angaben eines Verweises gelöscht',
  'referral.tidied': 'Angaben eines Verweises nach Ablauf der Frist gelöscht',
  'referral.exported': 'Angaben zu einem Unternehmen ausgegeben',
  'audit.exported': 'Protokoll heruntergeladen',
}

/** Who acts where no person does. */
export const auditActors: Record<string, string> = {
  operator: 'Betrieb des Knotens (Befehlszeile)',
  node: 'Der Knoten von selbst',
  start: 'Start des Knotens',
  oidc: 'Zentrale Anmeldung',
}
