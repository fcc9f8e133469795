// Schemes of approval that few people can decide, laid over the policy by the tests of every workflow.
import type { PolicyPatch } from './harness.ts'

const stage = (id: string, role: string) => ({
  id,
  mode: 'any',
  electors: [role],
  heard: ['legal.head'],
  timeout: { amount: 1, unit: 'workingDays' },
  escalateTo: 'kaGroup.head',
})

function schemes<Name extends string>(
  names: readonly Name[],
  stages: readonly ReturnType<typeof stage>[],
): { readonly [N in Name]: { readonly stages: typeof stages } } {
  return Object.fromEntries(names.map((name) => [name, { stages }])) as ReturnType<typeof schemes<Name>>
}

/** Each of these approvals by one of the two company managers. */
export const byOneManager = <Name extends string>(...names: Name[]) => schemes(names, [stage('only', 'companyManagement')])

/** Each of these approvals by a manager, then by finance. */
export const byManagerAndFinance = (...names: string[]): PolicyPatch =>
  schemes(names, [stage('first', 'companyManagement'), stage('second', 'finance.head')])
