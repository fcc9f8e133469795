import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { manufacturerCn, type Policy } from '../../policy/index.ts'
import { policyWith, yuan } from '../testing/fixtures.ts'
import { admissionLimits } from './admission-limits.ts'
import { admissionMeasures } from './admission-measures.ts'
import { admissionScore } from './admission-score.ts'
import { attainment } from './grade-criteria.ts'
import { admissionMeasureNames, type AdmissionFindings, type AdmissionMeasures } from './types.ts'

const good: AdmissionFindings = {
  qualification: { lawfulOperation: true, goodReputation: true, noMajorViolation: true },
  need: { annualVolume: { currency: 'CNY', minor: yuan(2_000_000) }, growthPotential: 60 },
  willingness: { score: 60 },
  finance: { paidInCapital: { currency: 'CNY', minor: yuan(5_000_000) }, overdueDays: 30, stableYears: 3 },
}
const policy = manufacturerCn()
const measures = admissionMeasures(good, policy, '2026-03-02')
const score = (over: Partial<AdmissionMeasures> = {}, p: Policy = policy) => admissionScore({ ...measures, ...over }, p)

describe('admission score [ADM-01 … ADM-04, ADM-06, I-01, I-02]', () => {
  it('is 100 exactly at every limit', () => {
    expect(score()).toMatchObject({ value: 100, passes: true, reasons: [], shortfalls: [] })
    expect(score().parts.map((p) => [p.criterion, p.value, p.weight])).toEqual([
      ['qualification', 100, 25],
      ['need', 100, 30],
      ['willingness', 100, 20],
      ['finance', 100, 25],
    ])
  })

  it('a criterion is worth as much as its weakest measure', () => {
    const half = score({ annualVolume: yuan(1_000_000), growthPotential: 45 })
    expect(half.parts[1]).toMatchObject({ value: 50, met: false })
    expect(half).toMatchObject({ value: 85, passes: true, reasons: [] })
    expect(half.shortfalls.map((s) => [s.measure, s.required, s.actual, s.currency, s.passesAt])).toEqual([
      ['annualVolume', yuan(2_000_000), yuan(1_000_000), 'CNY', null],
      ['growthPotential', 60, 45, undefined, null],
    ])
  })

  it('a mandatory criterion screens out whatever the score', () => {
    const late = score({ overdueDays: 31 })
    expect(late.value).toBeGreaterThan(99)
    expect(late).toMatchObject({ passes: false, reasons: [{ code: 'mandatoryNotMet', criterion: 'finance' }] })
    expect(late.shortfalls).toMatchObject([{ measure: 'overdueDays', op: '<=', required: 30, actual: 31, passesAt: 30 }])
  })

  it('below the least score it says by how much', () => {
    const weak = score({ annualVolume: 0, willingness: 0 })
    expect(weak).toMatchObject({ value: 50, passes: false, reasons: [{ code: 'scoreTooLow', required: 60, actual: 50 }] })
    // Either helps alone: a third of the volume, or half of the willingness.
    expect(weak.shortfalls.map((s) => [s.measure, s.passesAt])).toEqual([
      // 33.32 × 30 % are 10.00, in hundredths.
      ['annualVolume', yuan(666_400)],
      ['willingness', 30],
    ])
  })

  it('money is compared in the currency of the limit, at the rate of the day', () => {
    const rates = policyWith((p) => {
      p.exchangeRates = [
        { from: 'EUR', to: 'CNY', since: '2026-01-01', rate: 8 },
        { from: 'EUR', to: 'CNY', since: '2026-03-02', rate: 7 },
      ]
    })
    const euro = { ...good, need: { annualVolume: { currency: 'EUR', minor: 25_000_000 }, growthPotential: 60 } }
    expect(admissionScore(admissionMeasures(euro, rates, '2026-03-01'), rates).passes).toBe(true)
    expect(admissionMeasures(euro, rates, '2026-03-02').annualVolume).toBe(yuan(1_750_000))
    expect(() => admissionMeasures(euro, policy, '2026-03-02')).toThrow(/No exchange rate from EUR to CNY/)
  })

  it('holds each measure against its own limit, criterion by criterion', () => {
    expect(
      admissionLimits(policy.admission).map((l) => [l.measure, l.criterion, l.op, l.required, l.stepsPerUnit, l.currency]),
    ).toEqual([
      ['lawfulOperation', 'qualification', '>=', 1, 1, undefined],
      ['goodReputation', 'qualification', '>=', 1, 1, undefined],
      ['noMajorViolation', 'qualification', '>=', 1, 1, undefined],
      ['annualVolume', 'need', '>=', yuan(2_000_000), 1, 'CNY'],
      ['growthPotential', 'need', '>=', 60, 1, undefined],
      ['willingness', 'willingness', '>=', 60, 1, undefined],
      ['paidInCapital', 'finance', '>=', yuan(5_000_000), 1, 'CNY'],
      ['overdueDays', 'finance', '<=', 30, 1, undefined],
      // Years of stable business are told in tenths.
      ['stableYears', 'finance', '>=', 3, 10, undefined],
    ])
    const poor = score({ paidInCapital: yuan(2_500_000) })
    expect(poor.parts.map((p) => [p.value, p.met])).toEqual([
      [100, true],
      [100, true],
      [100, true],
      [50, false],
    ])
    expect(poor.shortfalls).toEqual([
      {
        measure: 'paidInCapital',
        criterion: 'finance',
        op: '>=',
        required: yuan(5_000_000),
        actual: yuan(2_500_000),
        met: false,
        currency: 'CNY',
        passesAt: yuan(5_000_000),
      },
    ])
  })

  it('tells years in tenths, up to a limit that may lie between them', () => {
    const needed = (stableYears: number, stabilityYears: number) =>
      score(
        { stableYears },
        policyWith((p) => (p.admission.finance.stabilityYears = stabilityYears)),
      ).shortfalls.map((s) => s.passesAt)
    expect([needed(1, 3), needed(2.9, 3), needed(1, 3.25)]).toEqual([[3], [3], [3.25]])
  })

  it('names a currency beside money, and beside nothing else', () => {
    const currencies = score()
      .parts.flatMap((part) => part.measures)
      .map((grade) => (Object.hasOwn(grade, 'currency') ? grade.currency : null))
    expect(currencies).toEqual([null, null, null, 'CNY', null, null, 'CNY', null, null])
  })

  it('a limit of zero is met by nothing at all, and no weights give no points', () => {
    const free = policyWith((p) => {
      p.admission.need.minAnnualVolume = { currency: 'CNY', minor: 0 }
      p.admission.finance.maxOverdueDays = 0
    })
    expect(score({ annualVolume: 0, overdueDays: 0 }, free).passes).toBe(true)
    expect(score({ overdueDays: 1 }, free).parts[3]?.value).toBe(50)
    const weightless = policyWith((p) => {
      p.admission.weights = { qualification: 0, need: 0, willingness: 0, finance: 0 }
    })
    expect(score({}, weightless).value).toBe(0)
  })
})

