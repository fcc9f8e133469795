import type { Stryker } from '@stryker-mutator/core'
import { repoPath } from '../lib/workspace.ts'

export type MutantResult = Awaited<ReturnType<Stryker['runMutationTest']>>[number]

const count = (results: readonly MutantResult[], ...statuses: readonly MutantResult['status'][]): number =>
  results.filter(({ status }) => statuses.includes(status)).length

/** A row of the table of docs/mutation.md: the share of changes noticed, among those that a test could notice. */
export const scoreOf = (name: string, results: readonly MutantResult[]): string => {
  const noticed = count(results, 'Killed', 'Timeout')
  const missed = count(results, 'Survived', 'NoCoverage')
  const share = noticed + missed === 0 ? '–' : `${((100 * noticed) / (noticed + missed)).toFixed(1)} %`
  return `| \`${name}\` | ${share} | ${noticed} | ${missed} | ${count(results, 'Ignored', 'CompileError', 'RuntimeError')} |`
}

/** The changes that no test noticed, by place. */
export const survivorsOf = (results: readonly MutantResult[]): readonly string[] =>
  results
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map(({ fileName, location: { start, end }, mutatorName, replacement, status }) => {
      const place = `${repoPath(fileName)}:${start.line + 1}:${start.column + 1}`
      const reach = start.line === end.line ? `-${end.column + 1}` : ''
      return `${status === 'Survived' ? 'survived  ' : 'not tested'} ${place}${reach} ${mutatorName} → ${replacement.replaceAll(/\s+/g, ' ').slice(0, 80)}`
    })
