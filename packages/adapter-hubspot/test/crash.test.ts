// Several processes that die anywhere, between requests or in one, beside faults of the portal: what was told as committed is there, nothing is there twice, and one
// sweep later everything has followed.
import { isGovernanceError } from '@ka-governance/core'
import { makeCommit } from '@ka-governance/core/conformance'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { passingFaults, type FakeHubSpot } from './fake/server.ts'
import { preparedPortal } from './governed-portal.ts'
import { createWitness, mapping, storeOn } from './subject.ts'

/** A process that dies at its n-th request, which the portal carries out or not; nobody hears of it again. */
function mortal(fake: FakeHubSpot, lives: number, lastIsCarriedOut: boolean) {
  let left = lives
  return {
    isDead: () => left <= 0,
    fetch: async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
      left -= 1
      if (left > 0) return fake.fetch(input, init)
      if (left === 0 && lastIsCarriedOut) await fake.fetch(input, init).catch(() => null)
      throw new TypeError('fetch failed')
    },
  }
}

const commands = 3
const effects = ['notify', 'file']

test('the journal has no gap and no double, and one sweep later cases, tickets and effects are those of its head', async () => {
  // A token refused twice in a row is an error, and meant to be one.
  const fault = fc.option(fc.constantFrom(...passingFaults.filter((each) => each !== 'unauthorized')), { freq: 4 })
  const life = fc.record({ lives: fc.integer({ min: 1, max: 25 }), carriedOut: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fault, { minLength: 20, maxLength: 150 }),
      fc.array(fc.array(life, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 3 }),
      fc.constantFrom('item' as const, 'whole' as const),
      async (script, workers, conflictInBatch) => {
        const fake = preparedPortal(mapping)
        fake.portal.behaviour.conflictInBatch = conflictInBatch
        fake.script = ({ number }) => script[number] ?? null
        const told = new Map<string, string>()
        const work = async (worker: number, lives: readonly { readonly lives: number; readonly carriedOut: boolean }[]) => {
          let life = 0
          // The last process lives on, so that every command comes to its end.
          let alive = mortal(fake, lives[life]?.lives ?? Infinity, lives[life]?.carriedOut ?? false)
          let store = storeOn(fake, { fetch: alive.fetch })
          for (let k = 0; k < commands;) {
            const idempotencyKey = `w${String(worker)}-${String(k)}`
            try {
              const head = (await store.load('cmp-1'))?.head.seq ?? 0
              const plan = {
                instanceId: 'cmp-1',
                seq: head + 1,
                idempotencyKey,
                effects,
                state: idempotencyKey,
                nextDueAt: 1000 + head,
              }
              const [outcome] = await store.commit([makeCommit({ ...plan, personal: [`text of ${idempotencyKey}`] })])
              if (outcome?.status === 'committed') told.set(idempotencyKey, `cmp-1-${String(head + 1).padStart(6, '0')}`)
              if (outcome?.status === 'committed' || outcome?.status === 'duplicate') k += 1
            } catch (error) {
              if (!isGovernanceError(error) || !error.retryable) throw error
            }
            if (!alive.isDead()) continue
            life += 1
            alive = mortal(fake, lives[life]?.lives ?? Infinity, lives[life]?.carriedOut ?? false)
            store = storeOn(fake, { fetch: alive.fetch })
          }
        }
        await Promise.all(workers.map((lives, worker) => work(worker, lives)))
        fake.script = null
        const total = workers.length * commands
        const store = storeOn(fake)
        await store.due({ at: 0, limit: 10 })

        const entries = []
        for await (const entry of store.history('cmp-1')) entries.push(entry)
        expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: total }, (_, k) => k + 1))
        expect(new Set(entries.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(total)
        for (const [key, place] of told) expect(entries.find((entry) => entry.key === place)?.idempotencyKey).toBe(key)

        const last = entries.at(-1)
        const witness = createWitness(fake.portal)
        expect(await witness.countEvents('cmp-1')).toBe(total)
        expect(await witness.projection('cmp-1')).toMatchObject({ seq: total, state: last?.to })
        const [ticket] = fake.portal.ofType('tickets')
        expect(ticket?.values.get('kag_state')).toBe(last?.to)
        expect((await store.load('cmp-1'))?.shownSeq).toBe(total)
        expect(await store.due({ at: 5000, limit: 10 })).toMatchObject([{ instanceId: 'cmp-1', dueAt: 999 + total }])
        const pending = (await store.effects.pending({ limit: 1000 })).map(({ effect }) => effect.id)
        expect(pending).toEqual(entries.flatMap((entry) => entry.effects.map(({ id }) => id)))
        // Every text that an entry brought is there with it.
        const texts = (await store.personal.read('cmp-1')).map(({ seq, text }) => `${String(seq)} ${text}`)
        for (const { seq, idempotencyKey } of entries) expect(texts).toContain(`${String(seq)} text of ${idempotencyKey}`)
      },
    ),
    { numRuns: 40 },
  )
}, 240_000)

