import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { clauseFiles } from '../scripts/clauses/page.ts'
import { clausesIn, functionsIn, numbersIn, testsIn } from '../scripts/clauses/scan.ts'
import { clauseTable, isServed } from '../scripts/clauses/table.ts'
import { readPage } from '../scripts/lib/requirements.ts'
import { root } from '../scripts/lib/workspace.ts'

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

describe('the table of clauses', () => {
  const table = clauseTable()
  const clauses = table.subjects.flatMap((subject) => subject.clauses)

  it('is what docs/clauses.md and docs/clauses.json hold; `pnpm clauses` writes them', () => {
    for (const { path, text } of clauseFiles(table)) expect(read(path), path).toBe(text)
  })

  it('knows the clause of every rule, refusal, command, clock and parameter', () => {
    expect(table.unknown).toEqual([])
  })

  it('has no rule that no command asks', () => {
    expect(table.unused).toEqual([])
  })

  it('has each number once, with words, and all those of the page of requirements', () => {
    const ids = clauses.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(clauses.filter(({ what }) => what === '').map(({ id }) => id)).toEqual([])
    expect(readPage(read('docs/requirements.md')).asked.filter((id) => !ids.includes(id))).toEqual([])
  })

  it('finds what is known to serve a clause [CHG-02, P-07]', () => {
    const of = (id: string) => clauses.find((clause) => clause.id === id)
    expect(of('CHG-02')?.rules.map(({ name }) => name)).toContain('mayImplementOnCurrentBaseline')
    expect(of('P-07')).toMatchObject({ kind: 'parameter', requirements: ['TIER-02'] })
    expect(of('P-07')?.parameters.map(({ path }) => path)).toContain('tier.A.amount.min')
    expect(of('ADM-05')?.forms).toContain('admission.registration')
    expect(of('CPL-02')?.clocks.length).toBeGreaterThan(0)
    expect(clauses.filter((clause) => !isServed(clause)).map(({ id }) => id)).toContain('MOB-01')
  })
})

describe('reading the sources', () => {
  it('numbers of requirements, parameters, decisions and chapters; spans name all of theirs', () => {
    expect(numbersIn('ADM-05, decision 10; architecture 9, P-25 … P-28 and I-12 to I-13')).toEqual([
      'ADM-05',
      'I-12',
      'I-13',
      'P-25',
      'P-26',
      'P-27',
      'P-28',
      'architecture 9',
      'decision 10',
    ])
    expect(numbersIn('UTF-16, RFC 8785, KXADM-05x, ADM-5')).toEqual([])
  })

  it('exported functions whose comment names a number, and nothing else', () => {
    const text = `/** ADM-01. */
export function one() {}
/** ADM-02. */
const two = () => 1
/** ADM-03. */
export const three = () => 1
/** ADM-04. */
export const four = 4
// ADM-05
export function five() {}`
    expect(functionsIn('a.ts', text)).toEqual([
      { name: 'one', path: 'a.ts', numbers: ['ADM-01'] },
      { name: 'three', path: 'a.ts', numbers: ['ADM-03'] },
    ])
  })

  it('titles of tests with their groups; of groups once; not what only looks like a test', () => {
    const text = `describe('a group [ADM-01]', () => {
  test('first', () => {})
  test.each([1])('second %i [ADM-02]', () => {})
  describe.each([2])('inner', () => { it(\`third \${x} ADM-03\`, async () => {}) })
})
helper('ADM-04', () => {})`
    expect(testsIn('a.test.ts', text).map(({ title, numbers }) => [title, ...numbers])).toEqual([
      ['a group [ADM-01]', 'ADM-01'],
      ['a group [ADM-01]', 'ADM-01'],
      ['a group [ADM-01] › second %i [ADM-02]', 'ADM-02'],
      ['a group [ADM-01]', 'ADM-01'],
      ['a group [ADM-01] › inner › third ${x} ADM-03', 'ADM-03'],
    ])
  })

  it('clauses of refusals and of rules; one that nobody asks for is told', () => {
    const text = `const a = { clause: 'ADM-05' }
export const mayDo = may<'x'>('mayDo', 'XYZ-01', () => null)
const b = may('maybe', 'ADM-06')
const c = { clause: other }`
    const stated = [
      { clause: 'ADM-05', path: 'packages/core/src/a.ts' },
      { clause: 'XYZ-01', path: 'packages/core/src/a.ts', rule: 'mayDo' },
    ]
    expect(clausesIn('packages/core/src/a.ts', text)).toEqual(stated)
    const { unknown, unused } = clauseTable([['packages/core/src/a.ts', text]])
    expect(unknown).toEqual([stated[1]])
    expect(unused).toEqual([stated[1]])
  })
})
