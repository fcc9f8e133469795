import type { Labels } from './parts.ts'
import { accountParameters } from './clauses-accounts.ts'
import { adjustParameters } from './clauses-adjust.ts'
import { approvalParameters } from './clauses-approvals.ts'
import { relationParameters } from './clauses-relations.ts'
import { scoringParameters } from './clauses-scoring.ts'
import { tierParameters } from './clauses-tier.ts'
import { workflowParameters } from './clauses-workflow.ts'
import type { Unit } from './units.ts'

/** One parameter of the policy: where it stands, which requirement asks for it, and what a person should write there. */
export interface Parameter {
  /** Place in the policy document; `*` stands for any key. A group of values that belong together (a range, a budget) is one parameter. */
  readonly path: string
  /** Row of the parameter list (`P-07`, `I-14`), else the requirement or numbered decision behind the setting. */
  readonly id: string
  /** Requirement that uses it. */
  readonly requirement: string
  readonly unit: Unit
  /** A realistic value, as it would stand in the YAML. */
  readonly example: string
  readonly label: Labels
  /** True when neither the documents nor the decisions give a value: it stands as `[X]` in the template. */
  readonly open: boolean
}

/** Every parameter of the policy schema, by subject. */
export const parameters: readonly Parameter[] = [
  ...workflowParameters,
  ...accountParameters,
  ...tierParameters,
  ...adjustParameters,
  ...relationParameters,
  ...scoringParameters,
  ...approvalParameters,
]

/** Keys that the presets and the template have where a parameter's path says `*`. */
const usual: readonly (readonly [path: RegExp, key: string])[] = [
  [/^calendars\./, 'main'],
  [/^classes\..*annualMinor$/, 'scaleDominant'],
  [/^classes\..*Potential$/, 'strategicPartner'],
  [/^classes\./, 'industryLeader'],
]

/** A place at which the presets and the template hold a parameter: its path with a key for each `*`. */
export const usualPlace = (path: string): string => path.replaceAll('*', usual.find(([where]) => where.test(path))?.[1] ?? '*')

const byPath: ReadonlyMap<string, Parameter> = new Map(parameters.map((p) => [p.path, p]))
const byPattern: readonly { readonly parts: readonly string[]; readonly parameter: Parameter }[] = parameters
  .filter((p) => p.path.includes('*'))
  .map((parameter) => ({ parts: parameter.path.split('.'), parameter }))

const matches = (pattern: readonly string[], path: readonly (string | number)[], length: number): boolean =>
  pattern.length === length && pattern.every((part, i) => part === '*' || part === path[i])

/**
 * The parameter that a place in a policy belongs to: the one there, or the nearest enclosing one.
 *
 * @example
 * ```ts
 * parameterAt(['tier', 'B', 'amount', 'range', 'from'])?.id // => 'P-11'
 * ```
 */
export function parameterAt(path: readonly (string | number)[]): Parameter | undefined {
  for (let length = path.length; length > 0; length--) {
    const found =
      byPath.get(path.slice(0, length).join('.')) ?? byPattern.find(({ parts }) => matches(parts, path, length))?.parameter
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * The row or requirement behind a place: that of its parameter, or the one that all parameters inside it share.
 *
 * @example
 * ```ts
 * clauseAt(['tier', 'weights']) // => 'I-15'
 * ```
 */
export function clauseAt(path: readonly (string | number)[]): string | undefined {
  const own = parameterAt(path)
  if (own !== undefined) return own.id
  const start = `${path.join('.')}.`
  const inside = new Set(parameters.filter((p) => p.path.startsWith(start)).map((p) => p.id))
  return inside.size === 1 ? [...inside][0] : undefined
}

/** The parameters of a row of the parameter list, e.g. all four of `I-04`. */
export function parametersOf(id: string): readonly Parameter[] {
  return parameters.filter((p) => p.id === id)
}
