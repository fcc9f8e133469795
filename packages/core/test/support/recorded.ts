import type { Commit, GovernanceStore } from '../../src/index.ts'
import { createHarness, type Harness, type HarnessOptions } from './harness.ts'
import { play, type Played, type Story } from './story.ts'

export type Write = (store: GovernanceStore) => Promise<unknown>

/** A store that keeps what is written to it, so that another one can be brought to the same place. */
export function recording(store: GovernanceStore, writes: Write[]): GovernanceStore {
  const noted = <T>(write: (to: GovernanceStore) => Promise<T>): Promise<T> => {
    writes.push(write)
    return write(store)
  }
  const { effects, personal, policies } = store
  return {
    ...store,
    commit: (commits: readonly Commit[]) => noted((to) => to.commit(commits)),
    policies: { ...policies, put: (policy) => noted((to) => to.policies.put(policy)) },
    effects: {
      ...effects,
      ack: (instanceId, effectId) => noted((to) => to.effects.ack(instanceId, effectId)),
      fail: (instanceId, effectId, reason, dead, options) =>
        noted((to) => to.effects.fail(instanceId, effectId, reason, dead, options)),
    },
    personal: { ...personal, erase: (instanceId, ids) => noted((to) => to.personal.erase(instanceId, ids)) },
  }
}

/** A place that a story leads to, reached again and again at the price of its writes. */
export interface Recorded {
  readonly played: Played
  readonly fresh: () => Promise<Harness>
}

/** Plays a story once and keeps what it wrote; every `fresh()` is a new harness with the same database, at the same instant. */
export async function record(story: Story, options: HarnessOptions): Promise<Recorded> {
  const writes: Write[] = []
  const h = createHarness({ ...options, wrap: (store) => recording(store, writes) })
  const played = await play(h, story)
  return {
    played,
    fresh: async () => {
      const again = createHarness(options)
      again.clock.set(h.clock.now())
      for (const write of writes) await write(again.memory)
      return again
    },
  }
}
