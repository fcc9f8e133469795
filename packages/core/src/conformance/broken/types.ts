import type { Commit, CommitOutcome, GovernanceStore } from '../../ports/index.ts'

/** A store with one known defect, and the case that must catch it. */
export interface BrokenStore {
  readonly id: string
  /** What is wrong with it. */
  readonly defect: string
  /** Id of the conformance case that fails. */
  readonly caughtBy: string
  /** Puts the defect into a correct store. */
  readonly spoil: (store: GovernanceStore) => GovernanceStore
}

/** The same store, each commit of a call changed on its way in. */
export function changingCommits(store: GovernanceStore, change: (commit: Commit) => Commit): GovernanceStore {
  return { ...store, commit: (commits) => store.commit(commits.map(change)) }
}

/** The same store, each outcome changed on its way out. */
export function changingOutcomes(
  store: GovernanceStore,
  change: (outcome: CommitOutcome, commit: Commit) => CommitOutcome,
): GovernanceStore {
  return {
    ...store,
    async commit(commits) {
      const outcomes = await store.commit(commits)
      return outcomes.map((outcome, index) => {
        const commit = commits[index]
        return commit === undefined ? outcome : change(outcome, commit)
      })
    },
  }
}

/** All items of a stream at once, for defects that need to see them together. */
export async function drain<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
