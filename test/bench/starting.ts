/** From starting the process to "Bereit": once with nothing there, and again with the data kept. */
import { openPlace, startDemo } from './demo.ts'

const again = 3

/** Milliseconds: the first start, and the longest of the later ones. */
export const benchStarting = async () => {
  const { env, close } = await openPlace()
  try {
    const times: number[] = []
    for (let start = 0; start <= again; start++) {
      const demo = await startDemo(env)
      times.push(demo.milliseconds)
      await demo.stop()
    }
    const [first = 0, ...later] = times
    return { first, later: Math.max(...later) }
  } finally {
    await close()
  }
}
