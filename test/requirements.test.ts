import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isTest, namesIn, readPage, type Named, type Page } from '../scripts/lib/requirements.ts'
import { files, root } from '../scripts/lib/workspace.ts'

// The page says which requirements are asked and which of them nothing serves. Served means: named in the code and in a test.

/** Everything in which the page and the sources differ. */
const differences = ({ asked, missing }: Page, named: Named): readonly string[] => {
  const listed = new Map(missing.map((row) => [row.id, row]))
  return [
    ...missing.filter(({ id }, i) => missing.findIndex((row) => row.id === id) < i).map(({ id }) => `${id} is listed twice`),
    ...missing.filter(({ id }) => !asked.includes(id)).map(({ id }) => `${id} is listed but not asked`),
    ...missing.filter(({ reason }) => reason === '').map(({ id }) => `${id} is listed without a reason`),
    ...missing.flatMap(({ id, namedIn }) =>
      namedIn.filter((path) => named.get(id)?.includes(path) !== true).map((path) => `${id} is not named in ${path}`),
    ),
    ...asked.flatMap((id) => {
      const row = listed.get(id)
      const places = (named.get(id) ?? []).filter((path) => row?.namedIn.includes(path) !== true)
      const [inCode, inTests] = [places.some((path) => !isTest(path)), places.some(isTest)]
      if (row !== undefined) return inCode && inTests ? [`${id} is served, but listed as missing`] : []
      return [
        ...(inCode ? [] : [`${id} is named nowhere in the code, and not listed`]),
        ...(inTests ? [] : [`${id} is named in no test, and not listed`]),
      ]
    }),
  ]
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

describe('the page of requirements', () => {
  const page = readPage(read('docs/requirements.md'))

  it('asks what the documents ask, and every parameter', () => {
    const count = (family: string): number => page.asked.filter((id) => id.startsWith(`${family}-`)).length
    expect(['ADM', 'CLS', 'TIER', 'ADJ', 'CPL', 'CHG', 'P', 'I'].map(count)).toEqual([13, 7, 8, 13, 16, 2, 33, 43])
    expect(new Set(page.asked).size).toBe(page.asked.length)
  })

  it('lists what nothing serves, and nothing else', () => {
    const sources = files(['packages/*/{src,test}/**/*.ts', 'test/**/*.ts']).filter(
      (path) => path !== 'test/requirements.test.ts' && path !== 'test/clauses.test.ts',
    )
    expect(differences(page, namesIn(sources.map((path) => [path, read(path)] as const)))).toEqual([])
  })
})

describe('the check sees what it should', () => {
  const page = (rows: string): Page =>
    readPage(
      `# Page\n\n## What is asked\n\n| Subject | Numbers |\n| --- | --- |\n| One | X-01 … X-02 |\n\n## Not served yet\n\n| Number | What | Why not | Named in |\n| --- | --- | --- | --- |\n${rows}`,
    )
  const code = ['packages/core/src/a.ts', '/** X-01. KX-02 is another. */'] as const
  const tested = ['packages/core/src/a.test.ts', "test('X-01')"] as const
  const judge = (rows: string, ...sources: readonly (readonly [string, string])[]): readonly string[] =>
    differences(page(rows), namesIn(sources))

  it('what is served and what is listed', () => {
    expect(judge('| X-02 | it | later | |\n', code, tested)).toEqual([])
  })

  it.each([
    ['neither served nor listed', '', [code, tested], ['X-02 is named nowhere in the code', 'X-02 is named in no test']],
    ['served in code alone', '| X-02 | it | later | |\n', [code], ['X-01 is named in no test']],
    ['served in tests alone', '| X-02 | it | later | |\n', [tested], ['X-01 is named nowhere in the code']],
    ['listed but served', '| X-01 | it | later | |\n| X-02 | it | later | |\n', [code, tested], ['X-01 is served']],
    ['listed without a reason', '| X-02 | it | | |\n', [code, tested], ['X-02 is listed without a reason']],
    ['listed twice', '| X-02 | it | later | |\n| X-02 | it | later | |\n', [code, tested], ['X-02 is listed twice']],
    [
      'listed but not asked',
      '| X-02 | it | later | |\n| X-03 | it | later | |\n',
      [code, tested],
      ['X-03 is listed but not asked'],
    ],
    ['an excuse that is gone', '| X-02 | it | later | `a.ts` |\n', [code, tested], ['X-02 is not named in a.ts']],
  ] as const)('%s', (_, rows, sources, wanted) => {
    const found = judge(rows, ...sources)
    expect(found).toHaveLength(wanted.length)
    wanted.forEach((start, i) => {
      expect(found[i]).toContain(start)
    })
  })

  it('a file that names a number without serving it is excused, another is not', () => {
    const rows = '| X-01 | it | later | `packages/core/src/a.test.ts` |\n| X-02 | it | later | |\n'
    expect(judge(rows, code, tested)).toEqual([])
    expect(judge(rows, code, tested, ['packages/core/test/b.test.ts', 'X-01'])).toEqual(['X-01 is served, but listed as missing'])
  })

  it('a span that is none is an error', () => {
    expect(() => readPage('\n## What is asked\n\n| a | b |\n| --- | --- |\n| a | X-02 … Y-03 |\n')).toThrow('no numbers')
  })
})
