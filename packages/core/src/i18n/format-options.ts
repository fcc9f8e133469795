import type { Labels, Policy } from '../policy/index.ts'
import type { FormatOptions } from './words.ts'

/**
 * What a policy knows of names: its zone and currency, the labels of departments, channels, severities, reasons and natures, and the people of its
 * directory. Give it to every formatter, so that texts speak of the company's own departments.
 *
 * @example
 * ```ts
 * formatRefusal(refusal, 'zh-CN', { ...formatOptionsOf(policy), kind: 'complaint' })
 * // => '该操作仅限规定的角色[CPL-11]：须为技术部，操作人为销售部门。'
 * ```
 */
export function formatOptionsOf(policy: Policy): FormatOptions & { readonly timeZone: string; readonly currency: string } {
  const { complaint, departments, directory, sla } = policy
  const labels: { readonly [id: string]: Labels } = {
    ...complaint.reworkNatures,
    ...sla.pauseReasons,
    ...Object.fromEntries(complaint.severities.map((severity) => [severity.id, severity.label])),
    ...complaint.channels,
    ...departments,
  }
  const people = Object.entries(directory?.people ?? {}).flatMap(([id, { name }]) =>
    name === undefined ? [] : [[id, name] as const],
  )
  return { timeZone: policy.timeZone, currency: policy.currency, labels, people: Object.fromEntries(people) }
}
