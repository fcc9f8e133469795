import {
  erasedText,
  GovernanceError,
  isGovernanceError,
  mapTexts,
  sealedDocumentOf,
  type JsonValue,
  type Refusal,
} from '../errors/index.ts'
import type { Delivery, PendingEffect } from '../ports/index.ts'
import { childRequest, openRequest } from './child-request.ts'
import { eraseEffect } from './common-steps.ts'
import { eraseOrdered } from './erase.ts'
import { openTexts } from './personal.ts'
import { loadInstance, type Request } from './plan.ts'
import { perform, type Refused } from './perform.ts'
import { publish, publishEffect } from './publish.ts'
import { definitionOf, type Runtime } from './runtime.ts'
import { isInDoubt, together, widthOf } from './together.ts'

/** What became of the pending effects. */
export interface Delivered {
  /** Carried out and acknowledged. */
  readonly delivered: number
  /** Tried and failed; tried again once their waiting time is over: 1, 2, 4 … minutes, at most a day. */
  readonly failed: readonly { readonly effectId: string; readonly reason: string }[]
  /** Given up; see `governance.effects.dead()`. */
  readonly dead: readonly { readonly effectId: string; readonly reason: string }[]
  /** Seen, but no handler takes their type; they stay pending. */
  readonly unhandled: number
}

/**
 * Carries out pending effects, oldest first: child commands by the runtime, exactly once, since the effect's id is their idempotency key; all others by
 * the host's handlers, at least once, one at a time. One failing effect never holds up those behind it. Commands go together, at most `width` of them.
 *
 * @param known what is pending, where that has just been read.
 */
export async function deliver(
  runtime: Runtime,
  { width: wanted, ...query }: { readonly limit: number; readonly instanceId?: string; readonly width?: number },
  known: readonly PendingEffect[] | null = null,
): Promise<Delivered> {
  const width = widthOf(wanted)
  const failed: { effectId: string; reason: string }[] = []
  const dead: { effectId: string; reason: string }[] = []
  let delivered = 0
  let unhandled = 0
  const at = runtime.host.clock()
  const pending = await pendingFor(runtime, { ...query, at }, known)
  for (const run of runsOf(pending, width))
    for (const [k, outcome] of (await carryOutRun(runtime, run, at)).entries()) {
      if (outcome === 'unhandled') unhandled += 1
      else if (outcome === 'delivered') delivered += 1
      else (outcome.dead ? dead : failed).push({ effectId: run[k]?.effect.id ?? '', reason: outcome.reason })
    }
  return { delivered, failed, dead, unhandled }
}

const isCommand = ({ effect }: PendingEffect): boolean => effect.type === 'command'

/**
 * So many commands go together, however many other effects stand between them. What an instance waits for, and what the runtime does itself, keeps its place
 * among the commands: it ends a run. Nobody can tell of the others.
 */
function runsOf(items: readonly PendingEffect[], width: number): readonly (readonly PendingEffect[])[] {
  const runs: PendingEffect[][] = [[]]
  let commands = 0
  for (const item of items) {
    if (isCommand(item) && commands === width) {
      runs.push([])
      commands = 0
    }
    runs.at(-1)?.push(item)
    if (isCommand(item)) commands += 1
    else if (item.effect.awaited === true || ownTypes.includes(item.effect.type)) {
      runs.push([])
      commands = 0
    }
  }
  return runs
}

type Outcome = 'delivered' | 'unhandled' | Failed

/**
 * The commands together, then the others one by one; the outcomes in the order of the effects.
 *
 * @throws what a store that is down says, once what is older has been told.
 */
async function carryOutRun(runtime: Runtime, items: readonly PendingEffect[], at: number): Promise<readonly Outcome[]> {
  const commands = items.filter(isCommand)
  const results = await together(
    runtime,
    commands.map((item) => (of: Runtime) => {
      if (item.effect.awaited === true) of.intends?.(item.instanceId)
      return carryOut(of, (each) => sendChild(of, each), item, at)
    }),
  )
  const sent = new Map(commands.map((item, k) => [item, results[k]]))
  const outcomes: Outcome[] = []
  let isLost = false
  for (const item of items) {
    const result = sent.get(item)
    if (result === undefined) outcomes.push(await tell(runtime, item, at))
    else if (result.status === 'fulfilled') outcomes.push(result.value)
    else if (!isInDoubt(result.reason)) throw result.reason
    // Behind one that was lost by itself, too, nobody was tried again: they do not wait for its sake.
    else if (isLost) outcomes.push({ dead: false, reason: reasonOf(result.reason) })
    else {
      outcomes.push(await fail(runtime, item, at, reasonOf(result.reason)))
      isLost = isGovernanceError(result.reason, 'unknown_outcome')
    }
  }
  return outcomes
}

async function tell(runtime: Runtime, item: PendingEffect, at: number): Promise<Outcome> {
  const handler = handlerFor(runtime, item.effect.type)
  if (handler === null) return 'unhandled'
  try {
    return await carryOut(runtime, handler, item, at)
  } catch (error) {
    if (!isInDoubt(error)) throw error
    return fail(runtime, item, at, reasonOf(error))
  }
}

/**
 * The oldest pending effects; where effects that no handler takes fill the page, the oldest that somebody does take: the others stay for ever and must not
 * keep the commands behind them waiting.
 */
async function pendingFor(
  runtime: Runtime,
  query: { readonly limit: number; readonly instanceId?: string; readonly at: number },
  known: readonly PendingEffect[] | null,
): Promise<readonly PendingEffect[]> {
  const { effects } = runtime.store
  const isHandled = ({ effect }: PendingEffect): boolean => handlerFor(runtime, effect.type) !== null
  const page = known ?? (await effects.pending(query))
  if (page.length < query.limit || page.every(isHandled)) return page
  const handled = await effects.pending({ ...query, types: [...ownTypes, ...Object.keys(runtime.handlers)] })
  return [...page.filter((item) => !isHandled(item)), ...handled]
}

