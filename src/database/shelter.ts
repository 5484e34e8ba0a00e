import { chmod, mkdir, stat } from 'node:fs/promises'
import { StartError } from './start-error.ts'

/**
 * A folder of root that every user can walk through: the place for what PostgreSQL needs where
 * root keeps its own folders closed. Below /var/lib, where only root can create anything, so that
 * nobody else can have put something there before us.
 */
export const shelter = '/var/lib/transfernetz'

export const openShelter = async () => {
  const created = await mkdir(shelter, { recursive: true }).catch((cause) => {
    throw new StartError(
      `PostgreSQL darf nicht als root laufen und dieses Verzeichnis nicht betreten; auch ${shelter} lässt sich nicht anlegen.`,
      { cause },
    )
  })
  // Whatever the umask is; but who closed the folder afterwards had a reason.
  if (created) await chmod(shelter, 0o755)
  const { uid, mode } = await stat(shelter)
  if (uid !== 0 || mode & 0o022)
    throw new StartError(`Das Verzeichnis ${shelter} darf nur für root beschreibbar sein.`)
  return shelter
}
