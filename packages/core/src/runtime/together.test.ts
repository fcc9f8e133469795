import { createMemoryStore, faultScript, withFaults, type FaultScript } from '@ka-governance/adapter-memory'
import { makeCommit } from '@ka-governance/core/conformance'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GovernanceError, StoreError } from '../errors/index.ts'
import type { GovernanceStore } from '../ports/index.ts'
import type { Runtime } from './runtime.ts'
import { together, widthOf, windowsOf, type Task } from './together.ts'

/** Tasks look at the store only. */
const on = (store: GovernanceStore): Runtime => ({ store }) as unknown as Runtime

/** Adds an entry to each of some instances, as a command does: reads all, commits all, begins anew after a lost race. Answers what it read last. */
const adding =
  (key: string, ids: readonly string[], reads: readonly string[] = []): Task<readonly number[]> =>
  async ({ store }) => {
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const heads: number[] = []
      for (const id of [...ids, ...reads]) heads.push((await store.load(id))?.head.seq ?? 0)
      const commits = ids.map((instanceId, k) => ({
        ...makeCommit({ instanceId, seq: (heads[k] ?? 0) + 1, idempotencyKey: key }),
        group: 0,
      }))
      const outcomes = await store.commit(commits)
      if (outcomes.every(({ status }) => status === 'committed')) return heads
      if (outcomes.some(({ status }) => status === 'unknown')) throw new StoreError('unknown_outcome', 'who knows')
      if (outcomes.some(({ status }) => status === 'duplicate')) return heads
    }
    throw new GovernanceError('conflict', 'four races lost')
  }

function counted(): { readonly store: GovernanceStore; readonly faults: FaultScript; readonly calls: () => readonly string[] } {
  const faults = faultScript()
  return { store: withFaults(createMemoryStore(), faults), faults, calls: () => faults.calls.map(({ method }) => method) }
}

const values = <T>(results: readonly PromiseSettledResult<T>[]): readonly T[] =>
  results.map((result) => {
    if (result.status === 'rejected') throw result.reason
    return result.value
  })

const keysOf = async (store: GovernanceStore, id: string): Promise<string[]> => {
  const keys: string[] = []
  for await (const entry of store.history(id)) keys.push(entry.idempotencyKey)
  return keys
}

