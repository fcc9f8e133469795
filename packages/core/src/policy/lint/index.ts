import type { Finding } from '../../errors/index.ts'
import { lintAdmission } from './admission.ts'
import { lintAdjust } from './adjust.ts'
import { lintBudgets } from './budgets.ts'
import { lintChange } from './change.ts'
import { lintClocks } from './clocks.ts'
import { lintDirectory } from './directory.ts'
import { lintElectorates } from './electorates.ts'
import type { KnownPolicy, Lint } from './lint.ts'
import { lintReferences } from './references.ts'
import { lintTiers } from './tiers.ts'

const lints: readonly Lint[] = [
  lintReferences,
  lintBudgets,
  lintClocks,
  lintTiers,
  lintAdjust,
  lintAdmission,
  lintChange,
  lintElectorates,
  lintDirectory,
]

/** Every check between parameters, on what is known of a policy. */
export function lintPolicy(policy: KnownPolicy): readonly Finding[] {
  return lints.flatMap((lint) => lint(policy))
}