/** Effects that the runtime carries out itself. */
const ownTypes = ['command', eraseEffect, publishEffect]

type Failed = { readonly dead: boolean; readonly reason: string }

const minute = 60_000
const day = 24 * 60 * minute

/** How long an effect waits after its n-th failure: 1, 2, 4 … minutes, at most a day. No chance in it: who delivers when is the host's to spread. */
export function backOff(attempts: number): number {
  return Math.min(minute * 2 ** (attempts - 1), day)
}

/**
 * One effect: done, told to the instance if it waits, acknowledged. Only what the handler itself could not do counts as its failure.
 *
 * @throws what is no fault of the effect: the store failing, and what is worth another try by itself.
 */
async function carryOut(runtime: Runtime, handle: Handle, item: PendingEffect, at: number): Promise<'delivered' | Failed> {
  try {
    const refused = await handle(item)
    if (refused.length > 0) return await fail(runtime, item, at, `refused: ${refused.map((r) => r.code).join(', ')}`, true)
  } catch (error) {
    if (isStoreFailure(error) || isInDoubt(error)) throw error
    return fail(runtime, item, at, reasonOf(error))
  }
  try {
    await confirm(runtime, item)
    return 'delivered'
  } catch (error) {
    if (!isGovernanceError(error) || isStoreFailure(error) || isInDoubt(error)) throw error
    // Done, but not yet told: it is done once more, as a handler must be able to bear, and told then.
    return fail(runtime, item, at, reasonOf(error))
  }
}

async function fail(
  runtime: Runtime,
  item: PendingEffect,
  at: number,
  reason: string,
  dead = item.attempts + 1 >= runtime.maxAttempts,
): Promise<Failed> {
  const retryAt = at + backOff(item.attempts + 1)
  await runtime.store.effects.fail(item.instanceId, item.effect.id, reason, dead, dead ? {} : { retryAt })
  return { dead, reason }
}

/** The store itself failing is not the effect's fault: the sweep ends and the next one goes on. */
const isStoreFailure = (error: unknown): boolean =>
  isGovernanceError(error, 'unavailable') || isGovernanceError(error, 'throttled')

const messageOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : 'unknown error')

function reasonOf(error: unknown): string {
  const told = isGovernanceError(error, 'handler_failed') ? error.details['told'] : null
  return (typeof told === 'string' ? told : messageOf(error)).slice(0, 500)
}

type Handle = (item: PendingEffect) => Promise<readonly Refusal[]>

function handlerFor(runtime: Runtime, type: string): Handle | null {
  if (type === 'command') return (item) => sendChild(runtime, item)
  if (type === eraseEffect)
    return async ({ instanceId, seq }) => {
      await eraseOrdered(runtime, instanceId, seq)
      return []
    }
  if (type === publishEffect)
    return async ({ effect }) => {
      await publish(runtime, effect)
      return []
    }
  const handler = runtime.handlers[type] ?? runtime.handlers['default']
  if (!handler) return null
  return async (item) => {
    const delivery: Delivery = {
      id: item.effect.id,
      type: item.effect.type,
      params: await openTexts(runtime, item.instanceId, item.effect.params),
      instanceId: item.instanceId,
      kind: item.kind,
      at: item.at,
      attempt: item.attempts + 1,
    }
    try {
      await handler(delivery)
    } catch (cause) {
      // Whatever a handler throws, the store's own errors too, is this effect's failure and nobody else's.
      const told = withoutTexts(messageOf(cause), item.effect.params, delivery.params)
      throw new GovernanceError('handler_failed', `the handler of ${delivery.type} failed`, { cause, details: { told } })
    }
    return []
  }
}

/** A failure's reason is kept, and outlives an erasure: it does not repeat the personal texts that the handler was given. */
function withoutTexts(reason: string, sealed: JsonValue, opened: JsonValue): string {
  const texts: string[] = []
  const inOrder: string[] = []
  mapTexts(opened, (text) => {
    inOrder.push(text)
    return text
  })
  let k = 0
  mapTexts(sealed, (text) => {
    const plain = inOrder[k] ?? ''
    k += 1
    if (sealedDocumentOf(text) !== null && plain.trim() !== '') texts.push(plain)
    return text
  })
  return texts.sort((a, b) => b.length - a.length).reduce((safe, text) => safe.replaceAll(text, erasedText), reason)
}

/** The child acts for whoever sent the parent. */
async function sendChild(runtime: Runtime, item: PendingEffect): Promise<readonly Refusal[]> {
  let parent: { readonly id: string; readonly onBehalfOf?: string | undefined } = { id: 'system' }
  for await (const entry of runtime.store.history(item.instanceId, item.seq)) {
    parent = entry.actor
    break
  }
  const request = await openRequest(runtime, item.instanceId, childRequest(parent, item.effect, runtime))
  const result = await perform(runtime, request)
  return result.ok || isLateNews(request, result) ? [] : result.refusals
}

/** Whoever has closed meanwhile has nothing left to do about the news. People send none, so that nobody's command is passed over. */
function isLateNews({ kind, command }: Request, { state, refusals }: Refused): boolean {
  const definition = definitionOf(kind)
  return (
    command !== null &&
    definition.commands[command.type]?.news === true &&
    definition.closedStates.includes(state) &&
    refusals.every(({ code }) => code === 'command_not_available')
  )
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
