import type { Finding } from '../../errors/index.ts'
import { doubt, problem, type KnownPolicy, type Lint } from './lint.ts'
import { inWorkingHours, standardWeeks } from './standard-day.ts'

/** Where each kind of rung may stand, in percent of the budget. */
const place = { warn: 'before 100', breach: 'at 100', escalate: 'at 100 or later' } as const

const misplaced = (kind: keyof typeof place, at: number): boolean =>
  kind === 'warn' ? at >= 100 : kind === 'breach' ? at !== 100 : at < 100

const ladder = ({ sla }: KnownPolicy): readonly Finding[] => {
  if (sla?.ladder === undefined || sla.ladder.length === 0) return []
  const rungs = sla.ladder.map((rung, i) => ({ ...rung, path: `sla.ladder[${String(i)}]` }))
  const complete = rungs.filter((r) => r.at !== undefined && r.kind !== undefined && r.notify !== undefined)
  const findings = complete.flatMap((rung, i) => {
    const { at = 0, kind = 'warn', notify, path } = rung
    const before = complete[i - 1]
    return [
      ...(before?.at !== undefined && before.at > at
        ? [problem(path, 'ladder', `${String(at)} % stands after ${String(before.at)} %`, 'sort the rungs by at')]
        : []),
      ...(complete.findIndex((r) => r.at === at && r.kind === kind && r.notify === notify) < i
        ? [problem(path, 'duplicate', 'the same rung twice', 'delete one of the two')]
        : []),
      ...(misplaced(kind, at)
        ? [problem(path, 'ladder', `${kind} at ${String(at)} %`, `a rung of kind ${kind} stands ${place[kind]} %`)]
        : []),
    ]
  })
  if (complete.length < rungs.length || complete.some((r) => r.kind === 'breach' && r.at === 100)) return findings
  return [
    ...findings,
    problem('sla.ladder', 'ladder', 'no rung says that the time is over', 'add { at: 100, kind: breach, notify: superior }'),
  ]
}

const cycle = (policy: KnownPolicy): readonly Finding[] => {
  const { length, anchor, steps } = policy.cycle ?? {}
  const findings: Finding[] = []
  if (anchor !== undefined && Number(anchor.slice(8)) > 28)
    findings.push(problem('cycle.anchor', 'value', 'not every month has this day', 'use a day from 1 to 28'))
  const budgets = [steps?.freeze, steps?.propose, steps?.review, steps?.decide, steps?.announce].flatMap((b) =>
    b?.amount === undefined || b.unit === undefined ? [] : [{ amount: b.amount, unit: b.unit }],
  )
  if (length === undefined) return findings
  // 30.4 days a month: holidays only make working days scarcer, so what does not fit here fits nowhere.
  const whole = { amount: length * (365.25 / 12), unit: 'calendarDays' } as const
  const tooLong = standardWeeks(policy).some(
    (week) => budgets.reduce((sum, b) => sum + inWorkingHours(b, week)[0], 0) > inWorkingHours(whole, week)[1],
  )
  return tooLong
    ? [
        ...findings,
        problem(
          'cycle.steps',
          'contradiction',
          `the steps together take longer than a cycle of ${String(length)} months`,
          'shorten the steps',
        ),
      ]
    : findings
}

const complaintLists = ({ complaint }: KnownPolicy): readonly Finding[] => {
  const ids = (complaint?.severities ?? []).map((s) => s?.id)
  return [
    ...ids.flatMap((id, i) =>
      id !== undefined && ids.indexOf(id) < i
        ? [
            problem(
              `complaint.severities[${String(i)}].id`,
              'duplicate',
              `two severities are called ${id}`,
              'give each its own id',
            ),
          ]
        : [],
    ),
    ...(['channels', 'reworkNatures'] as const).flatMap((name) =>
      complaint?.[name] !== undefined && Object.keys(complaint[name]).length === 0
        ? [doubt(`complaint.${name}`, 'empty', 'the list is empty', 'add at least one entry, else no form can be filled in')]
        : [],
    ),
  ]
}

/** The ladder climbs and says when time is over; the cycle's steps fit into it; lists are usable [CPL-04, I-16, I-42]. */
export const lintClocks: Lint = (policy) => [...ladder(policy), ...cycle(policy), ...complaintLists(policy)]
