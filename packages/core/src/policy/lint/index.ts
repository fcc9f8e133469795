import type { Finding } from '../../errors/index.ts'
import { lintAbsences } from './absences.ts'
import { lintAdmission } from './admission.ts'
import { lintAdjust } from './adjust.ts'
import { lintBudgets } from './budgets.ts'
import { lintChange } from './change.ts'
import { lintClocks } from './clocks.ts'
import { lintCoverage } from './coverage.ts'
import { lintDirectory } from './directory.ts'
import { lintElectorates } from './electorates.ts'
import type { KnownPolicy, Lint, LintOptions } from './lint.ts'
import { lintReach } from './reach.ts'
import { lintRebate } from './rebate.ts'
import { lintReferences } from './references.ts'
import { lintRelations } from './relations.ts'
import { lintScales } from './scales.ts'
import { lintTiers } from './tiers.ts'

export { applyFixes } from './apply-fixes.ts'
export { type LintCheck, type LintData, type PeopleData, type PortfolioData, type TierData, type TimeData } from './check-data.ts'
export { lintChecks, lintCodes, type LintCode, type LintKind } from './checks.ts'
export { flag, type LintOptions } from './lint.ts'
export { lintTexts } from './texts.ts'
export { type LintText, type LintTexts, type LintWords } from './words.ts'

const lints: readonly Lint[] = [
  lintReferences,
  lintCoverage,
  lintBudgets,
  lintClocks,
  lintTiers,
  lintReach,
  lintAdjust,
  lintScales,
  lintRebate,
  lintRelations,
  lintAdmission,
  lintChange,
  lintElectorates,
  lintAbsences,
  lintDirectory,
]

/** Every check between parameters, on what is known of a policy. */
export function lintPolicy(policy: KnownPolicy, options: LintOptions = {}): readonly Finding[] {
  return lints.flatMap((lint) => lint(policy, options))
}
