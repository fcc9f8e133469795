import { assign, setup } from 'xstate'
import {
  cancel,
  cancelAll,
  clockActions,
  effectActions,
  file,
  notify,
  rebudget,
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
import { followSurvivor } from '../../definition/merged-account.ts'
import { partiesOf } from './parties.ts'
import { complaintRecorders, decidedClocks, splitCommands } from './record.ts'
import { initialComplaint, type ComplaintContext, type ComplaintEvent } from './types.ts'

/** Whatever changes votes can decide, a recusal too: the last missing approver may be the one who leaves. */
const workingApproval = [
  {
    guard: approvalIs('extension', 'approved'),
    actions: [
      'record',
      'markExtended',
      stop('approvalExtension'),
      { type: 'extendClocks', params: { clocks: ['resolution', 'round'], by: 'complaint.complex.extension' } },
      start('progress'),
      tellCopied,
      tellCustomer('extensionGranted'),
    ],
  },
  { guard: approvalIs('extension', 'nextStage'), actions: ['record', restart('approvalExtension')] },
  { guard: approvalIs('compensation', 'nextStage'), actions: ['record', restart('approvalCompensation')] },
  { guard: 'isPending', actions: 'record' },
  {
    actions: [
      'record',
      { type: 'cancelClocks', params: ({ event }: { readonly event: ComplaintEvent }) => ({ clocks: decidedClocks(event) }) },
      tellCopied,
      notify('approvalDecided', 'owner', 'department'),
    ],
  },
] as const

/** Approving closes the complaint without satisfaction; any other decision orders a further round. */
const committeeApproval = [
  {
    guard: approvalIs('dissatisfaction', 'approved'),
    target: '#closedWithoutSatisfaction',
    actions: ['record', cancelAll, tellCopied, tellCustomer('closedWithoutSatisfaction')],
  },
  { guard: approvalIs('dissatisfaction', 'nextStage'), actions: ['record', restart('approvalDissatisfaction')] },
  { guard: 'isPending', actions: 'record' },
  {
    target: 'working.planning',
    actions: ['record', 'nextRound', cancel('approvalDissatisfaction'), restart('round'), tellCopied],
  },
] as const

/**
 * The complaint of a key account [CPL-01 … CPL-15, CON-01]: from the customer's message to lessons learnt. `record` keeps the books
 * (`record.ts`); clocks and effects are named here and carried out by the runtime. Who may send what, and when, is in `rules.ts`.
 */
export const complaintMachine = setup({
  types: { context: {} as ComplaintContext, events: {} as ComplaintEvent },
  actions: {
    ...clockActions,
    ...effectActions,
    record: assign(({ context, event }) =>
      (complaintRecorders[event.type] as (c: ComplaintContext, e: typeof event) => object)(context, event),
    ),
    nextRound: assign(({ context }) => ({
      round: context.round + 1,
      plan: null,
      result: null,
      toldAt: null,
      attempts: [],
      followUpOver: false,
    })),
    markExtended: assign({ extended: true }),
    markConfirmed: assign({ confirmation: 'confirmed' }),
    markUnconfirmed: assign({ confirmation: 'unconfirmed' }),
  },
  guards: {
    isApproval,
    isPending: ({ event }) => approvalStepOf(event)?.outcome === 'pending',
    /** One confirmation a site, where one cause hit several. */
    isEverySiteConfirmed: ({ context, event }) => {
      const here = event.type === 'customerSatisfied' ? event.command.site : undefined
      const done = context.verdicts
        .filter((v) => v.cycle === context.cycle && v.round === context.round && v.says === 'satisfied')
        .map((v) => v.site)
      return context.sites.every((site) => site === here || done.includes(site))
    },
    /** Decision 11: at the limit the KA management group decides. */
    isLastRound: ({ context, event }) => context.round >= event.policy.complaint.maxRounds,
    /** CPL-06: enough attempts on enough days, and the time for them is over. */
    isFollowUpExhausted: ({ context, event }) => {
      const last =
        event.type === 'recordContact'
          ? [{ at: event.command.at, day: typeof event.inputs['day'] === 'string' ? event.inputs['day'] : '' }]
          : []
      const days = [...context.attempts, ...last].filter((a) => a.at >= (context.toldAt ?? 0)).map((a) => a.day)
      const over = context.followUpOver || event.type === 'clock.followUp.breach'
      const { followUp } = event.policy.complaint
      return over && days.length >= followUp.attempts && new Set(days).size >= followUp.days
    },
    isExtended: ({ context }) => context.extended,
    isEffective: ({ event }) => event.type === 'checkPrevention' && event.command.effective,
  },
}).createMachine({
  id: 'complaint',
  context: initialComplaint,
  initial: 'opening',
  states: {
    opening: {
      on: {
        open: {
          target: 'inProgress',
          actions: [
            'record',
            { type: 'startClock', params: ({ event }) => ({ clock: 'handoff', from: event.command.receivedAt }) },
            { type: 'startClock', params: ({ event }) => ({ clock: 'resolution', from: event.command.receivedAt }) },
            { type: 'startClock', params: ({ event }) => ({ clock: 'groupFeedback', from: event.command.receivedAt }) },
            file('complaintRecord'),
            { type: 'notify', params: ({ context }) => ({ to: partiesOf(context), message: 'complaintReceived' }) },
            followSurvivor('complaint'),
          ],
        },
      },
    },
    inProgress: {
      initial: 'received',
      on: {
        contain: { actions: 'record' },
        recordContact: { actions: 'record' },
        reclassify: { actions: ['record', rebudget('priority')] },
        tierChanged: { actions: ['record', rebudget('tier')] },
        // A question may be answered, and a notice fall due, while the complaint is handed to another department.
        customerReplied: { actions: ['record', 'resumeClocks'] },
        // A missing notice is a rung; the next one is owed an interval later [CPL-05].
        'clock.progress.breach': { actions: restart('progress') },
        split: {
          actions: [
            'record',
            { type: 'sendCommands', params: ({ context, event }) => ({ commands: splitCommands(context, event) }) },
          ],
        },
        withdraw: { target: '#withdrawn', actions: ['record', cancelAll, notify('complaintWithdrawn', 'owner', 'department')] },
      },
      states: {
        received: {
          on: {
            forward: {
              target: 'assigned',
              actions: ['record', stop('handoff'), start('acceptance'), notify('complaintForwarded', 'department')],
            },
            markDuplicate: { target: '#duplicate', actions: ['record', cancelAll] },
          },
        },
        assigned: {
          id: 'assigned',
          on: {
            accept: { target: 'working', actions: ['record', stop('acceptance')] },
            disputeAssignment: { target: 'disputed', actions: ['record', notify('assignmentDisputed', 'customerService.head')] },
            markDuplicate: { target: '#duplicate', actions: ['record', cancelAll] },
          },
        },
        // The head of customer service decides who is responsible; the clocks run on.
        disputed: {
          on: {
            assign: {
              target: 'assigned',
              actions: ['record', restart('acceptance'), notify('complaintForwarded', 'department')],
            },
          },
        },
        working: {
          initial: 'investigating',
          on: {
            callMeeting: { actions: ['record', file('meetingMinutes')] },
            waitForCustomer: {
              actions: [
                'record',
                { type: 'pauseClocks', params: ({ event }) => ({ reason: event.command.reason }) },
                tellCustomer('questionAsked'),
              ],
            },
            requestExtension: { actions: ['record', start('approvalExtension'), file('extensionRequest'), askApprovers] },
            // Notices are owed once the time was extended; one given before binds nobody to the next.
            reportProgress: [
              { guard: 'isExtended', actions: ['record', restart('progress'), tellCustomer('progressReported')] },
              { actions: ['record', tellCustomer('progressReported')] },
            ],
            // A time-out escalates and never decides.
            'clock.approvalExtension.breach': { actions: 'record' },
            'clock.approvalCompensation.breach': { actions: 'record' },
            vote: workingApproval,
            recuse: workingApproval,
            ...onApproval,
          },
          states: {
            investigating: {
              on: {
                determine: { target: 'planning', actions: ['record', file('determination')] },
                notUphold: {
                  target: '#notUpheld',
                  actions: ['record', cancelAll, file('notUpheld'), tellCustomer('complaintNotUpheld')],
                },
                assign: {
                  target: '#assigned',
                  actions: ['record', restart('acceptance'), notify('complaintForwarded', 'department')],
                },
                markDuplicate: { target: '#duplicate', actions: ['record', cancelAll] },
              },
            },
            planning: {
              on: {
                determine: { actions: ['record', file('determination')] },
                plan: { target: 'handling', actions: ['record', start('approvalCompensation'), file('handlingPlan')] },
              },
            },
            handling: {
              on: {
                plan: { actions: ['record', restart('approvalCompensation'), file('handlingPlan')] },
                reportRework: { actions: ['record', file('reworkResult')] },
                decideReturn: { actions: 'record' },
                complete: {
                  target: '#confirming',
                  actions: [
                    'record',
                    stop('resolution'),
                    stop('round'),
                    stop('groupFeedback'),
                    cancel('progress', 'approvalExtension', 'approvalCompensation'),
                    start('followUp'),
                    file('completion'),
                    tellCustomer('resultReported'),
                  ],
                },
              },
            },
          },
        },
        // Closing never on the company's word alone [CPL-06].
        confirming: {
          id: 'confirming',
          on: {
            customerSatisfied: [
              { guard: 'isEverySiteConfirmed', target: 'reviewing', actions: ['record', 'markConfirmed', stop('followUp')] },
              { actions: 'record' },
            ],
            customerPartlySatisfied: [
              {
                guard: 'isLastRound',
                target: 'inCommittee',
                actions: ['record', stop('followUp'), start('approvalDissatisfaction'), askApprovers],
              },
              { target: 'working.planning', actions: ['record', 'nextRound', stop('followUp'), restart('round')] },
            ],
            customerDissatisfied: [
              {
                guard: 'isLastRound',
                target: 'inCommittee',
                actions: ['record', stop('followUp'), start('approvalDissatisfaction'), askApprovers],
              },
              { target: 'working.planning', actions: ['record', 'nextRound', stop('followUp'), restart('round')] },
            ],
            recordContact: [
              { guard: 'isFollowUpExhausted', target: 'reviewing', actions: ['record', 'markUnconfirmed', stop('followUp')] },
              { actions: 'record' },
            ],
            'clock.followUp.breach': [
              { guard: 'isFollowUpExhausted', target: 'reviewing', actions: ['record', 'markUnconfirmed', stop('followUp')] },
              { actions: 'record' },
            ],
          },
        },
        inCommittee: {
          on: {
            'clock.approvalDissatisfaction.breach': { actions: 'record' },
            vote: committeeApproval,
            recuse: committeeApproval,
            ...onApproval,
          },
        },
        reviewing: {
          on: {
            archive: { target: '#archived', actions: ['record', cancelAll, start('preventionCheck'), file('complaintArchive')] },
          },
        },
      },
    },
    archived: {
      id: 'archived',
      on: {
        checkPrevention: [
          { guard: 'isEffective', actions: ['record', stop('preventionCheck')] },
          {
            actions: [
              'record',
              restart('preventionCheck'),
              notify('preventionIneffective', 'department', 'customerService.head'),
            ],
          },
        ],
        reopen: {
          target: 'inProgress.working.investigating',
          actions: [
            'record',
            cancel('preventionCheck'),
            restart('resolution'),
            notify('complaintReopened', 'owner', 'department'),
            followSurvivor('complaint'),
          ],
        },
      },
    },
    notUpheld: {
      id: 'notUpheld',
      on: {
        reopen: {
          target: 'inProgress.working.investigating',
          actions: ['record', restart('resolution'), notify('complaintReopened', 'owner', 'department')],
        },
      },
    },
    withdrawn: { id: 'withdrawn', type: 'final' },
    duplicate: { id: 'duplicate', type: 'final' },
    closedWithoutSatisfaction: { id: 'closedWithoutSatisfaction', type: 'final' },
  },
})