describe('together', () => {
  test('all reads go at once, then all writes, each key once', async () => {
    const { store, calls } = counted()
    await together(on(store), [adding('a', ['x'], ['shared']), adding('b', ['y'], ['shared']), adding('c', ['z'])])
    expect(calls()).toEqual(['loadMany', 'load', 'commit'])
  })

  test('nobody waits for one that is through, and one alone is asked for by itself', async () => {
    const { store, calls } = counted()
    const nothing: Task<readonly number[]> = () => Promise.resolve([])
    expect(values(await together(on(store), [nothing, adding('a', ['x']), nothing]))).toEqual([[], [0], []])
    expect(calls()).toEqual(['load', 'commit'])
    expect(await together(on(store), [])).toEqual([])
  })

  test('those who write the same come in their order, and lose one race each', async () => {
    const { store, calls } = counted()
    const tasks = Array.from({ length: 20 }, (_, k) => adding(`t${String(k)}`, ['x']))
    expect(values(await together(on(store), tasks))).toEqual(tasks.map((_, k) => [k]))
    expect(await keysOf(store, 'x')).toEqual(tasks.map((_, k) => `t${String(k)}`))
    expect(calls().filter((method) => method === 'commit')).toHaveLength(20)
  })

  test('one who only reads what an earlier one writes sees what that one wrote', async () => {
    const { store } = counted()
    const [, second] = values(await together(on(store), [adding('a', ['x']), adding('b', ['y'], ['x'])]))
    expect(second).toEqual([0, 1])
    // The other way round nothing has to be done again.
    const [first] = values(await together(on(store), [adding('c', ['y'], ['x']), adding('d', ['x'])]))
    expect(first).toEqual([1, 1])
  })

  test('one who lists instances comes behind all earlier ones, and lists again', async () => {
    const { store } = counted()
    const listing: Task<readonly string[]> = async (runtime) => {
      for (;;) {
        const ids: string[] = []
        for await (const { instanceId } of runtime.store.find({})) ids.push(instanceId)
        if ((await runtime.overtaken?.()) !== true) return ids
      }
    }
    const tasks: Task<readonly unknown[]>[] = [adding('a', ['x']), listing, adding('b', ['y'])]
    expect((await together(on(store), tasks)).map((result) => result.status === 'fulfilled' && result.value)).toEqual([
      [0],
      expect.arrayContaining(['x']),
      [0],
    ])
  })

  test('who is to begin anew may do anything: nobody behind is refused, or commits, before that', async () => {
    /** Refused, as a command that the state does not allow: unless all that it reads was written. */
    const unlessWritten =
      (key: string, reads: readonly string[], writes: readonly string[]): Task<readonly number[] | 'refused'> =>
      async (runtime, again) => {
        for (;;) {
          const heads: number[] = []
          for (const id of reads) heads.push((await runtime.store.load(id))?.head.seq ?? 0)
          if (heads.every((head) => head > 0)) return adding(key, writes)(runtime, again)
          if ((await runtime.overtaken?.()) !== true) return 'refused'
        }
      }
    const chain = [adding('d', ['a']), unlessWritten('e', ['a'], ['x']), unlessWritten('l', ['x'], ['x'])]
    const store = createMemoryStore()
    expect(values(await together<unknown>(on(store), chain))).toEqual([[0], [0], [1]])
    expect(await keysOf(store, 'x')).toEqual(['e', 'l'])
    const commits = [adding('d', ['a']), unlessWritten('e', ['a'], ['x']), adding('l', ['x'])]
    const other = createMemoryStore()
    expect(values(await together<unknown>(on(other), commits))).toEqual([[0], [0], [1]])
  })

  test('nobody is refused while one before has more to write than it said', async () => {
    const twice: Task<unknown> = async (runtime, again) => {
      await adding('first', ['p'])(runtime, again)
      return adding('second', ['x'])(runtime, again)
    }
    const asking: Task<unknown> = async (runtime) => {
      for (;;) {
        const head = (await runtime.store.load('x'))?.head.seq ?? 0
        if ((await runtime.overtaken?.()) !== true) return head
      }
    }
    expect(values(await together<unknown>(on(createMemoryStore()), [twice, asking]))).toEqual([[0], 1])
  })

  test('who has written something still rests upon what was read before it', async () => {
    const first: Task<unknown> = async (runtime, again) => {
      await adding('first', ['p'])(runtime, again)
      return adding('second', ['x'])(runtime, again)
    }
    /** Reads all, writes what was left undone, then the rest: as a command to an instance that nobody has looked at for years. */
    const afterBacklog: Task<unknown> = async ({ store }) => {
      for (;;) {
        const seen = (await store.load('x'))?.head.seq ?? 0
        const seq = ((await store.load('y'))?.head.seq ?? 0) + 1
        if (seq === 1) await store.commit([makeCommit({ instanceId: 'y', seq, idempotencyKey: 'backlog' })])
        const [outcome] = await store.commit([makeCommit({ instanceId: 'y', seq: 2, idempotencyKey: 'rest' })])
        if (outcome?.status === 'committed') return seen
      }
    }
    const store = createMemoryStore()
    expect(values(await together<unknown>(on(store), [first, afterBacklog]))).toEqual([[0], 1])
    expect(await keysOf(store, 'y')).toEqual(['backlog', 'rest'])
  })

  test('the outcome is that of one after the other', async () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd')
    const task = fc.record({
      writes: fc.uniqueArray(id, { minLength: 1, maxLength: 3 }),
      reads: fc.uniqueArray(id, { maxLength: 2 }),
      later: fc.uniqueArray(id, { maxLength: 2 }),
    })
    const doing =
      (key: string, { writes, reads, later }: { readonly [part in 'writes' | 'reads' | 'later']: readonly string[] }) =>
      async (runtime: Runtime): Promise<readonly number[]> => {
        for (const each of later) runtime.intends?.(each)
        const heads = await adding(key, writes, reads)(runtime, false)
        return later.length === 0 ? heads : [...heads, ...(await adding(`${key}-later`, later)(runtime, false))]
      }
    await fc.assert(
      fc.asyncProperty(fc.array(task, { minLength: 1, maxLength: 12 }), async (plan) => {
        const tasks = (): Task<readonly number[]>[] => plan.map((each, k) => doing(`t${String(k)}`, each))
        const [one, many] = [createMemoryStore(), createMemoryStore()]
        const expected: (readonly number[])[] = []
        for (const each of tasks()) expected.push(await each(on(one), false))
        expect(values(await together(on(many), tasks()))).toEqual(expected)
        for (const instance of ['a', 'b', 'c', 'd']) expect(await keysOf(many, instance)).toEqual(await keysOf(one, instance))
      }),
    )
  })

  test('the same tasks make the same calls', async () => {
    const run = async (): Promise<readonly string[]> => {
      const { store, calls } = counted()
      await together(on(store), [adding('a', ['x', 'y']), adding('b', ['y']), adding('c', ['z'], ['x']), adding('d', ['x'])])
      return calls()
    }
    expect(await run()).toEqual(await run())
  })
})

