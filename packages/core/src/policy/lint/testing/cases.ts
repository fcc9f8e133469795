import { expect, test } from 'vitest'
import { checkPolicy } from '../../load.ts'
import { manufacturer, withValue } from '../../testing.ts'

/** Another value at a path; `undefined` takes it away. */
export type Change = readonly [path: string, value: unknown]
export type Find = readonly [severity: 'error' | 'warning', code: string, path: string, clause: string]

/** What a change to the manufacturer's preset makes the lint say, and the change that follows its remedies. */
export interface Case {
  readonly title: string
  readonly changes: readonly Change[]
  readonly finds: readonly Find[]
  readonly mend: readonly Change[]
}

export const h = (amount: number) => ({ amount, unit: 'workingHours' })
export const wd = (amount: number) => ({ amount, unit: 'workingDays' })
export const days = (amount: number) => ({ amount, unit: 'calendarDays' })
export const elapsed = (amount: number) => ({ amount, unit: 'elapsedHours' })

export const changed = (changes: readonly Change[], document: unknown = manufacturer): unknown =>
  changes.reduce<unknown>((d, [path, value]) => withValue(d, path, value), document)

export const found = (changes: readonly Change[], document?: unknown) =>
  checkPolicy(changed(changes, document)).findings.map((f) => [f.severity, f.code, f.path, f.clause])

/** Each case is found, says what to do, and is gone once that is done. */
export function testCases(cases: readonly Case[]): void {
  test.each(cases)('$title', ({ changes, finds, mend }) => {
    expect(found(changes)).toEqual(finds)
    const { findings } = checkPolicy(changed(changes))
    expect(findings.filter((f) => f.message.length < 5 || f.remedy.length < 5)).toEqual([])
    expect(found([...changes, ...mend])).toEqual([])
  })
}
