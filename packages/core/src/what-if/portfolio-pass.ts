import { isGovernanceError } from '../errors/index.ts'
import { compareText } from '../rules/index.ts'
import { fillVector } from './account-vector.ts'
import { judgeAccount, judgedUnder, measureAccount, type Judge, type Verdict } from './judge.ts'
import { directionOf } from './moves.ts'
import { createReasonFinder, newRow } from './reasons.ts'
import { createRebateTally } from './rebate-cost.ts'
import { createSensitivityCounter, type Variant } from './sensitivity.ts'
import { createTally, type Tally } from './tally.ts'
import { createTopList, type TopList } from './top-list.ts'
import type { JsonPolicyChange, Mover, SimulatedAccount, Simulation, SimulationFailure } from './types.ts'

/** What a simulation of accounts is prepared with. */
export interface PassInput {
  readonly inForce: Judge | null
  readonly draft: Judge
  readonly cycle: string
  readonly diff: readonly JsonPolicyChange[]
  /** Null: no sensitivity. */
  readonly variants: readonly Variant[] | null
  readonly limit: number
}

/** One walk over a portfolio. */
export interface PortfolioPass {
  /** @returns why the account could not be judged; null: it was. */
  readonly add: (account: SimulatedAccount) => SimulationFailure | null
  /** An account of which nothing is known. */
  readonly fail: () => void
  /** Accounts that move so far. */
  readonly moved: () => number
  readonly report: () => ReturnType<Tally['report']> & Pick<Simulation, 'sensitivity' | 'rebate'>
}

/** A mover until its reasons are sought: only what is listed in the end is asked why. */
interface Moved {
  readonly account: SimulatedAccount
  readonly before: Verdict | null
  readonly after: Verdict
  readonly minor: number | null
}

/** Largest amounts first; an amount that is not known comes last. */
const byAmount = (a: Moved, b: Moved): number =>
  (b.minor ?? -Infinity) - (a.minor ?? -Infinity) || compareText(a.account.accountId, b.account.accountId)

export function createPortfolioPass(input: PassInput): PortfolioPass {
  const { inForce, draft, limit } = input
  const tally = createTally(inForce?.policy ?? null, draft.policy, limit)
  const counter = input.variants === null ? null : createSensitivityCounter(draft, input.variants)
  const rebate = createRebateTally(inForce?.policy ?? null, draft.policy, draft.cycle)
  const movers = createTopList<Moved>(limit, byAmount)
  const reclassified = createTopList<Moved>(limit, byAmount)
  const row = newRow()
  let moved = 0

  const add: PortfolioPass['add'] = (account) => {
    const judged = judgedUnder(draft, account)
    try {
      const measured = measureAccount(draft, judged)
      const after = judgeAccount(draft, judged, measured, draft)
      const before = inForce && verdictOf(inForce, draft, account, measured)
      // A group's amount would be counted once a member.
      const own = judged === account ? measured : measureAccount(draft, account)
      const minor = own.measures.amountA
      tally.add({ account, isKeyAccount: isKeyAccount(account), before, after, minor })
      if (counter !== null) {
        fillVector(row, judged.facts, measured, after.points, draft)
        counter.add(row, judged, measured, after)
      }
      rebate.add(account.entities ?? [account.facts])
      const { tier } = account.standing
      if (directionOf(before?.recommended ?? tier ?? 'none', after.recommended) !== null) {
        moved++
        movers.add({ account, before, after, minor })
      } else if (directionOf(before?.class ?? tier ?? 'none', after.class) !== null)
        reclassified.add({ account, before, after, minor })
      return null
    } catch (error) {
      // Nothing was counted yet: measuring and judging come first, and only they can fail.
      if (!isGovernanceError(error)) throw error
      tally.fail()
      return {
        accountId: account.accountId,
        instanceId: null,
        because: { code: error.code, field: null, message: firstLine(error.message) },
      }
    }
  }

  const listed = (list: TopList<Moved>, by: Mover['by']): readonly Mover[] => {
    const reasons = inForce && createReasonFinder(inForce, draft, input.diff, input.cycle)
    return list.listed().map((one): Mover => {
      const { account, before, after } = one
      const was = before?.[by] ?? account.standing.tier
      const judged = judgedUnder(draft, account)
      if (reasons !== null) fillVector(row, judged.facts, measureAccount(draft, judged), after.points, draft)
      return {
        accountId: account.accountId,
        name: account.name ?? account.accountId,
        region: account.region ?? null,
        manager: account.manager ?? null,
        isKeyAccount: isKeyAccount(account),
        by,
        from: was,
        to: after[by],
        direction: directionOf(was ?? 'none', after[by]) ?? 'assigned',
        tierNow: account.standing.tier,
        classBefore: before?.class ?? null,
        classAfter: after.class,
        recommendedBefore: before?.recommended ?? null,
        recommendedAfter: after.recommended,
        directionBefore: before?.direction ?? null,
        directionAfter: after.direction,
        minor: one.minor,
        because: reasons === null || was === null ? [] : reasons.of(account, by, was, row),
      }
    })
  }

  return {
    add,
    fail: tally.fail,
    moved: () => moved,
    report: () => {
      const counted = tally.report()
      return {
        ...counted,
        movers: { ...counted.movers, listed: listed(movers, 'recommended') },
        reclassified: { ...counted.reclassified, listed: listed(reclassified, 'class') },
        sensitivity: counter?.rows() ?? null,
        rebate: rebate.report(),
      }
    },
  }
}

const isKeyAccount = ({ facts, isKeyAccount: known = facts.isKeyAccount }: SimulatedAccount): boolean => known

/** What the policy in force says: by the same measures where it measures alike. */
function verdictOf(
  inForce: Judge,
  draft: Judge,
  account: SimulatedAccount,
  measured: Parameters<typeof judgeAccount>[2],
): Verdict {
  const judged = judgedUnder(inForce, account)
  return inForce.measuring === draft.measuring && inForce.cycle.from === draft.cycle.from
    ? judgeAccount(inForce, judged, measured, draft)
    : judgeAccount(inForce, judged, measureAccount(inForce, judged), inForce)
}

const firstLine = (message: string): string => (message.split('\n')[0] ?? '').slice(0, 300)
