/* Passkeys: asks the device when a form with data-passkey is sent, puts the answer into the form, and sends it. */

const { startAuthentication, startRegistration } = SimpleWebAuthnBrowser

const told = {
  NotAllowedError:
    'Der Vorgang wurde abgebrochen oder hat zu lange gedauert. Versuchen Sie es noch einmal.',
  InvalidStateError: 'Auf diesem Gerät gibt es schon einen Passkey für Ihr Konto.',
  NotSupportedError: 'Dieses Gerät kennt keine Passkeys der Art, die hier gebraucht wird.',
  SecurityError: 'Unter dieser Adresse lässt Ihr Browser keine Passkeys zu.',
}

const ask = (form) => {
  const optionsJSON = JSON.parse(form.dataset.options)
  if (form.dataset.passkey === 'get') return startAuthentication({ optionsJSON })
  const name = form.elements.namedItem('name')?.value.trim()
  if (name) Object.assign(optionsJSON.user, { name, displayName: name })
  return startRegistration({ optionsJSON })
}

/** Read out as soon as it is there. */
const tell = (form, text) => {
  form.querySelector('[data-said]').textContent = text
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    tell(form, '')
    try {
      const answer = await ask(form)
      form.elements.namedItem('answer').value = JSON.stringify(answer)
      form.submit()
    } catch (error) {
      tell(form, told[error.name] ?? `Das hat Ihr Gerät nicht zugelassen (${error.name}).`)
    }
  })
}
