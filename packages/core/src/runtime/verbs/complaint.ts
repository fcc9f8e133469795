import type { ComplaintCommandInput } from '../../workflows/complaint/commands.ts'
import type { ComplaintContext } from '../../workflows/complaint/types.ts'
import type { Result } from '../perform.ts'
import { openedId } from '../plan.ts'
import type { Command, Form, SendOptions, WorkflowApi } from '../workflow-api.ts'
import type { Verbs } from './verbs.ts'

/** Verbs of complaints [CPL]. */
export type ComplaintVerbs = WorkflowApi<Command<ComplaintCommandInput, 'open'>, ComplaintContext> & {
  /** Files a complaint and starts its clocks; `id` of the result is the complaint's. The same idempotency key again finds the first one [CPL-01]. */
  readonly open: (form: Form<ComplaintCommandInput, 'open'>, options: SendOptions) => Promise<Result>
}

export const complaintVerbs = ({ runtime, api, key, request, perform }: Verbs): ComplaintVerbs => ({
  ...api('complaint'),
  open: async (form, o) => {
    const idempotencyKey = key(o.idempotencyKey)
    const id = openedId('complaint', idempotencyKey, runtime)
    return perform(request('complaint', id, { ...form, type: 'open' }, { ...o, idempotencyKey }))
  },
})
