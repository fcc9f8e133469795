import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWorkingCalendar, type CalendarDocument } from '../calendar/index.ts'
import { manufacturerCn } from '../policy/index.ts'
import { sha256Hex, canonicalJson } from '../rules/index.ts'
import { applyDiff, baselineSchema, classOfChange, contentHash, diffBaselines, dimensionsOf, undoChange } from './index.ts'
import type { Baseline } from './index.ts'
import { baselineLimits } from './schema.ts'
import { arbitraryBaseline, plan } from './testing/arbitraries.ts'

const { change, calendars } = manufacturerCn()
const calendar = createWorkingCalendar(calendars['main'] as CalendarDocument)
const hashOf = (value: never): string => sha256Hex(canonicalJson(value))
const diff = (a: Baseline, b: Baseline) => diffBaselines(a, b, calendar)
const classOf = (a: Baseline, b: Baseline) => classOfChange(diff(a, b), change)

describe('the content of a baseline [PRJ-04, PRJ-05, PRJ-06]', () => {
  const problems = (content: object): readonly string[] =>
    baselineSchema.safeParse({ ...plan, ...content }).error?.issues.map((issue) => issue.path.join('.')) ?? []

  it('is complete and strict', () => {
    expect(problems({})).toEqual([])
    for (const field of Object.keys(plan)) expect([field, problems({ [field]: undefined }).length > 0]).toEqual([field, true])
    expect(problems({ extra: 1 }).length).toBe(1)
    expect(problems({ endDate: '2026-02-30' })).toContain('endDate')
    expect(problems({ budget: { currency: 'CNY', minor: 1.5 } }).length).toBe(1)
  })
  it('has no milestone behind its end, and nothing twice', () => {
    const [first] = plan.milestones
    expect(problems({ milestones: [{ id: 'late', name: 'late', date: '2026-12-01' }] })).toEqual(['milestones.0.date'])
    expect(problems({ milestones: [{ id: 'on-time', name: 'x', date: plan.endDate }] })).toEqual([])
    expect(problems({ milestones: [first, first] })).toEqual(['milestones'])
    expect(problems({ resources: [{ name: 'welders' }, { name: 'welders', amount: '2' }] })).toEqual(['resources'])
  })
  it('stays small enough for a record', () => {
    expect(problems({ scope: 'x'.repeat(baselineLimits.scope + 1) })).toEqual(['scope'])
    const resources = Array.from({ length: 60 }, (_, i) => ({ name: `${String(i)}-${'n'.repeat(150)}` }))
    expect(problems({ resources })).toEqual([''])
  })
  it('has one order and one hash, however it was written', () => {
    fc.assert(
      fc.property(arbitraryBaseline, (content) => {
        const turned = { ...content, milestones: content.milestones.toReversed(), resources: content.resources.toReversed() }
        expect(baselineSchema.parse(turned)).toEqual(content)
        expect(contentHash(turned, hashOf as never)).toBe(contentHash(content, hashOf as never))
      }),
    )
  })
  it('has another hash when it says something else', () => {
    fc.assert(
      fc.property(arbitraryBaseline, arbitraryBaseline, (a, b) => {
        expect(contentHash(a, hashOf as never) === contentHash(b, hashOf as never)).toBe(diff(a, b).length === 0)
      }),
    )
  })
})

describe('the difference of two baselines [CHG-01]', () => {
  it('names every dimension with its measures', () => {
    const after: Baseline = {
      ...plan,
      scope: 'two lines',
      endDate: '2026-07-03',
      milestones: [{ id: 'sat', name: 'site acceptance', date: '2026-06-22' }],
      resources: [{ name: 'welders', amount: '6' }],
      qualityStandard: 'ISO 3834-2',
      budget: { currency: 'CNY', minor: 103_000_000 },
    }
    const found = diff(plan, after)
    expect(found.map((d) => [d.dimension, d.path])).toEqual([
      ['scope', 'scope'],
      ['schedule', 'endDate'],
      ['schedule', 'milestones.fat'],
      ['schedule', 'milestones.sat'],
      ['cost', 'budget'],
      ['cost', 'resources.crane'],
      ['cost', 'resources.welders'],
      ['quality', 'qualityStandard'],
    ])
    expect(found).toContainEqual(expect.objectContaining({ path: 'budget', share: 3 }))
    expect(found).toContainEqual(expect.objectContaining({ path: 'endDate', workingDays: 3 }))
    expect(found).toContainEqual(expect.objectContaining({ path: 'milestones.fat', after: null, workingDays: null }))
    expect(dimensionsOf(found)).toEqual(['scope', 'schedule', 'cost', 'quality'])
    expect(dimensionsOf([])).toEqual([])
  })
  it('counts working days after the old date up to the new one: a weekend, a holiday, a make-up day', () => {
    const delay = (from: string, to: string) => {
      const [entry] = diff({ ...plan, milestones: [], endDate: from }, { ...plan, milestones: [], endDate: to })
      return entry?.path === 'endDate' ? entry.workingDays : null
    }
    expect(delay('2026-06-26', '2026-06-28')).toBe(0)
    expect(delay('2026-06-26', '2026-06-29')).toBe(1)
    expect(delay('2026-06-29', '2026-06-26')).toBe(-1)
    // National Day of 2026: off from 1 to 7 October, Saturday the 10th worked.
    expect(delay('2026-09-30', '2026-10-07')).toBe(0)
    expect(delay('2026-09-30', '2026-10-10')).toBe(3)
  })
  it('of the same is empty; applied it gives what it leads to', () => {
    fc.assert(
      fc.property(arbitraryBaseline, arbitraryBaseline, (a, b) => {
        expect(diff(a, a)).toEqual([])
        expect(applyDiff(a, diff(a, b))).toEqual(b)
        expect(diff(applyDiff(a, diff(a, b)), b)).toEqual([])
      }),
    )
  })
  it('says no share where there is none to say', () => {
    const none = { ...plan, budget: { currency: 'CNY', minor: 0 } }
    const [entry] = diff(none, plan)
    expect(entry?.path === 'budget' && entry.share).toBeNull()
  })
})

