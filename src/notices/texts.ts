import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type NoticeTexts, noticeNames } from '../operator.ts'

/** The operator's own texts in a folder; a page without one has its default. */
export const readNoticeTexts = async (directory: string | undefined): Promise<NoticeTexts> => {
  if (directory === undefined) return {}
  const texts = await Promise.all(
    noticeNames.map(async (name) => [name, await readText(join(directory, `${name}.md`))] as const),
  )
  return Object.fromEntries(texts.filter(([, text]) => text !== undefined))
}

const readText = (path: string) =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
