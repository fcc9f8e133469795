import { describe, expect, it } from 'vitest'
import { blocksOf } from './blocks.ts'
import { awaitedJudgements, proposedMove, type Move, type RulesRun } from './proposed-move.ts'
import { cycle, halves, measuresWith, order, policyWith, recommend, scores } from './testing/fixtures.ts'
import { compileTierRules } from './tier/tier-rules.ts'
import type { Condition, CurrentStanding, RuleOutcome } from './types.ts'

const rule = (outcome: RuleOutcome['outcome'], conditions: readonly Condition[] = []): RuleOutcome => ({
  rule: 'B.up',
  clause: 'ADJ-03',
  outcome,
  conditions,
})
const run = (part: Partial<RulesRun>): RulesRun => ({
  up: null,
  down: rule('notMet'),
  fallbackUp: null,
  fallbackDown: null,
  ...part,
})
const policy = policyWith()

describe('the move that met rules propose [ADJ-02 … ADJ-08]', () => {
  const propose = (tier: 'A' | 'B' | 'C' | 'D', part: Partial<RulesRun>, to: 'A' | 'B' | 'C' | 'D' = 'A', p = policy) =>
    proposedMove(tier, run(part), { tier: to } as never, p)
  const yes = rule('met')

  it('one tier up or down by a rule; by the class as far as the policy lets it', () => {
    expect(propose('B', { up: yes })).toEqual({ direction: 'up', to: 'A' })
    expect(propose('A', { up: yes })).toEqual({ direction: 'nominate', to: 'A' })
    expect(propose('C', { down: yes })).toEqual({ direction: 'down', to: 'D' })
    expect(propose('B', { fallbackDown: yes })).toEqual({ direction: 'down', to: 'C' })
    const steps = (maxStep: number) => policyWith((p) => (p.adjust.maxStep = maxStep))
    expect(propose('D', { fallbackUp: yes }, 'A', steps(1))).toEqual({ direction: 'up', to: 'C' })
    expect(propose('D', { fallbackUp: yes }, 'A', steps(2))).toEqual({ direction: 'up', to: 'B' })
    expect(propose('D', { fallbackUp: yes }, 'C', steps(3))).toEqual({ direction: 'up', to: 'C' })
    expect(propose('C', {})).toBeNull()
  })

  it('none where both directions are met; from D only out, where the policy says so', () => {
    expect(propose('B', { up: yes, down: yes })).toBe('contradiction')
    expect(propose('B', { fallbackUp: yes, fallbackDown: yes })).toBe('contradiction')
    const exits = (dDown: 'propose-exit' | 'watch') => policyWith((p) => (p.adjust.dDown = dDown))
    expect(propose('D', { down: yes }, 'D', exits('propose-exit'))).toEqual({ direction: 'exit', to: 'exit' })
    expect(propose('D', { down: yes }, 'D', exits('watch'))).toBeNull()
  })
})

describe('judgements that a rule waits for', () => {
  const number = (met: boolean | null): Condition =>
    ({ name: 'n', kind: 'number', op: '>=', required: 1, actual: null, met }) as never
  const judged = (name: string, met: boolean | null, reason?: string): Condition =>
    ({ name, kind: 'judged', required: true, actual: met, met, ...(reason === undefined ? {} : { reason }) }) as never

  it('are those not answered, where all its numbers are known', () => {
    const waits = [number(true), number(false), judged('a', null, 'notJudged'), judged('b', true), judged('c', null, 'stale')]
    expect(awaitedJudgements(run({ up: rule('notRun', waits) }))).toEqual([
      { what: 'a', reason: 'missing' },
      { what: 'c', reason: 'stale' },
    ])
    expect(awaitedJudgements(run({ down: rule('notRun', waits) }))).toHaveLength(2)
    // One unknown number is enough for nobody to be asked; and who has decided waits for nothing.
    expect(awaitedJudgements(run({ up: rule('notRun', [...waits, number(null)]) }))).toEqual([])
    expect(awaitedJudgements(run({ up: rule('met', waits), down: rule('notMet', waits) }))).toEqual([])
    expect(awaitedJudgements(run({ up: null }))).toEqual([])
  })
})

