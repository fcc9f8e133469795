import { entryKey, type Commit, type CommitOutcome, type GovernanceStore } from '../../ports/index.ts'
import { changingCommits, changingOutcomes, type BrokenStore } from './types.ts'

/** Appends behind whatever is there now, whichever number was asked for. */
async function append(store: GovernanceStore, commit: Commit): Promise<CommitOutcome> {
  const { instanceId } = commit.entry
  const seq = ((await store.load(instanceId))?.head.seq ?? 0) + 1
  const entry = { ...commit.entry, seq, key: entryKey(instanceId, seq) }
  const [outcome] = await store.commit([{ ...commit, entry, projection: { ...commit.projection, seq } }])
  return outcome === undefined || outcome.status === 'conflict' ? append(store, commit) : outcome
}

async function inTurn(commits: readonly Commit[], one: (commit: Commit) => Promise<CommitOutcome>): Promise<CommitOutcome[]> {
  const outcomes: CommitOutcome[] = []
  for (const commit of commits) outcomes.push(await one(commit))
  return outcomes
}

export const brokenLocking: readonly BrokenStore[] = [
  {
    id: 'no-version-check',
    defect: 'appends without looking at the sequence number',
    caughtBy: 'commit-conflict',
    spoil: (store) => ({ ...store, commit: (commits) => inTurn(commits, (commit) => append(store, commit)) }),
  },
  {
    id: 'check-then-write',
    defect: 'looks first and writes later, so that two callers pass the same check',
    caughtBy: 'race-next',
    spoil: (store) => ({
      ...store,
      commit: (commits) =>
        inTurn(commits, async (commit) => {
          const head = (await store.load(commit.entry.instanceId))?.head.seq ?? 0
          for (let turn = 0; turn < 32; turn += 1) await Promise.resolve()
          return head + 1 === commit.entry.seq ? append(store, commit) : { status: 'conflict', headSeq: head }
        }),
    }),
  },
  {
    id: 'conflict-as-success',
    defect: 'tells the loser of a race that it won',
    caughtBy: 'race-first',
    spoil: (store) =>
      changingOutcomes(store, (outcome) =>
        outcome.status === 'conflict' ? { status: 'committed', projection: 'written' } : outcome,
      ),
  },
  {
    id: 'duplicate-appended',
    defect: 'does not know a used idempotency key at a later sequence number',
    caughtBy: 'duplicate-later',
    spoil: (store) =>
      changingCommits(store, (commit) => {
        const idempotencyKey = `${commit.entry.idempotencyKey}#${String(commit.entry.seq)}`
        return { ...commit, entry: { ...commit.entry, idempotencyKey } }
      }),
  },
  {
    id: 'duplicate-echoes',
    defect: 'answers a duplicate with the entry it was sent instead of the first one',
    caughtBy: 'duplicate-later',
    spoil: (store) =>
      changingOutcomes(store, (outcome, { entry }) =>
        outcome.status === 'duplicate' ? { status: 'duplicate', entry } : outcome,
      ),
  },
  {
    id: 'keys-ignore-case',
    defect: 'compares idempotency keys without regard to case',
    caughtBy: 'duplicate-exact',
    spoil: (store) =>
      changingCommits(store, (commit) => {
        const idempotencyKey = commit.entry.idempotencyKey.toLowerCase()
        return { ...commit, entry: { ...commit.entry, idempotencyKey } }
      }),
  },
  {
    id: 'atomic-half',
    defect: 'commits one instance after the other although all or none was asked for',
    caughtBy: 'atomic-none',
    spoil: (store) => changingCommits(store, ({ group: _, ...commit }) => commit),
  },
  {
    id: 'atomic-all',
    defect: 'takes a call with groups for one group: one that cannot land takes all others with it',
    caughtBy: 'atomic-groups',
    spoil: (store) => ({
      ...store,
      commit: (commits) =>
        store.commit(
          commits.some(({ group }) => group !== undefined) ? commits.map((commit) => ({ ...commit, group: 0 })) : commits,
        ),
    }),
  },
  {
    id: 'groups-out-of-order',
    defect: 'carries out the groups of a call in any order, so that the later entry of an instance comes first',
    caughtBy: 'atomic-in-order',
    spoil: (store) => ({
      ...store,
      commit: async (commits) => [...(await store.commit([...commits].reverse()))].reverse(),
    }),
  },
  {
    id: 'unknown-as-committed',
    defect: 'takes a lost answer for a success',
    caughtBy: 'unknown-lost-request',
    spoil: (store) =>
      changingOutcomes(store, (outcome) =>
        outcome.status === 'unknown' ? { status: 'committed', projection: 'written' } : outcome,
      ),
  },
  {
    id: 'unknown-as-conflict',
    defect: 'takes a lost answer for somebody else’s write',
    caughtBy: 'unknown-lost-answer',
    spoil: (store) =>
      changingOutcomes(store, (outcome) => (outcome.status === 'unknown' ? { status: 'conflict', headSeq: null } : outcome)),
  },
]
