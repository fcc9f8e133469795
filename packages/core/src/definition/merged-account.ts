import type { JsonValue } from '../errors/index.ts'
import type { Failure } from '../rules/index.ts'
import type { RuleInput } from './define-workflow.ts'

/** Where the account lives on, if it was merged; the command names `survivorOf` among its needs. */
const survivorOf = ({ facts, accountId }: Pick<RuleInput, 'facts' | 'accountId'>): string | null =>
  facts.survivor === undefined || facts.survivor === accountId ? null : facts.survivor

/** The refusal of something new for an account that was merged: it names the survivor [I-33]. What instances send each other was on its way and follows. */
export function refuseMerged(input: Pick<RuleInput, 'facts' | 'accountId' | 'actor'>): Failure | null {
  const survivor = survivorOf(input)
  if (survivor === null || input.actor.id === 'system') return null
  return {
    code: 'account_not_active',
    required: survivor,
    actual: 'merged',
    remedy: { kind: 'change', field: 'accountId', to: survivor },
  }
}

/** Recorded input of a step whose instance belongs to a merged account. */
export function survivorInput(input: Pick<RuleInput, 'facts' | 'accountId'>): { readonly [name: string]: JsonValue } {
  const survivor = survivorOf(input)
  return survivor === null ? {} : { survivor }
}

/** An instance that a merger could not move, being opened or closed at the time, follows the account by itself [I-33]. */
export const followSurvivor = (kind: string) =>
  ({
    type: 'sendCommands',
    params: ({
      event: { instanceId, inputs },
    }: {
      readonly event: { readonly instanceId: string; readonly inputs: { readonly [name: string]: JsonValue | undefined } }
    }) => ({
      commands:
        typeof inputs['survivor'] === 'string'
          ? [{ kind, instanceId, command: { type: 'relocate', accountId: inputs['survivor'] } }]
          : [],
    }),
  }) as const
