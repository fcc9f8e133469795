import { accountLedgerId, admissionId } from '../../definition/instance-id.ts'
import type { AdmissionCommandInput } from '../../workflows/admission/commands.ts'
import type { AdmissionContext } from '../../workflows/admission/types.ts'
import { knownText } from '../known-input.ts'
import type { Result } from '../perform.ts'
import { loadInstance } from '../plan.ts'
import type { Runtime } from '../runtime.ts'
import type { Command, SendOptions, WorkflowApi } from '../workflow-api.ts'
import type { Verbs } from './verbs.ts'

/** A lead that applies to become a key account [ADM-05, DEV-03]. */
export interface AdmissionForm {
  readonly accountId: string
  readonly name: string
  /** Service region; decides which calendar counts. */
  readonly region?: string
  /** Unified social credit code, or what identifies a company where it is at home. */
  readonly creditCode?: string
  readonly parentId?: string
  /** Id of the policy's `admission.leadSources`. */
  readonly leadSource: string
  /** Who develops the lead. */
  readonly manager?: string
}

/** Verbs of admissions [ADM]. */
export type AdmissionVerbs = WorkflowApi<Command<AdmissionCommandInput, 'open' | 'accountBlacklisted'>, AdmissionContext> & {
  /**
   * Registers a lead with the account's ledger, which takes the claim of the one open admission and opens it; `admission` is its id. Refused for a customer that is
   * a key account, blacklisted, or under way elsewhere [ADM-05]. The same idempotency key again finds the first one.
   */
  readonly open: (form: AdmissionForm, options: SendOptions) => Promise<Result & { readonly admission: string }>
}

export const admissionVerbs = ({ runtime, api, key, request, perform }: Verbs): AdmissionVerbs => ({
  ...api('admission'),
  open: async (form, o) => {
    const accountId = knownText('accountId', (form as Partial<AdmissionForm> | undefined)?.accountId)
    const idempotencyKey = key(o.idempotencyKey)
    const id = accountLedgerId(accountId)
    const admission = await nextId(runtime, id, accountId, idempotencyKey)
    const result = await perform(
      request('account', id, { ...form, type: 'openAdmission', instanceId: admission }, { ...o, idempotencyKey }),
    )
    return { ...result, admission }
  },
})

/** Id of the next admission: the ledger counts them, and refuses a second one under the same number. A repeated request finds its first. */
async function nextId(runtime: Runtime, ledgerId: string, accountId: string, idempotencyKey: string): Promise<string> {
  const earlier = await runtime.store.entryByKey(ledgerId, idempotencyKey)
  const first = (earlier?.command as { readonly instanceId?: unknown } | undefined)?.instanceId
  if (typeof first === 'string') return first
  const ledger = await loadInstance(runtime, 'account', ledgerId)
  const count = (ledger?.instance.context['admissions'] as number | undefined) ?? 0
  return admissionId(accountId, count + 1)
}
