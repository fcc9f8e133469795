import type { AccountSummary } from '../../definition/define-workflow.ts'
import { inEveryMode, type Failure } from '../../rules/index.ts'
import { held, isBeforeCommittee, may, mayBefore } from './may.ts'

/** What an account must not be to take others in. */
const gone = ['merged', 'blacklisted']
const ended = ['exited', 'lapsed']
const withoutRelation = [...ended, 'prospect']
/** Most members of a group: what the ledger of its leading account can hold. */
export const maxMembers = 200

/** The account is under governance and still takes others in. */
function refuseAccount(accountId: string, account: AccountSummary | null | undefined): Failure | null {
  if (account == null) return { code: 'account_unknown', required: 'adopted', actual: accountId }
  return gone.includes(account.status) ? { code: 'value_not_allowed', required: null, actual: account.status } : null
}

/** Claims and resolutions are settled before an account disappears. */
export const mayMergeWhenSettled = inEveryMode(
  mayBefore<'merge'>('mayMergeWhenSettled', 'I-33', ({ context }) => [
    context.adjustment === null ? null : held(context.adjustment),
    context.admission === null ? null : held(context.admission.id),
    isBeforeCommittee(context) ? held('blacklist') : null,
    // Members would be left without the account that leads them.
    ...context.members.map((member) => held(member)),
  ]),
)

/** The survivor is another account, is governed, and carries the status that would else be lost. */
export const mayMergeIntoSurvivor = inEveryMode(
  may<'merge'>('mayMergeIntoSurvivor', 'I-33', ({ command, context, facts, state }) => {
    const { into } = command
    if (into === context.accountId)
      return { code: 'value_not_allowed', required: 'another account', actual: into, remedy: { kind: 'fill', field: 'into' } }
    const survivor = facts.others?.[into]
    const refused = refuseAccount(into, survivor)
    if (refused !== null) return refused
    // A relation that lives is not buried in one that has ended.
    if (survivor != null && ended.includes(survivor.status) && !withoutRelation.includes(state))
      return { code: 'value_not_allowed', required: null, actual: survivor.status, remedy: { kind: 'send', command: 'readmit' } }
    return context.isKeyAccount && survivor?.isKeyAccount !== true
      ? { code: 'value_not_allowed', required: 'isKeyAccount', actual: into, remedy: { kind: 'send', command: 'merge' } }
      : null
  }),
)

/** The second customer is new, and what follows it is open and the account's own; claims stay where they are. */
export const maySplitOpenInstances = inEveryMode(
  may<'split'>('maySplitOpenInstances', 'I-33', ({ command, context, facts }) => {
    const open = facts.openInstances ?? []
    const claims = ['tier-adjustment', 'admission']
    const movable = open.filter((i) => !claims.includes(i.kind)).map((i) => i.instanceId)
    // A project and its changes are one customer's: each would look for the other in the wrong account.
    const isListed = (instanceId: string): boolean => command.instances.includes(instanceId)
    const projects = new Set(open.filter((i) => isListed(i.instanceId)).flatMap(({ projectId }) => projectId ?? []))
    const leftBehind = open.filter((i) => i.projectId !== undefined && projects.has(i.projectId) && !isListed(i.instanceId))
    return [
      ...leftBehind.map(({ instanceId }): Failure => ({
        code: 'field_missing',
        required: instanceId,
        actual: null,
        remedy: { kind: 'fill', field: 'instances' },
      })),
      // On a store that commits one by one, the new account may still be on its way.
      facts.others?.[command.accountId] == null && !context.splitOff.includes(command.accountId)
        ? null
        : { code: 'already_done', required: null, actual: command.accountId },
      ...command.instances
        .filter((instanceId) => !movable.includes(instanceId))
        .map((instanceId): Failure => ({ code: 'not_found_in_instance', required: movable.slice(0, 20), actual: instanceId })),
    ]
  }),
)

/** I-33: groups have one level, so none runs in a circle; the account that leads exists. */
export const mayJoinGroup = inEveryMode(
  may<'changeParent'>('mayJoinGroup', 'I-33', ({ command, context, facts, policy }) => {
    const { parentId } = command
    if (parentId === context.parentId && parentId === context.group)
      return { code: 'nothing_to_change', required: 'another parent', actual: parentId }
    // A tier that is under review is decided before it is inherited.
    const reviewed = policy.tier.level === 'group' && context.adjustment !== null ? held(context.adjustment) : null
    if (parentId === null) return reviewed
    if (parentId === context.accountId) return { code: 'value_not_allowed', required: 'another account', actual: parentId }
    const parent = facts.others?.[parentId]
    return [
      reviewed,
      refuseAccount(parentId, parent),
      parent?.group == null ? null : { code: 'value_not_allowed', required: null, actual: parent.group },
      ...context.members.map((member) => held(member)),
    ]
  }),
)

/** The same, asked by the account that is to lead: two who change at once do not make a circle. */
export const mayLeadGroup = inEveryMode(
  may<'addMember'>('mayLeadGroup', 'I-33', ({ command, context }) => [
    context.group === null ? null : { code: 'value_not_allowed', required: null, actual: context.group },
    command.member === context.accountId
      ? { code: 'value_not_allowed', required: 'another account', actual: command.member }
      : null,
    context.members.length < maxMembers || context.members.includes(command.member)
      ? null
      : { code: 'limit_reached', required: maxMembers, actual: context.members.length + 1 },
  ]),
)
