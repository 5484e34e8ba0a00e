// Captures a round table while people talk. Without this file its forms do. What the node has not confirmed stays on
// this device, each act by itself and under an id made here, so that it can be sent again without doubling.

const form = document.querySelector('form[data-capture]')
const list = document.querySelector('[data-items]')
const said = document.querySelector('[data-said]')

/** Milliseconds between two tries, and after which an answer is no longer waited for. */
const pause = 2_000
const patience = 15_000

const place = `transfernetz-mitschrift:${form.dataset.person}:${form.dataset.capture}:`
const line = `transfernetz-zeile:${form.dataset.person}:${form.dataset.capture}`

/** What could be kept on this page alone, because the device has no room or does not allow it. */
const loose = new Map()

const stored = () => {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(place))
      .map((key) => JSON.parse(localStorage.getItem(key)))
  } catch {
    return []
  }
}

/** Acts that the node has not confirmed, in the order in which they were done. */
const waiting = () => [...stored(), ...loose.values()].sort((one, other) => one.at - other.at)

const keep = (act) => {
  try {
    localStorage.setItem(place + act.id, JSON.stringify(act))
  } catch {
    loose.set(act.id, act)
  }
}

const forget = ({ id }) => {
  loose.delete(id)
  try {
    localStorage.removeItem(place + id)
  } catch {}
}

// -- what the page shows ---------------------------------------------------------

/** Entries that are on this device alone; acts on the same one count once. */
const say = (trouble, link) => {
  const acts = waiting()
  const count = new Set(acts.map(({ item }) => item)).size
  const where =
    loose.size > 0 ? 'nur auf dieser Seite: Lassen Sie sie offen' : 'nur auf diesem Gerät'
  const text =
    count === 0 ? 'Alles gespeichert' : `${count} ${count === 1 ? 'Eintrag' : 'Einträge'} ${where}`
  const told = trouble && count > 0 ? `${text}. ${trouble}` : text
  said.classList.toggle('tn-kept--here', count > 0)
  if (said.textContent === told) return
  said.textContent = told
  if (!link || count === 0) return
  const way = document.createElement('a')
  Object.assign(way, { href: '/anmelden', target: '_blank', textContent: link })
  said.append(' ', way)
}

const fromTemplate = (name, id) => {
  const template = document.getElementById(name)
  const copy = document.createElement('template')
  copy.innerHTML = template.innerHTML.replaceAll(nobody, id)
  return copy.content.firstElementChild
}

/** Stands in templates for an item's id. */
const nobody = '00000000-0000-0000-0000-000000000000'

const labelOf = (sort) =>
  form.querySelector(`input[name="art"][value="${sort}"]`)?.nextElementSibling?.textContent ?? ''

/** What was done here and not confirmed yet, laid over what the node knows. */
const overlay = () => {
  for (const act of waiting()) {
    let row = document.getElementById(`eintrag-${act.item}`)
    if (!row) {
      row = fromTemplate('eintrag-neu', act.item)
      list.prepend(row)
    }
    const sent = Object.fromEntries(new URLSearchParams(act.sent))
    row.querySelector('[data-mark]').textContent = act.refused
      ? 'Nicht angenommen, nur auf diesem Gerät'
      : sent.do === 'loeschen'
        ? 'Wird gelöscht, sobald es geht'
        : 'Nur auf diesem Gerät'
    row.dataset.revision = act.revision + 1
    if (sent.do === 'loeschen') continue
    row.dataset.form = JSON.stringify(sent)
    row.querySelector('[data-sort]').textContent = labelOf(sent.art)
    row.querySelector('[data-text]').textContent = sent.text
  }
}

/** Ends the reading of the list that is under way, if one is. */
let stopReading = () => undefined

/** The list as the node has it; undefined where no answer came whole. */
const readList = async () => {
  const reading = new AbortController()
  stopReading = () => reading.abort()
  AbortSignal.timeout(patience).addEventListener('abort', stopReading)
  try {
    const answer = await fetch(location.pathname, {
      headers: { 'x-part': 'eintraege' },
      signal: reading.signal,
    })
    return answer.ok ? await answer.text() : undefined
  } catch {
    return undefined
  }
}

