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
  task,
} from '../../definition/actions.ts'
import { approvalIs, askApprovers, isApproval, onApproval, tellCopied } from '../../definition/approval-machine.ts'
import { accountRecorders, noKeyAccount } from './record.ts'
import {
  absorbOnward,
  adoptSplitOff,
  changeGroups,
  closeAdjustment,
  handDownTier,
  mergeIntoSurvivor,
  openAdjustment,
  openAdmission,
  rejectAdmission,
  reviewOnDemand,
  warnOfCapacity,
} from './relations.ts'
import { announceLapse, relocate, tellTier } from './telling.ts'
import { initialAccount, type AccountContext, type AccountEvent } from './types.ts'

const opensAdmission = ['record', openAdmission] as const
const opensExit = [
  'record',
  cancel('requalification', 'renewalNotice'),
  notify('exitStarted', 'accountManager', 'sales', 'customerService'),
] as const
/** What the clocks of a key account promised ends with its status. */
const endOfKeyAccount = cancel('renewalNotice', 'contractLapse', 'requalification', 'override')

const changesTier = [
  'record',
  cancel('override'),
  start('override'),
  notify('tierChanged', 'accountManager', 'customerService', 'sales'),
  tellTier,
  warnOfCapacity,
] as const

/** Overrides end by themselves, at their instant, whenever anybody looks [ADJ-12]. */
const lapsesOverride = [
  'record',
  stop('override'),
  notify('overrideLapsed', 'accountManager', 'marketing'),
  announceLapse,
] as const

/** Owed again; what fell due in the meantime is told now [ADM-12, I-37]. */
const keyAccountAgain = [start('requalification'), start('renewalNotice')] as const

/** Where the relation stood before it was about to end. */
const backFromExit = <Actions extends readonly unknown[]>(...actions: Actions) =>
  [
    { guard: 'isSuspended', target: '#suspended', actions: [...actions, ...keyAccountAgain] },
    { guard: 'isKeyAccount', target: '#ka', actions: [...actions, ...keyAccountAgain] },
    { guard: 'isAdmitted', target: '#admitted', actions },
    { target: '#customer', actions },
  ] as const

/** The committee's resolution; until it is approved nothing changes [I-39]. A recusal can decide as a vote can. */
const resolution = [
  {
    guard: approvalIs('blacklist', 'approved'),
    target: '#blacklisted',
    actions: [
      closeAdjustment('blacklisted'),
      rejectAdmission,
      'record',
      'endRelation',
      cancelAll,
      tellCopied,
      notify('accountBlacklisted', 'accountManager', 'sales', 'customerService', 'marketing'),
    ],
  },
  {
    guard: approvalIs('blacklist', 'rejected'),
    actions: ['record', cancel('approvalBlacklist'), tellCopied, notify('blacklistingRejected', 'accountManager', 'sales')],
  },
  {
    guard: approvalIs('blacklist', 'sentBack'),
    actions: ['record', cancel('approvalBlacklist'), tellCopied, notify('blacklistingRejected', 'accountManager', 'sales')],
  },
  { guard: approvalIs('blacklist', 'nextStage'), actions: ['record', restart('approvalBlacklist')] },
  { actions: 'record' },
] as const

const merges = {
  target: '#merged',
  actions: [mergeIntoSurvivor, 'record', cancelAll, file('merger'), relocate, notify('accountMerged', 'accountManager', 'sales')],
} as const

/**
 * The account ledger: what several instances share and must not decide apart [architecture rule 9]: status, tier, override, contract, group, and the claims
 * of the one open admission and the one open adjustment.
 */
