import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kaGradeOf, type GradeMeasures, type GradeTerms } from './ka-grade.ts'
import { weightedScale, type Indicator } from './weighted-scale.ts'

/** I-05 (i): 35/20/20/15/10; A ≥ 85, B ≥ 70, C ≥ 55. */
const terms: GradeTerms = {
  weights: { sales: 35, growth: 20, satisfaction: 20, loyalty: 15, influence: 10 },
  spans: { sales: { zero: 0, full: 800_000_000 }, growth: { zero: -20, full: 20 }, satisfaction: { zero: 50, full: 100 } },
  cutoffs: { A: 85, B: 70, C: 55 },
}
const measures: GradeMeasures = { sales: 600_000_000, growth: 10, satisfaction: 90, loyalty: 80, influence: 60 }

describe('the KA grade [TIER-06, I-05, decision 7]', () => {
  test('a sum that a person can check', () => {
    // 75×35 % + 75×20 % + 80×20 % + 80×15 % + 60×10 % = 26.25 + 15 + 16 + 12 + 6
    const grade = kaGradeOf(measures, terms)
    expect(grade.parts.map((p) => p.points)).toEqual([26.25, 15, 16, 12, 6])
    expect(grade).toMatchObject({ points: 75.25, grade: 'B', nextGrade: 'A', lacks: 9.75, missing: [] })
  })
  test('each part says its unit and the parameter of its weight', () => {
    expect(kaGradeOf(measures, terms).parts.map((p) => [p.name, p.unit, p.raw, p.score, p.weight, p.parameter])).toEqual([
      ['sales', 'minor', 600_000_000, 75, 35, 'grade.weights.sales'],
      ['growth', 'percent', 10, 75, 20, 'grade.weights.growth'],
      ['satisfaction', 'percent', 90, 80, 20, 'grade.weights.satisfaction'],
      ['loyalty', 'score', 80, 80, 15, 'grade.weights.loyalty'],
      ['influence', 'score', 60, 60, 10, 'grade.weights.influence'],
    ])
  })
  test('a cut-off is inside the better grade; D has C ahead; A has nothing', () => {
    const flat: GradeTerms = { ...terms, weights: { sales: 0, growth: 0, satisfaction: 0, loyalty: 1, influence: 0 } }
    const at = (loyalty: number) => kaGradeOf({ ...measures, loyalty }, flat)
    expect([85, 84.999, 70, 55, 54.9].map((l) => at(l).grade)).toEqual(['A', 'B', 'B', 'C', 'D'])
    expect(at(54)).toMatchObject({ nextGrade: 'C', lacks: 1 })
    expect(at(84.75)).toMatchObject({ grade: 'B', nextGrade: 'A', lacks: 0.25 })
    expect(at(90)).toMatchObject({ grade: 'A', nextGrade: null, lacks: null })
  })
  test('missing is not zero: the known indicators are weighed anew, and the missing ones are named', () => {
    const grade = kaGradeOf({ ...measures, satisfaction: null, loyalty: null }, terms)
    expect(grade).toMatchObject({ missing: ['satisfaction', 'loyalty'] })
    expect(grade.points).toBeCloseTo((75 * 35 + 75 * 20 + 60 * 10) / 65, 5)
    expect(kaGradeOf({ sales: null, growth: null, satisfaction: null, loyalty: null, influence: null }, terms)).toMatchObject({
      grade: null,
      points: null,
    })
  })
})

describe('laws of a weighted scale [decision 7]', () => {
  const indicator = (i: number): fc.Arbitrary<Indicator> =>
    fc
      .record({
        zero: fc.integer({ min: -1000, max: 1000 }),
        span: fc.integer({ min: 1, max: 5000 }),
        weight: fc.integer({ min: 0, max: 100 }),
      })
      .map(({ zero, span, weight }) => ({
        name: `i${String(i)}`,
        unit: 'score',
        zero,
        full: zero + span,
        weight,
        parameter: `w.${String(i)}`,
      }))
  const scale = fc.integer({ min: 1, max: 6 }).chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => indicator(i))))
  const value = fc.option(fc.integer({ min: -3000, max: 9000 }), { freq: 5 })
  const values = fc
    .tuple(value, value, value, value, value, value)
    .map((list) => Object.fromEntries(list.map((v, i) => [`i${String(i)}`, v])))

  test('total, 0 to 100, the parts add up, order-free, and more is never worse', () => {
    fc.assert(
      fc.property(scale, values, fc.nat(5), fc.nat(5000), (indicators, raw, which, more) => {
        const result = weightedScale(indicators, raw)
        const { points, parts } = result
        if (points === null) expect(parts.every((p) => p.points === null)).toBe(true)
        else {
          expect(points >= 0 && points <= 100).toBe(true)
          expect(parts.reduce((sum, p) => sum + (p.points ?? 0), 0)).toBeCloseTo(points, 4)
        }
        expect(weightedScale([...indicators].reverse(), raw).points ?? -1).toBeCloseTo(points ?? -1, 5)
        const name = `i${String(which)}`
        const before = raw[name]
        if (before == null || points === null) return
        expect(weightedScale(indicators, { ...raw, [name]: before + more }).points ?? -1).toBeGreaterThanOrEqual(points)
      }),
    )
  })
  const of = (patch: Partial<Indicator>, x: number | null | undefined = 50) =>
    weightedScale([{ name: 'x', unit: 'score', zero: 0, full: 100, weight: 1, parameter: 'p', ...patch }], { x })
  test('less may be better; nothing lies below 0 or above 100', () => {
    const late = (days: number) => of({ zero: 30, full: 0 }, days).points
    expect([late(0), late(6), late(30), late(31), late(-1)]).toEqual([100, 80, 0, 0, 100])
    expect([of({}, -1).points, of({}, 101).points, of({ zero: 100, full: 200 }, 150).points]).toEqual([0, 100, 50])
  })
  test('what has no weight is neither a point nor missing; what has no value is missing', () => {
    expect(of({ weight: 0 })).toEqual({
      points: null,
      parts: [{ name: 'x', unit: 'score', raw: 50, score: 50, weight: 0, points: null, parameter: 'p' }],
      missing: [],
    })
    expect(of({ weight: 0 }, null).missing).toEqual([])
    for (const none of [null, undefined])
      expect(weightedScale([{ name: 'x', unit: 'score', zero: 0, full: 100, weight: 2, parameter: 'p' }], { x: none })).toEqual({
        points: null,
        parts: [{ name: 'x', unit: 'score', raw: null, score: null, weight: 2, points: null, parameter: 'p' }],
        missing: ['x'],
      })
  })
  test('numbers that are none, and weights below 0, are mistakes that are named', () => {
    const message = 'indicator x: its 0 and its 100 points differ, and all numbers are finite'
    for (const patch of [{ zero: NaN }, { full: Infinity }, { weight: NaN }, { weight: -1 }, { zero: 100 }])
      expect(() => of(patch), JSON.stringify(patch)).toThrow(new RangeError(message))
    expect(() => of({}, Infinity)).toThrow(new RangeError(message))
  })
  test('an indicator without a span is a mistake that is named', () => {
    expect(() => weightedScale([{ name: 'x', unit: 'score', zero: 1, full: 1, weight: 1, parameter: 'p' }], { x: 1 })).toThrow(
      'indicator x',
    )
  })
})
