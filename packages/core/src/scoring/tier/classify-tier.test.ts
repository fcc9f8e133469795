import { describe, expect, it } from 'vitest'
import type { Tier } from '../../policy/index.ts'
import { measuresWith, policyWith, yuan } from '../testing/fixtures.ts'
import { classifyTier } from './classify-tier.ts'
import type { TierMeasures } from './tier-measures.ts'
import { tierOf } from './tier-of.ts'
import { compileTierRules, type TierRules } from './tier-rules.ts'

const rules = compileTierRules(policyWith())
const withRules = (change: Parameters<typeof policyWith>[0]) => compileTierRules(policyWith(change))
const scores = { A: 80, B: 60, C: 40, D: 0 }
const amounts = { A: 16_000_000, B: 3_000_000, C: 600_000, D: 0 }
const yearly = { A: 24, B: 12, C: 4, D: 0 }
const years = { A: 4, B: 2, C: 1, D: 0 }

/** Letters of amount, frequency, potential, stability, influence. */
const letters = (text: string, patch: Partial<TierMeasures> = {}) => {
  const [a = 'D', f = 'D', p = 'D', s = 'D', i = 'D'] = text.split('') as Tier[]
  const amount = yuan(amounts[a])
  return measuresWith({
    amountA: amount,
    amountB: amount,
    amountC: amount,
    perMonth: yearly[f] / 12,
    perQuarter: yearly[f] / 4,
    perYear: yearly[f],
    potential: scores[p],
    years: years[s],
    influence: scores[i],
    ...patch,
  })
}
const tier = (m: TierMeasures, r: TierRules = rules) => {
  const found = classifyTier(m, r).tier
  expect(tierOf(m, r)).toBe(found)
  return found
}

describe('what is not known', () => {
  const unknown = measuresWith({
    amountA: null,
    amountB: null,
    amountC: null,
    perMonth: null,
    perQuarter: null,
    perYear: null,
    potential: null,
    potentialStale: true,
    years: null,
    influence: null,
  })

  it('is named with its reason, as far as it counts', () => {
    const amount = { what: 'amount', reason: 'insufficientHistory' }
    const all = [
      amount,
      { what: 'frequency', reason: 'insufficientHistory' },
      { what: 'potential', reason: 'stale' },
      { what: 'stability', reason: 'unknownRelationshipStart' },
      { what: 'influence', reason: 'missing' },
    ]
    expect(classifyTier(unknown, rules)).toMatchObject({
      status: 'notAssessed',
      missing: all,
      points: null,
      gates: [],
      shortfalls: [],
    })
    expect(classifyTier({ ...unknown, potentialStale: false, influenceStale: true }, rules).missing.map((m) => m.reason)).toEqual(
      ['insufficientHistory', 'insufficientHistory', 'missing', 'unknownRelationshipStart', 'stale'],
    )
    expect(classifyTier(measuresWith(), rules).missing).toEqual([])
    // What weighs nothing is not asked for, unless each factor counts by itself.
    const light = (combine: 'weighted' | 'all') =>
      withRules((p) => {
        p.tier.combine = combine
        p.tier.weights = { amount: 100, frequency: 0, potential: 0, stability: 0, influence: 0 }
      })
    expect(classifyTier(unknown, light('weighted')).missing).toEqual([amount])
    expect(classifyTier(unknown, light('all')).missing).toEqual(all)
  })
})

describe('what keeps an account from C', () => {
  it('is each factor against the limit of C, by the measure that C looks at', () => {
    const m = measuresWith({
      amountA: 1,
      amountB: 2,
      amountC: 3,
      perMonth: 0.1,
      perQuarter: 0.2,
      perYear: 0.3,
      potential: 39,
      influence: 38,
      years: 0.5,
      disputesA: 97,
      disputesB: 98,
      disputesC: 99,
    })
    const { tier: found, points, nextTier, shortfalls } = classifyTier(m, rules)
    expect([found, points, nextTier]).toEqual(['D', 1, 'C'])
    const { amount, frequency, score, years: age, disputes } = rules.C
    expect(shortfalls.map(({ factor, parameter, op, needed, actual }) => [factor, parameter, op, needed, actual])).toEqual([
      ['points', 'tier.cutoffs.C', '>=', 1.5, 1],
      ['amount', amount.parameter, amount.op, amount.value, 3],
      ['frequency', frequency.parameter, frequency.op, frequency.value, 0.3],
      ['potential', score.parameter, score.op, score.value, 39],
      ['stability', age.parameter, age.op, age.value, 0.5],
      ['stability', disputes.parameter, disputes.op, disputes.value, 99],
      ['influence', score.parameter, score.op, score.value, 38],
    ])
  })
})

