import { z } from 'zod'

const line = z.string().trim().min(1).max(300)
const lines = z.array(line).min(1).max(10)

/** What the law wants readers to know of whoever runs a node. What is missing is marked on the pages. */
export const Operator = z.strictObject({
  /** Legal name of the body. */
  name: line.exactOptional(),
  /** Postal address, line by line. */
  address: lines.exactOptional(),
  /** Who may sign for it. */
  representedBy: line.exactOptional(),
  phone: line.exactOptional(),
  email: z.email().exactOptional(),
  /** Who answers for the contents (§ 18 Abs. 2 MStV), with address if it is another. */
  responsible: line.exactOptional(),
  /** Register and number, VAT id: whatever else belongs into the imprint. */
  register: lines.exactOptional(),
  dataProtectionOfficer: lines.exactOptional(),
  /** Who supervises its data protection. */
  supervisoryAuthority: lines.exactOptional(),
  /** When somebody last assessed the accessibility, `2026-03-03`. */
  accessibilityCheckedOn: z.iso.date().exactOptional(),
  /** The body to turn to when a barrier stays (Durchsetzungs- oder Schlichtungsstelle). */
  enforcementBody: lines.exactOptional(),
  /** A video in sign language about this site. */
  signLanguageVideo: z.url({ protocol: /^https$/ }).exactOptional(),
  /** Where to report weaknesses: `mailto:` or `https:`. */
  security: z.url({ protocol: /^(https|mailto)$/ }).exactOptional(),
})
export type Operator = z.infer<typeof Operator>

/** Pages whose text an operator can replace by a Markdown file of that name. */
export const noticeNames = [
  'impressum',
  'datenschutz',
  'barrierefreiheit',
  'leichte-sprache',
  'gebaerdensprache',
] as const
export type NoticeName = (typeof noticeNames)[number]

/** The operator's own texts, Markdown. */
export type NoticeTexts = Partial<Record<NoticeName, string>>
