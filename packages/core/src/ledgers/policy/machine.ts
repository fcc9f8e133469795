import { assign, setup } from 'xstate'
import { clockActions, effectActions, restart, type ChildCommand } from '../../definition/actions.ts'
import { obstaclesTo } from './obstacles.ts'
import { policyLedgerRecorders, standingOf } from './record.ts'
import { initialPolicyLedger, type PolicyLedgerContext, type PolicyLedgerEvent } from './types.ts'

interface Args {
  readonly context: PolicyLedgerContext
  readonly event: PolicyLedgerEvent
}

const publication = (instanceId: string, command: ChildCommand['command']): ChildCommand => ({
  kind: 'policy-publication',
  instanceId,
  command,
})

/** The publication of the version that takes force hears of it, and that of the version before. */
const tellPublications = {
  type: 'sendCommands',
  params: ({ context: { versions } }: Args) => {
    const [now, before] = [versions.at(-1), versions.at(-2)]
    if (now === undefined) return { commands: [] }
    const { by, version, since } = now
    return {
      commands: [
        publication(by, { type: 'takeForce', since }),
        ...(before === undefined ? [] : [publication(before.by, { type: 'supersede', by, version, until: since })]),
      ],
    }
  },
} as const

/**
 * Where a store cannot commit publication and ledger together, two versions may both be on their way here. The first one has the day; the other is told,
 * and what is scheduled stays as it is. An answer and not a refusal: a refused follow-up would leave its publication scheduled for ever.
 */
const decline = {
  actions: [
    {
      type: 'sendCommands',
      params: ({ context, event }: Args) => ({
        commands:
          event.type !== 'schedule'
            ? []
            : [
                publication(event.command.by, {
                  type: 'declineSchedule',
                  because: obstaclesTo(standingOf(context), event.command)[0]?.code ?? 'day_taken',
                }),
              ],
      }),
    },
  ],
} as const

/** The text goes under the number once the ledger has taken it: what is declined leaves nothing there, and its number stays free for another day. */
const publishPolicy = {
  type: 'publishPolicy',
  params: ({ event }: Args) =>
    event.type === 'schedule'
      ? { policyId: event.command.policyId, version: event.command.version, hash: event.command.hash }
      : { policyId: '', version: '', hash: '' },
} as const

const nextDay = restart('effective')
const schedule = [{ guard: 'isFree', actions: ['record', publishPolicy, nextDay] }, decline] as const
const unschedule = { actions: ['record', nextDay] } as const
/** The day has begun, in the zone of the version itself. */
const takeForce = { target: 'governing', actions: ['record', nextDay, tellPublications] } as const

/**
 * The ledger of a policy: which version is in force, which were, and which are under way [GOV-05, architecture rule 9]. Versions come by an approved
 * publication and by nothing else; they take force by the ledger's clock, however late anybody looks.
 */
export const policyMachine = setup({
  types: { context: {} as PolicyLedgerContext, events: {} as PolicyLedgerEvent },
  actions: {
    ...clockActions,
    ...effectActions,
    record: assign(({ context, event }) =>
      (policyLedgerRecorders[event.type] as (c: PolicyLedgerContext, e: typeof event) => object)(context, event),
    ),
  },
  guards: {
    /** The day is free, the number rises, and the version in force is the one that it was judged against. */
    isFree: ({ context, event }) => event.type === 'schedule' && obstaclesTo(standingOf(context), event.command).length === 0,
  },
}).createMachine({
  id: 'policy',
  context: initialPolicyLedger,
  initial: 'opening',
  states: {
    opening: { on: { schedule: { target: 'waiting', actions: ['record', publishPolicy, nextDay] } } },
    waiting: { on: { schedule, unschedule, 'clock.effective.breach': takeForce } },
    governing: { on: { schedule, unschedule, 'clock.effective.breach': takeForce } },
  },
})
