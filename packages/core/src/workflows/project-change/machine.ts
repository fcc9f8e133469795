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
import {
  applyChange,
  openChangeBack,
  ratifyBaseline,
  tellAffected,
  tellApplicant,
  tellChangedBack,
  tellFailed,
} from './follow-ups.ts'
import { projectChangeRecorders, rollBack } from './record.ts'
import { initialProjectChange, type ProjectChangeContext, type ProjectChangeEvent, type RollbackReason } from './types.ts'

const goBack = (because: RollbackReason, ...forms: readonly string[]) =>
  ({
    target: 'rollingBack',
    actions: [
      'record',
      { type: 'rollBack', params: { because } },
      cancelAll,
      ...forms.map(file),
      tellCopied,
      tellApplicant('changeGoesBack', 'kaGroup.head'),
      openChangeBack,
    ],
  }) as const

/** What can be given up until the ledger is asked. */
const givingUp = {
  withdraw: { target: 'withdrawn', actions: ['record', cancelAll, tellFailed('withdrawn')] },
  supersede: { target: 'superseded', actions: ['record', cancelAll, tellFailed('superseded')] },
  'clock.changeExpiry.breach': {
    target: 'expired',
    actions: ['record', cancelAll, tellApplicant('changeExpired'), tellFailed('expired')],
  },
} as const

const toAssessing = {
  target: 'assessing',
  actions: [
    'record',
    cancel('approvalChange', 'customerConsent'),
    restart('assessment'),
    file('changeApplication'),
    tellAffected('changeToAssess'),
  ],
} as const
const toEmergency = {
  target: 'inEmergency',
  actions: ['record', restart('approvalEmergency'), file('changeApplication'), askApprovers],
} as const

const assessAgain = {
  target: 'assessing',
  actions: ['record', cancel('approvalChange', 'customerConsent'), restart('assessment'), tellAffected('changeToAssess')],
} as const
const askAgain = { target: 'inEmergency', actions: ['record', restart('approvalEmergency'), askApprovers] } as const

/** A material edit voids votes and consent; so does another baseline under the same content [CHG-02]. */
const changing = { amend: toAssessing, reassess: assessAgain, ...givingUp } as const

const reject = {
  target: 'rejected',
  actions: ['record', cancelAll, tellCopied, tellApplicant('changeRejected'), tellFailed('rejected')],
} as const
const sendBack = {
  target: 'drafting',
  actions: ['record', 'returned', cancel('approvalChange', 'approvalEmergency'), tellCopied],
} as const

/** The class decides who approves [decision 10]; what the customer has signed needs its consent besides. */
const changeStep = [
  {
    guard: 'isApprovedForCustomer',
    target: 'awaitingCustomer',
    actions: ['record', cancel('approvalChange'), restart('customerConsent'), tellCopied, tellCustomer('consentAsked')],
  },
  {
    guard: approvalIs('change', 'approved'),
    target: 'approved',
    actions: ['record', cancel('approvalChange'), tellCopied, tellApplicant('changeApproved')],
  },
  { guard: 'isSentBackInTime', ...sendBack },
  { guard: approvalIs('change', 'nextStage'), actions: ['record', restart('approvalChange')] },
  { guard: approvalIs('change', 'pending'), actions: 'record' },
  reject,
] as const

const emergencyStep = [
  {
    guard: approvalIs('emergency', 'approved'),
    target: 'approved',
    actions: ['record', cancel('approvalEmergency'), tellCopied, tellApplicant('changeApproved', 'kaGroup.head')],
  },
  { guard: 'isSentBackInTime', ...sendBack },
  { guard: approvalIs('emergency', 'nextStage'), actions: ['record', restart('approvalEmergency')] },
  { guard: approvalIs('emergency', 'pending'), actions: 'record' },
  reject,
] as const

const toRatify = {
  target: 'ratifying',
  actions: ['record', start('ratification'), restart('assessment'), tellAffected('changeToAssess')],
} as const

const ratified = {
  target: 'implemented',
  actions: [
    'record',
    stop('ratification'),
    cancel('approvalRatification'),
    restart('verification'),
    ratifyBaseline,
    tellCopied,
    tellApplicant('changeRatified'),
  ],
} as const

