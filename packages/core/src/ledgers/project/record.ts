import { approvalRecorders, withApproval } from '../../definition/approval-machine.ts'
import { timedOut } from '../../definition/approval-steps.ts'
import { rememberedVersions, type BaselineVersion, type ProjectContext, type ProjectEvent } from './types.ts'

type Patch = Partial<ProjectContext>
type EventOf<T extends ProjectEvent['type']> = Extract<ProjectEvent, { type: T }>
type Recorders = { readonly [T in ProjectEvent['type']]: (context: ProjectContext, event: EventOf<T>) => Patch }

const nothing = (): Patch => ({})

const withVersion = (context: ProjectContext, next: BaselineVersion): Patch => ({
  version: next.version,
  versions: [...context.versions, next].slice(-rememberedVersions),
})

/** The plan that the group approved becomes version 1 [PRJ-06]. */
export const adoptPlan = (context: ProjectContext, { at, inputs }: ProjectEvent): Patch => ({
  baseline: context.proposed,
  groupBaseline: context.proposed,
  groupVersion: 1,
  proposed: null,
  ...withVersion(context, { version: 1, by: null, approvedAs: 'plan', contentHash: inputs['contentHash'] as string, at }),
})

/** What each event writes into the ledger. Pure; nothing here decides. */
export const projectRecorders: Recorders = {
  open: (_, { command }) => ({
    accountId: command.accountId,
    projectId: command.projectId,
    name: command.name,
    leader: command.leader,
    team: command.team,
    departments: command.departments,
  }),
  registerBaseline: (context, event) => ({ proposed: event.command.content, ...withApproval(context, event) }),
  changeLeader: ({ team }, { command }) => ({ leader: command.leader, team: command.team ?? team }),
  applyChange: (context, { command, at }) => {
    const { by, content, contentHash, approvedAs } = command
    const version = context.version + 1
    return {
      baseline: content,
      ...(approvedAs === 'major' ? { groupBaseline: content, groupVersion: version } : {}),
      ...withVersion(context, { version, by, approvedAs, contentHash, at }),
    }
  },
  // A later baseline that the group approved itself stays the one to measure from.
  ratifyBaseline: (context, { command }) =>
    command.version < context.groupVersion ? {} : { groupBaseline: command.content, groupVersion: command.version },
  closeProject: nothing,
  cancelProject: () => ({ proposed: null }),
  ...approvalRecorders,
  'clock.approvalPlan.breach': (context, { at }) => {
    const plan = timedOut(context.approvals.plan, at)
    return plan === undefined ? {} : { approvals: { plan } }
  },
}
