// Saves a draft while one writes. Without this file its button does. It never moves the focus, judges nothing, and
// keeps on this device what the node has not confirmed.

const form = document.querySelector('form[data-draft]')
const said = form?.querySelector('[data-said]')

/** Milliseconds: after the last key, and between two tries where the node cannot be reached. */
const patience = 1_200
const pause = 5_000

const prefix = 'transfernetz-entwurf:'
const place =
  form && `${prefix}${form.dataset.person}:${form.dataset.draft}:${hiddenValue('schritt')}`

/** Where it is saved by itself; its buttons may lead elsewhere. */
const path = form && `/entwuerfe/${form.dataset.draft}`

function hiddenValue(name) {
  return form.elements.namedItem(name).value
}

/** What the form holds, as it would be sent. No database of ours could keep U+0000. */
const held = (of = form) => {
  const data = new URLSearchParams()
  for (const [name, value] of new FormData(of)) {
    // A file goes when its button is pressed.
    if (typeof value !== 'string') continue
    data.append(name, value.replaceAll('\0', '').replaceAll('\r\n', '\n'))
  }
  return data
}

/** Only what somebody writes, to see whether there is anything new. */
const textIn = (sent) => {
  const data = new URLSearchParams(sent)
  // What is said of a file goes with it, not before.
  for (const name of ['fassung', 'seite', 'beiseite', 'alt']) data.delete(name)
  return data.toString()
}

const written = () => textIn(held())

/** What the form held when it came: somebody may have typed before this file did, or her browser have put it back. */
const brought = () => {
  const copy = form.cloneNode(true)
  copy.reset()
  return textIn(held(copy))
}

const tell = (text, link) => {
  if (!said) return
  said.textContent = text
  if (!link) return
  const way = document.createElement('a')
  way.href = link.path
  way.textContent = link.label
  if (link.beside) way.target = '_blank'
  said.append(' ', way)
}

const keep = () => {
  try {
    localStorage.setItem(place, JSON.stringify({ at: Date.now(), sent: held().toString() }))
    return true
  } catch {
    // No room, or not allowed: the node is the only place then.
    return false
  }
}

const forget = () => {
  try {
    localStorage.removeItem(place)
  } catch {}
}

const kept = () => {
  try {
    return JSON.parse(localStorage.getItem(place) ?? 'null')
  } catch {
    return null
  }
}

let known = form && brought()
let timer
let running
let leaving = false

const later = (milliseconds) => {
  clearTimeout(timer)
  timer = setTimeout(save, milliseconds)
}

const send = (body, keepalive = false) =>
  fetch(path, {
    method: 'POST',
    headers: { 'x-part': 'saved', accept: 'application/json' },
    body,
    // Browsers let so much go on after the page is gone.
    keepalive: keepalive && body.toString().length < 60_000,
  })

/** One at a time: each names the revision that the one before made. */
const save = async (keepalive = false) => {
  if (running) return running
  running = saveOnce(keepalive === true).finally(() => {
    running = undefined
  })
  return running
}

const saveOnce = async (keepalive) => {
  const now = written()
  if (now === known) return true
  tell('Wird gespeichert …')
  let answer
  try {
    answer = await send(held(), keepalive)
  } catch {
    return missed('Keine Verbindung.')
  }
  if (!answer.ok) return refused(answer.status)
  await take(await answer.json())
  known = now
  if (written() === known) forget()
  else later(patience)
  return true
}

const missed = (why) => {
  const device = keep()
    ? 'Ihr Text ist auf diesem Gerät aufbewahrt und wird gespeichert, sobald es wieder geht.'
    : 'Lassen Sie diese Seite offen.'
  tell(`${why} ${device}`)
  later(pause)
  return false
}

const refused = (status) => {
  if (status === 401) {
    keep()
    tell('Ihre Sitzung ist beendet. Ihr Text ist auf diesem Gerät aufbewahrt.', {
      path: '/anmelden',
      label: 'In einem zweiten Fenster anmelden',
      beside: true,
    })
    later(pause)
    return false
  }
  if (status === 413) return missed('Der Text ist zu lang, um ihn zu speichern.')
  if (status === 409) return missed('Sie arbeiten inzwischen für ein anderes Zentrum.')
  if (status === 403 || status === 404)
    return missed('Dieser Entwurf ist Ihnen nicht mehr zugänglich.')
  return missed('Das Speichern hat nicht geklappt.')
}