/** Afterwards the group decides, by `approval.ratification`; the customer's consent is owed besides. */
const ratificationStep = [
  { guard: 'isApprovedAndConsented', ...ratified },
  { guard: approvalIs('ratification', 'approved'), actions: ['record', cancel('approvalRatification'), tellCopied] },
  {
    guard: approvalIs('ratification', 'sentBack'),
    actions: [
      'record',
      'assessAnew',
      cancel('approvalRatification'),
      restart('assessment'),
      tellCopied,
      tellAffected('changeToAssess'),
    ],
  },
  { guard: approvalIs('ratification', 'nextStage'), actions: ['record', restart('approvalRatification')] },
  { guard: approvalIs('ratification', 'pending'), actions: 'record' },
  goBack('notRatified'),
] as const

const acceptanceStep = [
  {
    guard: approvalIs('acceptance', 'approved'),
    target: 'closed',
    actions: ['record', cancel('approvalAcceptance'), ratifyBaseline, tellCopied, tellApplicant('changeAccepted')],
  },
  { guard: approvalIs('acceptance', 'nextStage'), actions: ['record', restart('approvalAcceptance')] },
  { guard: approvalIs('acceptance', 'pending'), actions: 'record' },
  { actions: ['record', cancel('approvalAcceptance'), tellCopied, notify('changeNotAccepted', 'kaGroup.head')] },
] as const

/**
 * A project change [CHG-01, CHG-02]: application, assessment, approval, implementation, verification. `implementing` waits for the project's ledger, the one
 * place where a baseline changes: its answer leads on, so that of two changes approved on one baseline never both are implemented, on any store. An emergency
 * is implemented first and ratified within the limit, or goes back. What goes back is a change of its own.
 */
