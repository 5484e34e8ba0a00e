// Renews a part of the page: until it says that there is nothing more to wait for, or (`data-live="always"`) for as long
// as somebody sees it. Without this file one loads it anew.

/** Milliseconds, and how often at most where there is an end to wait for. */
const pause = 1_500
const most = 200

const part = document.querySelector('[data-live]')
const rounds = part?.dataset.live === 'always' ? Number.POSITIVE_INFINITY : most

/** As it came, for a browser writes it in its own way. */
let shown

/** Only what is new, which moves the focus to nowhere else: it stays on its link as long as there is one. */
const show = (html) => {
  if (html === (shown ?? part.innerHTML)) return
  shown = html
  const focused = part.contains(document.activeElement) && document.activeElement.href
  part.innerHTML = html
  if (focused) [...part.querySelectorAll('a')].find(({ href }) => href === focused)?.focus()
}

const renew = async (left) => {
  if (!part || left === 0 || part.querySelector('[data-done]')) return
  if (document.hidden)
    return document.addEventListener('visibilitychange', () => renew(left), { once: true })
  try {
    const answer = await fetch(location.href, { headers: { 'x-part': 'live' } })
    if (answer.ok) show(await answer.text())
  } catch {
    // The next time, perhaps.
  }
  setTimeout(renew, pause, left - 1)
}

setTimeout(renew, pause, rounds)
