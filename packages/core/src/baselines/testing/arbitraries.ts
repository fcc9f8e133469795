import fc from 'fast-check'
import { normalBaseline, type Baseline } from '../schema.ts'

/** A plan of one production line: a budget of a million yuan, two milestones, the end on Tuesday, 30 June 2026. */
export const plan: Baseline = {
  scope: 'one line',
  milestones: [
    { id: 'fat', name: 'factory acceptance', date: '2026-05-15' },
    { id: 'sat', name: 'site acceptance', date: '2026-06-15' },
  ],
  endDate: '2026-06-30',
  resources: [{ name: 'crane' }, { name: 'welders', amount: '4' }],
  qualityStandard: 'ISO 3834-3',
  budget: { currency: 'CNY', minor: 100_000_000 },
}

const date = fc
  .integer({ min: 1, max: 28 })
  .chain((day) =>
    fc.integer({ min: 1, max: 12 }).map((month) => `2026-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`),
  )
const few = fc.constantFrom('a', 'b', 'constructor', '__proto__', '项目', '👷')

/** Valid baselines with few different values, so that two of them often agree in part. */
export const arbitraryBaseline: fc.Arbitrary<Baseline> = fc
  .record({
    scope: few,
    milestones: fc.uniqueArray(fc.record({ id: fc.constantFrom('m1', 'm2', 'constructor', 'm-4'), name: few, date }), {
      maxLength: 4,
      selector: (m) => m.id,
    }),
    endDate: date,
    resources: fc.uniqueArray(fc.oneof(fc.record({ name: few }), fc.record({ name: few, amount: few })), {
      maxLength: 4,
      selector: (r) => r.name,
    }),
    qualityStandard: few,
    budget: fc.record({ currency: fc.constantFrom('CNY', 'EUR'), minor: fc.constantFrom(0, 1, 100, 10_000_000) }),
  })
  .map((content) =>
    normalBaseline({
      ...content,
      milestones: content.milestones.map((m) => (m.date > content.endDate ? { ...m, date: content.endDate } : m)),
    }),
  )
