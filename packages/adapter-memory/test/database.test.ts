import { createMemoryClient, provision } from '@ka-governance/adapter-memory'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createOrderedIndex } from '../src/database/ordered-index.ts'
import { createTimetable } from '../src/database/timetable.ts'
import type { EffectRow } from '../src/schema.ts'

const numbers = (a: number, b: number): number => a - b

describe('the ordered index', () => {
  test('agrees with a sorted list, whatever is added and removed, and from wherever it is read', () => {
    const step = fc.tuple(fc.constantFrom('add', 'add', 'remove'), fc.integer({ min: 0, max: 3000 }))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 3000, size: 'max' }), fc.integer({ min: -1, max: 3001 }), (steps, from) => {
        const index = createOrderedIndex(numbers)
        const model = new Set<number>()
        for (const [what, value] of steps) {
          if (what === 'remove') expect(index.remove(value)).toBe(model.delete(value))
          else if (!model.has(value)) {
            index.add(value)
            model.add(value)
          }
        }
        expect(index.size).toBe(model.size)
        expect([...index.from((value) => value >= from)]).toEqual([...model].filter((value) => value >= from).sort(numbers))
      }),
      { numRuns: 40 },
    )
  })

  test('starts from items in any order, and splits its blocks', () => {
    const items = Array.from({ length: 5000 }, (_, index) => (index * 7919) % 5000)
    const index = createOrderedIndex(numbers, items)
    for (const item of items) index.add(item + 0.5)
    expect(index.size).toBe(10_000)
    expect([...index.from(() => true)].every((value, place) => value === place / 2)).toBe(true)
  })

  test('finding the first of a million looks at few items', () => {
    let looks = 0
    const index = createOrderedIndex(
      numbers,
      Array.from({ length: 1_000_000 }, (_, value) => value),
    )
    index
      .from((value) => {
        looks += 1
        return value >= 777_777
      })
      .next()
    expect(looks).toBeLessThanOrEqual(24)
  })
})

describe('the timetable', () => {
  test('agrees with a sorted list through moves and rollbacks, and from wherever it is read', () => {
    const instant = fc.option(fc.integer({ min: 0, max: 40 }), { nil: null, freq: 6 })
    const moves = fc.array(fc.tuple(fc.integer({ min: 0, max: 1500 }), instant, fc.boolean()), { maxLength: 3000, size: 'max' })
    fc.assert(
      fc.property(moves, fc.integer({ min: 0, max: 40 }), (steps, from) => {
        const undone: (() => void)[] = []
        const timetable = createTimetable((step) => undone.push(step))
        const model = new Map<string, number>()
        for (const [n, after, rollback] of steps) {
          const id = `i-${String(n)}`
          timetable.move(id, 'kind', model.get(id) ?? null, after)
          if (rollback)
            undone.splice(-1).forEach((step) => {
              step()
            })
          else if (after === null) model.delete(id)
          else model.set(id, after)
          undone.length = 0
        }
        const sorted = [...model]
          .map(([id, at]) => ({ at, id, label: 'kind' }))
          .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
        expect([...timetable.from()]).toEqual(sorted)
        expect(timetable.size).toBe(model.size)
        const mark = { at: from, id: 'i-7' }
        const behind = sorted.filter(({ at, id }) => at > mark.at || (at === mark.at && id > mark.id))
        expect([...timetable.from(mark)]).toEqual(behind)
      }),
      { numRuns: 30 },
    )
  })
})

describe('a transaction', () => {
  const row = (id: string, ordinal: number): EffectRow => ({
    id,
    instanceId: 'a',
    effectId: id,
    type: 'notify',
    eventKey: 'k',
    position: 0,
    ordinal,
    attempts: 0,
    deadReason: null,
    retryAt: null,
  })
  const image = (client: ReturnType<typeof createMemoryClient>): unknown => {
    const table = client.table('effects')
    const rows = [...table.rows()].map((each) => ({ ...each })).sort((a, b) => a.ordinal - b.ordinal)
    const read = (index: 'pending' | 'dead'): string[] => [...table.from(index, () => true)].map((each) => each.id)
    return { rows, pending: read('pending'), dead: read('dead'), group: [...table.group('instance', 'a')].length }
  }

  test('that is rolled back or throws leaves every row and index as it was', () => {
    const operation = fc.tuple(fc.constantFrom('insert', 'update', 'remove'), fc.integer({ min: 0, max: 9 }))
    fc.assert(
      fc.property(fc.array(operation), fc.array(operation, { minLength: 1 }), fc.boolean(), (before, inside, throws) => {
        const client = createMemoryClient()
        provision(client)
        const effects = client.table('effects')
        const run = ([what, n]: [string, number]): void => {
          const found = effects.get(String(n))
          if (what === 'insert') effects.insert(row(String(n), n))
          else if (found !== undefined && what === 'remove') effects.remove(found)
          else if (found !== undefined)
            effects.update(found, { attempts: found.attempts + 1, deadReason: found.attempts % 2 ? null : 'x' })
        }
        before.forEach(run)
        const start = image(client)
        try {
          client.transaction((rollback) => {
            inside.forEach(run)
            if (throws) throw new Error('stop')
            rollback()
          })
        } catch {
          expect(throws).toBe(true)
        }
        expect(image(client)).toEqual(start)
      }),
    )
  })

  test('that succeeds stays, and does not nest', () => {
    const client = createMemoryClient()
    provision(client)
    const effects = client.table('effects')
    client.transaction(() => effects.insert(row('1', 1)))
    expect(effects.size).toBe(1)
    expect(effects.insert(row('1', 2))).toBe(false)
    expect(() => client.transaction(() => client.transaction(() => 1))).toThrow('do not nest')
    expect(client.transaction(() => 2)).toBe(2)
  })
})
