import { cycleById } from '../../policy/index.ts'
import { mayRule as define, type RuleInput, type Unfilled } from '../../definition/define-workflow.ts'
import type { Failure } from '../../rules/index.ts'
import type { AccountCommands } from './commands.ts'
import type { AccountContext } from './types.ts'

/** A rule that is also asked before the form is filled in. */
const mayBefore = <T extends keyof AccountCommands>(
  name: string,
  clause: string,
  check: (input: RuleInput<AccountContext, Unfilled<AccountCommands[T]>>) => Failure | null | readonly (Failure | null)[],
) => define<AccountContext, Unfilled<AccountCommands[T]>>(name, clause, check)

const held = (by: string): Failure => ({ code: 'open_elsewhere', required: null, actual: by })

/** One open adjustment an account [ledger claims]. */
export const mayHoldOneAdjustment = mayBefore<'openAdjustment' | 'claimAdjustment' | 'changeTier' | 'startExit'>(
  'mayHoldOneAdjustment',
  'ADJ-01',
  ({ context, command }) => {
    const by = command.type === 'openAdjustment' ? command.instanceId : command.by
    return context.adjustment === null || context.adjustment === by ? null : held(context.adjustment)
  },
)

/** ADJ-01: a cycle is reviewed once, when it has ended and its facts are frozen (I-26: returns come in later). */
export const mayReviewAfterFreeze = mayBefore<'openAdjustment'>(
  'mayReviewAfterFreeze',
  'ADJ-01',
  ({ context, command, at, policy, calendar }) => {
    if (command.onDemand !== undefined || command.cycle === undefined) return null
    const cycle = cycleById(command.cycle, policy.cycle)
    const frozen = calendar.startOfDay(cycle.to) + policy.amount.returnLag.days * 86_400_000
    return [
      at >= frozen
        ? null
        : {
            code: 'too_early',
            parameter: 'amount.returnLag',
            required: frozen,
            actual: at,
            remedy: { kind: 'wait', until: frozen },
          },
      context.lastCycle !== null && cycleById(context.lastCycle, policy.cycle).from >= cycle.from
        ? { code: 'already_done', parameter: 'cycle', required: cycle.id, actual: context.lastCycle }
        : null,
    ]
  },
)

/** ADJ-05: between cycles only a stated reason opens a review. */
export const mayReviewOnDemandWithReason = mayBefore<'openAdjustment'>(
  'mayReviewOnDemandWithReason',
  'ADJ-05',
  ({ command, context }) =>
    command.onDemand === undefined ||
    command.instanceId === undefined ||
    command.instanceId.endsWith(`-od${String(context.onDemand + 1)}`)
      ? null
      : { code: 'already_done', required: context.onDemand + 1, actual: command.instanceId },
)

/** Decision 1, D down: the relation ends when nothing of it is open; the checklist's word is not enough. */
export const mayExitWhenNothingIsOpen = mayBefore<'completeExit'>('mayExitWhenNothingIsOpen', 'ADJ-08', ({ facts }) =>
  (facts.openInstances ?? []).map(({ instanceId }) => held(instanceId)),
)
