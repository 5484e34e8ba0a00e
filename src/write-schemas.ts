import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { openApi } from './openapi.ts'
import { jsonSchemas } from './schemas.ts'

// Run by `npm run schemas`; a test compares the committed files with what this writes.

const folder = new URL('../schemas/', import.meta.url)

/** The generated files of `schemas/` by name. */
export const schemaFiles = (): Record<string, string> => {
  const documents = { ...jsonSchemas(), openapi: openApi('https://node.example') }
  return Object.fromEntries(
    Object.entries(documents).map(([name, document]) => [
      `${name}.json`,
      `${JSON.stringify(document, null, 2)}\n`,
    ]),
  )
}

const write = async (files: Record<string, string>) => {
  await mkdir(folder, { recursive: true })
  const gone = (await readdir(folder)).filter((name) => name.endsWith('.json') && !files[name])
  for (const name of gone) await rm(new URL(name, folder))
  for (const [name, text] of Object.entries(files)) await writeFile(new URL(name, folder), text)
}

if (import.meta.main) await write(schemaFiles())
