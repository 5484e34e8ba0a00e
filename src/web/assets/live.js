// Renews a part of the page until it says that there is nothing more to wait for. Without this file one loads it anew.

/** Milliseconds, and how often at most. */
const pause = 2_000
const most = 150

const part = document.querySelector('[data-live]')

const renew = async (left) => {
  if (!part || left === 0 || part.querySelector('[data-done]')) return
  try {
    const answer = await fetch(location.href, { headers: { 'x-part': 'live' } })
    const html = answer.ok ? await answer.text() : part.innerHTML
    // What is read out is read out once.
    if (html !== part.innerHTML) part.innerHTML = html
  } catch {
    // The next time, perhaps.
  }
  setTimeout(renew, pause, left - 1)
}

setTimeout(renew, pause, most)
