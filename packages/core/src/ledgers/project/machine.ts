import { assign, setup } from 'xstate'
import { cancel, clockActions, effectActions, file, restart, type ChildCommand } from '../../definition/actions.ts'
import { approvalIs, askApprovers, isApproval, onApproval, tellCopied } from '../../definition/approval-machine.ts'
import { adoptPlan, projectRecorders } from './record.ts'
import { initialProject, type ProjectContext, type ProjectEvent } from './types.ts'

interface Args {
  readonly context: ProjectContext
  readonly event: ProjectEvent
}

/** Tells the leader, whoever it is by then, and whom else the message concerns. */
const tellLeader = (message: string, ...others: string[]) =>
  ({
    type: 'notify',
    params: ({ context }: Args) => ({ to: [`person:${context.leader}`, ...others], message }),
  }) as const

const answer = (type: 'confirmImplementation' | 'declineImplementation') =>
  ({
    type: 'sendCommands',
    params: ({ context, event }: Args) => ({
      commands:
        event.type !== 'applyChange'
          ? []
          : [
              {
                kind: 'project-change',
                instanceId: event.command.by,
                command: { type, version: context.version },
              } satisfies ChildCommand,
            ],
    }),
  }) as const

/**
 * Where a store cannot commit change and ledger together, two changes may both be on their way here. The first one wins; the other is told, and the
 * baseline stays as it is. An answer and not a refusal: a refused follow-up would leave its change waiting for ever.
 */
const decline = { actions: [answer('declineImplementation')] } as const

const ratifyBaseline = { actions: 'record' } as const

/** The group reviews the plan; in force only after its approval [PRJ-06]. */
const planStep = [
  {
    guard: approvalIs('plan', 'approved'),
    target: 'active',
    actions: [
      'record',
      'adoptPlan',
      cancel('approvalPlan'),
      tellCopied,
      tellLeader('baselineApproved', 'accountManager', 'kaGroup.head'),
    ],
  },
  { guard: approvalIs('plan', 'nextStage'), actions: ['record', restart('approvalPlan')] },
  { guard: approvalIs('plan', 'pending'), actions: 'record' },
  { target: 'planning', actions: ['record', cancel('approvalPlan'), tellCopied, tellLeader('planNotApproved')] },
] as const

const cancelProject = {
  target: 'cancelled',
  actions: [
    'record',
    cancel('approvalPlan'),
    file('projectCancellation'),
    tellLeader('projectCancelled', 'accountManager', 'kaGroup.member'),
  ],
} as const
const changeLeader = { actions: ['record', tellLeader('projectLeaderChanged', 'accountManager')] } as const
const registerBaseline = {
  target: 'inReview',
  actions: ['record', restart('approvalPlan'), file('projectPlan'), askApprovers],
} as const

/**
 * The ledger of a cooperation project: what its changes share and must not decide apart [architecture rule 9]. Version 1 of the baseline is the plan that
 * the KA management group approved [PRJ-06]; from then on `applyChange`, sent by an approved change and by nobody else, is the only way to another [CHG-02].
 */
export const projectMachine = setup({
  types: { context: {} as ProjectContext, events: {} as ProjectEvent },
  actions: {
    ...clockActions,
    ...effectActions,
    record: assign(({ context, event }) =>
      (projectRecorders[event.type] as (c: ProjectContext, e: typeof event) => object)(context, event),
    ),
    adoptPlan: assign(({ context, event }) => adoptPlan(context, event)),
  },
  guards: {
    isApproval,
    /** The change was approved on the baseline that is in force. */
    isOnCurrentBaseline: ({ context, event }) => event.type === 'applyChange' && event.command.baseVersion === context.version,
  },
}).createMachine({
  id: 'project',
  context: initialProject,
  initial: 'opening',
  states: {
    opening: {
      on: {
        open: {
          target: 'planning',
          actions: ['record', file('needConfirmation'), tellLeader('projectOpened', 'accountManager')],
        },
      },
    },
    planning: { on: { registerBaseline, changeLeader, cancelProject } },
    inReview: {
      on: {
        vote: planStep,
        recuse: planStep,
        ...onApproval,
        'clock.approvalPlan.breach': { actions: 'record' },
        // Another plan: votes on the one before no longer fit.
        registerBaseline,
        changeLeader,
        cancelProject,
      },
    },
    active: {
      on: {
        applyChange: [
          {
            guard: 'isOnCurrentBaseline',
            actions: ['record', answer('confirmImplementation'), tellLeader('baselineChanged', 'accountManager', 'kaGroup.head')],
          },
          decline,
        ],
        ratifyBaseline,
        changeLeader,
        closeProject: {
          target: 'closed',
          actions: ['record', file('projectAcceptance'), tellLeader('projectClosed', 'accountManager', 'kaGroup.member')],
        },
        cancelProject,
      },
    },
    // What was on its way when the project ended is answered all the same.
    closed: { on: { applyChange: decline, ratifyBaseline } },
    cancelled: { on: { applyChange: decline, ratifyBaseline } },
  },
})
