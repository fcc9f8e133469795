import { accountLedgerId } from '../../definition/instance-id.ts'
import type { AccountCommandInput } from '../../ledgers/account/commands.ts'
import type { AccountContext } from '../../ledgers/account/types.ts'
import { knownText } from '../known-input.ts'
import type { Result } from '../perform.ts'
import type { Command, Form, SendOptions, WorkflowApi } from '../workflow-api.ts'
import type { Verbs } from './verbs.ts'

/** Verbs of the account ledger. */
export type AccountVerbs = WorkflowApi<Command<AccountCommandInput, 'adopt' | 'openAdmission'>, AccountContext> & {
  /** Brings an account of the CRM under the policy, with the tier it has: opens its ledger, before its first review. Refused for one already adopted. */
  readonly adopt: (form: Form<AccountCommandInput, 'adopt'>, options: SendOptions) => Promise<Result>
  /** Id of an account's ledger. */
  readonly idOf: (accountId: string) => string
}

export const accountVerbs = ({ api, request, perform }: Verbs): AccountVerbs => ({
  ...api('account'),
  adopt: async (form, o) => {
    const accountId = knownText('accountId', (form as Partial<typeof form> | undefined)?.accountId)
    return perform(request('account', accountLedgerId(accountId), { ...form, type: 'adopt' }, o))
  },
  idOf: accountLedgerId,
})