export const accountMachine = setup({
  types: { context: {} as AccountContext, events: {} as AccountEvent },
  actions: {
    ...clockActions,
    ...effectActions,
    record: assign(({ context, event }) =>
      (accountRecorders[event.type] as (c: AccountContext, e: typeof event) => object)(context, event),
    ),
    since: assign({ since: ({ event }) => event.at }),
    dropClaims: assign({ adjustment: null, admission: null }),
    endRelation: assign({ ...noKeyAccount, adjustment: null, admission: null, override: null, handover: null, exit: null }),
  },
  guards: {
    isKeyAccount: ({ context, event }) => (event.type === 'adopt' ? event.command.isKeyAccount : context.isKeyAccount),
    isSuspended: ({ context }) => context.suspension !== null,
    isAdmitted: ({ context }) => context.admission?.admitted === true,
    /** A customer that does not sign stays a customer. */
    isOfCustomer: ({ context }) => context.admission?.isCustomer === true,
    isApproval,
    isQualified: ({ event }) => event.inputs['passes'] === true,
    isReviewable: ({ event }) => event.inputs['review'] !== undefined,
  },
}).createMachine({
  id: 'account',
  context: initialAccount,
  initial: 'opening',
  states: {
    opening: {
      on: {
        adopt: [
          {
            guard: 'isKeyAccount',
            target: '#ka',
            actions: [
              changeGroups,
              'record',
              file('adoption'),
              start('renewalNotice'),
              start('contractLapse'),
              start('requalification'),
            ],
          },
          { target: '#customer', actions: [changeGroups, 'record', file('adoption')] },
        ],
        openAdmission: { target: '#candidate', actions: [changeGroups, ...opensAdmission] },
      },
    },
    related: {
      initial: 'prospect',
      on: {
        releaseAdmission: { actions: 'record' },
        releaseAdjustment: { actions: 'record' },
        lapseOverride: { actions: ['record', tellTier] },
        tellMore: { actions: ['record', tellTier] },
        inheritTier: { actions: ['record', cancel('override'), tellTier] },
        'clock.override.breach': { actions: lapsesOverride },
        handover: {
          actions: [
            'record',
            file('handover'),
            restart('handover'),
            notify('accountHandedOver', 'accountManager', 'sales'),
            warnOfCapacity,
          ],
        },
        nameManager: {
          actions: ['record', stop('handover'), notify('accountHandedOver', 'accountManager', 'sales'), warnOfCapacity],
        },
        absorb: { actions: ['record', notify('accountAbsorbed', 'accountManager')] },
        changeParent: {
          actions: [changeGroups, 'record', file('groupChange'), notify('groupChanged', 'accountManager', 'marketing')],
        },
        addMember: { actions: ['record', handDownTier] },
        removeMember: { actions: 'record' },
        proposeBlacklisting: {
          actions: ['record', file('blacklisting'), restart('approvalBlacklist'), askApprovers],
        },
        vote: resolution,
        recuse: resolution,
        ...onApproval,
      },
      states: {
        // Known, but no application is under way.
        prospect: {
          id: 'prospect',
          entry: 'since',
          on: { openAdmission: { target: '#candidate', actions: [changeGroups, ...opensAdmission] }, merge: merges },
        },
        // Before the KA management group.
        candidate: {
          id: 'candidate',
          entry: 'since',
          on: {
            recordCreditCode: { actions: 'record' },
            admit: { target: '#admitted', actions: 'record' },
            releaseAdmission: { target: '#prospect', actions: 'record' },
          },
        },
        governed: {
          initial: 'customer',
          on: {
            openAdjustment: { actions: ['record', openAdjustment] },
            claimAdjustment: { actions: 'record' },
            changeTier: { actions: changesTier },
            startExit: { target: '#exiting', actions: opensExit },
            recordTeam: { actions: ['record', cancel('handover'), warnOfCapacity] },
          },
          states: {
            customer: {
              id: 'customer',
              entry: 'since',
              on: {
                openAdmission: { actions: opensAdmission },
                recordCreditCode: { actions: 'record' },
                admit: { target: '#admitted', actions: 'record' },
                endByCustomer: { target: '#exiting', actions: [closeAdjustment('ended'), ...opensExit, file('ending')] },
                merge: merges,
                split: { actions: ['record', file('separation'), adoptSplitOff, relocate] },
              },
            },
            // A key account from the approval on [ADM-08]; the relation begins with the signature [ADM-09].
            admitted: {
              id: 'admitted',
              entry: 'since',
              on: {
                establish: {
                  target: '#ka',
                  actions: [
                    'record',
                    start('renewalNotice'),
                    start('contractLapse'),
                    start('requalification'),
                    notify('accountEstablished', 'accountManager', 'sales', 'marketing', 'customerService'),
                    tellTier,
                    warnOfCapacity,
                  ],
                },
                releaseAdmission: [
                  { guard: 'isOfCustomer', target: '#customer', actions: 'record' },
                  {
                    target: '#lapsed',
                    actions: ['record', notify('accountLapsed', 'accountManager', 'sales', 'keyAccounts.head')],
                  },
                ],
              },
            },
            established: {
              initial: 'ka',
              on: {
                renew: {
                  actions: ['record', file('renewal'), restart('renewalNotice'), restart('contractLapse')],
                },
                'clock.renewalNotice.breach': {
                  actions: ['record', stop('renewalNotice'), notify('renewalDue', 'accountManager', 'sales')],
                },
                'clock.requalification.breach': {
                  actions: ['record', stop('requalification'), task('accountManager', 'requalify')],
                },
                requalify: [
                  { guard: 'isQualified', actions: ['record', file('requalification'), restart('requalification')] },
                  {
                    guard: 'isReviewable',
                    actions: [
                      'record',
                      file('requalification'),
                      restart('requalification'),
                      reviewOnDemand,
                      notify('requalificationFailed', 'accountManager', 'keyAccounts.head', 'marketing'),
                    ],
                  },
                  {
                    actions: [
                      'record',
                      file('requalification'),
                      restart('requalification'),
                      task('keyAccounts.head', 'decideOnRequalification'),
                      notify('requalificationFailed', 'accountManager', 'keyAccounts.head', 'marketing'),
                    ],
                  },
                ],
                // Unsigned, the status lapses by itself [I-37].
                'clock.contractLapse.breach': {
                  target: '#lapsed',
                  actions: [
                    closeAdjustment('lapsed'),
                    'record',
                    'dropClaims',
                    stop('contractLapse'),
                    endOfKeyAccount,
                    notify('accountLapsed', 'accountManager', 'sales', 'keyAccounts.head'),
                  ],
                },
                endByCustomer: { target: '#exiting', actions: [closeAdjustment('ended'), ...opensExit, file('ending')] },
                merge: merges,
                split: { actions: ['record', file('separation'), adoptSplitOff, relocate] },
              },
              states: {
                ka: {
                  id: 'ka',
                  entry: 'since',
                  on: {
                    suspend: {
                      target: '#suspended',
                      actions: ['record', file('suspension'), notify('accountSuspended', 'accountManager', 'sales')],
                    },
                  },
                },
                suspended: {
                  id: 'suspended',
                  entry: 'since',
                  on: {
                    resume: { target: '#ka', actions: ['record', notify('accountResumed', 'accountManager', 'sales')] },
                  },
                },
              },
            },
          },
        },
        exiting: {
          id: 'exiting',
          entry: 'since',
          on: {
            // An appeal against the exit takes the claim; granted, it ends the exit with a tier [I-36].
            claimAdjustment: { actions: 'record' },
            changeTier: backFromExit(...changesTier),
            stopExit: backFromExit('record' as const),
            // The status ends with the contract, whatever becomes of the exit.
            'clock.contractLapse.breach': { actions: ['record', stop('contractLapse'), endOfKeyAccount] },
            completeExit: {
              target: '#exited',
              actions: [
                'record',
                endOfKeyAccount,
                cancel('handover'),
                file('exitChecklist'),
                notify('exitCompleted', 'accountManager', 'sales'),
              ],
            },
            merge: merges,
          },
        },
        past: {
          initial: 'exited',
          on: {
            readmit: { target: '#prospect', actions: ['record', file('readmission')] },
            merge: merges,
          },
          states: {
            exited: { id: 'exited', entry: 'since' },
            // Approved and never signed, or the contract ran out.
            lapsed: { id: 'lapsed', entry: 'since' },
          },
        },
      },
    },
    blacklisted: {
      id: 'blacklisted',
      entry: 'since',
      on: {
        // What was on its way when the committee decided.
        releaseAdmission: { actions: 'record' },
        releaseAdjustment: { actions: 'record' },
        lapseOverride: { actions: ['record', tellTier] },
        tellMore: { actions: ['record', tellTier] },
        inheritTier: { actions: 'record' },
        removeMember: { actions: 'record' },
        readmit: { target: '#prospect', actions: ['record', file('readmission')] },
      },
    },
    // Its open instances are on their way to the survivor.
    merged: {
      id: 'merged',
      entry: 'since',
      on: {
        lapseOverride: { actions: ['record', relocate] },
        tellMore: { actions: ['record', relocate] },
        // Its group has not heard of the merger yet.
        inheritTier: { actions: 'record' },
        // Who was merged into it follows the survivor.
        absorb: { actions: [absorbOnward, 'record'] },
      },
    },
  },
})
