import { assign, setup } from 'xstate'
import { cancel, cancelAll, clockActions, effectActions, file, notify, restart, start, stop } from '../../definition/actions.ts'
import {
  approvalIs,
  approvalStepOf,
  askApprovers,
  isApproval,
  onApproval,
  tellCopied,
} from '../../definition/approval-machine.ts'
import { announcement, changeTier, claimAdjustment, releaseAdjustment } from './consequences.ts'
import { tierAdjustmentRecorders, underDecision } from './record.ts'
import { initialTierAdjustment, type TierAdjustmentContext, type TierAdjustmentEvent } from './types.ts'

/** The relation is over: the ledger has dropped the claim [I-37, I-39]. */
const close = { target: 'discontinued', actions: ['record', cancelAll, notify('adjustmentDiscontinued', 'marketing')] } as const

/** Messages of an announcement: the departments, the customer, and the ledger [ADJ-13]. */
const announcedTo = 3

/** Sales, service and others give their opinions; all must pass [ADJ-11]. A recusal can decide as a vote can: it may remove the last one missing. */
const reviewStep = [
  {
    guard: approvalIs('review', 'approved'),
    target: 'inDecision',
    actions: [
      'record',
      stop('review'),
      cancel('approvalReview'),
      restart('decide'),
      restart('approvalDecision'),
      tellCopied,
      askApprovers,
    ],
  },
  {
    guard: approvalIs('review', 'sentBack'),
    target: 'collecting',
    actions: ['record', 'returned', cancel('review', 'approvalReview'), restart('propose'), tellCopied],
  },
  {
    guard: approvalIs('review', 'rejected'),
    target: 'notPassed',
    actions: ['record', stop('review'), cancel('approvalReview'), tellCopied, notify('reviewNotPassed', 'marketing')],
  },
  { guard: approvalIs('review', 'nextStage'), actions: ['record', restart('approvalReview')] },
  { actions: 'record' },
] as const

/** Management decides [ADJ-12]. */
const decisionStep = [
  {
    guard: 'isKeeping',
    target: 'kept',
    actions: ['record', 'conclude', stop('decide'), cancel('approvalDecision'), releaseAdjustment, tellCopied],
  },
  {
    guard: approvalIs('decision', 'approved'),
    target: 'announcing',
    actions: [
      'record',
      'adopt',
      stop('decide'),
      cancel('approvalDecision'),
      restart('announce'),
      restart('effective'),
      tellCopied,
      ...announcement,
    ],
  },
  {
    guard: approvalIs('decision', 'rejected'),
    target: 'kept',
    actions: [
      'record',
      'conclude',
      stop('decide'),
      cancel('approvalDecision'),
      releaseAdjustment,
      tellCopied,
      notify('adjustmentKept', 'marketing', 'accountManager'),
    ],
  },
  {
    guard: approvalIs('decision', 'sentBack'),
    target: 'collecting',
    actions: ['record', 'returned', cancel('decide', 'approvalDecision'), restart('propose'), tellCopied],
  },
  { guard: approvalIs('decision', 'nextStage'), actions: ['record', restart('approvalDecision')] },
  { actions: 'record' },
] as const

/** An appeal is granted, or what held goes on holding [I-36]. */
const appealStep = [
  {
    guard: approvalIs('appeal', 'approved'),
    target: 'announcing',
    actions: [
      'record',
      'adoptAppeal',
      stop('appeal'),
      cancel('approvalAppeal'),
      restart('announce'),
      restart('effective'),
      tellCopied,
      ...announcement,
    ],
  },
  { guard: approvalIs('appeal', 'pending'), actions: 'record' },
  { guard: approvalIs('appeal', 'nextStage'), actions: ['record', restart('approvalAppeal')] },
  {
    guard: 'isAppealFromApplied',
    target: 'applied',
    actions: [
      'record',
      stop('appeal'),
      cancel('approvalAppeal'),
      releaseAdjustment,
      tellCopied,
      notify('appealRejected', 'accountManager', 'sales'),
    ],
  },
  {
    target: 'kept',
    actions: [
      'record',
      stop('appeal'),
      cancel('approvalAppeal'),
      releaseAdjustment,
      tellCopied,
      notify('appealRejected', 'accountManager', 'sales'),
    ],
  },
] as const

/**
 * The half-yearly adjustment of a customer's tier, or one on demand [ADJ-09 … ADJ-13]. The account's ledger opens it with the claim and the
 * recommendation; `record` keeps the books (`record.ts`); who may send what, and when, is in `rules.ts`.
 */