const minor = fc.integer({ min: 0, max: 1_000_000_000_000 })
const points = fc.integer({ min: 0, max: 100 })
const answer = fc.constantFrom(0, 1)
const anyMeasures: fc.Arbitrary<AdmissionMeasures> = fc.record({
  lawfulOperation: answer,
  goodReputation: answer,
  noMajorViolation: answer,
  annualVolume: minor,
  growthPotential: points,
  willingness: points,
  paidInCapital: minor,
  overdueDays: fc.integer({ min: 0, max: 10_000 }),
  stableYears: fc.integer({ min: 0, max: 200 }).map((n) => n / 10),
})
const anyPolicy: fc.Arbitrary<Policy> = fc
  .record({
    volume: minor,
    growth: points,
    willingness: points,
    capital: minor,
    overdue: fc.integer({ min: 0, max: 1000 }),
    years: fc.integer({ min: 0, max: 100 }).map((n) => n / 4),
    weights: fc.tuple(points, points, points, points),
    mandatory: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean()),
    minScore: points,
  })
  .map((a) =>
    policyWith((p) => {
      const each = <T>([qualification, need, willingness, finance]: readonly [T, T, T, T]) => ({
        qualification,
        need,
        willingness,
        finance,
      })
      p.admission.need = { minAnnualVolume: { currency: 'CNY', minor: a.volume }, growthPotentialMin: a.growth }
      p.admission.willingness = { min: a.willingness }
      p.admission.finance = {
        minCapital: { currency: 'CNY', minor: a.capital },
        maxOverdueDays: a.overdue,
        stabilityYears: a.years,
      }
      p.admission.weights = each(a.weights)
      p.admission.mandatory = each(a.mandatory)
      p.admission.minScore = a.minScore
    }),
  )
