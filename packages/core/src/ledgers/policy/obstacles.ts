import type { PolicyStanding } from '../../definition/define-workflow.ts'
import type { Failure } from '../../rules/index.ts'
import { mostScheduledVersions } from './types.ts'

/** A version that wants to take force on a day. */
export interface WantedVersion {
  readonly version: string
  readonly effectiveFrom: string
  /** Start of that day in the zone of the version itself, epoch milliseconds. */
  readonly effectiveAt: number
  /** Hash of the version in force that it was judged against; `null`: none was. */
  readonly base: string | null
}

/** Whether one version number is above another: number by number, `1.10` above `1.9`, `1.0` not above `1`. */
export function isAbove(version: string, other: string): boolean {
  const [a, b] = [version, other].map((text) => text.split('.').map(Number))
  for (let k = 0; k < 3; k += 1) {
    const [mine, theirs] = [a?.[k] ?? 0, b?.[k] ?? 0]
    if (mine !== theirs) return mine > theirs
  }
  return false
}

interface Dated {
  readonly version: string
  readonly effectiveFrom: string
  readonly effectiveAt: number
}

/** Earlier by its date and by the instant at which it begins: 5 March in Honolulu begins after 6 March in Auckland. */
const isBefore = (a: Omit<Dated, 'version'>, b: Omit<Dated, 'version'>): boolean =>
  a.effectiveFrom < b.effectiveFrom && a.effectiveAt < b.effectiveAt

/**
 * Why a version cannot be scheduled beside what is in force and under way: every day has one version, numbers rise with the days, and what was judged
 * against a version that is no longer in force is judged anew. The publication asks this before it is approved, the ledger when it hears of it.
 */
export function obstaclesTo({ inForce, scheduled }: PolicyStanding, wanted: WantedVersion): readonly Failure[] {
  const failures: Failure[] = []
  if ((inForce?.hash ?? null) !== wanted.base)
    failures.push({
      code: 'policy_not_in_force',
      required: inForce?.version ?? null,
      actual: wanted.base,
      remedy: { kind: 'send', command: 'check' },
    })
  // What is in force has begun: whatever is scheduled now begins later.
  const beside: readonly Dated[] = [...(inForce === null ? [] : [{ ...inForce, effectiveAt: -Infinity }]), ...scheduled]
  const before = beside.filter((other) => !isBefore(wanted, other)).at(-1)
  const after = beside.find((other) => isBefore(wanted, other))
  // Before the day of the one in force there is no room any more, whatever the number says; nor before one that waits for its day: it was judged against what
  // is in force now, and would silently undo this one. Who wants in between withdraws it first. Days in zones far apart may come in another order than they
  // begin: those have no order at all, and none is behind the other.
  const taken = beside.find((other) => !isBefore(other, wanted))
  if (taken !== undefined) failures.push({ code: 'day_taken', required: taken.version, actual: wanted.effectiveFrom })
  if (before !== undefined && !isAbove(wanted.version, before.version))
    failures.push({ code: 'version_not_above', required: before.version, actual: wanted.version })
  if (after !== undefined && !isAbove(after.version, wanted.version))
    failures.push({ code: 'version_not_above', required: wanted.version, actual: after.version })
  if (scheduled.length >= mostScheduledVersions)
    failures.push({ code: 'limit_reached', required: mostScheduledVersions, actual: scheduled.length })
  return failures
}
