// Finds records that a form does not list, by their words. Without this file one gives their ids.

// In a block, as the page has other scripts with names of their own.
{
  /** Milliseconds after the last key; letters before it is worth looking. */
  const patience = 300
  const fewest = 3

  const made = (name, members = {}, ...children) => {
    const element = Object.assign(document.createElement(name), members)
    element.append(...children)
    return element
  }

  /** The field, and where its hits stand. It has no name: it is no part of what is written. */
  const build = (id, about) => {
    const hidden = made('span', { className: 'kern-sr-only', textContent: ` für: ${about}` })
    const label = made(
      'label',
      { className: 'kern-label', htmlFor: id },
      'Nach Titel suchen',
      hidden,
    )
    const field = made('input', {
      ...{ className: 'kern-form-input__input', id, type: 'search', autocomplete: 'off' },
    })
    const hits = made('div', { className: 'tn-found' })
    hits.setAttribute('aria-live', 'polite')
    return { frame: made('div', { className: 'kern-form-input' }, label, field, hits), field, hits }
  }

  const open = (details) => {
    const select = document.getElementById(details.dataset.find)
    const kinds = new Map(Object.entries(JSON.parse(details.dataset.kinds)))
    const { frame, field, hits } = build(`${select.id}-suche`, details.dataset.about)
    details.querySelector('summary').after(frame)
    let timer
    let latest

    const choose = ({ iss, rid, ver, title }) => {
      const value = 'versioned' in details.dataset ? `${iss} ${rid} ${ver}` : `${iss} ${rid}`
      if (![...select.options].some((option) => option.value === value))
        select.append(made('option', { value, textContent: title }))
      select.value = value
      select.dispatchEvent(new Event('input', { bubbles: true }))
      hits.replaceChildren()
      field.value = ''
      details.open = false
      select.focus()
    }

    const itemOf = (hit) => {
      const button = made('button', {
        ...{ type: 'button', className: 'kern-btn kern-btn--tertiary kern-btn--x-small' },
      })
      button.append(made('span', { className: 'kern-label', textContent: hit.title }))
      button.addEventListener('click', () => choose(hit))
      const about = `${kinds.get(hit.kind)} · ${hit.centre}`
      return made('li', {}, button, made('span', { className: 'tn-muted', textContent: about }))
    }

    const show = (found) => {
      hits.replaceChildren(
        found.length > 0
          ? made('ul', {}, ...found.map(itemOf))
          : made('p', { className: 'tn-muted', textContent: 'Dazu wurde nichts gefunden.' }),
      )
    }

    const look = async () => {
      latest?.abort()
      const mine = new AbortController()
      latest = mine
      const q = field.value.trim()
      if (q.length < fewest) return hits.replaceChildren()
      try {
        const query = new URLSearchParams({ q, kinds: [...kinds.keys()].join() })
        const answer = await fetch(`/suche/titel.json?${query}`, { signal: mine.signal })
        if (answer.ok && mine === latest) show((await answer.json()).hits)
      } catch {
        // Another key was quicker, or the node cannot be reached: the ids can be given all the same.
      }
    }

    field.addEventListener('input', (event) => {
      // Nothing was written yet.
      event.stopPropagation()
      clearTimeout(timer)
      timer = setTimeout(look, patience)
    })
    field.addEventListener('keydown', (event) => {
      // It would send the form.
      if (event.key === 'Enter') event.preventDefault()
    })
  }

  for (const details of document.querySelectorAll('[data-find]')) open(details)
}
