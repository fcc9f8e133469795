import type { ChildCommand } from '../../definition/actions.ts'
import type { Recommendation } from '../../scoring/index.ts'
import { isUnchanged } from './record.ts'
import { toLedger, type Args } from './telling.ts'

const required = (...commands: readonly ChildCommand[]) => ({ required: true, commands })

/** The adjustment that the claim is for: sent as a child command, so that claim and adjustment stand or fall together. */
export const openAdjustment = {
  type: 'sendCommands',
  params: ({ context, event }: Args) => {
    if (event.type !== 'openAdjustment') return required()
    const recommendation = event.inputs['recommendation'] as unknown as Recommendation
    return required({
      kind: 'tier-adjustment',
      instanceId: event.command.instanceId,
      command: {
        type: 'open',
        accountId: context.accountId,
        cycle: event.command.cycle,
        ...(event.command.onDemand === undefined ? {} : { onDemand: event.command.onDemand }),
        currentTier: context.tier,
        recommendation: recommendation,
        changes: event.command.evenIfUnchanged === true || !isUnchanged(recommendation),
      },
    })
  },
} as const

/** Who no longer qualifies is reviewed by people, whatever the numbers say: never a silent change [ADM-12]. */
export const reviewOnDemand = {
  type: 'sendCommands',
  params: ({ event }: Args) => {
    const review = event.inputs['review'] as ChildCommand['command'] | undefined
    return { commands: review === undefined ? [] : [{ kind: 'account', instanceId: event.instanceId, command: review }] }
  },
} as const

/** The admission that the claim is for, with the accounts that may be the same customer [ADM-05]. */
export const openAdmission = {
  type: 'sendCommands',
  params: ({ context, event }: Args) =>
    event.type !== 'openAdmission'
      ? required()
      : required({
          kind: 'admission',
          instanceId: event.command.instanceId,
          command: {
            type: 'open',
            accountId: context.accountId,
            name: context.name,
            region: context.region,
            creditCode: context.creditCode,
            parentId: context.parentId,
            leadSource: event.command.leadSource,
            manager: context.manager,
            isCustomer: context.admission?.isCustomer === true,
            currentTier: context.tier,
            similar: event.inputs['similar'] ?? [],
            round: 1,
          },
        }),
} as const

/** The open adjustment has lost its object. Named before `record`, which drops the claim. */
export const closeAdjustment = (because: 'blacklisted' | 'lapsed' | 'ended') =>
  ({
    type: 'sendCommands',
    params: ({ context }: Args) => ({
      commands:
        context.adjustment === null
          ? []
          : [{ kind: 'tier-adjustment', instanceId: context.adjustment, command: { type: 'close', because } }],
    }),
  }) as const

/** A blacklisted customer is not admitted. Named before `record`, which drops the claim. */
export const rejectAdmission = {
  type: 'sendCommands',
  params: ({ context, event }: Args) => ({
    commands:
      context.admission === null
        ? []
        : [
            {
              kind: 'admission',
              instanceId: context.admission.id,
              command: { type: 'accountBlacklisted', by: event.instanceId },
            },
          ],
  }),
} as const

/** The new parent takes the account in, the old one lets it go; refused by either, nothing changes. Named before `record`. */
export const changeGroups = {
  type: 'sendCommands',
  params: ({ context, event }: Args) => {
    const joins = (event.inputs['group'] as string | null | undefined) ?? null
    const member = event.type === 'adopt' || event.type === 'openAdmission' ? event.command.accountId : context.accountId
    if (joins === context.group) return required()
    return required(
      ...(context.group === null ? [] : [toLedger(context.group, { type: 'removeMember', member })]),
      ...(joins === null ? [] : [toLedger(joins, { type: 'addMember', member })]),
    )
  },
} as const

/** Whoever joins a group has its tier from then on. */
export const handDownTier = {
  type: 'sendCommands',
  params: ({ context, event }: Args) => ({
    commands:
      event.type === 'addMember' && context.tier !== null && event.inputs['inherits'] === true
        ? [toLedger(event.command.member, { type: 'inheritTier', tier: context.tier, from: context.accountId })]
        : [],
  }),
} as const

/** The survivor takes the account over. Named before `record`, as the group is left by it. */
export const mergeIntoSurvivor = {
  type: 'sendCommands',
  params: ({ context, event }: Args) => {
    if (event.type !== 'merge') return required()
    return required(
      toLedger(event.command.into, {
        type: 'absorb',
        from: context.accountId,
        name: context.name,
        ...(context.creditCode === null ? {} : { creditCode: context.creditCode }),
        isKeyAccount: context.isKeyAccount,
      }),
      ...(context.group === null ? [] : [toLedger(context.group, { type: 'removeMember', member: context.accountId })]),
    )
  },
} as const

/** A merger that reached a merged account goes on to its survivor, once. Named before `record`, which keeps who was here. */
export const absorbOnward = {
  type: 'sendCommands',
  params: ({ context, event }: Args) =>
    required(
      ...(event.type === 'absorb' && context.mergedInto !== null && !context.absorbed.includes(event.command.from)
        ? [toLedger(context.mergedInto, { ...event.command })]
        : []),
    ),
} as const

/** The second customer enters with what the first one is. */
export const adoptSplitOff = {
  type: 'sendCommands',
  params: ({ context, event }: Args) => {
    if (event.type !== 'split') return required()
    const { command } = event
    return required(
      toLedger(command.accountId, {
        type: 'adopt',
        accountId: command.accountId,
        name: command.name,
        region: command.region,
        isKeyAccount: context.isKeyAccount,
        tier: context.tier,
        manager: context.manager,
        classes: context.classes,
        ...(context.parentId === null ? {} : { parentId: context.parentId }),
        history: command.reason,
        evidence: command.evidence,
      }),
    )
  },
} as const

/** Too much for a manager or a tier is said to the head of the KA department, and never refused [I-23]. */
export const warnOfCapacity = {
  type: 'notify',
  params: ({ context, event }: Args) => {
    const over = (event.inputs['overCapacity'] ?? []) as readonly unknown[]
    return {
      // Nobody to tell is nothing to tell.
      to: over.length === 0 ? [] : ['keyAccounts.head'],
      message: 'capacityExceeded',
      data: { accountId: context.accountId, over: over as never },
    }
  },
} as const
