import type { JsonValue, Refusal, RefusalCode, Remedy } from '../errors/index.ts'

/** What a `may…` rule answers: nothing when it is met, else one refusal a failed requirement. */
export type Verdict = Refusal | null

/**
 * A rule that decides whether a command is allowed. Pure; evaluated before the step; *all* rules of a command are evaluated, so that a
 * person sees every reason at once.
 */
export interface Rule<Input> {
  /** The function's name, reads as a sentence: `mayExtendOnce`. */
  readonly name: string
  /** Requirement id. */
  readonly clause: string
  readonly check: (input: Input) => readonly Verdict[]
  /** What keeps instances together, and no policy could mean to let pass: it holds in every mode. */
  readonly always?: true
}

/** What a failed check knows; the rule adds its own name and clause. */
export interface Failure {
  readonly code: RefusalCode
  readonly parameter?: string
  readonly required: JsonValue
  readonly actual: JsonValue
  readonly remedy?: Remedy
}

/**
 * Names a rule. The check returns failures (or `null`s for what holds).
 *
 * @example
 * ```ts
 * const mayArchive = rule('mayArchive', 'CPL-07', (i: { lessons?: string }) =>
 *   i.lessons ? null : { code: 'field_missing', required: 'lessons', actual: null, remedy: { kind: 'fill', field: 'lessons' } })
 * refusalsOf([mayArchive], {}).length // => 1
 * ```
 */
export function rule<Input>(
  name: string,
  clause: string,
  check: (input: Input) => Failure | null | readonly (Failure | null)[],
): Rule<Input> {
  return {
    name,
    clause,
    check: (input) => {
      const found = check(input)
      const list = Array.isArray(found) ? (found as readonly (Failure | null)[]) : [found as Failure | null]
      return list.map((failure) => (failure === null ? null : { rule: name, clause, ...failure }))
    },
  }
}

/** The rule as one that holds in every mode: claims, groups, mergers. Passed over, they would leave instances that nothing can put right again. */
export function inEveryMode<Input>(kept: Rule<Input>): Rule<Input> {
  return { ...kept, always: true }
}

/** All refusals of all rules, in the order of the table. */
export function refusalsOf<Input>(rules: readonly Rule<Input>[], input: Input): Refusal[] {
  return rules.flatMap((r) => r.check(input)).filter((v): v is Refusal => v !== null)
}