describe('gates, each with its parameter and what stood against it [decision 3]', () => {
  it('an old debt, and an open serious dispute', () => {
    const r = withRules((p) => {
      p.tier.gates.overdueDays = 60
      p.tier.gates.seriousDispute = true
    })
    expect(classifyTier(measuresWith({ overdueDays: 61, seriousDispute: true }), r)).toMatchObject({
      tier: 'C',
      gates: [
        { gate: 'overdueDays', parameter: 'tier.gates.overdueDays', cap: 'C', actual: 61 },
        { gate: 'seriousDispute', parameter: 'tier.gates.seriousDispute', cap: 'C', actual: true },
      ],
    })
    expect(classifyTier(measuresWith({ overdueDays: 60 }), r).gates).toEqual([])
  })
})

describe('combining the factors [decision 3, I-15]', () => {
  // Weights 40/15/20/15/10, cut-offs 3.5 / 2.5 / 1.5.
  it.each([
    ['AAAAA', 4, 'A'],
    ['AABBC', 3.45, 'B'],
    ['AABBB', 3.55, 'A'],
    ['ABBAB', 3.55, 'A'],
    ['BBBBB', 3, 'B'],
    ['BCCDC', 2.25, 'C'],
    ['BCCCB', 2.5, 'B'],
    ['CCCCC', 2, 'C'],
    ['CDDDD', 1.4, 'D'],
    ['CDDDC', 1.5, 'C'],
    ['DDDDD', 1, 'D'],
  ])('weighted: %s has %f points and is %s', (text, points, expected) => {
    expect(classifyTier(letters(text), rules).points).toBe(points)
    expect(tier(letters(text))).toBe(expected)
  })
  it.each([
    ['all', 'AAAAB', 'B'],
    ['all', 'AAAAA', 'A'],
    ['minimum', 'AAAAC', 'C'],
    ['minimum', 'BBBDB', 'D'],
  ] as const)('%s: %s is %s', (combine, text, expected) => {
    const r = withRules((p) => {
      p.tier.combine = combine
    })
    expect(tier(letters(text), r)).toBe(expected)
  })
  it.each([
    [3, 'AAADD', 'A'],
    [3, 'AABBD', 'B'],
    [4, 'AAADD', 'D'],
    [4, 'AAACD', 'C'],
    [1, 'BDDDD', 'B'],
  ])('atLeast %i: %s is %s', (n, text, expected) => {
    const r = withRules((p) => {
      p.tier.combine = 'atLeast'
      p.tier.atLeast = n
    })
    expect(tier(letters(text), r)).toBe(expected)
  })
  it('atLeast asks in proportion of what is known', () => {
    const r = withRules((p) => {
      p.tier.combine = 'atLeast'
      p.tier.atLeast = 3
    })
    expect(tier(letters('AADDD', { potential: null, influence: null }), r)).toBe('A')
  })
})

