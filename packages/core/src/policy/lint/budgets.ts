import type { Finding } from '../../errors/index.ts'
import { formatBudget } from '../parts.ts'
import { knownBudget as known, type BudgetPart as Part } from './known-budget.ts'
import { doubt, problem, type KnownPolicy, type Lint } from './lint.ts'
import { differs, longer, standardWeeks, type StandardWeek } from './standard-day.ts'

type Pair = readonly [path: string, shorter: Part, other: string, longer: Part]

const within = (
  [path, shorterPart, other, longerPart]: Pair,
  weeks: readonly StandardWeek[],
  report: typeof problem,
): readonly Finding[] => {
  const [short, long] = [known(shorterPart), known(longerPart)]
  const found = short !== undefined && long !== undefined ? longer(short, long, weeks) : null
  if (short === undefined || long === undefined || found === null) return []
  const where = found.calendar === undefined ? '' : ` by the hours of calendar ${found.calendar}`
  return [
    report(
      path,
      'contradiction',
      `${formatBudget(short)} is longer than ${other} (${formatBudget(long)})${where}`,
      `shorten it, or lengthen ${other}`,
    ),
  ]
}

const hardPairs = ({ complaint, feedback, group, sla }: KnownPolicy): readonly Pair[] => [
  ['complaint.handoff', complaint?.handoff, 'complaint.resolution', complaint?.resolution],
  ['complaint.acceptWithin', complaint?.acceptWithin, 'complaint.resolution', complaint?.resolution],
  [
    'complaint.complex.progressEvery',
    complaint?.complex?.progressEvery,
    'complaint.complex.extension',
    complaint?.complex?.extension,
  ],
  ['group.reply.urgent', group?.reply?.urgent, 'group.reply.general', group?.reply?.general],
  ['group.reply.general', group?.reply?.general, 'feedback.general.result', feedback?.general?.result],
  ['feedback.general.result', feedback?.general?.result, 'feedback.complex.max', feedback?.complex?.max],
  ['complaint.resolution', complaint?.resolution, 'feedback.complex.max', feedback?.complex?.max],
  ['sla.maxPause.each', sla?.maxPause?.each, 'sla.maxPause.total', sla?.maxPause?.total],
]

const softPairs = ({ complaint, feedback, adjust }: KnownPolicy): readonly Pair[] => [
  ['complaint.roundBudget', complaint?.roundBudget, 'complaint.resolution', complaint?.resolution],
  ['feedback.complex.max', feedback?.complex?.max, 'adjust.A.down.disputeSettleWithin', adjust?.A?.down?.disputeSettleWithin],
]

const ceiling = ({ complaint, feedback }: KnownPolicy, weeks: readonly StandardWeek[]): readonly Finding[] => {
  const [normal, extension, max] = [
    known(complaint?.resolution),
    known(complaint?.complex?.extension),
    known(feedback?.complex?.max),
  ]
  if (normal === undefined || extension === undefined || max === undefined || !differs([normal, extension], max, weeks)) return []
  return [
    doubt(
      'feedback.complex.max',
      'differ',
      `${formatBudget(max)} is not complaint.resolution and its extension together (${formatBudget(normal)} + ${formatBudget(extension)})`,
      'make the two ends of a complex case the same, else it has two ceilings',
    ),
  ]
}

const followUp = ({ complaint }: KnownPolicy, weeks: readonly StandardWeek[]): readonly Finding[] => {
  const { attempts, days, within: limit } = complaint?.followUp ?? {}
  const path = 'complaint.followUp.days'
  const [findings, time] = [[] as Finding[], known(limit)]
  if (attempts !== undefined && days !== undefined && days > attempts)
    findings.push(
      problem(
        path,
        'contradiction',
        `${String(attempts)} attempts cannot fall on ${String(days)} days`,
        `use at most ${String(attempts)}`,
      ),
    )
  if (days === undefined || time === undefined) return findings
  // Attempts on N days need N - 1 days from the first to the last.
  const needed = { amount: days - 1, unit: 'workingDays' } as const
  return days < 2 || longer(needed, time, weeks) === null
    ? findings
    : [
        ...findings,
        problem(
          path,
          'contradiction',
          `${String(days)} days do not fit into ${formatBudget(time)}`,
          'use fewer days, or lengthen complaint.followUp.within',
        ),
      ]
}

const tighter = ({ complaint }: KnownPolicy, weeks: readonly StandardWeek[]): readonly Finding[] => {
  const severities = complaint?.severities?.map((s) => s?.id)
  return (complaint?.tighter ?? []).flatMap((rule, i) => {
    if (rule === undefined) return []
    const path = `complaint.tighter[${String(i)}]`
    const unknown = (rule.when?.severities ?? []).filter(
      (id) => severities !== undefined && id !== undefined && !severities.includes(id),
    )
    const looser = (['handoff', 'resolution'] as const).filter((name) => {
      const [base, own] = [known(complaint?.[name]), known(rule[name])]
      return base !== undefined && own !== undefined && longer(own, base, weeks) !== null
    })
    const empty = rule.handoff === undefined && rule.resolution === undefined
    return [
      ...unknown.map((id) =>
        problem(
          `${path}.when.severities`,
          'unknown_reference',
          `no severity ${String(id)}`,
          `use one of ${(severities ?? []).join(', ')}`,
        ),
      ),
      ...looser.map((name) =>
        doubt(
          `${path}.${name}`,
          'contradiction',
          `longer than complaint.${name}, so it never counts`,
          'shorten it or delete the rule',
        ),
      ),
      ...(empty
        ? [problem(path, 'contradiction', 'a tighter rule without a budget', 'add handoff or resolution, or delete it')]
        : []),
    ]
  })
}

/** Promised times do not contradict each other: sooner steps fit into later ones, whatever their units [P-04, P-05, P-21 … P-24, I-06, I-10]. */
export const lintBudgets: Lint = (policy) => {
  const weeks = standardWeeks(policy)
  return [
    ...hardPairs(policy).flatMap((pair) => within(pair, weeks, problem)),
    ...softPairs(policy).flatMap((pair) => within(pair, weeks, doubt)),
    ...ceiling(policy, weeks),
    ...followUp(policy, weeks),
    ...tighter(policy, weeks),
  ]
}
