/** Milliseconds. npm passes on what the terminal has sent already, so that one Ctrl-C arrives twice. */
const echo = 1_000

/**
 * Aborted by Ctrl-C, by a service manager's request to end, and when the terminal is closed. Until then and
 * afterwards the process lives on, to finish what it began. Who asks once more ends it at once.
 */
export const stopSignal = (): AbortSignal => {
  const controller = new AbortController()
  let first = Number.POSITIVE_INFINITY
  const onSignal = () => {
    if (performance.now() > first + echo) process.exit(130)
    first = Math.min(first, performance.now())
    controller.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  return controller.signal
}

/**
 * Ends this process like SIGTERM when its parent is gone. For `npm start`: the shell that npm puts between passes
 * no signal on, so ending npm would leave the nodes and their database running.
 */
export const stopWithParent = () => {
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 500)
  watch.unref()
}