/** Shows the list anew; not while somebody changes an entry in it. Answers whether it was read. */
const refresh = async () => {
  const html = list.querySelector('form') ? undefined : await readList()
  if (html !== undefined && !list.querySelector('form')) {
    const focused = document.activeElement?.closest('li')?.id
    list.innerHTML = html
    if (focused) document.getElementById(focused)?.querySelector('[data-edit]')?.focus()
  }
  for (const mark of list.querySelectorAll('[data-mark]')) mark.textContent = ''
  overlay()
  return html !== undefined
}

// -- sending ---------------------------------------------------------------------

let timer
let running

const later = () => {
  clearTimeout(timer)
  timer = setTimeout(drain, pause)
}

const send = async (act) => {
  const body = new URLSearchParams(act.sent)
  body.set('akt', act.id)
  body.set('eintrag', act.item)
  body.set('fassung', act.revision)
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      headers: { 'x-part': 'gespeichert', accept: 'application/json' },
      body,
      signal: AbortSignal.timeout(patience),
    })
    return answer.ok ? { ok: true, ...(await answer.json()) } : { status: answer.status }
  } catch {
    return { status: 0 }
  }
}

const troubles = {
  0: 'Keine Verbindung: Schließen Sie diese Seite nicht.',
  401: 'Ihre Sitzung ist beendet.',
  403: 'Sie moderieren nicht mehr für dieses Zentrum.',
  404: 'Diesen Runden Tisch gibt es nicht mehr.',
  409: 'Sie arbeiten inzwischen für ein anderes Zentrum.',
}

const outcomes = {
  beside: 'Einen Eintrag hat jemand anderes geändert; Ihr Text steht als eigener daneben.',
  moved: 'Einen Eintrag hat jemand anderes geändert; er wurde nicht gelöscht.',
}

/** One at a time and in order: a change comes after what it changes. Answers whether the node has all. */
const drain = () => {
  running ??= drainAll().finally(() => {
    running = undefined
  })
  return running
}

const drainAll = async () => {
  clearTimeout(timer)
  let news
  let outdated = false
  // Once more for what was written while the list was read anew.
  while (next()) {
    const sent = await sendWaiting()
    if (!sent.ok) return stop(sent.status)
    news = sent.news ?? news
    say()
    outdated ||= sent.taken
    if (outdated) outdated = !(await refresh())
  }
  say()
  if (news) said.textContent = `${said.textContent}. ${news}`
  return waiting().length === 0
}

const sendWaiting = async () => {
  let taken = false
  let news
  for (let act = next(); act; act = next()) {
    const answer = await send(act)
    if (answer.ok) {
      forget(act)
      taken = true
      news = outcomes[answer.outcome] ?? news
    } else if (answer.status === 400 || answer.status === 413) {
      // It will not be taken the next time either: what comes after it need not wait.
      keep({ ...act, refused: true })
    } else {
      return { ok: false, status: answer.status }
    }
  }
  return { ok: true, taken, news }
}

const stop = (status) => {
  overlay()
  say(
    troubles[status] ?? 'Das Speichern hat nicht geklappt.',
    status === 401 && 'In einem zweiten Fenster anmelden',
  )
  later()
  return false
}

const next = () => waiting().find(({ refused }) => !refused)

let last = 0
const now = () => {
  last = Math.max(Date.now(), last + 1)
  return last
}

const perform = (item, revision, sent) => {
  // No database of ours could keep U+0000.
  for (const [name, value] of [...sent]) sent.set(name, value.replaceAll('\0', '').trim())
  for (const name of ['akt', 'eintrag', 'fassung']) sent.delete(name)
  // What stays of an entry that was refused is what somebody has made of it now.
  for (const act of waiting()) if (act.item === item && act.refused) forget(act)
  keep({ id: crypto.randomUUID(), item, revision, at: now(), sent: sent.toString() })
  overlay()
  say()
  // What is written does not wait for the list, which is read again when it is sent.
  stopReading()
  return drain()
}

