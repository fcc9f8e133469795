import type { RecordedComplaint } from '../ingest/portfolio.ts'
import type { Draw } from './seeded.ts'

const hour = 3_600_000
const day = 24 * hour

/** When the steps of a complaint happen: recorded where the source has them, else derived between what it has. */
export interface ComplaintTimes {
  readonly received: number
  readonly forwarded: number
  readonly accepted: number
  readonly determined: number
  readonly planned: number
  /** One a round; empty: never completed. */
  readonly completed: readonly number[]
  /** When the customer came back after a round; one fewer than `completed`, or as many when the last was reopened too. */
  readonly reopened: readonly number[]
  /** The customer's last word; `null`: none yet. */
  readonly closed: number | null
}

/**
 * Derives the times that a source lacks. Hand-off takes a sixth of the time to the first resolution at most, and about an hour and a half otherwise;
 * acceptance follows; determination and plan lie in the middle. A finished case without any time of resolution is resolved after about four days.
 */
export function timesOf(complaint: RecordedComplaint, draw: Draw): ComplaintTimes {
  const received = complaint.receivedAt
  const completed = complaint.rounds.map((r) => r.resolvedAt)
  if (completed.length === 0 && complaint.finished) {
    const from = complaint.forwardedAt ?? received
    completed.push(from + Math.max(0.5, Math.exp(1.4 + 0.7 * draw.normal())) * day)
  }
  const first = completed[0] ?? received + 6 * day
  const span = Math.max(0, first - received)
  const handoff = Math.min(span / 6, Math.exp(0.4 + 0.8 * draw.normal()) * hour)
  const forwarded = Math.min(first, complaint.forwardedAt ?? received + handoff)
  const rest = first - forwarded
  const accepted = forwarded + Math.min(rest / 6, Math.exp(0.3 + 0.8 * draw.normal()) * hour)
  const determined = accepted + (first - accepted) * draw.between(0.3, 0.5)
  const planned = accepted + (first - accepted) * draw.between(0.55, 0.7)
  const reopened = complaint.rounds.flatMap((r) => (r.reopenedAt === null ? [] : [r.reopenedAt]))
  const last = completed.at(-1)
  const closed = !complaint.finished || last === undefined ? null : (complaint.closedAt ?? last + draw.between(0.2, 4) * day)
  return { received, forwarded, accepted, determined, planned, completed, reopened, closed }
}
