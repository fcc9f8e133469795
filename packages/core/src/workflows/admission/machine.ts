import { assign, setup } from 'xstate'
import {
  cancel,
  cancelAll,
  clockActions,
  effectActions,
  file,
  notify,
  restart,
  start,
  stop,
  tellCustomer,
} from '../../definition/actions.ts'
import {
  approvalIs,
  approvalStepOf,
  askApprovers,
  isApproval,
  onApproval,
  tellCopied,
} from '../../definition/approval-machine.ts'
import { admit, establish, recordCreditCode, recordTeam, releaseAdmission, tellTeam } from './children.ts'
import { admissionRecorders, approved, refused, returned } from './record.ts'
import { initialAdmission, isOpenCondition, type AdmissionContext, type AdmissionEvent } from './types.ts'

const toCommittee = ['record', restart('approvalAdmission'), askApprovers] as const
const rejected = [cancelAll, releaseAdmission, tellCopied, notify('admissionRejected', 'sales', 'sales.head')] as const

/** Until it is established an admission can end from every state: by the customer, by time, by the blacklist [ADM-10]. */
const leaving = {
  withdraw: {
    target: 'withdrawn',
    actions: ['record', cancelAll, releaseAdmission, notify('admissionWithdrawn', 'sales.head', 'keyAccounts.head')],
  },
  // The ledger has done its part already: it sends this.
  accountBlacklisted: {
    target: 'rejected',
    actions: ['record', cancelAll, notify('admissionRejected', 'sales', 'sales.head')],
  },
  'clock.expiry.breach': {
    target: 'expired',
    actions: ['record', cancelAll, releaseAdmission, notify('admissionExpired', 'sales', 'sales.head')],
  },
} as const

/** The report against the criteria; who falls short does not come before the committee by itself [ADM-06]. */
const screening = [
  { guard: 'isForCommittee', target: 'inCommittee', actions: [...toCommittee, file('admissionReport')] },
  {
    target: 'screenedOut',
    actions: [
      'record',
      cancel('approvalAdmission'),
      file('admissionReport'),
      notify('admissionScreenedOut', 'sales', 'sales.head'),
    ],
  },
] as const

/** The KA management group decides [ADM-07]. A recusal can decide as a vote can: it may remove the last one missing. */
const committeeStep = [
  {
    guard: 'isOtherTermsApproved',
    target: 'contracting',
    actions: [
      'record',
      'approve',
      cancel('approvalAdmission'),
      restart('conditions'),
      tellCopied,
      tellTeam('admissionTermsDecided'),
    ],
  },
  {
    guard: approvalIs('admission', 'approved'),
    target: 'assigningTeam',
    actions: [
      'record',
      'approve',
      cancel('approvalAdmission'),
      start('conditions'),
      admit,
      tellCopied,
      notify('admissionApproved', 'keyAccounts.head', 'sales', 'sales.head'),
    ],
  },
  { guard: approvalIs('admission', 'rejected'), target: 'rejected', actions: ['record', 'refuse', ...rejected] },
  { guard: 'isSentBackTooOften', target: 'rejected', actions: ['record', 'refuse', ...rejected] },
  {
    guard: 'isOtherTermsSentBack',
    target: 'contracting',
    actions: ['record', 'return', cancel('approvalAdmission'), tellCopied, tellTeam('admissionTermsDecided')],
  },
  {
    guard: approvalIs('admission', 'sentBack'),
    target: 'registering',
    actions: ['record', 'return', cancel('approvalAdmission'), tellCopied, notify('admissionReturned', 'sales', 'sales.head')],
  },
  { guard: approvalIs('admission', 'nextStage'), actions: ['record', restart('approvalAdmission')] },
  { actions: 'record' },
] as const

/** The clock stands at the earliest open condition, and moves on when that one is settled. */
const settling = [
  { guard: 'isEarliestCondition', actions: ['record', stop('conditions'), restart('conditions')] },
  { actions: 'record' },
] as const
const onConditions = { meetCondition: settling, waiveCondition: settling } as const

