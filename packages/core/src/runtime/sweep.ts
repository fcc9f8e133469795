import { isGovernanceError } from '../errors/index.ts'
import { ofMany, type DueHit, type DueQuery, type PendingEffect } from '../ports/index.ts'
import { deliver, type Delivered } from './deliver.ts'
import { perform } from './perform.ts'
import type { Runtime } from './runtime.ts'
import { together, widthOf, windowsOf } from './together.ts'

/** How much one sweep may do. */
export interface SweepOptions {
  /** Instances settled at most in this call; default 500. Those that fail do not count: ten times as many may. */
  readonly limit?: number
  /** Effects carried out at most; default as `limit`. 0 leaves them. */
  readonly effects?: number
  /**
   * Effects bring forth commands, and commands effects: go on until nothing is due or pending any more. `limit` then bounds a round, and 100 rounds the
   * whole. Default false: one round.
   */
  readonly untilIdle?: boolean
  /** Lease asked of stores that lease, in milliseconds; default 30,000. */
  readonly leaseMs?: number
  /** Instances settled, or commands sent, at once, from 1 to 1,000: they share their calls of the store. The outcome is the same for any. @default 75 */
  readonly width?: number
}

/** What a sweep did. */
export interface Swept {
  /** Instances in which something was due and now is settled. */
  readonly settled: number
  readonly rungs: number
  /** Instances that could not be settled; the next sweep tries them again, and they never block those behind them. */
  readonly failed: readonly { readonly instanceId: string; readonly reason: string }[]
  readonly effects: Delivered
  /** True when the limit ended the sweep: there may be more. */
  readonly more: boolean
}

const pageSize = 200
/** Instances that may fail for each that may be settled: those with the earliest dues come first in every sweep, and must not be all that it does. */
const failuresPerSettled = 10

/**
 * Settles what is due and carries out pending effects. Any number of workers may sweep at once: each rung fires once, because the journal's key lets
 * one of them win. A sweep costs what is due, not what exists.
 */
export async function sweep(runtime: Runtime, options: SweepOptions = {}): Promise<Swept> {
  let total = await sweepOnce(runtime, options)
  for (let round = 1; options.untilIdle === true && round < maxRounds; round += 1) {
    const next = await sweepOnce(runtime, options)
    total = sum(total, next)
    if (next.settled === 0 && next.effects.delivered === 0) break
  }
  return total
}

const maxRounds = 100

function sum(a: Swept, b: Swept): Swept {
  return {
    settled: a.settled + b.settled,
    rungs: a.rungs + b.rungs,
    failed: [...a.failed, ...b.failed],
    effects: {
      delivered: a.effects.delivered + b.effects.delivered,
      failed: [...a.effects.failed, ...b.effects.failed],
      dead: [...a.effects.dead, ...b.effects.dead],
      unhandled: b.effects.unhandled,
    },
    more: b.more,
  }
}

async function sweepOnce(runtime: Runtime, options: SweepOptions): Promise<Swept> {
  const { limit = 500, effects = limit, leaseMs = 30_000 } = options
  const width = widthOf(options.width)
  const failed: { instanceId: string; reason: string }[] = []
  let settled = 0
  let rungs = 0
  let through = 0
  let after: DueHit | undefined
  let pending: readonly PendingEffect[] | null = null
  let more = false
  const at = runtime.host.clock()
  do {
    const query = { at, limit: Math.min(pageSize, limit - through), leaseMs, ...(after === undefined ? {} : { after }) }
    const agenda = await look(runtime, query, effects)
    // Where nothing is due any more, what is pending will not change either.
    if (agenda.due.length === 0) {
      pending = agenda.effects
      break
    }
    for await (const window of windowsOf(agenda.due, width)) {
      // Ids of commands are made in the order in which they are sent, whatever the width.
      const hits = window.map((hit) => ({ hit, idempotencyKey: `settle-${runtime.host.newId()}` }))
      const results = await together(
        runtime,
        hits.map(
          ({ hit, idempotencyKey }) =>
            (of: Runtime) =>
              settleOne(of, hit, idempotencyKey),
        ),
      )
      for (const [k, result] of results.entries()) {
        if (result.status === 'fulfilled') {
          through += 1
          rungs += result.value
          settled += result.value > 0 ? 1 : 0
          continue
        }
        const error: unknown = result.reason
        if (isGovernanceError(error, 'unavailable') || isGovernanceError(error, 'throttled')) throw error
        failed.push({
          instanceId: hits[k]?.hit.instanceId ?? '',
          reason: error instanceof Error ? error.message.slice(0, 300) : 'unknown error',
        })
      }
    }
    after = agenda.due.at(-1)
    more = through >= limit || failed.length >= limit * failuresPerSettled
  } while (!more)
  const delivered =
    effects > 0
      ? await deliver(runtime, { limit: effects, width }, pending)
      : { delivered: 0, failed: [], dead: [], unhandled: 0 }
  return { settled, rungs, failed, effects: delivered, more }
}

/** What is due and, where the store tells it in the same read, what is pending; `effects` is null where it does not. */
async function look(
  { store }: Runtime,
  query: DueQuery,
  effects: number,
): Promise<{ readonly due: readonly DueHit[]; readonly effects: readonly PendingEffect[] | null }> {
  const agenda = effects > 0 ? ofMany(store).agenda : undefined
  return agenda === undefined
    ? { due: await store.due(query), effects: null }
    : agenda({ due: query, effects: { limit: effects, at: query.at } })
}

/** Rungs fired; 0 when somebody else was faster or nothing was due after all (the index is a hint). */
async function settleOne(runtime: Runtime, hit: DueHit, idempotencyKey: string): Promise<number> {
  const result = await perform(runtime, { kind: hit.kind, id: hit.instanceId, command: null, actor: 'system', idempotencyKey })
  return result.ok && result.entry.idempotencyKey === idempotencyKey ? result.entry.settled.length : 0
}