test('entries are looked at by sweeps until nobody can come late any more, and never again', async () => {
  const fake = preparedPortal(mapping)
  const store = storeOn(fake)
  await store.commit(Array.from({ length: 5 }, (_, k) => makeCommit({ instanceId: `a-${String(k)}`, effects })))
  const requests = async (): Promise<number> => {
    const before = fake.log.length
    await store.due({ at: 0, limit: 10 })
    return fake.log.length - before
  }
  // What is marked, its cases, its effects; what is due.
  expect(await requests()).toBe(4)
  fake.clock.advance(10 * 60_000)
  expect(await requests()).toBe(5)
  expect(await requests()).toBe(2)
})

test('a late writer who shows an older state is put right by the next sweep', async () => {
  const fake = preparedPortal(mapping)
  const [store, late] = [storeOn(fake), storeOn(fake)]
  const [first, second] = [1, 2].map((seq) => makeCommit({ instanceId: 'cmp-1', seq, state: `s${String(seq)}` }))
  if (first === undefined || second === undefined) throw new Error('two commits')
  await store.commit([first])
  // Its case comes last, as if it had been under way all the time.
  const before = fake.portal.find('kag_case', 'cmp-1', 'kag_instance_id')
  const old = Object.fromEntries([...(before?.values ?? [])].filter(([name]) => name.startsWith('kag_')))
  await store.commit([second])
  if (before !== null) fake.portal.change(before, old)
  expect(await createWitness(fake.portal).projection('cmp-1')).toMatchObject({ seq: 1 })
  expect((await late.load('cmp-1'))?.head.seq).toBe(2)
  await late.due({ at: 0, limit: 1 })
  expect(await createWitness(fake.portal).projection('cmp-1')).toMatchObject({ seq: 2, state: 's2' })
})

test('an instance whose journal lost an entry holds up no other one', async () => {
  const fake = preparedPortal(mapping)
  const store = storeOn(fake)
  // The cases of all three are lost on their way.
  fake.script = ({ path }) => (path.includes('p_kag_case') && path.includes('upsert') ? 'unavailable' : null)
  for (const instanceId of ['a', 'b', 'c'])
    for (const seq of [1, 2, 3]) await storeOn(fake).commit([makeCommit({ instanceId, seq })])
  fake.script = null
  const lost = fake.portal.find('kag_event', 'b-000002', 'kag_event_key')
  if (lost !== null) fake.portal.archive(lost)
  await store.due({ at: 0, limit: 10 })
  expect([(await store.load('a'))?.shownSeq, (await store.load('c'))?.shownSeq]).toEqual([3, 3])
  await expect(store.load('b')).rejects.toMatchObject({ code: 'journal_truncated' })
})

test('beside an instance whose journal lost an entry the others share their calls', async () => {
  const fake = preparedPortal(mapping)
  const store = storeOn(fake)
  const ids = Array.from({ length: 40 }, (_, k) => `i${String(k)}`)
  for (const seq of [1, 2, 3]) await store.commit(ids.map((instanceId) => makeCommit({ instanceId, seq })))
  const lost = fake.portal.find('kag_event', 'i7-000003', 'kag_event_key')
  if (lost !== null) fake.portal.archive(lost)
  fake.clock.advance(6 * 60_000)
  const before = fake.log.length
  await store.due({ at: 0, limit: 10 })
  expect(fake.log.length - before).toBeLessThan(50)
  const marked = fake.portal.ofType('kag_event').filter(({ values }) => values.get('kag_unsettled') === 'true')
  expect([...new Set(marked.map(({ values }) => values.get('kag_instance_id')))]).toEqual(['i7'])
})

test('an entry whose effects cannot be made holds up nothing that is due', async () => {
  const fake = preparedPortal(mapping)
  const store = storeOn(fake)
  fake.script = ({ method, path }) => (method === 'POST' && path.includes('p_kag_effect') ? 'unavailable' : null)
  for (const instanceId of ['a', 'b', 'c']) await store.commit([makeCommit({ instanceId, effects, nextDueAt: 1000 })])
  fake.script = null
  const damaged = fake.portal.find('kag_event', 'b-000001', 'kag_event_key')
  if (damaged !== null) fake.portal.change(damaged, { kag_entry: '{' })
  expect((await store.due({ at: 1000, limit: 10 })).map(({ instanceId }) => instanceId)).toEqual(['a', 'b', 'c'])
  const made = fake.portal.ofType('kag_effect').map(({ values }) => values.get('kag_instance_id'))
  expect(made.sort()).toEqual(['a', 'a', 'c', 'c'])
})

