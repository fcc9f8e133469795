import type { JsonValue } from '../errors/index.ts'

/**
 * The actions that machines name. None of them does anything: `transition()` hands them to the runtime as data, which applies the clock actions
 * to the instance's ledger of clocks and writes the others into the journal entry as effects. The names are the contract.
 */
export interface ClockParams {
  readonly clock: string
  /** Start of the measure, where it is not now: the receipt of the message. */
  readonly from?: number
}

const declared = (): void => undefined

/** Actions on the instance's SLA clocks. An action on a clock that is not running does nothing. */
export const clockActions = {
  /** Starts the clock with the budget of the policy; nothing when the policy grants none here. */
  startClock: declared as (_: unknown, params: ClockParams) => void,
  /** A new cycle of the clock with a fresh budget. */
  restartClock: declared as (_: unknown, params: ClockParams) => void,
  /** The promise is kept, or was kept late. */
  stopClock: declared as (_: unknown, params: { readonly clock: string }) => void,
  /** The promise no longer applies. */
  cancelClocks: declared as (_: unknown, params: { readonly clocks: readonly string[] | 'all' }) => void,
  pauseClocks: declared as (_: unknown, params: { readonly reason: string }) => void,
  resumeClocks: declared as (_: unknown) => void,
  /** Measures the clocks against the budget that applies now [decision sla.onTierOrPriorityChange]. */
  rebudgetClocks: declared as (_: unknown, params: { readonly reason: string }) => void,
  /** Lengthens the open promise by a policy budget. */
  extendClocks: declared as (
    _: unknown,
    params: { readonly clocks: readonly string[]; readonly by: 'complaint.complex.extension' },
  ) => void,
}

/** A command for another instance, carried out by the runtime exactly once. */
export interface ChildCommand {
  readonly kind: string
  /** Absent: opens a new instance whose id follows from the effect's id. */
  readonly instanceId?: string
  readonly command: { readonly type: string; readonly [field: string]: JsonValue | undefined }
}

/** Everything else becomes an effect of the entry, under the action's own name. */
export const effectActions = {
  /** Tell people: roles, `owner`, `department` or `person:<id>`. `awaited`: the instance waits until it is sent. */
  notify: declared as (
    _: unknown,
    params: { readonly to: readonly string[]; readonly message: string; readonly awaited?: boolean; readonly data?: JsonValue },
  ) => void,
  tellCustomer: declared as (
    _: unknown,
    params: { readonly message: string; readonly awaited?: boolean; readonly data?: JsonValue },
  ) => void,
  createTask: declared as (
    _: unknown,
    params: { readonly for: string; readonly task: string; readonly data?: JsonValue },
  ) => void,
  fileDocument: declared as (_: unknown, params: { readonly form: string }) => void,
  /** Puts a checked draft into the registry under its own version: sent by the ledger that has taken it, and by nothing else [GOV-05]. */
  publishPolicy: declared as (
    _: unknown,
    params: { readonly policyId: string; readonly version: string; readonly hash: string },
  ) => void,
  /** Sends commands to other instances. `required`: refused children refuse this command too. */
  sendCommands: declared as (
    _: unknown,
    params: { readonly commands: readonly ChildCommand[]; readonly required?: boolean; readonly awaited?: boolean },
  ) => void,
}

/** Short forms, so that a machine reads like the policy. */
export const start = <C extends string>(clock: C) => ({ type: 'startClock', params: { clock } }) as const
export const restart = <C extends string>(clock: C) => ({ type: 'restartClock', params: { clock } }) as const
export const stop = <C extends string>(clock: C) => ({ type: 'stopClock', params: { clock } }) as const
export const rebudget = (reason: string) => ({ type: 'rebudgetClocks', params: { reason } }) as const
export const cancelAll = { type: 'cancelClocks', params: { clocks: 'all' } } as const
export const cancel = (...clocks: string[]) => ({ type: 'cancelClocks', params: { clocks } }) as const
export const notify = (message: string, ...to: string[]) => ({ type: 'notify', params: { to, message } }) as const
export const tellCustomer = (message: string) => ({ type: 'tellCustomer', params: { message } }) as const
export const task = (who: string, what: string) => ({ type: 'createTask', params: { for: who, task: what } }) as const
export const file = (form: string) => ({ type: 'fileDocument', params: { form } }) as const
