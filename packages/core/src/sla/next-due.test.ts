import { describe, expect, it } from 'vitest'
import {
  dueRungs,
  markFired,
  nextDue,
  nextRung,
  pauseClock,
  rungId,
  rungsOf,
  startClock,
  stopClock,
  type Clock,
} from './index.ts'
import { at, hour, ladder, terms, uncapped } from './testing/fixtures.ts'

const clock = (name: string, hours: number, start: string): Clock =>
  startClock(name, { amount: hours, unit: 'workingHours' }, at(start))

describe('settling order (architecture rule 6)', () => {
  const handoff = clock('handoff', 5, '03-02 09:00')
  const accept = clock('acceptance', 5, '03-02 09:00')
  const late = clock('late', 5, '03-02 13:00')

  it('a rung falls due at its very instant, not before', () => {
    expect(dueRungs(handoff, terms, at('03-02 14:00') - 1)).toEqual([])
    expect(dueRungs(handoff, terms, at('03-02 14:00')).map((r) => r.percent)).toEqual([80])
  })

  it('takes the earliest rung of all clocks, ties by clock name, then percentage', () => {
    const clocks = new Map([late, handoff, accept].map((c) => [c.name, c]))
    const order: string[] = []
    for (
      let next = nextRung([...clocks.values()], terms, at('03-03 12:00'));
      next !== null;
      next = nextRung([...clocks.values()], terms, at('03-03 12:00'))
    ) {
      order.push(`${next.clock} ${String(next.percent)}`)
      const of = clocks.get(next.clock)
      if (of !== undefined) clocks.set(next.clock, markFired(of, next))
    }
    expect(order).toEqual([
      'acceptance 80',
      'handoff 80',
      'acceptance 100',
      'handoff 100',
      'late 80',
      'acceptance 150',
      'handoff 150',
      'late 100',
      'late 150',
    ])
  })

  it('gives the next due rung with its provisional mark; nothing for ended clocks and unknown instants', () => {
    expect(nextDue([handoff, late], terms)).toMatchObject({
      clock: 'handoff',
      percent: 80,
      at: at('03-02 14:00'),
      provisional: false,
    })
    const paused = pauseClock(handoff, at('03-02 10:00'), 'q')
    expect(nextDue([paused], terms)).toMatchObject({ provisional: true })
    expect(nextDue([paused], uncapped)).toBeNull()
    expect(nextDue([stopClock(handoff, at('03-02 10:00'))], terms)).toBeNull()
    expect(nextRung([handoff], terms, at('03-02 10:00'))).toBeNull()
  })

  it('takes other terms for other clocks: a timer has only its end', () => {
    const timer = clock('effectiveDate', 1, '03-02 09:00')
    const termsOf = (c: Clock) => (c.name === 'effectiveDate' ? { ...terms, ladder: ladder.filter((r) => r.at === 100) } : terms)
    expect(nextDue([handoff, timer], termsOf)).toMatchObject({ clock: 'effectiveDate', percent: 100 })
  })

  it('knows a rung by its id, wherever a new holiday list moves it', () => {
    const [warn] = rungsOf(handoff, terms)
    if (warn === undefined) throw new Error('no rung')
    expect(warn.rung).toBe(rungId({ at: 80, kind: 'warn', notify: 'accountManager' }))
    const fired = markFired(handoff, { ...warn, at: warn.at - hour })
    expect(dueRungs(fired, terms, warn.at)).toEqual([])
    expect(markFired(fired, warn)).toBe(fired)
  })
})
