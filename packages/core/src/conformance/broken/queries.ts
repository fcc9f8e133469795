import type { PolicyRecord, Projection } from '../../ports/index.ts'
import { changingCommits, type BrokenStore } from './types.ts'

export const brokenQueries: readonly BrokenStore[] = [
  {
    id: 'due-without-limit',
    defect: 'answers everything that is due',
    caughtBy: 'due-limit',
    spoil: (store) => ({ ...store, due: (query) => store.due({ ...query, limit: 1000 }) }),
  },
  {
    id: 'due-unordered',
    defect: 'answers what is due in any order',
    caughtBy: 'due-order',
    spoil: (store) => ({ ...store, due: async (query) => [...(await store.due(query))].reverse() }),
  },
  {
    id: 'due-excludes-bound',
    defect: 'leaves out what is due at the very instant',
    caughtBy: 'due-order',
    spoil: (store) => ({ ...store, due: (query) => store.due({ ...query, at: query.at - 1 }) }),
  },
  {
    id: 'due-after-instant',
    defect: 'continues after the instant of the last hit and skips its neighbours due at the same one',
    caughtBy: 'due-after',
    spoil: (store) => ({
      ...store,
      async due(query) {
        const hits = await store.due({ ...query, limit: 1000 })
        return hits.filter((hit) => query.after === undefined || hit.dueAt > query.after.dueAt).slice(0, query.limit)
      },
    }),
  },
  {
    id: 'lease-shared',
    defect: 'declares leases and hands an instance to whoever asks',
    caughtBy: 'lease-exclusive',
    spoil: (store) => ({ ...store, due: ({ leaseMs: _, ...query }) => store.due(query) }),
  },
  {
    id: 'lease-forever',
    defect: 'never hands out again what a dead worker held',
    caughtBy: 'lease-expires',
    spoil: (store) => ({
      ...store,
      due: (query) => store.due({ ...query, ...(query.leaseMs === undefined ? {} : { leaseMs: 1e12 }) }),
    }),
  },
  {
    id: 'find-ignores-open',
    defect: 'answers closed instances when open ones are asked for',
    caughtBy: 'find-filters',
    spoil: (store) => ({ ...store, find: ({ open: _, ...query }) => store.find(query) }),
  },
  {
    id: 'find-one-page',
    defect: 'answers the first page of the backend only',
    caughtBy: 'find-many',
    spoil: (store) => ({
      ...store,
      async *find(query) {
        let left = 200
        for await (const projection of store.find(query)) {
          if (left === 0) return
          left -= 1
          yield projection
        }
      },
    }),
  },
  {
    id: 'projection-backward',
    defect: 'overwrites the visible record with an older one',
    caughtBy: 'projection-forward',
    spoil: (store) => {
      const shown = new Map<string, Projection>()
      return {
        ...store,
        async project(projection) {
          await store.project(projection)
          shown.set(projection.instanceId, projection)
          return 'written'
        },
        async *find(query) {
          for await (const projection of store.find(query)) yield shown.get(projection.instanceId) ?? projection
        },
      }
    },
  },
  {
    id: 'ack-drops-others',
    defect: 'keeps a watermark: acknowledging an effect drops the ones before it',
    caughtBy: 'effects-ack',
    spoil: (store) => ({
      ...store,
      effects: {
        ...store.effects,
        async ack(instanceId, effectId) {
          const pending = await store.effects.pending({ limit: 1000, instanceId })
          const place = pending.findIndex((each) => each.effect.id === effectId)
          for (const each of pending.slice(0, place + 1)) await store.effects.ack(instanceId, each.effect.id)
        },
      },
    }),
  },
  {
    id: 'ack-forgotten-in-commit',
    defect: 'does not acknowledge what a commit carries out',
    caughtBy: 'effects-ack-with-commit',
    spoil: (store) => changingCommits(store, ({ acknowledges: _, ...commit }) => commit),
  },
  {
    id: 'effects-lost',
    defect: 'keeps the first effect of an entry and loses the others',
    caughtBy: 'effects-pending',
    spoil: (store) => ({
      ...store,
      async commit(commits) {
        const outcomes = await store.commit(commits)
        for (const { entry } of commits)
          for (const effect of entry.effects.slice(1)) await store.effects.ack(entry.instanceId, effect.id)
        return outcomes
      },
    }),
  },
  {
    id: 'types-ignored',
    defect: 'answers effects of every type, so that those nobody handles hold up the others',
    caughtBy: 'effects-of-types',
    spoil: (store) => ({
      ...store,
      effects: { ...store.effects, pending: ({ types: _, ...query }) => store.effects.pending(query) },
    }),
  },
  {
    id: 'dead-tried-again',
    defect: 'keeps delivering effects that were given up',
    caughtBy: 'effects-fail',
    spoil: (store) => ({
      ...store,
      effects: { ...store.effects, fail: (id, effect, reason) => store.effects.fail(id, effect, reason, false) },
    }),
  },
  {
    id: 'policy-overwritten',
    defect: 'lets a published policy be replaced',
    caughtBy: 'policy-immutable',
    spoil: (store) => {
      const replaced = new Map<string, PolicyRecord>()
      return {
        ...store,
        policies: {
          ...store.policies,
          async put(record) {
            const answer = await store.policies.put(record)
            if (answer !== 'conflict') return answer
            replaced.set(JSON.stringify([record.id, record.version]), record)
            return 'stored'
          },
          get: async (id, version) => replaced.get(JSON.stringify([id, version])) ?? store.policies.get(id, version),
        },
      }
    },
  },
  {
    id: 'accounts-after-inclusive',
    defect: 'repeats the account after which a listing resumes',
    caughtBy: 'accounts-list',
    spoil: (store) => ({
      ...store,
      accounts: {
        ...store.accounts,
        async *list(query = {}) {
          const last = query.after === undefined ? null : await store.accounts.get(query.after)
          if (last !== null) yield last
          yield* store.accounts.list(query)
        },
      },
    }),
  },
]