describe('the class of a change [decision 10]', () => {
  const money = (minor: number): Baseline => ({ ...plan, budget: { currency: 'CNY', minor } })
  it('is major for scope, quality standard and another currency', () => {
    expect(classOf(plan, { ...plan, scope: 'two lines' })).toEqual({ class: 'major', reasons: [{ because: 'scope' }] })
    expect(classOf(plan, { ...plan, qualityStandard: 'none' }).reasons).toEqual([{ because: 'qualityStandard' }])
    expect(classOf(plan, { ...plan, budget: { currency: 'EUR', minor: 100_000_000 } }).reasons).toEqual([{ because: 'currency' }])
  })
  it('is minor up to the share of the budget and major beyond, exactly, upwards and downwards', () => {
    expect(classOf(plan, money(103_000_000)).class).toBe('minor')
    expect(classOf(plan, money(103_000_001))).toEqual({ class: 'major', reasons: [{ because: 'budget', share: 3, limit: 3 }] })
    expect(classOf(plan, money(97_000_000)).class).toBe('minor')
    expect(classOf(plan, money(96_999_999)).class).toBe('major')
    expect(classOf(money(0), money(1)).class).toBe('major')
    const most = Number.MAX_SAFE_INTEGER
    expect(classOf(money(most - 1), money(most)).class).toBe('minor')
  })
  it('is minor up to the working days of the policy, and when the end comes earlier', () => {
    expect(classOf(plan, { ...plan, endDate: '2026-07-14' }).class).toBe('minor')
    expect(classOf(plan, { ...plan, endDate: '2026-07-15' })).toEqual({
      class: 'major',
      reasons: [{ because: 'endDate', workingDays: 11, limit: 10 }],
    })
    expect(classOf(plan, { ...plan, milestones: [], endDate: '2026-05-01' }).class).toBe('minor')
  })
  it('is minor for resources and milestones', () => {
    expect(classOf(plan, { ...plan, milestones: [], resources: [] }).class).toBe('minor')
  })
  it('never falls when a difference is added', () => {
    fc.assert(
      fc.property(arbitraryBaseline, arbitraryBaseline, fc.nat(7), (a, b, k) => {
        const all = diff(a, b)
        const some = all.filter((_, i) => i !== k)
        if (classOfChange(some, change).class === 'major') expect(classOfChange(all, change).class).toBe('major')
        expect(classOfChange(some, change).reasons.length).toBeLessThanOrEqual(classOfChange(all, change).reasons.length)
      }),
    )
  })
  it('of small steps is that of their sum: they become major when the total does, and not before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -5, max: 8 }), fc.integer({ min: -20, max: 30 })), { maxLength: 8 }),
        (steps) => {
          let now: Baseline = { ...plan, milestones: [] }
          let [days, tenths] = [0, 0]
          for (const [later, dearer] of steps) {
            const next: Baseline = {
              ...now,
              endDate: calendar.addWorkingDays(now.endDate, later),
              budget: { currency: 'CNY', minor: now.budget.minor + dearer * 100_000 },
            }
            const step = diff(now, next).find((d) => d.path === 'endDate')
            expect(step?.path === 'endDate' ? step.workingDays : 0).toBe(later)
            days += later
            tenths += dearer
            now = next
            expect(classOf({ ...plan, milestones: [] }, now).class).toBe(days > 10 || Math.abs(tenths) > 30 ? 'major' : 'minor')
          }
        },
      ),
    )
  })
})

describe('undoing one change among others', () => {
  const undo = (current: Baseline, before: Baseline, after: Baseline) => undoChange(current, before, after, calendar)
  it('gives back what was before, where nothing came later', () => {
    fc.assert(
      fc.property(arbitraryBaseline, arbitraryBaseline, (before, after) => {
        expect(undo(after, before, after)).toEqual(before)
      }),
    )
  })
  it('keeps what came later', () => {
    const after = { ...plan, scope: 'two lines' }
    const later = { ...after, budget: { currency: 'CNY', minor: 101_000_000 } }
    expect(undo(later, plan, after)).toEqual({ ...later, scope: plan.scope })
  })
  it('leaves what something later has set anew', () => {
    const after = { ...plan, scope: 'two lines' }
    const later = { ...plan, scope: 'three lines' }
    expect(undo(later, plan, after)).toEqual(later)
  })
  it('is the earlier content as a whole where the rest makes no valid plan', () => {
    const after = { ...plan, endDate: '2026-09-30' }
    const later = { ...after, milestones: [{ id: 'extra', name: 'extra', date: '2026-09-01' }] }
    expect(undo(later, plan, after)).toEqual(plan)
  })
  it('is always a valid baseline', () => {
    fc.assert(
      fc.property(arbitraryBaseline, arbitraryBaseline, arbitraryBaseline, (before, after, current) => {
        expect(baselineSchema.safeParse(undo(current, before, after)).success).toBe(true)
      }),
    )
  })
})
