/** E-mails by SMTP, for the door that has it. */
import { createTransport } from 'nodemailer'
import type { MailSettings } from './config.ts'
import type { Mail } from './hub.ts'

/** Milliseconds: a server that says nothing must not keep the others waiting. */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }

export const openMailer = ({ server, from }: MailSettings) => {
  const { hostname } = new URL(server)
  const transport = createTransport({
    url: server,
    ...patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const send = async ({ id, to, subject, text }: Mail) => {
    await transport.sendMail({
      from,
      // As an object: a text would be read as a list of addresses.
      to: { name: '', address: to },
      subject,
      text,
      // Whoever gets it twice sees that it is the same. RFC 3834: nobody is to answer that they are away.
      messageId: `<${id}@${hostname}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
  }
  return { send, close: () => transport.close() }
}
