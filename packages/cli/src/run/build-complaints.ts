import type { Locale, ReportModel, TierOrNone } from '../report/model.ts'
import type { RunTables } from './build-model.ts'
import { clockBook, endOf } from './clock-report.ts'
import type { RunRecord } from './simulate.ts'

const tiersOrNone: readonly TierOrNone[] = ['A', 'B', 'C', 'D', 'none']

/** How the complaints went, with their clocks and one row each. */
export async function complaintReport(run: RunRecord, locale: Locale) {
  const states = new Map<string, number>()
  const rounds: number[] = Array.from({ length: 10 }, () => 0)
  const byTier = new Map<TierOrNone, { met: number; late: number }>()
  const recorded = { bothMet: 0, onlyOursLate: 0, onlyTheirsLate: 0, bothLate: 0 }
  const clocks = clockBook(locale)
  const rows: RunTables['complaints'][number][] = []
  let satisfied = 0
  let dissatisfied = 0
  let reopened = 0
  let opened = 0
  let compared = 0
  for (const { complaint, id, problem, earlier } of run.complaints) {
    const base = {
      id: complaint.id,
      instanceId: id,
      accountId: complaint.accountId,
      receivedAt: complaint.receivedAt,
      recordedTimely: complaint.recordedTimely,
      problem,
    }
    const view = id === null ? null : await run.governance.complaint.get(id)
    if (view === null) {
      states.set('notOpened', (states.get('notOpened') ?? 0) + 1)
      rows.push({ ...base, tier: '', state: 'notOpened', rounds: 0, handoff: '', resolution: '', resolutionDueAt: null })
      continue
    }
    opened += 1
    states.set(view.state, (states.get(view.state) ?? 0) + 1)
    for (const clock of [...earlier, ...view.clocks])
      if (clock.clock.endedAt !== null || !earlier.includes(clock)) clocks.add(clock)
    const { context } = view
    const index = Math.min(9, context.round - 1)
    rounds[index] = (rounds[index] ?? 0) + 1
    if (context.verdicts.some((v) => v.says !== 'satisfied')) dissatisfied += 1
    if (context.verdicts.at(-1)?.says === 'satisfied') satisfied += 1
    if (context.cycle > 1) reopened += 1
    // The first promise is what the customer was given; a reopened case has another one.
    const resolution = earlier.find((c) => c.name === 'resolution') ?? view.clocks.find((c) => c.name === 'resolution')
    const handoff = view.clocks.find((c) => c.name === 'handoff')
    const end = resolution === undefined ? null : endOf(resolution)
    if (end === 'met' || end === 'late') {
      const tier: TierOrNone = context.tier ?? 'none'
      const sum = byTier.get(tier) ?? { met: 0, late: 0 }
      sum[end] += 1
      byTier.set(tier, sum)
      if (complaint.recordedTimely !== null) {
        compared += 1
        recorded[
          complaint.recordedTimely ? (end === 'met' ? 'bothMet' : 'onlyOursLate') : end === 'met' ? 'onlyTheirsLate' : 'bothLate'
        ] += 1
      }
    }
    rows.push({
      ...base,
      tier: context.tier ?? '',
      state: view.state,
      rounds: context.round,
      handoff: handoff === undefined ? '' : endOf(handoff),
      resolution: end ?? '',
      resolutionDueAt: resolution?.standing.dueAt ?? null,
    })
  }
  for (const review of run.reviewed) {
    if (review.status !== 'opened') continue
    for (const clock of (await run.governance.tierAdjustment.get(review.instanceId))?.clocks ?? []) clocks.add(clock)
  }
  const order = [
    'archived',
    'closedWithoutSatisfaction',
    'notUpheld',
    'withdrawn',
    'duplicate',
    'reviewing',
    'inCommittee',
    'confirming',
    'handling',
    'planning',
    'investigating',
    'disputed',
    'assigned',
    'received',
    'notOpened',
  ]
  const report: ReportModel['complaints'] = {
    total: run.complaints.length,
    opened,
    states: [...states]
      .map(([state, count]) => ({ state, count }))
      .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state)),
    rounds: rounds.slice(0, rounds.findLastIndex((n) => n > 0) + 1),
    satisfied,
    dissatisfied,
    reopened,
    byTier: tiersOrNone.flatMap((tier) => {
      const sum = byTier.get(tier)
      return sum === undefined ? [] : [{ tier, ...sum }]
    }),
    recorded: compared === 0 ? null : recorded,
  }
  return { report, clocks: clocks.list(), rows }
}
