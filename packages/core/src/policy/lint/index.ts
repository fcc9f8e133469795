import type { Finding } from '../../errors/index.ts'
import type { KnownPolicy, Lint } from './lint.ts'

const lints: readonly Lint[] = []

/** Every check between parameters, on what is known of a policy. */
export function lintPolicy(policy: KnownPolicy): readonly Finding[] {
  return lints.flatMap((lint) => lint(policy))
}
