import type { PolicyStanding } from '../../definition/define-workflow.ts'
import { rememberedPolicyVersions, type PolicyLedgerContext, type PolicyLedgerEvent, type ScheduledVersion } from './types.ts'

type Patch = Partial<PolicyLedgerContext>
type EventOf<T extends PolicyLedgerEvent['type']> = Extract<PolicyLedgerEvent, { type: T }>
type Recorders = { readonly [T in PolicyLedgerEvent['type']]: (context: PolicyLedgerContext, event: EventOf<T>) => Patch }

/** What is in force and what is under way. */
export const standingOf = ({ versions, scheduled }: Pick<PolicyLedgerContext, 'versions' | 'scheduled'>): PolicyStanding => ({
  inForce: versions.at(-1) ?? null,
  scheduled,
})

/** Their dates rise with it. */
const byBeginning = (a: ScheduledVersion, b: ScheduledVersion): number => a.effectiveAt - b.effectiveAt

/** What each event writes into the ledger. Pure; nothing here decides. */
export const policyLedgerRecorders: Recorders = {
  schedule: ({ scheduled }, { command: { policyId, by, version, hash, effectiveFrom, effectiveAt } }) => ({
    policyId,
    scheduled: [...scheduled, { version, hash, by, effectiveFrom, effectiveAt }].sort(byBeginning),
  }),
  unschedule: ({ scheduled }, { command }) => ({ scheduled: scheduled.filter(({ by }) => by !== command.by) }),
  'clock.effective.breach': ({ versions, scheduled }, { at }) => {
    const [next, ...later] = scheduled
    if (next === undefined) return {}
    const { version, hash, by, effectiveFrom } = next
    const ended = versions.map((one) => (one.until === null ? { ...one, until: at } : one))
    return {
      versions: [...ended, { version, hash, by, effectiveFrom, since: at, until: null }].slice(-rememberedPolicyVersions),
      scheduled: later,
    }
  },
}
