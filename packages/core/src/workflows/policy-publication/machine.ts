import { assign, setup } from 'xstate'
import { cancel, clockActions, effectActions, file, notify, restart, type ChildCommand } from '../../definition/actions.ts'
import { approvalIs, askApprovers, isApproval, onApproval, tellCopied } from '../../definition/approval-machine.ts'
import { policyLedgerId } from '../../definition/instance-id.ts'
import { policyPublicationRecorders } from './record.ts'
import { initialPolicyPublication, type PolicyPublicationContext, type PolicyPublicationEvent } from './types.ts'

interface Args {
  readonly context: PolicyPublicationContext
  readonly event: PolicyPublicationEvent
}

const ledger = (context: PolicyPublicationContext, command: ChildCommand['command']): ChildCommand => ({
  kind: 'policy',
  instanceId: policyLedgerId(context.policyId),
  command,
})

/** The ledger holds the day; where it cannot, the publication does not stand either. */
const schedule = {
  type: 'sendCommands',
  params: ({ context, event }: Args) => ({
    required: true,
    commands: [
      ledger(context, {
        type: 'schedule',
        policyId: context.policyId,
        by: event.instanceId,
        version: context.version,
        hash: context.draft?.hash ?? '',
        base: context.base?.hash ?? null,
        effectiveFrom: context.draft?.effectiveFrom ?? '',
        effectiveAt: context.effectiveAt ?? 0,
      }),
    ],
  }),
} as const

const unschedule = {
  type: 'sendCommands',
  params: ({ context, event }: Args) => ({
    required: true,
    commands: [ledger(context, { type: 'unschedule', by: event.instanceId })],
  }),
} as const

/** Whoever wrote the draft. */
const tellAuthor = (message: string, ...others: string[]) =>
  ({ type: 'notify', params: ({ context }: Args) => ({ to: [`person:${context.openedBy}`, ...others], message }) }) as const

const group = ['kaGroup.head', 'kaGroup.member'] as const

const check = { target: 'checked', actions: 'record' } as const
const withdraw = {
  target: 'withdrawn',
  actions: ['record', file('policyWithdrawal'), tellAuthor('policyWithdrawn')],
} as const

/** The KA management group decides [GOV-05]. */
const decision = [
  {
    guard: approvalIs('policy', 'approved'),
    target: 'scheduled',
    actions: [
      'record',
      cancel('approvalPolicy'),
      schedule,
      tellCopied,
      tellAuthor('policyScheduled', ...group, 'keyAccounts.head'),
    ],
  },
  {
    guard: approvalIs('policy', 'rejected'),
    target: 'rejected',
    actions: ['record', cancel('approvalPolicy'), tellCopied, tellAuthor('policyRejected')],
  },
  {
    guard: approvalIs('policy', 'sentBack'),
    target: 'drafting',
    actions: ['record', cancel('approvalPolicy'), tellCopied, tellAuthor('policyReturned')],
  },
  { guard: approvalIs('policy', 'nextStage'), actions: ['record', restart('approvalPolicy')] },
  { actions: 'record' },
] as const

/** In force, whatever the publication believed: the ledger decides. */
const takeForce = {
  target: 'inForce',
  actions: ['record', tellAuthor('policyInForce', ...group, 'keyAccounts.head')],
} as const
const supersede = { target: 'superseded', actions: ['record', tellAuthor('policySuperseded')] } as const

/**
 * The publication of one version of a policy: from the draft to the version in force, and out of it [GOV-05]. The checks refuse what cannot be used, the KA
 * management group approves exactly the text that was checked, and the policy's ledger holds the day on which it takes force.
 */
export const policyPublicationMachine = setup({
  types: { context: {} as PolicyPublicationContext, events: {} as PolicyPublicationEvent },
  actions: {
    ...clockActions,
    ...effectActions,
    record: assign(({ context, event }) =>
      (policyPublicationRecorders[event.type] as (c: PolicyPublicationContext, e: typeof event) => object)(context, event),
    ),
  },
  guards: { isApproval },
}).createMachine({
  id: 'policy-publication',
  context: initialPolicyPublication,
  initial: 'opening',
  states: {
    opening: { on: { open: { target: 'drafting', actions: ['record', notify('policyOpened', 'kaGroup.head')] } } },
    drafting: { on: { check, withdraw } },
    checked: {
      on: {
        check,
        recordWhatIf: { actions: 'record' },
        submit: {
          target: 'inApproval',
          actions: ['record', restart('approvalPolicy'), file('policySubmission'), askApprovers],
        },
        withdraw,
      },
    },
    inApproval: {
      on: {
        vote: decision,
        recuse: decision,
        ...onApproval,
        'clock.approvalPolicy.breach': { actions: 'record' },
        // Another text: votes on the one before no longer fit.
        check: { target: 'checked', actions: ['record', cancel('approvalPolicy')] },
        withdraw: { ...withdraw, actions: [...withdraw.actions, cancel('approvalPolicy')] },
      },
    },
    scheduled: {
      on: {
        takeForce,
        // Two versions took force while nobody looked, and the later news came first.
        supersede,
        declineSchedule: { target: 'checked', actions: ['record', tellAuthor('policyNotScheduled', 'kaGroup.head')] },
        withdraw: { ...withdraw, actions: [...withdraw.actions, unschedule] },
      },
    },
    inForce: { on: { supersede } },
    superseded: {},
    // The day began before the ledger heard of the withdrawal.
    withdrawn: { on: { takeForce, supersede } },
    rejected: {},
  },
})
