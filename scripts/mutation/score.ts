import type { Stryker } from '@stryker-mutator/core'
import { repoPath } from '../lib/workspace.ts'
import { intervalOf } from './sample.ts'

export type MutantResult = Awaited<ReturnType<Stryker['runMutationTest']>>[number]

type Judged = Pick<MutantResult, 'status' | 'statusReason'>

/**
 * Whether a test noticed a change. A change that makes a loop run a hundred times as often as it did is noticed. One that only ran out of time is not
 * known to be: the machine may have been busy.
 */
const fateOf = ({ status, statusReason = '' }: Judged): 'noticed' | 'missed' | 'out of time' | 'left out' => {
  if (status === 'Killed' || (status === 'Timeout' && statusReason.startsWith('Hit limit reached'))) return 'noticed'
  if (status === 'Survived' || status === 'NoCoverage') return 'missed'
  return status === 'Timeout' ? 'out of time' : 'left out'
}

/** Whether no test noticed a change. */
export const isMissed = (result: Judged): boolean => fateOf(result) === 'missed'

/** The results, those that were judged again by more tests as these judge. */
export const judgedAgain = (first: readonly MutantResult[], again: readonly MutantResult[]): readonly MutantResult[] => {
  const known = new Map(again.map((result) => [result.id, result]))
  return first.map((result) => {
    const later = known.get(result.id) ?? result
    if (later.fileName !== result.fileName || later.replacement !== result.replacement)
      throw new Error(`the code of ${repoPath(result.fileName)} changed during the run`)
    return later
  })
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/**
 * A row of the table of docs/mutation.md: the share of changes noticed among those that a test could notice, and where that of all lies if only a sample
 * was tried. What ran out of time counts for neither side.
 */
export const scoreOf = (name: string, tried: readonly Judged[], all: readonly Judged[]): string => {
  const count = (results: readonly Judged[], fate: ReturnType<typeof fateOf>): number =>
    results.filter((result) => fateOf(result) === fate).length
  const [noticed, missed, late] = [count(tried, 'noticed'), count(tried, 'missed'), count(tried, 'out of time')]
  const constants = all.filter(({ status }) => status === 'Ignored').length
  const leftOut = constants + count(tried, 'left out')
  const [judged, possible] = [noticed + missed, all.length - constants]
  const isWhole = tried.length === possible
  const [low, high] = intervalOf(noticed, judged, isWhole ? judged : possible)
  const around = isWhole ? '' : ` (${percent(low)} to ${percent(high)})`
  const share = judged === 0 ? '–' : `${percent(noticed / judged)}${around}`
  return `| \`${name}\` | ${share} | ${noticed} | ${missed} | ${late} | ${leftOut} | ${tried.length} of ${possible} |`
}

/** The changes that no test noticed, by place, and those of which it is not known. */
export const survivorsOf = (results: readonly MutantResult[]): readonly string[] => {
  const words = { Survived: 'survived   ', NoCoverage: 'not tested ', Timeout: 'out of time' } as Readonly<Record<string, string>>
  return results
    .filter((result) => ['missed', 'out of time'].includes(fateOf(result)))
    .map(({ fileName, location: { start, end }, mutatorName, replacement, status }) => {
      const reach = start.line === end.line ? `-${end.column}` : ''
      const change = `${mutatorName} → ${replacement.replaceAll(/\s+/g, ' ').slice(0, 80)}`
      return `${words[status] ?? status} ${repoPath(fileName)}:${start.line}:${start.column}${reach} ${change}`
    })
}
