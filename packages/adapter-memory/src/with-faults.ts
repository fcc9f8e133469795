import { inOneCall, ofMany, StoreError, type CommitOutcome, type GovernanceStore } from '@ka-governance/core'
import { SimulatedCrash, type Fault, type FaultScript, type StoreMethod } from './faults.ts'

const writes: ReadonlySet<StoreMethod> = new Set([
  'commit',
  'effects.ack',
  'effects.fail',
  'effects.revive',
  'personal.erase',
  'policies.put',
  'project',
  'inbox.answer',
] satisfies StoreMethod[])

/**
 * The same store, with the script's failures in between. Works for every implementation of the port.
 *
 * @example
 * ```ts
 * const store = withFaults(createMemoryStore(), faultScript().on('load', 1, 'outage'))
 * await store.load('cmp-1').catch((error: unknown) => isGovernanceError(error, 'unavailable')) // => true
 * await store.load('cmp-1') // => null
 * ```
 */
export function withFaults(store: GovernanceStore, script: FaultScript): GovernanceStore {
  /** Plays a call: `lost` is the answer when the real one does not arrive. */
  async function play<T>(method: StoreMethod, run: () => Promise<T>, lost: () => T = () => lostAnswer(method)): Promise<T> {
    const fault = script.take(method)
    await before(method, fault)
    if (fault === 'lostRequest') return lost()
    const answer = await run()
    if (fault === 'lostAnswer') return lost()
    if (fault === 'crashAfter') throw new SimulatedCrash(method, 'after')
    return answer
  }

  /** The call counts when it is made, as for the other methods; what goes wrong shows when the stream is read. */
  function playStream<T>(method: StoreMethod, open: () => AsyncIterable<T>): AsyncIterable<T> {
    const fault = script.take(method)
    async function* items(): AsyncGenerator<T, void, undefined> {
      await before(method, fault)
      if (fault === 'lostRequest') lostAnswer(method)
      for await (const item of open()) {
        yield item
        if (fault === 'lostAnswer') lostAnswer(method)
      }
      if (fault === 'lostAnswer') lostAnswer(method)
      if (fault === 'crashAfter') throw new SimulatedCrash(method, 'after')
    }
    return items()
  }

  // What the store does not offer, the faulty one does not either.
  const { loadMany, entriesByKey, agenda, getMany, factsMany } = ofMany(store)
  const { inbox } = store
  const drift = store.drift?.bind(store)
  type Accounts = GovernanceStore['accounts']
  const load: GovernanceStore['load'] = (id) => play('load', () => store.load(id))
  const entryByKey: GovernanceStore['entryByKey'] = (id, key) => play('entryByKey', () => store.entryByKey(id, key))
  const due: GovernanceStore['due'] = (query) => play('due', () => store.due(query))
  const pending: GovernanceStore['effects']['pending'] = (query) => play('effects.pending', () => store.effects.pending(query))
  const get: Accounts['get'] = (id) => play('accounts.get', () => store.accounts.get(id))
  const facts: Accounts['facts'] = (id) => play('accounts.facts', () => store.accounts.facts(id))

  return {
    name: store.name,
    capabilities: store.capabilities,
    load,
    ...(loadMany && { loadMany: inOneCall((ids) => play('loadMany', () => loadMany(ids)), load) }),
    commit: (commits) => {
      const answerAll = (outcome: CommitOutcome) => (): readonly CommitOutcome[] => commits.map(() => outcome)
      const unknown = answerAll({ status: 'unknown', reason: 'the answer was lost' })
      const conflict = answerAll({ status: 'conflict', headSeq: null })
      const next = script.calls.length
      const run = (): Promise<readonly CommitOutcome[]> =>
        script.calls[next]?.fault === 'conflict' ? Promise.resolve(conflict()) : store.commit(commits)
      return play('commit', run, unknown)
    },
    entryByKey,
    ...(entriesByKey && { entriesByKey: inOneCall((keys) => play('entriesByKey', () => entriesByKey(keys)), entryByKey) }),
    history: (id, from) => playStream('history', () => store.history(id, from)),
    due,
    ...(agenda && { agenda: inOneCall((query) => play('agenda', () => agenda(query)), due, pending) }),
    find: (query) => playStream('find', () => store.find(query)),
    effects: {
      pending,
      ack: (id, effect) => play('effects.ack', () => store.effects.ack(id, effect)),
      fail: (id, effect, reason, dead, options) =>
        play('effects.fail', () => store.effects.fail(id, effect, reason, dead, options)),
      dead: (query) => play('effects.dead', () => store.effects.dead(query)),
      revive: (id, effect) => play('effects.revive', () => store.effects.revive(id, effect)),
    },
    personal: {
      read: (id) => play('personal.read', () => store.personal.read(id)),
      erase: (id, documents) => play('personal.erase', () => store.personal.erase(id, documents)),
    },
    policies: {
      get: (id, version) => play('policies.get', () => store.policies.get(id, version)),
      put: (record) => play('policies.put', () => store.policies.put(record)),
      list: (id) => playStream('policies.list', () => store.policies.list(id)),
    },
    accounts: {
      get,
      list: (query) => playStream('accounts.list', () => store.accounts.list(query)),
      facts,
      ...(getMany && { getMany: inOneCall((ids) => play('accounts.getMany', () => getMany(ids)), get) }),
      ...(factsMany && { factsMany: inOneCall((ids) => play('accounts.factsMany', () => factsMany(ids)), facts) }),
    },
    project: (projection) => play('project', () => store.project(projection)),
    ...(drift && { drift: (projections) => play('drift', () => drift(projections)) }),
    ...(inbox && {
      inbox: {
        pending: (query) => play('inbox.pending', () => inbox.pending(query)),
        answer: (answers) => play('inbox.answer', () => inbox.answer(answers)),
      },
    }),
  }
}

/** What goes wrong before the backend does anything. */
async function before(method: StoreMethod, fault: Fault | null): Promise<void> {
  if (fault === 'outage') throw new StoreError('unavailable', `the backend did not answer ${method}`, { details: { method } })
  if (fault === 'throttled')
    throw new StoreError('throttled', `the backend has had enough calls: ${method}`, { details: { method } })
  if (fault === 'crashBefore') throw new SimulatedCrash(method, 'before')
  const wait = fault === 'slow' ? 16 : typeof fault === 'object' && fault !== null ? fault.slow : 0
  for (let turn = 0; turn < wait; turn += 1) await Promise.resolve()
}

function lostAnswer(method: StoreMethod): never {
  const code = writes.has(method) ? 'unknown_outcome' : 'unavailable'
  throw new StoreError(code, `the answer to ${method} was lost`, { details: { method } })
}
