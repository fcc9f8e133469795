import { askingRules, change } from '../../../rules/testing/asking.ts'
import { at, calendar, ladder } from '../../../sla/testing/fixtures.ts'
import * as rules from '../rules.ts'
import { initialComplaint } from '../types.ts'

/** A rule of a complaint, asked directly. */
export const asked = askingRules(rules, initialComplaint)

export const now = at('03-03 10:00')
/** Days of eight working hours. */
export const days = (amount: number) => ({ amount: 8 * amount, unit: 'workingHours' as const })
/** What the rules read of a policy. */
export const terms = {
  calendar,
  policy: {
    currency: 'CNY',
    departments: { service: {}, quality: {} },
    complaint: {
      channels: { phone: {}, wechat: {} },
      severities: [{ id: 'minor' }, { id: 'major' }],
      reworkNatures: { repair: {}, replace: {} },
      compensationLimit: { minor: 100_000, currency: 'CNY' },
      reopenWithin: days(2),
    },
    sla: {
      maxBackdate: days(1),
      pauseReasons: { customerAnswer: {}, sample: {} },
      maxPause: { each: days(1), total: days(2) },
      ladder,
    },
  },
}
/** The refusal of a value that the policy does not know. */
export const value = (
  rule: string,
  clause: string,
  parameter: string,
  field: string,
  required: readonly unknown[],
  actual: unknown,
) => ({
  rule,
  clause,
  code: 'value_not_allowed',
  parameter,
  required,
  actual,
  remedy: change(field, required[0] ?? null),
})