/** What others changed meanwhile stays as it is; what was written here is kept beside it from now on. */
const take = async ({ revision, rivals, state }) => {
  form.elements.namedItem('fassung').value = revision
  for (const input of form.querySelectorAll('input[name="beiseite"]')) input.remove()
  for (const name of rivals) {
    const input = document.createElement('input')
    Object.assign(input, { type: 'hidden', name: 'beiseite', value: name })
    form.append(input)
  }
  const time = new Date().toLocaleTimeString('de-DE', { timeStyle: 'short' })
  if (rivals.length === 0) return tell(`Gespeichert um ${time} Uhr.`)
  const versions = { path: `${path}/versionen`, label: 'Vergleichen und wählen' }
  tell(
    state === 'draft' || state === 'changes-asked'
      ? 'Jemand hat dasselbe Feld geändert. Beide Versionen sind gespeichert.'
      : 'Der Entwurf ist schon abgegeben. Ihre Änderung ist daneben gespeichert.',
    versions,
  )
}

/** What this device kept when a page ended before the node had it. */
const offer = () => {
  const found = kept()
  if (!found) return
  if (textIn(found.sent) === known) return forget()
  const note = document.createElement('div')
  note.className = 'kern-alert kern-alert--info tn-notice'
  note.setAttribute('role', 'status')
  const time = new Date(found.at).toLocaleString('de-DE', {
    dateStyle: 'medium',
    timeStyle: 'short',
  })
  const title = document.createElement('p')
  title.className = 'kern-title'
  title.textContent = `Auf diesem Gerät liegt Text vom ${time} Uhr, den der Knoten noch nicht hat.`
  note.append(
    title,
    button('Übernehmen', () => bring(found.sent)),
    button('Verwerfen', drop),
  )
  form.before(note)

  async function bring(sent) {
    try {
      const answer = await send(new URLSearchParams(sent))
      if (!answer.ok) return refused(answer.status)
      const { rivals } = await answer.json()
      forget()
      leaving = true
      location.assign(rivals.length > 0 ? `${path}/versionen` : location.href)
    } catch {
      tell('Keine Verbindung. Der Text bleibt auf diesem Gerät.')
    }
  }

  function drop() {
    forget()
    note.remove()
  }
}

const button = (label, act) => {
  const element = document.createElement('button')
  element.type = 'button'
  element.className = 'kern-btn kern-btn--secondary'
  const text = document.createElement('span')
  text.className = 'kern-label'
  text.textContent = label
  element.append(text)
  element.addEventListener('click', act)
  return element
}

/** How much room is left in a field, or in its longest line. */
const measure = (field) => {
  const most = Number(field.dataset.most)
  const hint = document.getElementById(`${field.id}-hinweis`)?.querySelector('.tn-left')
  if (!most || !hint) return
  const texts = 'each' in field.dataset ? field.value.split('\n') : [field.value]
  const length = Math.max(...texts.map((text) => [...text.trim()].length))
  const left = most - length
  hint.textContent =
    left < 0
      ? ` ${-left} Zeichen zu viel.`
      : ` Noch ${left} von ${most} Zeichen${'each' in field.dataset ? ' je Zeile' : ''}.`
  hint.classList.toggle('tn-left--over', left < 0)
}

/** Whoever leaves in earnest is not to leave her text behind: first it is saved. */
const signOutAfterSaving = (event) => {
  const leave = event.target
  if (leave.getAttribute('action') !== '/abmelden' || leave.dataset.anyway) return
  if (written() === known) return forget()
  event.preventDefault()
  save().then((done) => {
    if (done) return leave.submit()
    leave.dataset.anyway = 'yes'
    tell('Noch ist nicht alles gespeichert. Melden Sie sich trotzdem ab, geht es verloren.')
  })
}

if (form) {
  offer()
  for (const field of form.querySelectorAll('[data-most]')) measure(field)
  if (written() !== known) later(patience)
  form.addEventListener('input', ({ target }) => {
    if (target.dataset?.most) measure(target)
    keep()
    later(patience)
  })
  form.addEventListener('change', () => later(patience))
  form.addEventListener('submit', (event) => {
    clearTimeout(timer)
    if (leaving || written() === known) return
    // Where the node cannot be reached one stays here, with all that was written.
    event.preventDefault()
    save().then((done) => {
      if (!done) return
      leaving = true
      form.requestSubmit(event.submitter)
    })
  })
  document.addEventListener('submit', signOutAfterSaving)
  addEventListener('online', () => save())
  addEventListener('pagehide', () => {
    if (!leaving) save(true)
  })
  // A page that comes back from the browser's memory goes on where it was.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) leaving = false
  })
}