export const projectChangeMachine = setup({
  types: { context: {} as ProjectChangeContext, events: {} as ProjectChangeEvent },
  actions: {
    ...clockActions,
    ...effectActions,
    record: assign(({ context, event }) =>
      (projectChangeRecorders[event.type] as (c: ProjectChangeContext, e: typeof event) => object)(context, event),
    ),
    returned: assign(({ context }) => ({ returns: context.returns + 1 })),
    assessAnew: assign({ assessments: [] }),
    rollBack: assign(({ context }, { because }: { readonly because: RollbackReason }) => rollBack(context, because)),
  },
  guards: {
    isApproval,
    isEmergency: ({ context }) => context.emergency !== null,
    isEmergencyForCustomer: ({ context }) => context.emergency !== null && (context.measured?.consentFor.length ?? 0) > 0,
    isEmergencyApplication: ({ event }) => event.type === 'apply' && event.command.emergency !== undefined,
    isNothingToUndo: ({ event }) => event.inputs['nothingToUndo'] === true,
    /** The last dimension is assessed: `prepare` has opened what follows. */
    isFullyAssessed: ({ event }) => approvalStepOf(event)?.outcome === 'opened',
    isApprovedForCustomer: ({ context, event }) =>
      approvalStepOf(event)?.outcome === 'approved' && (context.measured?.consentFor.length ?? 0) > 0,
    /** `change.maxReturns`: once more is a no. */
    isSentBackInTime: ({ context, event }) =>
      approvalStepOf(event)?.outcome === 'sentBack' && context.returns < event.policy.change.maxReturns,
    isApprovedAndConsented: ({ context, event }) =>
      approvalStepOf(event)?.outcome === 'approved' &&
      ((context.measured?.consentFor.length ?? 0) === 0 || context.consent !== null),
    isRatified: ({ context }) => context.approvals.ratification?.decision?.outcome === 'approved',
    isVerified: ({ event }) => event.type === 'verify' && event.command.ok,
  },
}).createMachine({
  id: 'project-change',
  context: initialProjectChange,
  initial: 'opening',
  states: {
    opening: {
      on: {
        open: { target: 'drafting', actions: ['record', start('changeExpiry')] },
        openChangeBack: [
          { guard: 'isNothingToUndo', target: 'superseded', actions: ['record', tellChangedBack] },
          {
            target: 'assessing',
            actions: ['record', start('changeExpiry'), start('assessment'), tellAffected('changeToAssess')],
          },
        ],
      },
    },
    drafting: {
      on: { apply: [{ guard: 'isEmergencyApplication', ...toEmergency }, toAssessing], ...givingUp },
    },
    // Each dimension that the difference touches, by the departments that it affects.
    assessing: {
      on: {
        assess: [
          {
            guard: 'isFullyAssessed',
            target: 'inApproval',
            actions: ['record', stop('assessment'), restart('approvalChange'), file('changeAssessment'), askApprovers],
          },
          { actions: ['record', file('changeAssessment')] },
        ],
        ...changing,
      },
    },
    inApproval: {
      on: {
        vote: changeStep,
        recuse: changeStep,
        ...onApproval,
        'clock.approvalChange.breach': { actions: 'record' },
        ...changing,
      },
    },
    // Two of the group, one of them of an affected department, within hours.
    inEmergency: {
      on: {
        vote: emergencyStep,
        recuse: emergencyStep,
        ...onApproval,
        'clock.approvalEmergency.breach': { actions: 'record' },
        ...givingUp,
        amend: toEmergency,
        reassess: askAgain,
      },
    },
    awaitingCustomer: {
      on: {
        consent: {
          target: 'approved',
          actions: ['record', stop('customerConsent'), file('customerConsent'), tellApplicant('changeApproved')],
        },
        refuseConsent: {
          target: 'rejected',
          actions: ['record', cancelAll, file('customerConsent'), tellApplicant('changeRejected'), tellFailed('rejected')],
        },
        ...changing,
      },
    },
    approved: {
      on: {
        implement: {
          target: 'implementing',
          actions: ['record', cancel('changeExpiry'), file('changeImplementation'), applyChange],
        },
        ...givingUp,
        amend: [{ guard: 'isEmergency', ...toEmergency }, toAssessing],
        reassess: [{ guard: 'isEmergency', ...askAgain }, assessAgain],
      },
    },
    // The ledger decides. Nothing else is possible until it has answered.
    implementing: {
      on: {
        confirmImplementation: [
          { guard: 'isEmergencyForCustomer', ...toRatify, actions: [...toRatify.actions, tellCustomer('consentAsked')] },
          { guard: 'isEmergency', ...toRatify },
          {
            target: 'implemented',
            actions: ['record', restart('verification'), tellAffected('changeToVerify'), tellChangedBack],
          },
        ],
        declineImplementation: {
          target: 'approved',
          actions: ['record', restart('changeExpiry'), tellApplicant('baselineMoved')],
        },
      },
    },
    // In force already: assessed, consented to and approved afterwards, or changed back.
    ratifying: {
      on: {
        assess: [
          {
            guard: 'isFullyAssessed',
            actions: ['record', stop('assessment'), restart('approvalRatification'), file('changeAssessment'), askApprovers],
          },
          { actions: ['record', file('changeAssessment')] },
        ],
        vote: ratificationStep,
        recuse: ratificationStep,
        ...onApproval,
        consent: [
          { guard: 'isRatified', ...ratified, actions: [...ratified.actions, file('customerConsent')] },
          { actions: ['record', file('customerConsent')] },
        ],
        refuseConsent: goBack('consentRefused', 'customerConsent'),
        'clock.approvalRatification.breach': { actions: 'record' },
        'clock.ratification.breach': goBack('ratificationLate'),
      },
    },
    implemented: {
      on: {
        verify: [
          {
            guard: 'isVerified',
            target: 'closed',
            actions: ['record', stop('verification'), file('changeVerification'), tellApplicant('changeVerified')],
          },
          goBack('verificationFailed', 'changeVerification'),
        ],
      },
    },
    // A change back is under way; where it comes to nothing, the head of the group goes on: once more, or the group lets it stay.
    rollingBack: {
      on: {
        changedBack: { target: 'rolledBack', actions: ['record', cancelAll, tellApplicant('changeRolledBack', 'kaGroup.head')] },
        changeBackFailed: { actions: ['record', notify('changeBackFailed', 'kaGroup.head')] },
        retryRollback: { actions: ['record', cancel('approvalAcceptance'), openChangeBack] },
        acceptAsIs: { actions: ['record', restart('approvalAcceptance'), file('acceptanceAsIs'), askApprovers] },
        vote: acceptanceStep,
        recuse: acceptanceStep,
        ...onApproval,
        'clock.approvalAcceptance.breach': { actions: 'record' },
      },
    },
    // None is final: what a change has done to a project may yet be asked of it.
    closed: {},
    rejected: {},
    withdrawn: {},
    expired: {},
    superseded: {},
    rolledBack: {},
  },
})