export const tierAdjustmentMachine = setup({
  types: { context: {} as TierAdjustmentContext, events: {} as TierAdjustmentEvent },
  actions: {
    ...clockActions,
    ...effectActions,
    record: assign(({ context, event }) =>
      (tierAdjustmentRecorders[event.type] as (c: TierAdjustmentContext, e: typeof event) => object)(context, event),
    ),
    adopt: assign(({ context, event }) => ({
      decided: underDecision(context),
      effectiveAt: Number(event.inputs['effectiveAt'] ?? event.at),
      delivered: [],
      inForce: false,
    })),
    adoptAppeal: assign(({ context, event }) => ({
      decided: context.appeal?.to ?? null,
      override: null,
      effectiveAt: Number(event.inputs['effectiveAt'] ?? event.at),
      delivered: [],
      inForce: false,
    })),
    conclude: assign(({ event }) => ({ concludedAt: event.at })),
    returned: assign(({ context }) => ({ returns: context.returns + 1 })),
  },
  guards: {
    isUnchanged: ({ event }) => event.type === 'open' && !event.command.changes,
    isApproval,
    /** Management approved what the customer has already: nothing to announce. */
    isKeeping: ({ context, event }) =>
      approvalStepOf(event)?.outcome === 'approved' &&
      underDecision(context) === context.currentTier &&
      context.override === null,
    /** The departments and the customer have been told: what `announce` promised. The ledger follows on the effective date. */
    isAnnounced: ({ context }) => context.delivered.length + 1 >= (context.inForce ? announcedTo : announcedTo - 1),
    /** Sent is enough; the ledger acts on the effective date. */
    isAllDelivered: ({ context }) => context.inForce && context.delivered.length + 1 >= announcedTo,
    isAppealFromApplied: ({ context }) => context.appeal?.from === 'applied',
  },
}).createMachine({
  id: 'tier-adjustment',
  context: initialTierAdjustment,
  initial: 'opening',
  states: {
    opening: {
      on: {
        open: [
          { guard: 'isUnchanged', target: 'closedUnchanged', actions: 'record' },
          {
            target: 'collecting',
            actions: ['record', start('propose'), notify('adjustmentOpened', 'marketing', 'accountManager')],
          },
        ],
      },
    },
    collecting: {
      on: {
        close,
        propose: {
          target: 'inReview',
          actions: [
            'record',
            stop('propose'),
            restart('review'),
            restart('approvalReview'),
            file('tierAdjustmentForm'),
            askApprovers,
          ],
        },
      },
    },
    // Sales, service and others give their opinions; all must pass [ADJ-11].
    inReview: {
      on: {
        close,
        vote: reviewStep,
        recuse: reviewStep,
        ...onApproval,
      },
    },
    notPassed: {
      on: {
        close,
        revise: { target: 'collecting', actions: ['record', restart('propose')] },
        forwardWithDissent: {
          target: 'inDecision',
          actions: ['record', restart('decide'), restart('approvalDecision'), askApprovers],
        },
        closeNotPassed: { target: 'kept', actions: ['record', releaseAdjustment] },
      },
    },
    // Management decides, weighing strategy and relationships; it may overrule the numbers for a while [ADJ-12].
    inDecision: {
      on: {
        close,
        override: { actions: ['record', restart('approvalDecision'), file('override'), askApprovers] },
        vote: decisionStep,
        recuse: decisionStep,
        ...onApproval,
      },
    },
    announcing: {
      on: {
        close,
        'clock.effective.breach': { actions: ['record', stop('effective'), changeTier] },
        effectDelivered: [
          { guard: 'isAllDelivered', target: 'applied', actions: ['record', 'conclude', stop('announce')] },
          { guard: 'isAnnounced', actions: ['record', stop('announce')] },
          { actions: 'record' },
        ],
      },
    },
    applied: {
      on: {
        appeal: {
          target: 'appealed',
          actions: ['record', restart('appeal'), restart('approvalAppeal'), claimAdjustment, file('appeal'), askApprovers],
        },
      },
    },
    kept: {
      on: {
        appeal: {
          target: 'appealed',
          actions: ['record', restart('appeal'), restart('approvalAppeal'), claimAdjustment, file('appeal'), askApprovers],
        },
      },
    },
    closedUnchanged: {
      on: {
        appeal: {
          target: 'appealed',
          actions: ['record', restart('appeal'), restart('approvalAppeal'), claimAdjustment, file('appeal'), askApprovers],
        },
      },
    },
    appealed: {
      on: {
        close,
        vote: appealStep,
        recuse: appealStep,
        ...onApproval,
      },
    },
    discontinued: {},
  },
})
