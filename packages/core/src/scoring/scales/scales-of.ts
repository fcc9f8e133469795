import type { Tier } from '../../policy/parts.ts'
import { serviceLevelOf, type ServiceLevel } from './service-level.ts'

/** The named scales of a policy [decision 7]. */
export type ScaleName = 'tier' | 'grade' | 'serviceLevel'

/** Where an account stands on one scale. */
export type ScaleReading = {
  readonly scale: ScaleName
  /** A letter, or a service level; null: it has none on this scale. */
  readonly level: Tier | ServiceLevel | null
  /** It sets clocks, cadence, groups and rights. */
  readonly drives: boolean
  /** The scale that it follows from. */
  readonly derivedFrom: 'tier' | 'grade' | null
  readonly clause: string
}

/**
 * An account on every named scale, and which one drives [decision 7]: the tier of all customers [TIER-01], the grade of admitted key accounts [TIER-06], and the
 * service level, which follows from the letter that drives [CLS-06]. A grade can only drive where there is one; else the tier does.
 *
 * @example
 * ```ts
 * scalesOf({ tier: 'B', grade: 'A' }, 'tier').map(({ scale, level }) => `${scale} ${String(level)}`) // => ['tier B', 'grade A', 'serviceLevel 2']
 * ```
 */
export function scalesOf(
  { tier, grade }: { readonly tier: Tier | null; readonly grade: Tier | null },
  drivingScale: 'tier' | 'grade',
): readonly ScaleReading[] {
  const driving = drivingScale === 'grade' && grade !== null ? 'grade' : 'tier'
  const letter = driving === 'grade' ? grade : tier
  return [
    { scale: 'tier', level: tier, drives: driving === 'tier', derivedFrom: null, clause: 'TIER-01' },
    { scale: 'grade', level: grade, drives: driving === 'grade', derivedFrom: null, clause: 'TIER-06' },
    {
      scale: 'serviceLevel',
      level: letter === null ? null : serviceLevelOf(letter),
      drives: false,
      derivedFrom: driving,
      clause: 'CLS-06',
    },
  ]
}
