import type { PropsWithChildren } from 'hono/jsx'
import type { Operator } from '../operator.ts'
import { Notice as Box } from '../web/fields.tsx'
import { Page, type Site } from '../web/layout.tsx'
import { Markdown } from '../web/markdown.tsx'

/** What the page of a duty can say of the operator, and how a gap is called that only he can fill. */
export const factLabels = {
  name: 'Name des Betreibers',
  address: 'Anschrift',
  representedBy: 'vertretungsberechtigte Person',
  phone: 'Telefonnummer',
  email: 'E-Mail-Adresse',
  responsible: 'für die Inhalte verantwortliche Person',
  register: 'Registereintrag',
  dataProtectionOfficer: 'Kontakt für den Datenschutz',
  supervisoryAuthority: 'zuständige Datenschutzaufsicht',
  accessibilityCheckedOn: 'Tag der letzten Prüfung',
  enforcementBody: 'zuständige Durchsetzungs- oder Schlichtungsstelle',
  signLanguageVideo: 'Video in Deutscher Gebärdensprache',
  security: 'Kontakt für Sicherheitshinweise',
} as const satisfies Record<keyof Operator, string>

export type FactName = keyof typeof factLabels

/** A fact, line by line, or a mark where it is missing. */
export const Fact = ({ operator, name }: { operator: Operator; name: FactName }) => {
  const value = operator[name]
  if (value === undefined) return <mark class="tn-gap">[{factLabels[name]} ergänzen]</mark>
  const lines = [value].flat()
  return (
    <>
      {lines.map((text, n) => (
        <>
          {n > 0 && <br />}
          <bdi>{text}</bdi>
        </>
      ))}
    </>
  )
}

/** The address to write to, as a link. */
export const Mail = ({ operator }: { operator: Operator }) =>
  operator.email ? (
    <a href={`mailto:${operator.email}`}>{operator.email}</a>
  ) : (
    <Fact operator={operator} name="email" />
  )

export type NoticeProps = { site: Site; operator: Operator; text: string | undefined }

type NoticePageProps = PropsWithChildren<
  NoticeProps & {
    title: string
    /** What the default text needs to know. */
    needs: FactName[]
  }
>

/** A page that every public body owes: the operator's own text, or ours with the facts that are known. */
export const NoticePage = ({ site, operator, text, title, needs, children }: NoticePageProps) => (
  <Page site={site} title={title}>
    <article class="tn-narrow tn-notice-text">
      <h1>{title}</h1>
      {text === undefined ? (
        <>
          <Gaps names={needs.filter((name) => operator[name] === undefined)} />
          {children}
        </>
      ) : (
        <Markdown text={text} level={1} />
      )}
    </article>
  </Page>
)

const Gaps = ({ names }: { names: FactName[] }) =>
  names.length === 0 ? null : (
    <Box look="warning" title="Diese Seite ist noch nicht vollständig">
      <p class="kern-body">
        Der Betreiber dieses Knotens muss noch ergänzen:{' '}
        {names.map((name) => factLabels[name]).join(', ')}.
      </p>
    </Box>
  )
