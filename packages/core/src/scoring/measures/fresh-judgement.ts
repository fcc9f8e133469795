import { addMonths, type LocalDate } from '../../calendar/index.ts'
import type { Policy } from '../../policy/schema.ts'
import type { Judgement } from '../facts.ts'
import type { MissingDatum } from '../types.ts'

/** First day whose judgements still count at `to` [`tier.judgementMaxAge`]. */
export function oldestJudgement(to: LocalDate, policy: Pick<Policy, 'tier'>): LocalDate {
  return addMonths(to, -policy.tier.judgementMaxAge.months)
}

/** A judgement as far as it counts: null where nobody judged, or too long ago. */
export type FreshScore = { readonly score: number | null; readonly stale: boolean }

/** The score of a judgement that is not older than `oldest`. */
export function freshScore(judgement: Pick<Judgement, 'score' | 'judgedOn'> | undefined, oldest: LocalDate): FreshScore {
  if (judgement === undefined) return absent
  return judgement.judgedOn < oldest ? stale : { score: judgement.score, stale: false }
}

const absent: FreshScore = Object.freeze({ score: null, stale: false })
const stale: FreshScore = Object.freeze({ score: null, stale: true })

/** Why a judged value is not there; null where it is. */
export function missingScore(what: string, { score, stale: isStale }: FreshScore): MissingDatum | null {
  return score === null ? { what, reason: isStale ? 'stale' : 'missing' } : null
}