const back = { target: 'registering', actions: 'record' } as const

/**
 * A prospect becomes a key account [ADM-05 … ADM-10]. The account's ledger opens the admission with the claim; `record` keeps the books
 * (`record.ts`); who may send what, and when, is in `rules.ts`; the score is `scoring/admission`.
 */
export const admissionMachine = setup({
  types: { context: {} as AdmissionContext, events: {} as AdmissionEvent },
  actions: {
    ...clockActions,
    ...effectActions,
    record: assign(({ context, event }) =>
      (admissionRecorders[event.type] as (c: AdmissionContext, e: typeof event) => object)(context, event),
    ),
    approve: assign(({ context, event }) => approved(context, event.at)),
    refuse: assign(({ event }) => refused(event)),
    return: assign(({ context }) => returned(context)),
  },
  guards: {
    isApproval,
    /** A report that passes, or terms that are not the approved ones, have asked the committee; else there is nothing to ask. */
    isForCommittee: ({ event }) => approvalStepOf(event)?.outcome === 'opened',
    isOtherTermsApproved: ({ context, event }) => context.otherTerms !== null && approvalStepOf(event)?.outcome === 'approved',
    isOtherTermsSentBack: ({ context, event }) => context.otherTerms !== null && approvalStepOf(event)?.outcome === 'sentBack',
    /** I-03: one return more than the policy allows means no. */
    isSentBackTooOften: ({ context, event }) =>
      approvalStepOf(event)?.outcome === 'sentBack' && context.returns >= event.policy.admission.maxReturns,
    isEarliestCondition: ({ context, event }) => {
      if (event.type !== 'meetCondition' && event.type !== 'waiveCondition') return false
      const open = context.conditions.filter(isOpenCondition)
      const settled = open.find((c) => c.id === event.command.condition)
      return settled !== undefined && open.every((c) => c.dueAt >= settled.dueAt)
    },
  },
}).createMachine({
  id: 'admission',
  context: initialAdmission,
  initial: 'opening',
  states: {
    opening: {
      on: {
        open: {
          target: 'registering',
          actions: ['record', start('expiry'), notify('admissionOpened', 'sales', 'keyAccounts.head')],
        },
      },
    },
    // Sales collects what there is to know [ADM-05].
    registering: {
      on: {
        submitRegistration: { target: 'screening', actions: [recordCreditCode, 'record', file('registration')] },
        ...leaving,
      },
    },
    screening: {
      on: {
        recommend: screening,
        reviseRegistration: back,
        ...leaving,
      },
    },
    screenedOut: {
      on: {
        requestException: { target: 'inCommittee', actions: [...toCommittee, file('exceptionRequest')] },
        reviseRegistration: back,
        concludeScreening: { target: 'rejected', actions: ['record', ...rejected] },
        ...leaving,
      },
    },
    inCommittee: {
      on: {
        vote: committeeStep,
        recuse: committeeStep,
        ...onApproval,
        // Another report is other material: the votes on the first one no longer count.
        recommend: screening,
        ...leaving,
      },
    },
    // A key account already; who serves it [ADM-08, SVC-01]?
    assigningTeam: {
      on: {
        assignTeam: { target: 'contracting', actions: ['record', file('teamAssignment'), recordTeam, tellTeam('teamAssigned')] },
        ...onConditions,
        ...leaving,
      },
    },
    contracting: {
      on: {
        sign: [
          { guard: 'isForCommittee', target: 'inCommittee', actions: toCommittee },
          {
            target: 'established',
            actions: [
              'record',
              stop('expiry'),
              file('contract'),
              establish,
              tellTeam('admissionEstablished'),
              notify('admissionEstablished', 'sales', 'marketing', 'product', 'customerService'),
              tellCustomer('welcome'),
            ],
          },
        ],
        ...onConditions,
        ...leaving,
      },
    },
    // What was promised for later is still owed.
    established: { on: onConditions },
    rejected: {},
    withdrawn: {},
    expired: {},
  },
})
