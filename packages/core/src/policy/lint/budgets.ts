import type { Finding } from '../../errors/index.ts'
import { nearest } from '../findings/index.ts'
import type { Budget } from '../parts.ts'
import type { LintCheck } from './check-data.ts'
import { knownBudget as known, together, type BudgetPart as Part } from './known-budget.ts'
import { flag, put, type KnownPolicy, type Lint } from './lint.ts'
import { alwaysLonger, differs, longer, standardWeeks, type StandardWeek } from './standard-day.ts'

type PairCheck = Extract<LintCheck, 'longerThan' | 'rarelyInTime' | 'neverCounts' | 'urgentSlower'>
/** The first must not be longer than the second; `lengthen`: what mends it is the second. */
type Pair = readonly [check: PairCheck, path: string, shorter: Part, other: string, longer: Part, mend?: 'lengthen']

const within = ([check, path, first, other, second, mend]: Pair, weeks: readonly StandardWeek[]): readonly Finding[] => {
  const [budget, limit] = [known(first), known(second)]
  const compare = check === 'neverCounts' || check === 'urgentSlower' ? alwaysLonger : longer
  const found = budget !== undefined && limit !== undefined ? compare(budget, limit, weeks) : null
  if (budget === undefined || limit === undefined || found === null) return []
  const fix = mend === 'lengthen' ? put(other, budget) : put(path, limit)
  return [flag(path, check, { budget, other, limit, calendar: found.calendar ?? null }, [fix])]
}

const pairs = ({ complaint, feedback, group, sla, demand, adjust }: KnownPolicy): readonly Pair[] => [
  ['longerThan', 'complaint.handoff', complaint?.handoff, 'complaint.resolution', complaint?.resolution],
  ['longerThan', 'complaint.acceptWithin', complaint?.acceptWithin, 'complaint.resolution', complaint?.resolution],
  [
    'longerThan',
    'complaint.complex.progressEvery',
    complaint?.complex?.progressEvery,
    'complaint.complex.extension',
    complaint?.complex?.extension,
  ],
  ['longerThan', 'group.reply.urgent', group?.reply?.urgent, 'group.reply.general', group?.reply?.general],
  ['longerThan', 'group.reply.general', group?.reply?.general, 'feedback.general.result', feedback?.general?.result],
  ['longerThan', 'feedback.general.result', feedback?.general?.result, 'feedback.complex.max', feedback?.complex?.max],
  ['longerThan', 'complaint.resolution', complaint?.resolution, 'feedback.complex.max', feedback?.complex?.max],
  ['longerThan', 'sla.maxPause.each', sla?.maxPause?.each, 'sla.maxPause.total', sla?.maxPause?.total],
  [
    'longerThan',
    'demand.urgent.firstResponse',
    demand?.urgent?.firstResponse,
    'demand.urgent.solution',
    demand?.urgent?.solution,
  ],
  ['longerThan', 'demand.normal.firstResponse', demand?.normal?.firstResponse, 'demand.normal.answer', demand?.normal?.answer],
  [
    'urgentSlower',
    'demand.urgent.firstResponse',
    demand?.urgent?.firstResponse,
    'demand.normal.firstResponse',
    demand?.normal?.firstResponse,
  ],
  ['urgentSlower', 'demand.urgent.solution', demand?.urgent?.solution, 'demand.normal.answer', demand?.normal?.answer],
  // Both clocks of a demand in a customer group run; by decision 9 the earlier due counts, so a longer promise is none.
  ['neverCounts', 'demand.urgent.firstResponse', demand?.urgent?.firstResponse, 'group.reply.urgent', group?.reply?.urgent],
  ['neverCounts', 'demand.normal.firstResponse', demand?.normal?.firstResponse, 'group.reply.general', group?.reply?.general],
  ['rarelyInTime', 'complaint.roundBudget', complaint?.roundBudget, 'complaint.resolution', complaint?.resolution],
  [
    'rarelyInTime',
    'feedback.complex.max',
    feedback?.complex?.max,
    'adjust.A.down.disputeSettleWithin',
    adjust?.A?.down?.disputeSettleWithin,
    'lengthen',
  ],
]

const ceiling = ({ complaint, feedback }: KnownPolicy, weeks: readonly StandardWeek[]): readonly Finding[] => {
  const [normal, extension, max] = [
    known(complaint?.resolution),
    known(complaint?.complex?.extension),
    known(feedback?.complex?.max),
  ]
  if (normal === undefined || extension === undefined || max === undefined || !differs([normal, extension], max, weeks)) return []
  const [path, sum] = ['feedback.complex.max', together([normal, extension])]
  return [flag(path, 'twoCeilings', { max, normal, extension }, sum === undefined ? [] : [put(path, sum)])]
}

const followUp = ({ complaint }: KnownPolicy, weeks: readonly StandardWeek[]): readonly Finding[] => {
  const { attempts, days, within: limit } = complaint?.followUp ?? {}
  const path = 'complaint.followUp.days'
  const time = known(limit)
  if (days === undefined) return []
  // Attempts on N days need N - 1 days from the first to the last.
  const needed: Budget = { amount: days - 1, unit: 'workingDays' }
  const room = put('complaint.followUp.within', needed)
  return [
    ...(attempts !== undefined && days > attempts
      ? [flag(path, 'attemptsOnDays', { attempts, days }, [put(path, attempts)])]
      : []),
    ...(time !== undefined && days > 1 && longer(needed, time, weeks) !== null
      ? [flag(path, 'daysInTime', { days, within: time }, [room])]
      : []),
  ]
}

const tighter = ({ complaint }: KnownPolicy, weeks: readonly StandardWeek[]): readonly Finding[] => {
  const severities = complaint?.severities?.map((s) => s?.id).filter((id) => id !== undefined)
  return (complaint?.tighter ?? []).flatMap((rule, i) => {
    if (rule === undefined) return []
    const path = `complaint.tighter[${String(i)}]`
    const at = `${path}.when.severities`
    const named = rule.when?.severities ?? []
    const unknown = named.filter((id) => id !== undefined).filter((id) => severities?.includes(id) === false)
    const looser = (['handoff', 'resolution'] as const).flatMap((name) => {
      const [base, own] = [known(complaint?.[name]), known(rule[name])]
      if (base === undefined || own === undefined || longer(own, base, weeks) === null) return []
      return [flag(`${path}.${name}`, 'tighterLooser', { other: `complaint.${name}` }, [put(`${path}.${name}`, base)])]
    })
    return [
      ...unknown.map((severity) => {
        const near = nearest(severity, severities ?? [])
        const fix = near === undefined ? [] : [put(`${at}[${String(named.indexOf(severity))}]`, near)]
        return flag(at, 'severityUnknown', { severity, known: severities ?? [] }, fix)
      }),
      ...looser,
      ...(rule.handoff === undefined && rule.resolution === undefined ? [flag(path, 'tighterEmpty', {})] : []),
    ]
  })
}

/** Promised times do not contradict each other: sooner steps fit into later ones, whatever their units [P-02 … P-05, P-21 … P-24, I-06, I-08, I-10]. */
export const lintBudgets: Lint = (policy) => {
  const weeks = standardWeeks(policy)
  return [
    ...pairs(policy).flatMap((pair) => within(pair, weeks)),
    ...ceiling(policy, weeks),
    ...followUp(policy, weeks),
    ...tighter(policy, weeks),
  ]
}
