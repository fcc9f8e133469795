import { isGovernanceError, type Refusal } from '../errors/index.ts'
import { cycleById } from '../policy/index.ts'
import type { Recommendation } from '../scoring/index.ts'
import { adjustmentId, accountLedgerId } from '../definition/instance-id.ts'
import { perform } from './perform.ts'
import type { Runtime } from './runtime.ts'
import { together, widthOf, windowsOf } from './together.ts'

/** Which cycle to review, in whose name, and for which accounts. */
export interface ReviewOptions {
  /** Id of the cycle, e.g. `2026-H2` [ADJ-01]. */
  readonly cycle: string
  /** Who signs the cycle's data off: a holder of `dataOwner.tier`. */
  readonly actor: string
  /** Resume after this account. A review begun again from the start finds what it has done and doubles nothing. */
  readonly after?: string
  /** Only these accounts; default all of the store. */
  readonly accounts?: AsyncIterable<string> | Iterable<string>
  /** Accounts reviewed at once, from 1 to 1,000: they share their calls of the store. Outcome and order are the same for any. @default 75 */
  readonly width?: number
}

/** One account of a running review. */
export interface ReviewProgress {
  readonly accountId: string
  /**
   * `opened`: an adjustment waits for its proposal. `unchanged`: closed at once. `reviewed`: an earlier run had done it. `refused`: see `refusals`
   * (not adopted, another adjustment open, facts missing). `failed`: see `reason`; the review goes on.
   */
  readonly status: 'opened' | 'unchanged' | 'reviewed' | 'refused' | 'failed'
  readonly instanceId: string
  readonly recommendation: Recommendation | null
  readonly refusals: readonly Refusal[]
  readonly reason: string | null
  /** Accounts done so far, this one included. */
  readonly done: number
}

/**
 * Reviews a portfolio for one cycle: streamed in the order of the accounts, resumable, each account by itself or not at all, one account's failure never stops the
 * rest [ADJ-01, ADJ-09]. Early warnings stand in each recommendation. Accounts go in windows of `width`: whoever stops reading leaves the window done.
 *
 * @throws InvalidInputError when `width` is no whole number from 1 to 1,000.
 */
export async function* review(runtime: Runtime, options: ReviewOptions): AsyncGenerator<ReviewProgress> {
  const cycle = cycleById(options.cycle, runtime.policy.cycle)
  const accounts = options.accounts ?? allAccounts(runtime, options.after)
  let done = 0
  for await (const window of windowsOf(accounts, widthOf(options.width))) {
    const results = await together(
      runtime,
      window.map((accountId) => (of: Runtime, again: boolean) => reviewOne(of, accountId, cycle.id, options.actor, again)),
    )
    for (const [k, result] of results.entries()) {
      done += 1
      const accountId = window[k] ?? ''
      const base = {
        accountId,
        instanceId: adjustmentId(accountId, cycle.id),
        recommendation: null,
        refusals: [],
        reason: null,
        done,
      }
      yield { ...base, ...(result.status === 'fulfilled' ? result.value : failed(accountId, result.reason)) }
    }
  }
}

async function* allAccounts(runtime: Runtime, after: string | undefined): AsyncGenerator<string> {
  for await (const account of runtime.store.accounts.list(after === undefined ? {} : { after })) yield account.accountId
}

type Reviewed = Pick<ReviewProgress, 'status'> & Partial<ReviewProgress>

/** `again`: what an earlier try of this very run may have committed is this run's. */
async function reviewOne(runtime: Runtime, accountId: string, cycle: string, actor: string, again: boolean): Promise<Reviewed> {
  const result = await perform(runtime, {
    kind: 'account',
    id: accountLedgerId(accountId),
    command: { type: 'openAdjustment', cycle, instanceId: adjustmentId(accountId, cycle) },
    actor,
    idempotencyKey: `review-${cycle}`,
  })
  if (!result.ok) return { status: 'refused', refusals: result.refusals }
  const inputs = result.entry.inputs[0] as { readonly recommendation?: Recommendation } | undefined
  const recommendation = inputs?.recommendation ?? null
  const opened =
    (result.entry.effects[0]?.params as { readonly command?: { readonly changes?: boolean } } | undefined)?.command?.changes ===
    true
  return { status: result.duplicate && !again ? 'reviewed' : opened ? 'opened' : 'unchanged', recommendation }
}

/** What one account could not do. @throws whatever says that the store could not. */
function failed(accountId: string, error: unknown): Reviewed {
  if (isGovernanceError(error, 'not_found'))
    return {
      status: 'refused',
      refusals: [
        {
          code: 'account_unknown',
          rule: 'mayReviewAdopted',
          clause: 'ADJ-01',
          required: 'adopted',
          actual: accountId,
          remedy: { kind: 'send', command: 'account.adopt' },
        },
      ],
    }
  if (
    isGovernanceError(error, 'unavailable') ||
    isGovernanceError(error, 'throttled') ||
    isGovernanceError(error, 'unknown_outcome')
  )
    throw error
  return { status: 'failed', reason: error instanceof Error ? error.message.slice(0, 500) : 'unknown error' }
}
