import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../calendar/index.ts'
import { retentionOf, type CohortMember } from './kpi/cohort.ts'
import { timelinessOf } from './kpi/timeliness.ts'
import { indexPurchases } from './measures/purchase-index.ts'
import { weightedScale, type Indicator } from './scales/weighted-scale.ts'
import { sampleFilesMissing, sampleFolder, sampleRows } from './testing/sample-files.ts'
import { resellers } from './testing/sample-portfolios.ts'

/** The parts of `published-values.json` that are reproduced here; the others: `value/published-values.test.ts`. */
interface Published {
  readonly account_scoring_rules: {
    readonly 'docstoc Account Scoring Index': {
      readonly max: { readonly [indicator: string]: number }
      readonly example: { readonly [indicator: string]: number | string }
    }
  }
  readonly closed_forms: {
    readonly acsi_state_of_ohio_weights: {
      readonly 'on_restricted/satisfaction-ecsi-mobile.csv means (7.988,7.128,7.316)': {
        readonly unweighted: number
        readonly ohio_weighted: number
      }
    }
  }
  readonly public_data_facts: {
    readonly adventureworks: {
      readonly retention: { readonly [pair: string]: { readonly kept: number; readonly base: number; readonly rate: number } }
    }
    readonly cfpb: {
      readonly rows: number
      readonly timely: { readonly Yes: number; readonly No: number }
      readonly timely_rate: number
    }
  }
}

describe.skipIf(sampleFilesMissing !== null)(`published rules and figures ${sampleFilesMissing ?? ''}`, () => {
  const published = (): Published => JSON.parse(readFileSync(`${sampleFolder}published-values.json`, 'utf8')) as Published

  it('docstoc “Account Scoring Index”: six indicators up to 15 and 20 points, the example totals 62, class B', () => {
    const { max, example } = published().account_scoring_rules['docstoc Account Scoring Index']
    const indicators = Object.entries(max).map(([name, full]): Indicator => ({
      name,
      unit: 'points',
      zero: 0,
      full,
      weight: full,
      parameter: name,
    }))
    const raw = Object.fromEntries(Object.keys(max).map((name) => [name, Number(example[name])]))
    const { points, parts } = weightedScale(indicators, raw)
    expect(points).toBe(example['total'])
    expect(Object.fromEntries(parts.map((p) => [p.name, p.points]))).toEqual(raw)
    expect((points ?? 0) >= 80 ? 'A' : (points ?? 0) >= 60 ? 'B' : 'C').toBe(example['class'])
  })

  it('the ACSI index (verint.com ACSI page): three answers of 1 to 10, unweighted and with the weights of the State of Ohio', () => {
    const form = published().closed_forms.acsi_state_of_ohio_weights
    const expected = form['on_restricted/satisfaction-ecsi-mobile.csv means (7.988,7.128,7.316)']
    const means = { satisfaction: 7.988, expectation: 7.128, ideal: 7.316 }
    const index = (weights: readonly [number, number, number]) =>
      weightedScale(
        Object.keys(means).map((name, i): Indicator => ({
          name,
          unit: 'answer',
          zero: 1,
          full: 10,
          weight: weights[i] ?? 0,
          parameter: name,
        })),
        means,
      ).points
    expect(index([1, 1, 1])).toBeCloseTo(expected.unweighted, 5)
    expect(index([0.3885, 0.319, 0.2925])).toBeCloseTo(expected.ohio_weighted, 5)
  })

  it('AdventureWorks resellers kept from one fiscal year to the next: 77 of 110, 140 of 186 [F-2]', () => {
    const days = new Map(resellers().map((facts) => [facts.accountId, indexPurchases(facts, 'orderDay', '2020-07-01').purchases]))
    for (const [pair, { kept, base, rate }] of Object.entries(published().public_data_facts.adventureworks.retention)) {
      // Fiscal year 2018 began in July 2017.
      const start = Number(pair.slice(0, 4))
      const [from, next, end] = [start - 1, start, start + 1].map((year) => `${String(year)}-07-01`) as [string, string, string]
      const cohort = [...days].flatMap(([accountId, bought]): CohortMember[] => {
        if (!bought.some((day) => day >= from && day < next)) return []
        const last = bought.findLast((day) => day < end) ?? null
        return [{ accountId, tierAtStart: null, tierAtEnd: null, lastPurchaseOn: last, exitedOn: null }]
      })
      const retention = retentionOf(cohort, { activeSince: next, end })
      expect([retention.counted.length, retention.of.length], pair).toEqual([kept, base])
      expect(retention.percent, pair).toBeCloseTo(rate * 100, 1)
    }
  })

  it('retention in closed form: (customers at the end − customers won) / customers at the start [F-2]', () => {
    const count = fc.nat(60)
    fc.assert(
      fc.property(count, count, count, (stayed, left, won) => {
        fc.pre(stayed + left > 0)
        const member = (accountId: string, lastPurchaseOn: string): CohortMember => ({
          accountId,
          tierAtStart: 'B',
          tierAtEnd: 'B',
          lastPurchaseOn,
          exitedOn: null,
        })
        const cohort = [
          ...Array.from({ length: stayed }, (_, i) => member(`stayed-${String(i)}`, '2026-03-01')),
          ...Array.from({ length: left }, (_, i) => member(`left-${String(i)}`, '2024-03-01')),
        ]
        const [end, start] = [stayed + won, stayed + left]
        const { percent } = retentionOf(cohort, { activeSince: '2025-07-01', end: '2026-07-01' })
        expect(percent).toBeCloseTo(((end - won) / start) * 100, 1)
      }),
    )
  })

  it('the complaints of the CFPB sample (US government work): 1,541 of 1,593 answered in time, and which were not [F-4]', () => {
    const { rows, timely, timely_rate: rate } = published().public_data_facts.cfpb
    const complaints = sampleRows('cfpb-complaints-even.csv', true).map((row) => {
      // The source says whether the answer was in time, not when it was: fifteen days after the complaint reached the company.
      const dueAt = Date.parse(addDays(row['date_sent_to_company'] ?? '', 15))
      return { id: row['row'] ?? '', dueAt, finishedAt: row['timely_response'] === 'Yes' ? dueAt : null, excluded: null }
    })
    const figure = timelinessOf(complaints, { from: 0, to: Date.parse('2100-01-01') })
    expect([figure.of.length, figure.counted.length]).toEqual([rows, timely.Yes])
    expect(figure.percent).toBe(Math.round(rate * 10_000) / 100)
    expect(figure.of.length - figure.counted.length).toBe(timely.No)
  })
})
