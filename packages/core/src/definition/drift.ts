import type { JsonValue } from '../errors/index.ts'
import type { Failure } from '../rules/index.ts'
import type { ChildCommand } from './actions.ts'
import type { FactNeeds, RuleInput, SchemeName } from './define-workflow.ts'

/** A value as a visible record shows it. */
export type Shown = string | number | boolean | null

/** A field of a visible record that shows something else than the journal says. */
export interface DriftedField {
  /** As the CRM names it. */
  readonly field: string
  /** What of the projection stands there: `state`, `owner`, `accountId`, `fields.tier` …; `null`: a constant of the mapping. */
  readonly part: string | null
  readonly governed: Shown
  readonly shown: Shown
  /** The values of the part that would show like this, where the CRM has words of its own. */
  readonly means?: readonly string[]
}

/** A visible record that was changed, or deleted, around the process. */
export interface DriftedRecord {
  readonly object: string
  readonly id: string | null
  readonly missing: boolean
  readonly differences: readonly DriftedField[]
  /** Who changed the record last, whatever was changed; `null`: the CRM does not tell. */
  readonly changedBy: string | null
  readonly changedAt: number | null
}

/** What bringing a shown value before those who decide comes to: the commands that do it, or every reason why it cannot be done now. */
export type Acceptance =
  | { readonly ok: true; readonly commands: readonly ChildCommand[] }
  | { readonly ok: false; readonly failures: readonly Failure[] }

/** How a part of the visible record is changed by the process. */
export interface ProperWay<Context> {
  /** Command that sets it: of the kind itself, or `kind.command`. */
  readonly command: string
  /** Requirement that asks for it; absent: the command's own. */
  readonly clause?: string
  /** Scheme of the approval that decides; absent: whoever may send the command does. */
  readonly scheme?: (context: Context, shown: Shown) => SchemeName
  /** How a value that was put there by hand can still be brought before those who decide; absent: it cannot. */
  readonly accept?: {
    readonly needs: (context: Context, policy: RuleInput['policy']) => FactNeeds
    readonly open: (input: RuleInput<Context>, drifted: DriftedField, record: DriftedRecord) => Acceptance
  }
}

/** By part of the projection: `accountId`, `owner`, `fields.tier` … A state has its ways in the machine. */
export type ProperWays<Context> = { readonly [part: string]: ProperWay<Context> | undefined }

/** What a person who judges a drift has judged: everything that differs, and nothing of who did it. */
export const driftMaterial = (records: readonly DriftedRecord[]): JsonValue =>
  records.map(({ object, id, missing, differences }) => ({
    object,
    id,
    missing,
    differences: differences.map(({ field, governed, shown }) => ({ field, governed, shown })),
  }))
