import type { Tier } from '../../policy/parts.ts'

/** 1: tailored full service; 2: good and partly tailored; 3: standard service and below [CLS-06]. */
export type ServiceLevel = 1 | 2 | 3

/**
 * The service level that follows from a letter of the driving scale: what customers are told instead of the letter [CLS-06, decision 7].
 *
 * @example
 * ```ts
 * serviceLevelOf('B') // => 2
 * ```
 */
export function serviceLevelOf(letter: Tier): ServiceLevel {
  return letter === 'A' ? 1 : letter === 'B' ? 2 : 3
}
