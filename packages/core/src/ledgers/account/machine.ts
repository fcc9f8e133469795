import { assign, setup } from 'xstate'
import { cancel, clockActions, effectActions, file, notify, start, stop, type ChildCommand } from '../../definition/actions.ts'
import { accountRecorders, isUnchanged } from './record.ts'
import { initialAccount, type AccountContext, type AccountEvent } from './types.ts'

interface Args {
  readonly context: AccountContext
  readonly event: AccountEvent
}

/** The adjustment that the claim is for: sent as a child command, so that claim and adjustment stand or fall together. */
const openChild = {
  type: 'sendCommands',
  params: ({ context, event }: Args) => {
    if (event.type !== 'openAdjustment') return { required: true, commands: [] }
    const recommendation = event.inputs['recommendation'] as unknown as Parameters<typeof isUnchanged>[0]
    const child: ChildCommand = {
      kind: 'tier-adjustment',
      instanceId: event.command.instanceId,
      command: {
        type: 'open',
        accountId: context.accountId,
        cycle: event.command.cycle,
        ...(event.command.onDemand === undefined ? {} : { onDemand: event.command.onDemand }),
        currentTier: context.tier,
        recommendation,
        changes: !isUnchanged(recommendation),
      },
    }
    return { required: true, commands: [child] }
  },
} as const

/** Open complaints are measured against the new tier's clocks. */
const tellOpenInstances = {
  type: 'sendCommands',
  params: ({ context, event }: Args) => ({
    commands: ((event.inputs['openComplaints'] ?? []) as readonly string[]).map((instanceId): ChildCommand => ({
      kind: 'complaint',
      instanceId,
      command: { type: 'tierChanged', tier: context.tier },
    })),
  }),
} as const

/** Who has open complaints is a fact, and a rung fetches none: a command of its own tells them. */
const announceLapse = {
  type: 'sendCommands',
  params: ({ event }: Args) => ({
    commands: [{ kind: 'account', instanceId: event.instanceId, command: { type: 'lapseOverride' } }],
  }),
} as const

/** Overrides end by themselves, at their instant, whenever anybody looks [ADJ-12]. */
const lapsing = {
  'clock.override.breach': {
    actions: ['record', stop('override'), notify('overrideLapsed', 'accountManager', 'marketing'), announceLapse],
  },
  lapseOverride: { actions: ['record', tellOpenInstances] },
} as const

const changeTier = [
  'record',
  cancel('override'),
  start('override'),
  notify('tierChanged', 'accountManager', 'customerService', 'sales'),
  tellOpenInstances,
] as const

const tiering = {
  openAdjustment: { actions: ['record', openChild] },
  claimAdjustment: { actions: 'record' },
  releaseAdjustment: { actions: 'record' },
  changeTier: { actions: changeTier },
  ...lapsing,
} as const

/**
 * The account ledger: what several instances share and must not decide apart [architecture rule 9]: status, tier, override and the claim of the
 * one open adjustment. Prospects, contracts, handover and merging join it with admission.
 */
export const accountMachine = setup({
  types: { context: {} as AccountContext, events: {} as AccountEvent },
  actions: {
    ...clockActions,
    ...effectActions,
    record: assign(({ context, event }) =>
      (accountRecorders[event.type] as (c: AccountContext, e: typeof event) => object)(context, event),
    ),
  },
  guards: { isKeyAccount: ({ context, event }) => (event.type === 'adopt' ? event.command.isKeyAccount : context.isKeyAccount) },
}).createMachine({
  id: 'account',
  context: initialAccount,
  initial: 'opening',
  states: {
    opening: {
      on: {
        adopt: [
          { guard: 'isKeyAccount', target: 'ka', actions: ['record', file('adoption')] },
          { target: 'customer', actions: ['record', file('adoption')] },
        ],
      },
    },
    customer: {
      on: {
        ...tiering,
        startExit: {
          target: 'exiting',
          actions: ['record', notify('exitStarted', 'accountManager', 'sales', 'customerService')],
        },
      },
    },
    ka: {
      on: {
        ...tiering,
        startExit: {
          target: 'exiting',
          actions: ['record', notify('exitStarted', 'accountManager', 'sales', 'customerService')],
        },
      },
    },
    exiting: {
      on: {
        // An appeal against the exit takes the claim; granted, it ends the exit with a tier [I-36].
        claimAdjustment: { actions: 'record' },
        releaseAdjustment: { actions: 'record' },
        changeTier: [
          { guard: 'isKeyAccount', target: 'ka', actions: changeTier },
          { target: 'customer', actions: changeTier },
        ],
        ...lapsing,
        stopExit: [
          { guard: 'isKeyAccount', target: 'ka', actions: 'record' },
          { target: 'customer', actions: 'record' },
        ],
        completeExit: {
          target: 'exited',
          actions: ['record', cancel('override'), file('exitChecklist'), notify('exitCompleted', 'accountManager', 'sales')],
        },
      },
    },
    // Not final: readmission belongs to the account's life.
    exited: {},
  },
})
