import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { needSegmentOf, needSegments } from '../segments/need-segment.ts'
import { kaClassesOf, type ClassMeasures, type ClassRule } from './ka-classes.ts'

const at = (measure: keyof ClassMeasures, value: number, op: '>=' | '<=' = '>=') => ({
  measure,
  threshold: { op, value },
  parameter: `classes.${measure}`,
})
const rules: readonly ClassRule[] = [
  { id: 'industryLeader', conditions: [at('influence', 80), at('industryRank', 3, '<=')], atLeast: 2 },
  { id: 'scaleDominant', conditions: [at('annualMinor', 800_000_000)], atLeast: 1 },
  {
    id: 'strategicPartner',
    conditions: [at('businessPotential', 70), at('technologyPotential', 70), at('marketPotential', 70)],
    atLeast: 2,
  },
]
const nothing: ClassMeasures = {
  influence: null,
  industryRank: null,
  annualMinor: null,
  businessPotential: null,
  technologyPotential: null,
  marketPotential: null,
}
const fits = (measures: Partial<ClassMeasures>) =>
  Object.fromEntries(kaClassesOf({ ...nothing, ...measures }, rules).map((c) => [c.id, c.fits]))

describe('classes of key accounts [CLS-02]', () => {
  test('not exclusive: an account can be of several, or of none', () => {
    expect(
      fits({
        influence: 90,
        industryRank: 1,
        annualMinor: 900_000_000,
        businessPotential: 75,
        technologyPotential: 20,
        marketPotential: 70,
      }),
    ).toEqual({
      industryLeader: true,
      scaleDominant: true,
      strategicPartner: true,
    })
    expect(
      fits({ influence: 10, industryRank: 9, annualMinor: 1, businessPotential: 1, technologyPotential: 1, marketPotential: 1 }),
    ).toEqual({
      industryLeader: false,
      scaleDominant: false,
      strategicPartner: false,
    })
  })
  test('what is not known neither makes nor breaks a class, unless the rest decides', () => {
    expect(fits({})).toEqual({ industryLeader: null, scaleDominant: null, strategicPartner: null })
    expect(fits({ influence: 70, businessPotential: 80, marketPotential: 90 })).toEqual({
      industryLeader: false,
      scaleDominant: null,
      strategicPartner: true,
    })
  })
  test('every reason says what was asked and what is', () => {
    expect(kaClassesOf({ ...nothing, industryRank: 4 }, rules)[0]?.reasons).toEqual([
      { measure: 'influence', parameter: 'classes.influence', required: { op: '>=', value: 80 }, actual: null, met: null },
      { measure: 'industryRank', parameter: 'classes.industryRank', required: { op: '<=', value: 3 }, actual: 4, met: false },
    ])
  })
})

describe('need segments [CLS-04]', () => {
  const policy = { min: 50, margin: 10 }
  test('the leading need; nobody leads by less than the margin; none may show', () => {
    expect(needSegmentOf({ price: 80, service: 70, technology: 20 }, policy)).toMatchObject({ segment: 'price', unclear: null })
    expect(needSegmentOf({ price: 80, service: 71, technology: 20 }, policy)).toMatchObject({
      segment: null,
      unclear: 'withinMargin',
    })
    expect(needSegmentOf({ price: 40, service: 30, technology: null }, policy)).toMatchObject({
      unclear: 'noneShows',
      missing: ['technology'],
    })
    expect(needSegmentOf({ price: null, service: null, technology: null }, policy)).toMatchObject({ unclear: 'notJudged' })
  })
  test('needs that show stand the strongest first, equal ones in the order of the policy’s text', () => {
    expect(needSegmentOf({ price: 49, service: 50, technology: 50 }, { min: 50, margin: 0 })).toEqual({
      ranked: [
        { need: 'service', score: 50 },
        { need: 'technology', score: 50 },
      ],
      segment: 'service',
      unclear: null,
      missing: [],
    })
    expect(needSegmentOf({ price: 60, service: null, technology: 90 }, policy)).toEqual({
      ranked: [
        { need: 'technology', score: 90 },
        { need: 'price', score: 60 },
      ],
      segment: 'technology',
      unclear: null,
      missing: ['service'],
    })
    expect(needSegmentOf({ price: 80, service: 75, technology: 76 }, policy)).toMatchObject({
      segment: null,
      unclear: 'withinMargin',
    })
    expect(needSegmentOf({ price: 50, service: 49, technology: 0 }, policy).segment).toBe('price')
  })
  test('a segment leads every other need that shows', () => {
    const score = fc.option(fc.integer({ min: 0, max: 100 }), { nil: null })
    fc.assert(
      fc.property(fc.record({ price: score, service: score, technology: score }), (measures) => {
        const { segment, unclear } = needSegmentOf(measures, policy)
        expect(segment === null).toBe(unclear !== null)
        if (segment === null) return
        const lead = measures[segment] ?? 0
        expect(lead).toBeGreaterThanOrEqual(50)
        for (const need of needSegments)
          if (need !== segment && (measures[need] ?? 0) >= 50) expect(lead - (measures[need] ?? 0)).toBeGreaterThanOrEqual(10)
      }),
    )
  })
})