test('a record that was refused once and not reached the next time is written by the next sweep', async () => {
  const fake = preparedPortal(mapping)
  const store = storeOn(fake)
  fake.portal.behaviour.rules = [
    ({ type }) => (type === 'tickets' ? { code: 'MISSING_REQUIRED_PROPERTY', properties: ['somebody_added'] } : null),
  ]
  const [first, second] = [1, 2].map((seq) => makeCommit({ instanceId: 'cmp-1', seq, state: `s${String(seq)}` }))
  if (first === undefined || second === undefined) throw new Error('two commits')
  expect(await store.commit([first])).toMatchObject([{ projection: 'blocked' }])
  fake.portal.behaviour.rules = []
  fake.script = ({ path }) => (path.includes('/tickets') ? 'unavailable' : null)
  expect(await store.commit([second])).toMatchObject([{ projection: 'pending' }])
  fake.script = null
  await store.due({ at: 0, limit: 1 })
  expect(fake.portal.ofType('tickets').map(({ values }) => values.get('kag_state'))).toEqual(['s2'])
})

test('a record that an older entry wrote late is put right once nobody can come late any more', async () => {
  const fake = preparedPortal(mapping)
  const held: (() => Promise<unknown>)[] = []
  const store = storeOn(fake, {
    fetch: async (input, init) => {
      const url = input instanceof Request ? input.url : String(input)
      if (!url.includes('/tickets/batch/upsert') || held.length > 0) return fake.fetch(input, init)
      held.push(() => fake.fetch(input, { ...init, signal: null }))
      throw new TypeError('fetch failed')
    },
  })
  for (const seq of [1, 2, 3]) await store.commit([makeCommit({ instanceId: 'cmp-1', seq, state: `s${String(seq)}` })])
  const states = () => fake.portal.ofType('tickets').map(({ values }) => values.get('kag_state'))
  expect([states(), held.length]).toEqual([['s3'], 1])
  await held[0]?.()
  expect(states()).not.toEqual(['s3'])
  fake.clock.advance(6 * 60_000)
  await store.due({ at: 0, limit: 1 })
  expect(states()).toEqual(['s3'])
})

test('a record that a sweep wrote late is put right as well', async () => {
  const fake = preparedPortal(mapping)
  const store = storeOn(fake)
  const commit = (seq: number) => store.commit([makeCommit({ instanceId: 'cmp-1', seq, state: `s${String(seq)}` })])
  const states = () => fake.portal.ofType('tickets').map(({ values }) => values.get('kag_state'))
  for (const seq of [1, 2]) await commit(seq)
  fake.clock.advance(6 * 60_000)
  const held: (() => Promise<unknown>)[] = []
  const slow = storeOn(fake, {
    fetch: async (input, init) => {
      const url = input instanceof Request ? input.url : String(input)
      if (!url.includes('/tickets/batch/upsert') || held.length > 0) return fake.fetch(input, init)
      held.push(() => fake.fetch(input, { ...init, signal: null }))
      throw new TypeError('fetch failed')
    },
  })
  // The first entry was passed by the second, which is shown once more.
  await slow.due({ at: 0, limit: 1 })
  await commit(3)
  expect([states(), held.length]).toEqual([['s3'], 1])
  await held[0]?.()
  expect(states()).toEqual(['s2'])
  fake.clock.advance(6 * 60_000)
  await store.due({ at: 0, limit: 1 })
  expect(states()).toEqual(['s3'])
})

test('a sweep that does not reach a record takes away no refusal that another one was told', async () => {
  const fake = preparedPortal(mapping)
  const store = storeOn(fake)
  fake.portal.behaviour.rules = [
    ({ type }) => (type === 'tickets' ? { code: 'MISSING_REQUIRED_PROPERTY', properties: ['somebody_added'] } : null),
  ]
  for (const seq of [1, 2]) await store.commit([makeCommit({ instanceId: 'cmp-1', seq, state: `s${String(seq)}` })])
  fake.clock.advance(6 * 60_000)
  let isFirst = true
  const slow = storeOn(fake, {
    fetch: async (input, init) => {
      const url = input instanceof Request ? input.url : String(input)
      if (!url.includes('/tickets')) return fake.fetch(input, init)
      if (isFirst) {
        isFirst = false
        await store.due({ at: 0, limit: 1 })
      }
      throw new TypeError('fetch failed')
    },
  })
  await slow.due({ at: 0, limit: 1 })
  const shown = fake.portal.find('kag_case', 'cmp-1', 'kag_instance_id')
  expect(shown?.values.get('kag_blocked')).toContain('somebody_added')
})
