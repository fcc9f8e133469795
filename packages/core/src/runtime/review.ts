import { isGovernanceError, type Refusal } from '../errors/index.ts'
import { cycleById } from '../policy/index.ts'
import type { Recommendation } from '../scoring/index.ts'
import { adjustmentId, accountLedgerId } from '../definition/instance-id.ts'
import { perform } from './perform.ts'
import type { Runtime } from './runtime.ts'

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
 * Reviews a portfolio for one cycle: streamed, resumable, one commit an account, one account's failure never stops the rest [ADJ-01, ADJ-09]. Early
 * warnings stand in each recommendation.
 */
export async function* review(runtime: Runtime, options: ReviewOptions): AsyncGenerator<ReviewProgress> {
  const cycle = cycleById(options.cycle, runtime.policy.cycle)
  let done = 0
  for await (const accountId of options.accounts ?? allAccounts(runtime, options.after)) {
    done += 1
    yield await reviewOne(runtime, accountId, cycle.id, options.actor, done)
  }
}

async function* allAccounts(runtime: Runtime, after: string | undefined): AsyncGenerator<string> {
  for await (const account of runtime.store.accounts.list(after === undefined ? {} : { after })) yield account.accountId
}

async function reviewOne(
  runtime: Runtime,
  accountId: string,
  cycle: string,
  actor: string,
  done: number,
): Promise<ReviewProgress> {
  const instanceId = adjustmentId(accountId, cycle)
  const base = { accountId, instanceId, recommendation: null, refusals: [], reason: null, done }
  try {
    const result = await perform(runtime, {
      kind: 'account',
      id: accountLedgerId(accountId),
      command: { type: 'openAdjustment', cycle, instanceId },
      actor,
      idempotencyKey: `review-${cycle}`,
    })
    if (!result.ok) return { ...base, status: 'refused', refusals: result.refusals }
    const inputs = result.entry.inputs[0] as { readonly recommendation?: Recommendation } | undefined
    const recommendation = inputs?.recommendation ?? null
    const opened =
      (result.entry.effects[0]?.params as { readonly command?: { readonly changes?: boolean } } | undefined)?.command?.changes ===
      true
    return { ...base, status: result.duplicate ? 'reviewed' : opened ? 'opened' : 'unchanged', recommendation }
  } catch (error) {
    if (isGovernanceError(error, 'not_found'))
      return {
        ...base,
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
    return { ...base, status: 'failed', reason: error instanceof Error ? error.message.slice(0, 500) : 'unknown error' }
  }
}