describe('what stops a move', () => {
  const gates = policyWith((p) => {
    p.tier.gates.overdueDays = 60
    p.tier.gates.seriousDispute = true
    p.tier.gates.amountD = true
    p.adjust.grace = 2
  })
  const blocks = (move: Move, current: Partial<CurrentStanding>, measures: Parameters<typeof measuresWith>[0] = {}) =>
    blocksOf(move, {
      cycle,
      current: { tier: 'B', ...current },
      policy: gates,
      measures: measuresWith(measures),
      tierRules: compileTierRules(gates),
    } as never)
  const up: Move = { direction: 'up', to: 'A' }
  const down: Move = { direction: 'down', to: 'C' }
  const nominate: Move = { direction: 'nominate', to: 'A' }

  it('grace: the opposite direction, for so many cycles; a nomination is upwards', () => {
    const moved = (direction: 'up' | 'down', in_: string) => ({ lastMove: { direction, cycle: in_ } })
    const grace = (move: string, until: string) => [{ by: 'grace', move, parameter: 'adjust.grace', until }]
    expect(blocks(up, moved('down', '2025-H2'))).toEqual(grace('up', '2025-H2'))
    expect(blocks(nominate, moved('down', '2025-H1'))).toEqual(grace('nominate', '2025-H1'))
    expect(blocks(down, moved('up', '2025-H1'))).toEqual(grace('down', '2025-H1'))
    expect(blocks({ direction: 'exit', to: 'exit' }, moved('up', '2025-H2'))).toEqual(grace('exit', '2025-H2'))
    expect([
      blocks(up, moved('up', '2025-H2')),
      blocks(nominate, moved('up', '2025-H2')),
      blocks(down, moved('down', '2025-H2')),
    ]).toEqual([[], [], []])
    expect(blocks(up, moved('down', '2024-H2'))).toEqual([])
  })

  it('an override, as long as it reaches over the cycle', () => {
    const until = (day: string) => blocks(up, { override: { until: day } })
    expect(until(cycle.to)).toEqual([{ by: 'override', move: 'up', parameter: 'adjust.override', until: cycle.to }])
    expect(until('2026-06-30')).toEqual([])
  })

  it('gates, each named, upwards only', () => {
    const gate = (move: string, name: string) => ({ by: 'gate', move, parameter: `tier.gates.${name}` })
    const poor = { amountA: 0, amountB: 0, amountC: 0 }
    expect(blocks(up, {}, poor)).toEqual([gate('up', 'amountD')])
    expect(blocks(nominate, {}, { ...poor, overdueDays: 61, seriousDispute: true })).toEqual([
      gate('nominate', 'amountD'),
      gate('nominate', 'overdueDays'),
      gate('nominate', 'seriousDispute'),
    ])
    expect(blocks(down, {}, { ...poor, overdueDays: 61, seriousDispute: true })).toEqual([])
  })
})

describe('how a recommendation is explained', () => {
  it('the first assessment, and the end of a provisional tier [I-32]', () => {
    const purchases = halves(500_000, 2, 2, 2, 2)
    const first = recommend({ purchases }, { tier: null })
    expect([first.direction, first.recommended, first.blockedBy]).toEqual(['assign', 'A', []])
    expect(first.explanation).toEqual([
      { code: 'firstAssessment', clause: 'I-32' },
      { code: 'classified', clause: 'TIER-01', tier: 'A' },
    ])
    const gap = { purchases, coverage: { from: '2025-01-01', to: '2026-08-01' } }
    const held = { tier: null, previousClassifications: [{ cycle: '2025-H2', tier: 'B' as const, held: true }] }
    const missing = { code: 'missingData', value: 'amount' }
    for (const [current, direction] of [
      [{ tier: null }, 'hold'],
      [held, 'notAssessed'],
    ] as const) {
      const r = recommend(gap, current)
      expect([r.direction, r.recommended, r.blockedBy]).toEqual([direction, 'B', []])
      expect(r.explanation).toEqual([{ code: 'firstAssessment', clause: 'I-32' }, missing])
    }
    const young = recommend({ purchases, relationshipStart: '2026-05-01' }, { tier: null })
    expect(young.explanation[0]).toMatchObject({ code: 'provisional', clause: 'I-32' })
    expect(young.direction).toBe('notAssessed')
  })

  it('D down without an exit [decision 1]', () => {
    const leaving = {
      purchases: [order('2025-02-01', 500_000), order('2026-02-01', 50_000)],
      ...scores(30),
      conditions: { potentialGone: { holds: true, judgedOn: '2026-06-01', by: 'u-4' } },
    }
    for (const dDown of ['prepayment', 'watch', 'keep'] as const) {
      const stays = recommend(
        leaving,
        { tier: 'D' },
        policyWith((p) => (p.adjust.dDown = dDown)),
      )
      expect(stays).toMatchObject({ direction: 'stay', recommended: 'D' })
      expect(stays.measure).toBe(dDown === 'keep' ? undefined : dDown)
      expect(stays.explanation.at(-1)).toEqual({ code: 'dDown', clause: 'ADJ-08', value: dDown })
    }
  })
})