const stepOf = (measure: string): number => (measure === 'stableYears' ? 0.1 : 1)

describe('laws of the admission score [ADM-06]', () => {
  it('is total: a number of hundredths from 0 to 100, and passes exactly when there is no reason against it', () => {
    fc.assert(
      fc.property(anyMeasures, anyPolicy, (m, p) => {
        const s = admissionScore(m, p)
        expect(s.value).toBeGreaterThanOrEqual(0)
        expect(s.value).toBeLessThanOrEqual(100)
        expect(Math.round(s.value * 100) / 100).toBe(s.value)
        expect(s.passes).toBe(s.reasons.length === 0)
        expect(JSON.parse(JSON.stringify(s))).toEqual(s)
      }),
    )
  })

  it('is monotone: a better measure lowers neither score nor outcome', () => {
    fc.assert(
      fc.property(anyMeasures, anyPolicy, fc.constantFrom(...admissionMeasureNames), anyMeasures, (m, p, name, other) => {
        const down = name === 'overdueDays'
        const better = { ...m, [name]: down ? Math.min(m[name], other[name]) : Math.max(m[name], other[name]) }
        const [a, b] = [admissionScore(m, p), admissionScore(better, p)]
        expect(b.value).toBeGreaterThanOrEqual(a.value)
        expect(Number(b.passes)).toBeGreaterThanOrEqual(Number(a.passes))
      }),
    )
  })

  it('does not depend on the order of the measures', () => {
    fc.assert(
      fc.property(anyMeasures, anyPolicy, (m, p) => {
        const reversed = Object.fromEntries(Object.entries(m).reverse()) as unknown as AdmissionMeasures
        expect(admissionScore(reversed, p)).toEqual(admissionScore(m, p))
      }),
    )
  })

  it('scaling money and its limits changes nothing', () => {
    fc.assert(
      fc.property(anyMeasures, anyPolicy, fc.integer({ min: 2, max: 1000 }), (m, p, by) => {
        const scaled = structuredClone(p) as { admission: { need: { minAnnualVolume: object }; finance: { minCapital: object } } }
        scaled.admission.need.minAnnualVolume = { currency: 'CNY', minor: p.admission.need.minAnnualVolume.minor * by }
        scaled.admission.finance.minCapital = { currency: 'CNY', minor: p.admission.finance.minCapital.minor * by }
        const then = admissionScore(
          { ...m, annualVolume: m.annualVolume * by, paidInCapital: m.paidInCapital * by },
          scaled as unknown as Policy,
        )
        const now = admissionScore(m, p)
        expect([then.value, then.passes, then.parts.map((x) => x.value)]).toEqual([
          now.value,
          now.passes,
          now.parts.map((x) => x.value),
        ])
      }),
    )
  })

  it('what is missing: the told change passes, a step less does not; all limits together always pass', () => {
    fc.assert(
      fc.property(anyMeasures, anyPolicy, (m, p) => {
        const s = admissionScore(m, p)
        for (const { measure, op, required, actual, passesAt } of s.shortfalls) {
          if (s.passes) expect(passesAt).toBeNull()
          const passing = (value: number): boolean => admissionScore({ ...m, [measure]: value }, p).passes
          if (passesAt === null) {
            if (!s.passes) expect(passing(required)).toBe(false)
            continue
          }
          expect(passing(passesAt)).toBe(true)
          expect(op === '>=' ? passesAt > actual && passesAt <= required : passesAt < actual && passesAt >= required).toBe(true)
          const less = op === '>=' ? Math.max(actual, passesAt - stepOf(measure)) : Math.min(actual, passesAt + stepOf(measure))
          expect(passing(less)).toBe(false)
        }
        const all = { ...m, ...Object.fromEntries(s.shortfalls.map(({ measure, required }) => [measure, required])) }
        const weightless = Object.values(p.admission.weights).every((w) => w === 0)
        expect(admissionScore(all, p).passes || weightless).toBe(true)
      }),
    )
  })

  it('attainment lies between 0 and 1 and is 1 exactly where the limit is met', () => {
    const op = fc.constantFrom('>=' as const, '<=' as const)
    fc.assert(
      fc.property(op, fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 0, max: 1e6 }), (o, required, actual) => {
        const share = attainment(actual, { op: o, required })
        expect(share >= 0 && share <= 1).toBe(true)
        expect(share === 1).toBe(o === '>=' ? actual >= required : actual <= required)
      }),
    )
  })
})
