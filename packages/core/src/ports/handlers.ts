import type { JsonValue } from '../errors/index.ts'

/** An effect to carry out: tell somebody, create a task, file a document. */
export interface Delivery {
  /** `<entryKey>-e<k>`; use it as the key under which the thing is done at most once, since a delivery may be repeated. */
  readonly id: string
  readonly type: string
  readonly params: JsonValue
  readonly instanceId: string
  readonly kind: string
  readonly at: number
  readonly attempt: number
}

/**
 * The host's side of effects. Called at least once an effect, possibly by several workers at once. Resolve when done; throw to have it tried
 * again later, up to the runtime's `maxAttempts`, then it waits among the dead effects for an operator.
 */
export type EffectHandler = (delivery: Delivery) => Promise<void>

/** By effect type; `default` takes the rest. Without any handler effects stay pending and are reported, never dropped. */
export interface Handlers {
  readonly [effectType: string]: EffectHandler
}
