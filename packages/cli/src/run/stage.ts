import {
  InvalidInputError,
  isGovernanceError,
  type Governance,
  type Policy,
  type Refusal,
  type Result,
} from '@ka-governance/core'
import type { ZoneClock } from '../ingest/dates.ts'
import type { Portfolio } from '../ingest/portfolio.ts'
import type { Book } from './book.ts'
import type { People } from './people.ts'
import type { Draw } from './seeded.ts'
import type { Timeline } from './timeline.ts'

/** A command that was not let pass. */
export interface RecordedRefusal {
  readonly at: number
  readonly kind: string
  readonly instanceId: string
  readonly accountId: string
  readonly command: string
  readonly actor: string
  readonly refusals: readonly Refusal[]
  /** Tried on purpose, to show the refusal. */
  readonly deliberate: boolean
}

/** What simulated people work with. */
export interface Stage {
  readonly governance: Governance
  readonly policy: Policy
  readonly people: People
  readonly timeline: Timeline
  readonly zone: ZoneClock
  readonly seed: string
  readonly portfolio: Portfolio
  readonly book: Book
  now(): number
  refused(refusal: RecordedRefusal): void
  /** An idempotency key, unique and the same in every run. */
  key(): string
}

/** A command's answer, or the findings on its form. */
export type Answer = Result | { readonly ok: false; readonly state: string; readonly refusals: readonly Refusal[] }

const day = 86_400_000

/** The next weekday instant between 9 and 17 o'clock, in the policy's zone: people do not act at night. */
export function officeTime(stage: Stage, from: number, draw: Draw): number {
  const date = stage.zone.dateOf(from)
  const hour = (from - stage.zone.toInstant(Date.parse(date))) / 3_600_000
  let base = Date.parse(date)
  if (hour >= 17) base += day
  const weekday = new Date(base).getUTCDay()
  if (weekday === 6) base += 2 * day
  if (weekday === 0) base += day
  const within = base === Date.parse(date) && hour >= 9 ? hour : draw.between(9, 10)
  return Math.max(from, stage.zone.toInstant(base + Math.round(within * 3_600_000)))
}

/** The verbs of the governance that people use, by workflow or ledger. */
export type ActedKind = 'complaint' | 'tierAdjustment' | 'account' | 'admission' | 'project' | 'projectChange'

interface Where {
  readonly kind: ActedKind
  readonly id: string
  readonly accountId: string
  readonly command: string
  readonly actor: string
  readonly deliberate?: boolean
}

/** Runs a command; a refusal is recorded. A form that the schema does not take counts as one refusal a field. */
export async function perform(stage: Stage, where: Where, run: () => Promise<Result>): Promise<Answer> {
  let answer: Answer
  try {
    answer = await run()
  } catch (error) {
    if (!(error instanceof InvalidInputError) || !isGovernanceError(error, 'invalid_command')) throw error
    const refusals = error.findings.map((f): Refusal => ({
      code: 'field_missing',
      rule: `${where.kind}.${where.command}`,
      clause: 'form',
      required: f.path,
      actual: null,
      remedy: { kind: 'fill', field: f.path },
    }))
    answer = { ok: false, state: '', refusals }
  }
  if (!answer.ok) {
    stage.refused({
      at: stage.now(),
      kind: where.kind,
      instanceId: where.id,
      accountId: where.accountId,
      command: where.command,
      actor: where.actor,
      refusals: answer.refusals,
      deliberate: where.deliberate ?? false,
    })
  }
  return answer
}
