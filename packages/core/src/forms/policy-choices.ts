import type { Labels, Policy } from '../policy/index.ts'

/** A value that the policy defines, with its name in every language. */
export interface PolicyChoice {
  readonly id: string
  readonly label: Labels
}

type Choices = (policy: Policy) => readonly PolicyChoice[]

const labelled =
  (of: (policy: Policy) => { readonly [id: string]: Labels }): Choices =>
  (policy) =>
    Object.entries(of(policy)).map(([id, label]) => ({ id, label }))

const departments = labelled((policy) => policy.departments)
const verbatim = (id: string): PolicyChoice => ({ id, label: { en: id, 'zh-CN': id } })

/** Which part of the policy a field's ids come from: the lists that the rules check them against. */
const choicesOf: { readonly [field: string]: Choices | undefined } = {
  department: departments,
  departments,
  channel: labelled((policy) => policy.complaint.channels),
  severity: (policy) => policy.complaint.severities,
  classes: labelled((policy) => policy.admission.classes),
  leadSource: labelled((policy) => policy.admission.leadSources),
  rework: labelled((policy) => policy.complaint.reworkNatures),
  'waitForCustomer.reason': labelled((policy) => policy.sla.pauseReasons),
  'plan.compensation.currency': (policy) => [verbatim(policy.currency)],
}

/**
 * What may be picked for a field under a policy; `null`: the policy has no list of it.
 *
 * @param path of the field inside its command, without list numbers.
 */
export function policyChoices(command: string, path: string, policy: Policy): readonly PolicyChoice[] | null {
  const name = path.slice(path.lastIndexOf('.') + 1)
  return (choicesOf[`${command}.${path}`] ?? choicesOf[name])?.(policy) ?? null
}
