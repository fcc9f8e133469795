import { createMemoryStore, createRawWitness, faultScript, SimulatedCrash, type Fault } from '@ka-governance/adapter-memory'
import { entryKey, isGovernanceError, type GovernanceStore, type JournalEntry } from '@ka-governance/core'
import { effectId, makeCommit } from '@ka-governance/core/conformance'
import fc from 'fast-check'
import { expect, test } from 'vitest'

const faultKinds: readonly Fault[] = [
  'outage',
  'throttled',
  'lostAnswer',
  'lostRequest',
  'conflict',
  'crashBefore',
  'crashAfter',
  'slow',
  { slow: 3 },
]

/** One worker: appends its commands one by one and acknowledges the effect before; after any failure it begins again with the same key. */
async function work(store: GovernanceStore, instanceId: string, keys: readonly string[], confirmed: Set<string>): Promise<void> {
  for (const idempotencyKey of keys) {
    for (let done = false; !done;) {
      try {
        const loaded = await store.load(instanceId)
        const head = loaded?.head
        const acknowledges = head === undefined ? [] : [{ instanceId, effectId: effectId(entryKey(instanceId, head.seq), 1) }]
        const seq = (head?.seq ?? 0) + 1
        const commit = makeCommit({ instanceId, seq, idempotencyKey, effects: ['notify'], acknowledges })
        const [outcome] = await store.commit([commit])
        done = outcome?.status === 'committed' || outcome?.status === 'duplicate'
        if (outcome?.status === 'duplicate') expect(outcome.entry.idempotencyKey).toBe(idempotencyKey)
      } catch (error) {
        if (!(error instanceof SimulatedCrash) && !isGovernanceError(error)) throw error
      }
    }
    confirmed.add(idempotencyKey)
  }
}

test('writers under random faults leave a journal without gap or double, and lose or repeat no command', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2, max: 6 }),
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.option(fc.constantFrom(...faultKinds), { freq: 3 }), { minLength: 20, maxLength: 60 }),
      async (writers, each, play) => {
        const faults = faultScript().when(({ number, method }) => {
          const fault = play[number % play.length] ?? null
          // Once the play is over, the backend recovers: otherwise a short play that always fails never ends.
          return number > play.length * 3 || (fault === 'conflict' && method !== 'commit') ? null : fault
        })
        const store = createMemoryStore({ faults })
        const witness = createRawWitness(store.client)
        const confirmed = new Set<string>()
        const keysOf = (writer: number): string[] =>
          Array.from({ length: each }, (_, step) => `${String(writer)}-${String(step)}`)
        await Promise.all(Array.from({ length: writers }, (_, writer) => work(store, 'cmp-1', keysOf(writer), confirmed)))

        faults.when(() => null)
        const entries: JournalEntry[] = []
        for await (const entry of store.history('cmp-1')) entries.push(entry)
        expect(entries.map((entry) => entry.seq)).toEqual(Array.from({ length: writers * each }, (_, index) => index + 1))
        expect(new Set(entries.map((entry) => entry.idempotencyKey))).toEqual(confirmed)
        expect(witness.countEvents('cmp-1')).toBe(writers * each)
        for (const entry of entries) expect(witness.event(entry.key)).toEqual(entry)
        expect(witness.projection('cmp-1')?.seq).toBe(writers * each)
        const pending = await store.effects.pending({ limit: 1000 })
        expect(pending.map(({ effect }) => effect.id)).toEqual([effectId(entries.at(-1)?.key ?? '', 1)])
      },
    ),
    { numRuns: 60 },
  )
})

test('atomic pairs under random faults land together or not at all', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...faultKinds, null, null, null), { minLength: 5, maxLength: 30 }),
      fc.integer({ min: 2, max: 4 }),
      async (play, workers) => {
        const faults = faultScript().when(({ number, method }) => {
          const fault = play[number] ?? null
          return fault === 'conflict' && method !== 'commit' ? null : fault
        })
        const store = createMemoryStore({ faults })
        const witness = createRawWitness(store.client)
        const pair = async (worker: number): Promise<void> => {
          const own = `cmp-${String(worker)}`
          for (let turn = 0; witness.countEvents(own) === 0; turn += 1) {
            expect(turn).toBeLessThan(500)
            try {
              const seq = ((await store.load('account-1'))?.head.seq ?? 0) + 1
              const ledger = makeCommit({ instanceId: 'account-1', seq, idempotencyKey: own })
              await store.commit([ledger, makeCommit({ instanceId: own })].map((commit) => ({ ...commit, group: 1 })))
            } catch (error) {
              if (!(error instanceof SimulatedCrash) && !isGovernanceError(error)) throw error
            }
            const members = Array.from({ length: workers }, (_, index) => witness.countEvents(`cmp-${String(index)}`))
            expect(witness.countEvents('account-1')).toBe(members.reduce((sum, count) => sum + count, 0))
          }
        }
        await Promise.all(Array.from({ length: workers }, (_, worker) => pair(worker)))
        expect(witness.countEvents('account-1')).toBe(workers)
      },
    ),
    { numRuns: 60 },
  )
})
