import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../errors/index.ts'
import { tiers, type Tier } from '../policy/index.ts'
import { judgedConditions, type Purchase } from './facts.ts'
import { order, policyWith, recommend } from './testing/fixtures.ts'
import type { CurrentStanding } from './types.ts'

describe('every recommendation', () => {
  const day = fc
    .integer({ min: 0, max: 1_200 })
    .map((n) => new Date(Date.UTC(2023, 6, 1) + n * 86_400_000).toISOString().slice(0, 10))
  const purchase = fc
    .record({ date: day, id: fc.nat({ max: 30 }), amount: fc.integer({ min: -500_000, max: 2_000_000 }) })
    .map(({ date, id, amount }): Purchase => ({ ...order(date, amount, `o-${id}`), kind: amount < 0 ? 'return' : 'order' }))
  const judged = fc.record({ score: fc.nat({ max: 100 }), judgedOn: day, by: fc.constant('u-4') })
  const anyFacts = fc.record({
    relationshipStart: fc.option(day),
    purchases: fc.array(purchase, { maxLength: 60 }),
    overdueDays: fc.option(fc.nat({ max: 200 })),
    judgements: fc.record({ potential: judged, influence: judged }, { requiredKeys: [] }),
    conditions: fc.dictionary(
      fc.constantFrom(...judgedConditions),
      fc.record({ holds: fc.boolean(), judgedOn: day, by: fc.constant('u-4') }),
    ),
  })
  const anyCurrent: fc.Arbitrary<CurrentStanding> = fc.record(
    {
      tier: fc.option(fc.constantFrom<Tier>(...tiers)),
      provisionalUntil: day,
      override: fc.record({ until: day }),
      lastMove: fc.record({
        cycle: fc.constantFrom('2025-H1', '2025-H2'),
        direction: fc.constantFrom('up' as const, 'down' as const),
      }),
      previousClassifications: fc.array(
        fc.record({ cycle: fc.constantFrom('2025-H1', '2025-H2'), tier: fc.constantFrom<Tier>(...tiers), held: fc.boolean() }),
      ),
    },
    { requiredKeys: ['tier'] },
  )
  const anyPolicy = fc
    .record({
      upRulesName: fc.constantFrom('current' as const, 'target' as const),
      dDown: fc.constantFrom('propose-exit' as const, 'prepayment' as const, 'watch' as const, 'keep' as const),
    })
    .map((change) => policyWith((p) => void Object.assign(p.adjust, change)))

  it('is frozen JSON of bounded size, moves at most one tier once settled, and leaves its inputs as they were', () => {
    fc.assert(
      fc.property(anyFacts, anyCurrent, anyPolicy, (facts, current, p) => {
        const before = JSON.stringify([facts, current, p])
        const r = recommend(facts, current, p)
        const json: JsonValue = r
        expect(JSON.parse(JSON.stringify(json))).toEqual(r)
        expect(JSON.stringify(json).length).toBeLessThan(12_000)
        expect(JSON.stringify([facts, current, p])).toBe(before)
        expect(
          Object.isFrozen(r) && r.rules.every((rule) => Object.isFrozen(rule) && rule.conditions.every(Object.isFrozen)),
        ).toBe(true)
        if (r.currentTier === null || r.recommended === 'exit') return
        const steps = tiers.indexOf(r.currentTier) - tiers.indexOf(r.recommended)
        const direction = steps > 0 ? 'up' : steps < 0 ? 'down' : r.direction
        expect(r.direction).toBe(direction)
        if (current.provisionalUntil === undefined) expect(Math.abs(steps)).toBeLessThanOrEqual(1)
      }),
      { numRuns: 200 },
    )
  })
})