describe('gates [decision 3]', () => {
  it.each<[string, string, Partial<TierMeasures>, Tier, string | null]>([
    ['amount D caps at D', 'DAAAA', {}, 'D', 'amountD'],
    ['a debt of 90 days', 'AAAAA', { overdueDays: 90 }, 'A', null],
    ['a debt of 91 days', 'AAAAA', { overdueDays: 91 }, 'C', 'overdueDays'],
    ['a debt nobody knows of', 'AAAAA', { overdueDays: null }, 'A', null],
    ['a serious dispute', 'AAAAA', { seriousDispute: true }, 'C', 'seriousDispute'],
    ['a gate above the tier is not named', 'DDDDD', { seriousDispute: true }, 'D', null],
  ])('%s', (_, text, patch, expected, gate) => {
    const result = classifyTier(letters(text, patch), rules)
    expect(tier(letters(text, patch))).toBe(expected)
    expect(result.gates.map((g) => g.gate)).toEqual(gate === null ? [] : [gate])
  })
  it('at most one tier above the amount, where the points say two', () => {
    const r = withRules((p) => (p.tier.weights = { amount: 10, frequency: 30, potential: 20, stability: 20, influence: 20 }))
    expect(classifyTier(letters('CAAAA'), r)).toMatchObject({
      tier: 'B',
      gates: [{ gate: 'aboveAmount', parameter: 'tier.gates.aboveAmount', cap: 'B', actual: 'C' }],
    })
  })
  it('can all be switched off', () => {
    const r = withRules((p) => {
      p.tier.gates = { amountD: false, aboveAmount: null, overdueDays: null, seriousDispute: false }
      p.tier.combine = 'atLeast'
      p.tier.atLeast = 4
    })
    expect(tier(letters('DAAAA', { overdueDays: 999, seriousDispute: true }), r)).toBe('A')
  })
  it('do not bind provisional tiers [I-32]', () => {
    expect(classifyTier(letters('DDDDD', { provisional: true }), rules)).toMatchObject({
      tier: 'B',
      status: 'provisional',
      gates: [],
      shortfalls: [],
    })
  })
})

describe('band [I-35]', () => {
  // ABABB = 3.45 and ABBBB = 3.4 points; the cut-off of A is 3.5, the band 0.1.
  const points = (text: string, currentTier: Tier | null) => tier(letters(text, { currentTier }))
  it('a cut-off is passed downwards only beyond it', () => {
    expect(classifyTier(letters('ABBBB'), rules).points).toBe(3.4)
    expect(points('ABBBB', null)).toBe('B')
    expect(points('ABBBB', 'B')).toBe('B')
    expect(points('ABBBB', 'A')).toBe('A')
    expect(classifyTier(letters('ABBBB', { currentTier: 'A' }), rules).heldByBand).toBe(true)
    expect(classifyTier(letters('AAAAA', { currentTier: 'A' }), rules).heldByBand).toBe(false)
  })
  it('is of points: where factors are counted, nothing is held by it', () => {
    const r = withRules((p) => {
      p.tier.combine = 'atLeast'
      p.tier.atLeast = 1
    })
    expect(classifyTier(letters('BDDDD', { currentTier: 'B' }), r)).toMatchObject({ tier: 'B', points: 1.8, heldByBand: false })
  })
  it('and no farther', () => {
    expect(classifyTier(letters('ABBBC'), rules).points).toBe(3.3)
    expect(points('ABBBC', 'A')).toBe('B')
  })
  it('holds each cut-off on the way down', () => {
    expect(classifyTier(letters('BCCCC'), rules).points).toBe(2.4)
    expect(points('BCCCC', 'A')).toBe('B')
    expect(points('BCCCC', 'C')).toBe('C')
  })
})

