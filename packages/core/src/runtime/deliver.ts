import { GovernanceError, isGovernanceError, type Refusal } from '../errors/index.ts'
import type { Delivery, PendingEffect } from '../ports/index.ts'
import { childRequest, loadInstance } from './plan.ts'
import { perform } from './perform.ts'
import type { Runtime } from './runtime.ts'

/** What became of the pending effects. */
export interface Delivered {
  /** Carried out and acknowledged. */
  readonly delivered: number
  /** Tried and failed; tried again by the next sweep. */
  readonly failed: readonly { readonly effectId: string; readonly reason: string }[]
  /** Given up; see `governance.effects.dead()`. */
  readonly dead: readonly { readonly effectId: string; readonly reason: string }[]
  /** No handler takes this type; they stay pending. */
  readonly unhandled: number
}

/**
 * Carries out pending effects, oldest first: child commands by the runtime, exactly once, since the effect's id is their idempotency key; all others by
 * the host's handlers, at least once. One failing effect never holds up those behind it.
 */
export async function deliver(
  runtime: Runtime,
  query: { readonly limit: number; readonly instanceId?: string },
): Promise<Delivered> {
  const failed: { effectId: string; reason: string }[] = []
  const dead: { effectId: string; reason: string }[] = []
  let delivered = 0
  let unhandled = 0
  const pending = await pendingFor(runtime, query)
  for (const item of pending) {
    const handler = handlerFor(runtime, item.effect.type)
    if (handler === null) {
      unhandled += 1
      continue
    }
    try {
      const refused = await handler(item)
      if (refused.length === 0) {
        await confirm(runtime, item)
        delivered += 1
        continue
      }
      const reason = `refused: ${refused.map((r) => r.code).join(', ')}`
      dead.push({ effectId: item.effect.id, reason })
      await runtime.store.effects.fail(item.instanceId, item.effect.id, reason, true)
    } catch (error) {
      // The store itself failing is not the effect's fault.
      if (
        isGovernanceError(error, 'unavailable') ||
        isGovernanceError(error, 'unknown_outcome') ||
        isGovernanceError(error, 'throttled')
      )
        throw error
      const told = isGovernanceError(error, 'handler_failed') ? error.cause : error
      const reason = told instanceof Error ? `${told.name}: ${told.message}`.slice(0, 500) : 'unknown error'
      const last = item.attempts + 1 >= runtime.maxAttempts
      ;(last ? dead : failed).push({ effectId: item.effect.id, reason })
      await runtime.store.effects.fail(item.instanceId, item.effect.id, reason, last)
    }
  }
  return { delivered, failed, dead, unhandled }
}

/**
 * The oldest pending effects, among them some that can be carried out if there are any: effects that no handler takes stay for ever, and must not
 * keep the commands behind them waiting.
 */
async function pendingFor(
  runtime: Runtime,
  query: { readonly limit: number; readonly instanceId?: string },
): Promise<readonly PendingEffect[]> {
  for (let { limit } = query; ; limit *= 4) {
    const pending = await runtime.store.effects.pending({ ...query, limit })
    if (pending.length < limit || pending.some(({ effect }) => handlerFor(runtime, effect.type) !== null)) return pending
  }
}

type Handle = (item: PendingEffect) => Promise<readonly Refusal[]>

function handlerFor(runtime: Runtime, type: string): Handle | null {
  if (type === 'command') return (item) => sendChild(runtime, item)
  const handler = runtime.handlers[type] ?? runtime.handlers['default']
  if (!handler) return null
  return async (item) => {
    const delivery: Delivery = {
      id: item.effect.id,
      type: item.effect.type,
      params: item.effect.params,
      instanceId: item.instanceId,
      kind: item.kind,
      at: item.at,
      attempt: item.attempts + 1,
    }
    try {
      await handler(delivery)
    } catch (cause) {
      // Whatever a handler throws, the store's own errors too, is this effect's failure and nobody else's.
      throw new GovernanceError('handler_failed', `the handler of ${delivery.type} failed`, { cause })
    }
    return []
  }
}

/** The child acts for whoever sent the parent. */
async function sendChild(runtime: Runtime, item: PendingEffect): Promise<readonly Refusal[]> {
  let parent: { readonly id: string; readonly onBehalfOf?: string | undefined } = { id: 'system' }
  for await (const entry of runtime.store.history(item.instanceId, item.seq)) {
    parent = entry.actor
    break
  }
  const result = await perform(runtime, childRequest(parent, item.effect, runtime))
  return result.ok ? [] : result.refusals
}

/** Tells an instance that waits, then acknowledges: a crash in between repeats both, and the second telling finds the first. */
async function confirm(runtime: Runtime, item: PendingEffect): Promise<void> {
  if (item.effect.awaited === true) {
    const loaded = await loadInstance(runtime, item.kind, item.instanceId)
    if (loaded)
      await perform(runtime, {
        kind: item.kind,
        id: item.instanceId,
        command: { type: 'effectDelivered', effectId: item.effect.id },
        actor: 'system',
        idempotencyKey: `delivered-${item.effect.id}`,
      })
  }
  await runtime.store.effects.ack(item.instanceId, item.effect.id)
}
