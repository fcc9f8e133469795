import type { JsonValue } from '../../errors/index.ts'
import { StoreError } from '../../errors/index.ts'
import type { Commit, JournalEntry, StoredInstance } from '../../ports/index.ts'
import { changingCommits, drain, type BrokenStore } from './types.ts'

/** Changes every text in a value. */
function mapTexts(value: JsonValue | undefined, change: (text: string) => string): JsonValue {
  if (typeof value === 'string') return change(value)
  if (typeof value !== 'object' || value === null) return value ?? null
  if (Array.isArray(value)) return value.map((item: JsonValue) => mapTexts(item, change))
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mapTexts(inner, change)]))
}

function withCommandTexts(commit: Commit, change: (text: string) => string): Commit {
  return { ...commit, entry: { ...commit.entry, command: mapTexts(commit.entry.command, change) } }
}

const crossed = (entry: JournalEntry): JournalEntry => ({ ...entry, from: entry.to, to: entry.from })

export const brokenRecords: readonly BrokenStore[] = [
  {
    id: 'absence-thrown',
    defect: 'throws when the instance does not exist',
    caughtBy: 'load-absent',
    spoil: (store) => ({
      ...store,
      async load(id) {
        const stored = await store.load(id)
        if (stored === null) throw new StoreError('unavailable', `404 ${id}`)
        return stored
      },
    }),
  },
  {
    id: 'outage-as-absence',
    defect: 'answers an outage as if there were no such instance',
    caughtBy: 'load-outage',
    spoil: (store) => ({ ...store, load: (id) => store.load(id).catch(() => null) }),
  },
  {
    id: 'outage-as-empty',
    defect: 'answers an outage as an instance without pending effects',
    caughtBy: 'load-outage',
    spoil: (store) => ({
      ...store,
      effects: { ...store.effects, pending: (query) => store.effects.pending(query).catch(() => []) },
    }),
  },
  {
    id: 'keeps-what-it-was-given',
    defect: 'stores the caller’s own objects',
    caughtBy: 'aliasing-given',
    spoil: (store) => {
      const given = new Map<string, JournalEntry>()
      return {
        ...store,
        commit(commits) {
          for (const { entry } of commits) given.set(entry.key, entry)
          return store.commit(commits)
        },
        async *history(id, from) {
          for await (const entry of store.history(id, from)) yield given.get(entry.key) ?? entry
        },
      }
    },
  },
  {
    id: 'answers-its-own-objects',
    defect: 'hands out the same object to every reader',
    caughtBy: 'aliasing-answered',
    spoil: (store) => {
      const cache = new Map<string, StoredInstance>()
      return {
        ...store,
        async load(id) {
          const stored = await store.load(id)
          if (stored === null) return null
          const cached = cache.get(stored.head.hash) ?? stored
          cache.set(stored.head.hash, cached)
          return cached
        },
      }
    },
  },
  {
    id: 'stale-load',
    defect: 'answers an instance from a cache that commits do not refresh',
    caughtBy: 'load-head',
    spoil: (store) => {
      const cache = new Map<string, StoredInstance>()
      return {
        ...store,
        async load(id) {
          const stored = cache.get(id) ?? (await store.load(id))
          if (stored !== null) cache.set(id, stored)
          return structuredClone(stored)
        },
      }
    },
  },
  {
    id: 'crossed-mapping',
    defect: 'writes two fields into each other’s column and reads them back just as wrong: only the raw record shows it',
    caughtBy: 'commit-appends',
    spoil: (store) => ({
      ...store,
      async commit(commits) {
        const outcomes = await store.commit(commits.map((commit) => ({ ...commit, entry: crossed(commit.entry) })))
        return outcomes.map((outcome) =>
          outcome.status === 'duplicate' ? { ...outcome, entry: crossed(outcome.entry) } : outcome,
        )
      },
      async entryByKey(id, key) {
        const entry = await store.entryByKey(id, key)
        return entry === null ? null : crossed(entry)
      },
      async *history(id, from) {
        for await (const entry of store.history(id, from)) yield crossed(entry)
      },
    }),
  },
  {
    id: 'optional-dropped',
    defect: 'has no column for what is seldom there: on whose behalf somebody acted',
    caughtBy: 'commit-whole',
    spoil: (store) =>
      changingCommits(store, (commit) => {
        const { onBehalfOf: _, ...actor } = commit.entry.actor
        return { ...commit, entry: { ...commit.entry, actor } }
      }),
  },
  {
    id: 'texts-trimmed',
    defect: 'trims texts, as form fields do',
    caughtBy: 'hostile-texts',
    spoil: (store) => changingCommits(store, (commit) => withCommandTexts(commit, (text) => text.trim())),
  },
  {
    id: 'halves-replaced',
    defect: 'replaces half surrogate pairs without a word',
    caughtBy: 'hostile-surrogates',
    spoil: (store) =>
      changingCommits(store, (commit) => withCommandTexts(commit, (text) => text.replace(/\p{Surrogate}/gu, '\ufffd'))),
  },
  {
    id: 'snapshot-cut',
    defect: 'cuts a snapshot to the length of its column',
    caughtBy: 'limits-reached',
    spoil: (store) => changingCommits(store, (commit) => ({ ...commit, snapshot: commit.snapshot.slice(0, 32_768) })),
  },
  {
    id: 'limit-found-late',
    defect: 'finds out about a record over the limit when the ones before it are already stored',
    caughtBy: 'limits-exceeded',
    spoil: (store) => ({
      ...store,
      async commit(commits) {
        if (commits.some(({ group }) => group !== undefined)) return store.commit(commits)
        const outcomes = []
        for (const commit of commits) outcomes.push(...(await store.commit([commit])))
        return outcomes
      },
    }),
  },
  {
    id: 'history-as-text',
    defect: 'orders entries by their number as text: 1, 10, 11, 2',
    caughtBy: 'history-order',
    spoil: (store) => ({
      ...store,
      async *history(id, from) {
        const entries = await drain(store.history(id, from))
        yield* entries.sort((a, b) => (String(a.seq) < String(b.seq) ? -1 : 1))
      },
    }),
  },
  {
    id: 'history-from-start',
    defect: 'always answers the whole history',
    caughtBy: 'history-from',
    spoil: (store) => ({ ...store, history: (id) => store.history(id) }),
  },
]
