import { changingCommits, type BrokenStore } from './types.ts'

export const brokenPersonal: readonly BrokenStore[] = [
  {
    id: 'documents-forgotten',
    defect: 'stores entries and drops the personal texts that they stand for',
    caughtBy: 'personal-kept',
    spoil: (store) => changingCommits(store, ({ personal: _, ...commit }) => commit),
  },
  {
    id: 'erased-only-hidden',
    defect: 'marks documents as erased and leaves them in the record: only the raw record shows it',
    caughtBy: 'personal-erase',
    spoil: (store) => {
      const hidden = new Set<string>()
      return {
        ...store,
        personal: {
          read: async (id) => (await store.personal.read(id)).filter(({ documentId }) => !hidden.has(`${id} ${documentId}`)),
          async erase(id, ids) {
            const there = (await store.personal.read(id)).map(({ documentId }) => documentId)
            const now = there.filter((each) => !hidden.has(`${id} ${each}`) && (ids === 'all' || ids.includes(each)))
            for (const each of now) hidden.add(`${id} ${each}`)
            return now.length
          },
        },
      }
    },
  },
  {
    id: 'erases-too-much',
    defect: 'erases everything that the instance has, whatever was named',
    caughtBy: 'personal-erase',
    spoil: (store) => ({
      ...store,
      personal: { ...store.personal, erase: (id, ids) => store.personal.erase(id, ids.length === 0 ? ids : 'all') },
    }),
  },
  {
    id: 'erasure-counts-the-named',
    defect: 'answers how many documents were named, not how many there were',
    caughtBy: 'personal-erase',
    spoil: (store) => ({
      ...store,
      personal: {
        ...store.personal,
        async erase(id, ids) {
          const count = await store.personal.erase(id, ids)
          return ids === 'all' ? count : ids.length
        },
      },
    }),
  },
  {
    id: 'outage-as-erased',
    defect: 'answers an outage as if there had been nothing to erase',
    caughtBy: 'personal-outage',
    spoil: (store) => ({
      ...store,
      personal: { ...store.personal, erase: (id, ids) => store.personal.erase(id, ids).catch(() => 0) },
    }),
  },
  {
    id: 'retry-ignored',
    defect: 'answers effects that are not to be tried again yet',
    caughtBy: 'effects-retry',
    spoil: (store) => ({
      ...store,
      effects: { ...store.effects, pending: ({ at: _, ...query }) => store.effects.pending(query) },
    }),
  },
  {
    id: 'retry-after-the-limit',
    defect: 'leaves out what waits only when the page is full: those that wait take the places of those that do not',
    caughtBy: 'effects-retry',
    spoil: (store) => ({
      ...store,
      effects: {
        ...store.effects,
        async pending({ at, ...query }) {
          const page = await store.effects.pending(query)
          return at === undefined ? page : page.filter(({ retryAt }) => retryAt === null || retryAt <= at)
        },
      },
    }),
  },
  {
    id: 'revived-to-wait',
    defect: 'gives a revived effect the waiting time it had',
    caughtBy: 'effects-retry',
    spoil: (store) => {
      const waits = new Map<string, number>()
      return {
        ...store,
        effects: {
          ...store.effects,
          fail(id, effect, reason, dead, options) {
            if (options?.retryAt !== undefined) waits.set(effect, options.retryAt)
            return store.effects.fail(id, effect, reason, dead, options)
          },
          async revive(id, effect) {
            const revived = await store.effects.revive(id, effect)
            const retryAt = waits.get(effect)
            if (revived && retryAt !== undefined) await store.effects.fail(id, effect, 'revived', false, { retryAt })
            return revived
          },
        },
      }
    },
  },
]
