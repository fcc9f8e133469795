import type { Finding } from '../../errors/index.ts'
import { knownBudget } from './known-budget.ts'
import { flag, put, type KnownPolicy, type Lint } from './lint.ts'
import { inWorkingHours, standardWeeks } from './standard-day.ts'

type Rung = { readonly at: number; readonly kind: 'warn' | 'breach' | 'escalate'; readonly notify: string }

const misplaced = (kind: Rung['kind'], at: number): boolean =>
  kind === 'warn' ? at >= 100 : kind === 'breach' ? at !== 100 : at < 100

/** Where a rung of a kind stands in the decided ladder. */
const usual: { readonly [K in Rung['kind']]: number } = { warn: 80, breach: 100, escalate: 150 }
const breach: Rung = { at: 100, kind: 'breach', notify: 'superior' }

const sorted = (rungs: readonly Rung[]): Rung[] => [...rungs].sort((a, b) => a.at - b.at)
const same = (a: Rung, b: Rung): boolean => a.at === b.at && a.kind === b.kind && a.notify === b.notify

const ladder = ({ sla }: KnownPolicy): readonly Finding[] => {
  if (sla?.ladder === undefined || sla.ladder.length === 0) return []
  const rungs = sla.ladder.flatMap((rung, i): readonly (Rung & { readonly path: string })[] =>
    rung?.at === undefined || rung.kind === undefined || rung.notify === undefined
      ? []
      : [{ at: rung.at, kind: rung.kind, notify: rung.notify, path: `sla.ladder[${String(i)}]` }],
  )
  const whole = rungs.length === sla.ladder.length
  const bare = rungs.map(({ at, kind, notify }): Rung => ({ at, kind, notify }))
  const unique = bare.filter((r, k) => bare.findIndex((other) => same(other, r)) === k)
  const ladderOf = (next: readonly Rung[]) => (whole ? [put('sla.ladder', next)] : [])
  const findings = rungs.flatMap((rung, i) => {
    const { at, kind, path } = rung
    const before = rungs[i - 1]?.at
    return [
      ...(before !== undefined && before > at ? [flag(path, 'ladderOrder', { at, before }, ladderOf(sorted(bare)))] : []),
      ...(rungs.findIndex((r) => same(r, rung)) < i ? [flag(path, 'rungTwice', {}, ladderOf(unique))] : []),
      ...(misplaced(kind, at) ? [flag(path, 'rungMisplaced', { kind, at }, [put(`${path}.at`, usual[kind])])] : []),
    ]
  })
  if (!whole || rungs.some((r) => r.kind === 'breach' && r.at === 100)) return findings
  return [...findings, flag('sla.ladder', 'noBreachRung', {}, ladderOf(sorted([...bare, breach])))]
}

const cycle = (policy: KnownPolicy): readonly Finding[] => {
  const { length, anchor, steps } = policy.cycle ?? {}
  const day = Number(anchor?.slice(8))
  const path = 'cycle.anchor'
  const late = anchor !== undefined && day > 28 ? [flag(path, 'anchorDay', { day }, [put(path, `${anchor.slice(0, 8)}28`)])] : []
  const budgets = [steps?.freeze, steps?.propose, steps?.review, steps?.decide, steps?.announce].flatMap(
    (budget) => knownBudget(budget) ?? [],
  )
  if (length === undefined) return late
  // 30.4 days a month: holidays only make working days scarcer, so what does not fit here fits nowhere.
  const whole = { amount: length * (365.25 / 12), unit: 'calendarDays' } as const
  const tooLong = standardWeeks(policy).some(
    (week) => budgets.reduce((sum, b) => sum + inWorkingHours(b, week)[0], 0) > inWorkingHours(whole, week)[1],
  )
  return tooLong ? [...late, flag('cycle.steps', 'stepsOverCycle', { months: length })] : late
}

const complaintLists = ({ complaint }: KnownPolicy): readonly Finding[] => {
  const ids = (complaint?.severities ?? []).map((s) => s?.id)
  return [
    ...ids.flatMap((id, i) =>
      id !== undefined && ids.indexOf(id) < i
        ? [flag(`complaint.severities[${String(i)}].id`, 'severityTwice', { severity: id })]
        : [],
    ),
    ...(['channels', 'reworkNatures'] as const).flatMap((name) =>
      complaint?.[name] !== undefined && Object.keys(complaint[name]).length === 0
        ? [flag(`complaint.${name}`, 'listEmpty', {})]
        : [],
    ),
  ]
}

/** The ladder climbs and says when time is over; the cycle's steps fit into it; lists are usable [CPL-04, I-16, I-42]. */
export const lintClocks: Lint = (policy) => [...ladder(policy), ...cycle(policy), ...complaintLists(policy)]
