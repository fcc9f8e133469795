import type { GovernanceStore, Projection, RecordDrift } from '../../ports/index.ts'
import type { BrokenStore } from './types.ts'

type Drift = (projections: readonly Projection[]) => Promise<readonly RecordDrift[]>

/** The same store with a defect in what it tells of changes by hand. */
function changed(store: GovernanceStore, defect: (drift: Drift) => Drift): GovernanceStore {
  const drift = store.drift?.bind(store)
  return drift === undefined ? store : { ...store, drift: defect(drift) }
}

const made = ({ instanceId }: Projection): RecordDrift => ({
  instanceId,
  record: { object: 'records', id: null },
  missing: true,
  differences: [],
  changedBy: null,
  changedAt: null,
})

export const brokenDrift: readonly BrokenStore[] = [
  {
    id: 'drift-blind',
    defect: 'takes every record for what was written',
    caughtBy: 'drift-found',
    spoil: (store) => changed(store, () => async () => []),
  },
  {
    id: 'drift-of-any-number',
    defect: 'compares a record with an entry that it does not show',
    caughtBy: 'drift-found',
    spoil: (store) =>
      changed(store, (drift) => async (projections) => {
        const heads = await Promise.all(projections.map(({ instanceId }) => store.load(instanceId)))
        return drift(projections.map((each, k) => ({ ...each, seq: heads[k]?.head.seq ?? each.seq })))
      }),
  },
  {
    id: 'drift-of-what-is-behind',
    defect: 'tells of a record that it was changed where it only stands behind, or nowhere',
    caughtBy: 'drift-none',
    spoil: (store) =>
      changed(store, (drift) => async (projections) => {
        const heads = await Promise.all(projections.map(({ instanceId }) => store.load(instanceId)))
        return [...(await drift(projections)), ...projections.filter(({ seq }, k) => heads[k]?.head.seq !== seq).map(made)]
      }),
  },
  {
    id: 'drift-remembered',
    defect: 'goes on telling of a change that was put right',
    caughtBy: 'drift-repaired',
    spoil: (store) => {
      const told: RecordDrift[] = []
      return {
        ...changed(store, (drift) => async (projections) => {
          const found = await drift(projections)
          return found.length > 0 ? found : told.filter(({ instanceId }) => projections.some((p) => p.instanceId === instanceId))
        }),
        project: async (projection) => {
          told.push(...((await store.drift?.([projection])) ?? []))
          return store.project(projection)
        },
      }
    },
  },
  {
    id: 'drift-swallows-outage',
    defect: 'answers that nothing was changed when the backend does not answer',
    caughtBy: 'drift-outage',
    spoil: (store) => changed(store, (drift) => (projections) => drift(projections).catch(() => [])),
  },
]
