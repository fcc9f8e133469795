import { projectLedgerId } from '../../definition/instance-id.ts'
import type { ProjectCommandInput } from '../../ledgers/project/commands.ts'
import type { ProjectContext } from '../../ledgers/project/types.ts'
import { knownText } from '../known-input.ts'
import type { Result } from '../perform.ts'
import type { Command, Form, SendOptions, WorkflowApi } from '../workflow-api.ts'
import type { Verbs } from './verbs.ts'

/** Verbs of cooperation projects [PRJ]. */
export type ProjectVerbs = WorkflowApi<
  Command<ProjectCommandInput, 'open' | 'applyChange' | 'ratifyBaseline'>,
  ProjectContext
> & {
  /** Opens the ledger of a project that the customer has confirmed [PRJ-01]. Refused for one that is open already. */
  readonly open: (form: Form<ProjectCommandInput, 'open'>, options: SendOptions) => Promise<Result>
  /** Id of a project's ledger. */
  readonly idOf: (projectId: string) => string
}

export const projectVerbs = ({ api, request, perform }: Verbs): ProjectVerbs => ({
  ...api('project'),
  open: async (form, o) => {
    const projectId = knownText('projectId', (form as Partial<typeof form> | undefined)?.projectId)
    return perform(request('project', projectLedgerId(projectId), { ...form, type: 'open' }, o))
  },
  idOf: projectLedgerId,
})