// -- writing ---------------------------------------------------------------------

/** Only the fields that the chosen sort has. */
const showFitting = (around) => {
  const kind = around.querySelector('input[name="art"]:checked')?.dataset.kind
  for (const part of around.querySelectorAll('[data-of]')) part.hidden = part.dataset.of !== kind
}

/** A key with a colon before the text chooses what it is. */
const choose = ({ target }) => {
  const [start, key] = /^\s*(\p{L}):\s*/u.exec(target.value) ?? []
  const radio =
    key &&
    target.form.querySelector(`input[name="art"][data-key="${CSS.escape(key.toLowerCase())}"]`)
  if (!radio) return
  radio.checked = true
  target.value = target.value.slice(start.length)
  showFitting(target.form)
}

const keepLine = () => {
  try {
    localStorage.setItem(line, form.elements.namedItem('text').value)
  } catch {}
}

const keptLine = () => {
  try {
    return localStorage.getItem(line) ?? ''
  } catch {
    return ''
  }
}

const add = (event) => {
  event.preventDefault()
  const text = form.elements.namedItem('text')
  if (text.value.trim() === '') return
  perform(crypto.randomUUID(), 0, new URLSearchParams(new FormData(form)))
  for (const name of ['text', 'wer', 'bis']) form.elements.namedItem(name).value = ''
  keepLine()
  text.focus()
}

const edit = (event) => {
  const way = event.target.closest('[data-edit]')
  if (!way) return
  event.preventDefault()
  const row = way.closest('li')
  if (row.querySelector('form')) return
  const editing = fromTemplate('eintrag-aendern', row.dataset.item)
  for (const [name, value] of Object.entries(JSON.parse(row.dataset.form))) {
    const field = editing.elements.namedItem(name)
    if (field && !['zentrum', 'eintrag', 'akt', 'fassung'].includes(name)) field.value = value
  }
  row.append(editing)
  way.hidden = true
  showFitting(editing)
  editing.elements.namedItem('text').focus()
}

const stopEditing = (editing) => {
  const row = editing.closest('li')
  editing.remove()
  const way = row.querySelector('[data-edit]')
  way.hidden = false
  way.focus()
}

const change = (event) => {
  event.preventDefault()
  const editing = event.target
  const row = editing.closest('li')
  const sent = new URLSearchParams(new FormData(editing, event.submitter))
  stopEditing(editing)
  perform(row.dataset.item, Number(row.dataset.revision), sent)
  if (sent.get('do') === 'loeschen') form.elements.namedItem('text').focus()
}

/** Whoever leaves in earnest is not to leave her text behind: first it is sent. */
const signOut = (event) => {
  const leave = event.target
  if (leave.getAttribute('action') !== '/abmelden' || leave.dataset.anyway) return
  if (waiting().length === 0) return
  event.preventDefault()
  drain().then((done) => {
    leave.dataset.anyway = 'yes'
    if (done) leave.requestSubmit()
    else say('Melden Sie sich trotzdem ab, geht es verloren.')
  })
}

const begin = () => {
  for (const part of document.querySelectorAll('[data-scripted]')) part.hidden = false
  for (const part of document.querySelectorAll('[data-unscripted]')) part.hidden = true
  const text = form.elements.namedItem('text')
  if (text.value === '') text.value = keptLine()
  showFitting(form)
  form.addEventListener('submit', add)
  form.addEventListener('change', () => showFitting(form))
  text.addEventListener('input', (event) => {
    choose(event)
    keepLine()
  })
  list.addEventListener('click', edit)
  list.addEventListener('click', ({ target }) => {
    if (target.closest('[data-cancel]')) stopEditing(target.closest('form'))
  })
  list.addEventListener('change', ({ target }) => showFitting(target.form))
  list.addEventListener('submit', change)
  document.addEventListener('submit', signOut)
  addEventListener('online', drain)
  addEventListener('beforeunload', (event) => {
    if (waiting().length > 0 && !document.querySelector('form[data-anyway]')) event.preventDefault()
  })
  overlay()
  say()
  drain()
}

begin()