describe('what goes wrong', () => {
  test('a call that is refused as a whole is made for each by itself: only its own fault is anybody’s failure', async () => {
    const { store } = counted()
    const tooLong: Task<unknown> = (runtime) =>
      runtime.store.commit([makeCommit({ instanceId: 'long', snapshot: JSON.stringify('x'.repeat(70_000)) })])
    const results = await together(on(store), [adding('a', ['x']), tooLong, adding('b', ['y'])])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(results[1]).toMatchObject({ reason: { code: 'too_large' } })
  })

  test('one record that cannot be read is one failure, whatever else is read with it', async () => {
    const memory = createMemoryStore()
    const corrupt = new StoreError('corrupt_record', 'x cannot be read')
    const store: GovernanceStore = {
      ...memory,
      load: (id) => (id === 'x' ? Promise.reject(corrupt) : memory.load(id)),
      loadMany: () => Promise.reject(corrupt),
    }
    const results = await together(on(store), [adding('a', ['x']), adding('b', ['y']), adding('c', ['z'])])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
  })

  test.each([
    ['nothing', () => undefined],
    ['too few', () => []],
    ['no outcomes', (commits: readonly unknown[]) => commits.map(() => undefined)],
  ])('a store that answers %s to a commit: an error of each, nobody waits for ever', async (_, answer) => {
    for (const tasks of [[adding('a', ['x'])], [adding('a', ['x']), adding('b', ['y'])]]) {
      const store = { ...createMemoryStore(), commit: (commits: readonly unknown[]) => Promise.resolve(answer(commits)) }
      const idle: Task<readonly number[]> = () => Promise.resolve([])
      const results = await together(on(store as unknown as GovernanceStore), [...tasks, idle])
      expect(results.map(({ status }) => status)).toEqual([...tasks.map(() => 'rejected'), 'fulfilled'])
    }
  })

  test('an outage is everybody’s, and costs one call', async () => {
    const { store, faults, calls } = counted()
    faults.when(() => 'outage')
    const results = await together(on(store), [adding('a', ['x']), adding('b', ['y'])])
    for (const result of results) expect(result).toMatchObject({ status: 'rejected', reason: { code: 'unavailable' } })
    expect(calls()).toEqual(['loadMany'])
  })

  test('answers that do not fit their questions are an error, never taken for another’s', async () => {
    const memory = createMemoryStore()
    await memory.commit([makeCommit({ instanceId: 'x' })])
    for (const spoil of [
      (list: readonly unknown[]) => [...list].reverse(),
      (list: readonly unknown[]) => list.slice(1),
    ] as const) {
      const store = {
        ...memory,
        loadMany: async (ids: readonly string[]) => spoil((await memory.loadMany?.(ids)) ?? []),
      } as GovernanceStore
      for (const result of await together(on(store), [adding('a', ['x']), adding('b', ['y'])]))
        expect(result).toMatchObject({ status: 'rejected', reason: { code: 'internal' } })
    }
    const short: GovernanceStore = { ...memory, commit: async (commits) => (await memory.commit(commits)).slice(1) }
    for (const result of await together(on(short), [adding('a', ['p']), adding('b', ['q'])]))
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'internal' } })
  })

  test('what was left in doubt is tried once more, by itself; where nobody answers, the rest is not tried', async () => {
    const { store, faults } = counted()
    faults.next('lostAnswer', 'commit')
    const seen: boolean[] = []
    const noting =
      (task: Task<readonly number[]>): Task<readonly number[]> =>
      (runtime, again) => {
        seen.push(again)
        return task(runtime, again)
      }
    const tasks = ['a', 'b', 'c'].map((key) => noting(adding(key, [`${key}1`])))
    expect((await together(on(store), tasks)).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled'])
    expect(seen).toEqual([false, false, false, true, true, true])
    seen.length = 0
    faults.when(({ method }) => (method === 'commit' ? 'lostRequest' : null))
    expect((await together(on(store), tasks)).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect(seen).toEqual([false, false, false, true])
  })

  test('who loses every race has lost for itself: those behind are tried by themselves, too', async () => {
    const { store, faults } = counted()
    const losing: Task<readonly number[]> = () => Promise.reject(new GovernanceError('conflict', 'lost again'))
    faults.next('lostRequest', 'commit')
    const results = await together(on(store), [losing, adding('a', ['x']), adding('b', ['y'])])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
  })

  test('a defect of one task is its own', async () => {
    const { store } = counted()
    const defect: Task<never> = () => {
      throw new TypeError('a defect')
    }
    const results = await together<unknown>(on(store), [adding('a', ['x']), defect, adding('b', ['y'])])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })
})

describe('windowsOf', () => {
  const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
    const all: T[] = []
    for await (const item of items) all.push(item)
    return all
  }

  test('every item once, in order, never more than the width at a time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat()), fc.integer({ min: 1, max: 9 }), async (items, width) => {
        const windows = await collect(windowsOf(items, width))
        expect(windows.flat()).toEqual(items)
        expect(windows.slice(0, -1).every((window) => window.length === width)).toBe(true)
        expect(windows.every((window) => window.length > 0 && window.length <= width)).toBe(true)
      }),
    )
  })

  test('a source that fails: first what came before it', async () => {
    for (const before of [0, 1, 2, 3]) {
      const source = function* () {
        for (let k = 0; k < before; k += 1) yield k
        throw new Error('broken')
      }
      const seen: number[] = []
      await expect(
        (async () => {
          for await (const window of windowsOf(source(), 2)) seen.push(...window)
        })(),
      ).rejects.toThrow('broken')
      expect(seen).toEqual(Array.from({ length: before }, (_, k) => k))
    }
  })

  test('widthOf: 75 where nothing is said', () => {
    expect([undefined, 1, 1000].map(widthOf)).toEqual([75, 1, 1000])
    for (const width of [0, 1001, 0.5, Number.NaN]) expect(() => widthOf(width)).toThrow('cannot go together')
  })
})
