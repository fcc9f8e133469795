import { accountLedgerId, adjustmentId, onDemandId } from '../../definition/instance-id.ts'
import type { TierAdjustmentCommandInput } from '../../workflows/tier-adjustment/commands.ts'
import type { TierAdjustmentContext } from '../../workflows/tier-adjustment/types.ts'
import { knownText } from '../known-input.ts'
import type { Result } from '../perform.ts'
import { loadInstance } from '../plan.ts'
import type { Runtime } from '../runtime.ts'
import type { Command, Form, SendOptions, WorkflowApi } from '../workflow-api.ts'
import type { Verbs } from './verbs.ts'

/** One of many votes cast alike. */
export interface BatchItem {
  readonly id: string
  /** Basis of the approval as shown to the voter. */
  readonly basis: string
}

/** Verbs of tier adjustments [ADJ]. */
export type TierAdjustmentVerbs = WorkflowApi<
  Command<TierAdjustmentCommandInput, 'open' | 'effectDelivered'>,
  TierAdjustmentContext
> & {
  /** Opens a review of one account: of a cycle, or on demand with a reason. */
  readonly open: (
    form: { readonly accountId: string; readonly cycle: string; readonly onDemand?: string },
    options: SendOptions,
  ) => Promise<Result & { readonly adjustment: string }>
  /** Decides undisputed cases as a list: the same vote on each, each judged and answered by itself [ADJ-12]. */
  readonly decideBatch: (
    items: Iterable<BatchItem>,
    vote: Omit<Form<TierAdjustmentCommandInput, 'vote'>, 'basis'>,
    options: Pick<SendOptions, 'actor' | 'onBehalfOf'>,
  ) => AsyncIterable<Result>
}

export const tierAdjustmentVerbs = ({ runtime, api, key, request, perform }: Verbs): TierAdjustmentVerbs => ({
  ...api('tier-adjustment'),
  open: async (form, o) => {
    const accountId = knownText('accountId', (form as Partial<typeof form> | undefined)?.accountId)
    const idempotencyKey = key(o.idempotencyKey)
    const id = accountLedgerId(accountId)
    const adjustment =
      form.onDemand === undefined
        ? adjustmentId(accountId, knownText('cycle', form.cycle))
        : await nextOnDemand(runtime, id, accountId, idempotencyKey)
    const result = await perform(
      request(
        'account',
        id,
        {
          type: 'openAdjustment',
          cycle: form.cycle,
          instanceId: adjustment,
          ...(form.onDemand === undefined ? {} : { onDemand: form.onDemand }),
        },
        { ...o, idempotencyKey },
      ),
    )
    return { ...result, adjustment }
  },
  decideBatch: async function* (items, vote, o) {
    for (const { id, basis } of items) yield await perform(request('tier-adjustment', id, { ...vote, type: 'vote', basis }, o))
  },
})

/** Id of the next adjustment on demand: the ledger counts them, and refuses a second one under the same number. A repeated request finds its first. */
async function nextOnDemand(runtime: Runtime, ledgerId: string, accountId: string, idempotencyKey: string): Promise<string> {
  const earlier = await runtime.store.entryByKey(ledgerId, idempotencyKey)
  const first = (earlier?.command as { readonly instanceId?: unknown } | undefined)?.instanceId
  if (typeof first === 'string') return first
  const ledger = await loadInstance(runtime, 'account', ledgerId)
  const count = (ledger?.instance.context['onDemand'] as number | undefined) ?? 0
  return onDemandId(accountId, count + 1)
}
