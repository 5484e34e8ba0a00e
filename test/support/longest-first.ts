import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Start browsers, servers and many processes, and take longest: none of them is to be left over for the end. */
const long = ['browser', 'demo', 'kills', 'node', 'trust', 'crash', 'database/embedded']

/** Otherwise by what earlier runs took, or by size where there were none. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const sorted = await super.sort(files)
    const first = long.flatMap((name) =>
      sorted.filter(({ moduleId }) => moduleId.endsWith(`/test/${name}.test.ts`)),
    )
    return [...first, ...sorted.filter((file) => !first.includes(file))]
  }
}
