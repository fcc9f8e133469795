import type { Runtime } from './runtime.ts'

const pageSize = 200

/** Puts all dead effects of a type back among the pending ones; those that somebody else revives meanwhile are not counted twice. */
export async function replayDead(runtime: Pick<Runtime, 'store'>, type: string): Promise<number> {
  const { effects } = runtime.store
  let revived = 0
  for (;;) {
    let here = 0
    for (const { instanceId, effect } of await effects.dead({ limit: pageSize, types: [type] }))
      if (await effects.revive(instanceId, effect.id)) here += 1
    // A page of which nothing could be revived is revived by others, or a store that lags: asking on would never end.
    if (here === 0) return revived
    revived += here
  }
}