describe('what is not known [decisions: missing is not zero]', () => {
  it('is left out, listed, and weighs nothing', () => {
    const result = classifyTier(letters('BBBBB', { potential: null, influence: null, influenceStale: true }), rules)
    expect(result).toMatchObject({
      tier: 'B',
      points: 3,
      status: 'assessed',
      missing: [
        { what: 'potential', reason: 'missing' },
        { what: 'influence', reason: 'stale' },
      ],
    })
    expect(result.parts[2]).toEqual({
      factor: 'potential',
      raw: null,
      letter: null,
      weight: 20,
      points: null,
      known: false,
      stale: false,
    })
  })
  it('where every factor counts by itself, it keeps nobody down', () => {
    for (const combine of ['all', 'minimum'] as const) {
      const r = withRules((p) => (p.tier.combine = combine))
      for (const unknown of [
        { potential: null },
        { influence: null },
        { years: null },
        { perMonth: null, perQuarter: null, perYear: null },
      ])
        expect(tier(letters('AAAAA', unknown), r)).toBe('A')
      for (const text of ['BAAAA', 'ABAAA', 'AABAA', 'AAABA', 'AAAAB']) expect(tier(letters(text), r)).toBe('B')
    }
  })
  it('each part is told in full', () => {
    const known = { letter: 'A', points: 4, known: true, stale: false }
    expect(classifyTier(letters('AAAAA', { potentialStale: true, disputesA: 1 }), rules).parts).toEqual([
      { factor: 'amount', raw: yuan(16_000_000), weight: 40, ...known },
      { factor: 'frequency', raw: 24, weight: 15, ...known },
      { factor: 'potential', raw: 80, weight: 20, ...known, stale: true },
      { factor: 'stability', raw: 4, disputes: 1, weight: 15, ...known },
      { factor: 'influence', raw: 80, weight: 10, ...known },
    ])
    const nothing = { letter: null, points: null, known: false, stale: false }
    const unknown = letters('DDDDD', {
      perMonth: null,
      perQuarter: null,
      perYear: null,
      years: null,
      influence: null,
      influenceStale: true,
    })
    expect(classifyTier(unknown, rules).parts.filter((p) => !p.known)).toEqual([
      { factor: 'frequency', raw: null, weight: 15, ...nothing },
      { factor: 'stability', raw: null, disputes: 0, weight: 15, ...nothing },
      { factor: 'influence', raw: null, weight: 10, ...nothing, stale: true },
    ])
  })
  it('a factor without weight is not asked for', () => {
    const r = withRules((p) => (p.tier.weights.influence = 0))
    expect(classifyTier(letters('BBBBB', { influence: null }), r).missing).toEqual([])
  })
  it('without the amount, judgements alone give no tier', () => {
    const unknown = { amountA: null, amountB: null, amountC: null }
    expect(classifyTier(letters('AAAAA', unknown), rules)).toMatchObject({ tier: 'B', status: 'notAssessed' })
    expect(tier(letters('AAAAA', { ...unknown, isKeyAccount: false }))).toBe('C')
    expect(tier(letters('AAAAA', { ...unknown, currentTier: 'D' }))).toBe('D')
  })
})

describe('what kept the account from the next tier', () => {
  it('names every factor below it: needed against actual, with parameter and row', () => {
    expect(classifyTier(letters('BBCBA', { disputesB: 0, disputesA: 2 }), rules)).toMatchObject({
      tier: 'B',
      nextTier: 'A',
      shortfalls: [
        { factor: 'points', parameter: 'tier.cutoffs.A', clause: 'I-15', op: '>=', needed: 3.5, actual: 2.9 },
        {
          factor: 'amount',
          parameter: 'tier.A.amount.min',
          clause: 'P-07',
          op: '>=',
          needed: yuan(16_000_000),
          actual: yuan(3_000_000),
        },
        { factor: 'frequency', parameter: 'tier.A.frequency.minPerMonth', clause: 'P-08', op: '>=', needed: 2, actual: 1 },
        { factor: 'potential', parameter: 'tier.judged.A', clause: 'TIER-02', op: '>=', needed: 80, actual: 40 },
        { factor: 'stability', parameter: 'tier.A.relationship.minYears', clause: 'P-09', op: '>', needed: 3, actual: 2 },
        { factor: 'stability', parameter: 'tier.A.disputes.max', clause: 'I-04', op: '<=', needed: 1, actual: 2 },
      ],
    })
  })
  it('names the gates', () => {
    const { shortfalls } = classifyTier(letters('AAAAA', { overdueDays: 120, seriousDispute: true }), rules)
    expect(shortfalls).toEqual([
      { factor: 'gate', parameter: 'tier.gates.overdueDays', clause: 'I-15', op: '<=', needed: 90, actual: 120 },
      { factor: 'gate', parameter: 'tier.gates.seriousDispute', clause: 'I-15', op: '<=', needed: 0, actual: 1 },
    ])
  })
  it('names what is below A where every factor reaches the tier and only the points do not', () => {
    const r = withRules((p) => (p.tier.cutoffs.B = 3.2))
    const { tier: found, shortfalls } = classifyTier(letters('BBBBA'), r)
    expect(found).toBe('C')
    expect(shortfalls.map((s) => s.parameter)).toEqual([
      'tier.cutoffs.B',
      'tier.A.amount.min',
      'tier.A.frequency.minPerMonth',
      'tier.judged.A',
      'tier.A.relationship.minYears',
    ])
  })
  it('is empty for A, and the result is frozen', () => {
    const result = classifyTier(letters('AAAAA'), rules)
    expect([result.nextTier, result.shortfalls]).toEqual([null, []])
    for (const part of [result, result.parts, result.gates, result.missing, result.shortfalls, ...result.parts])
      expect(Object.isFrozen(part)).toBe(true)
  })
})
