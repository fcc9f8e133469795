import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tiers, type Policy } from '../policy/index.ts'
import { policyWith } from '../scoring/testing/fixtures.ts'
import { recommendTier } from '../scoring/recommend-tier.ts'
import { valueAt, withValue } from './change-policy.ts'
import { cyclesOf, prepareJudge } from './judge.ts'
import { variantsOf } from './sensitivity.ts'
import { anyDraft, anyPortfolio, simulated } from './testing/portfolio.ts'
import { thresholdAt } from './thresholds.ts'
import type { Simulation, TierMatrix } from './types.ts'

const inForce = policyWith()
const quick = { sensitivity: false } as const

/** What differs by nothing but the pins of the policies. */
const withoutPins = ({ policy: _, ...rest }: Simulation) => rest
const sumOf = (matrix: TierMatrix): number =>
  Object.values(matrix).reduce((sum, row) => sum + Object.values(row).reduce((n, count) => n + count, 0), 0)

describe('laws of a simulation, whatever the portfolio and the draft [GOV-05]', () => {
  it('the policy in force moves nobody', async () => {
    await fc.assert(
      fc.asyncProperty(anyPortfolio, anyDraft, async (accounts, policy) => {
        const same = structuredClone(policy)
        const { movers, reclassified, diff, accounts: counts } = await simulated(policy, same, accounts, quick)
        expect([movers.total, reclassified.total, diff, counts.failed]).toEqual([0, 0, [], 0])
      }),
      { numRuns: 30 },
    )
  })

  it('every account is in each matrix once, rows and columns are the sums of its parts, and a move is what is off the diagonal', async () => {
    await fc.assert(
      fc.asyncProperty(anyPortfolio, anyDraft, fc.boolean(), async (accounts, draft, first) => {
        const result = await simulated(first ? null : inForce, draft, accounts, quick)
        const { movers, reclassified, sales, recommended, directions } = result
        expect([sumOf(result.classes), sumOf(recommended), result.accounts.total]).toEqual(Array(3).fill(accounts.length))
        let moved = 0
        for (const from of [...tiers, 'exit', 'none'] as const) {
          const row = Object.values(recommended[from]).reduce((n, count) => n + count, 0)
          expect(row).toBe(sales[from].before.accounts)
          if (from !== 'none') expect(sales[from].after.accounts).toBe(sumOfColumn(recommended, from))
          moved += row - (from === 'none' ? 0 : recommended[from][from])
        }
        expect(moved).toBe(movers.total)
        expect(movers.up + movers.down + movers.assigned).toBe(movers.total)
        expect(reclassified.up + reclassified.down + reclassified.assigned).toBe(reclassified.total)
        expect([movers.listed.length, reclassified.listed.length]).toEqual([movers.total, reclassified.total])
        expect(Object.values(directions.draft).reduce((n, count) => n + count, 0)).toBe(accounts.length)
        const minor = accounts.length === 0 ? 0 : Object.values(sales).reduce((n, { before }) => n + before.minor, 0)
        expect(Object.values(sales).reduce((n, { after }) => n + after.minor, 0)).toBe(minor)
      }),
      { numRuns: 30 },
    )
  })

  it('it says of each account what a review would say', async () => {
    await fc.assert(
      fc.asyncProperty(anyPortfolio, anyDraft, async (accounts, draft) => {
        const { movers, reclassified } = await simulated(inForce, draft, accounts, quick)
        const cycle = cyclesOf('2026-H1', draft, inForce).draft
        const moved = accounts.flatMap(({ accountId, facts, standing: current }) => {
          const [was, is] = [inForce, draft].map((policy) => recommendTier({ facts, policy, cycle, current }))
          const by = was?.recommended !== is?.recommended ? 'recommended' : 'class'
          return was?.recommended === is?.recommended && was?.classification.tier === is?.classification.tier
            ? []
            : [
                {
                  accountId,
                  by,
                  recommendedBefore: was?.recommended,
                  recommendedAfter: is?.recommended,
                  classBefore: was?.classification.tier,
                  classAfter: is?.classification.tier,
                  directionBefore: was?.direction,
                  directionAfter: is?.direction,
                },
              ]
        })
        const said = [...movers.listed, ...reclassified.listed].sort((a, b) => (a.accountId < b.accountId ? -1 : 1))
        expect(said).toMatchObject(moved)
        expect(said).toHaveLength(moved.length)
      }),
      { numRuns: 30 },
    )
  })

  it('the order of accounts and of purchases does not matter', async () => {
    await fc.assert(
      fc.asyncProperty(anyPortfolio, anyDraft, fc.infiniteStream(fc.nat()), async (accounts, draft, numbers) => {
        const shuffled = <T>(items: readonly T[]): readonly T[] =>
          items
            .map((item) => ({ item, key: numbers.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ item }) => item)
        const other = shuffled(accounts).map((account) => ({
          ...account,
          facts: { ...account.facts, purchases: shuffled(account.facts.purchases) },
        }))
        expect(await simulated(inForce, draft, other)).toEqual(await simulated(inForce, draft, accounts))
      }),
      { numRuns: 30 },
    )
  })

  it('one factor on all money changes nothing but the money', async () => {
    const scaled = (policy: Policy, factor: number): Policy =>
      JSON.parse(JSON.stringify(policy), (_, value: unknown) =>
        typeof value === 'object' && value !== null && 'minor' in value
          ? { ...value, minor: Number(value.minor) * factor }
          : value,
      ) as Policy
    await fc.assert(
      fc.asyncProperty(anyPortfolio, anyDraft, fc.constantFrom(2, 3, 10), async (accounts, draft, factor) => {
        const larger = accounts.map((account) => ({
          ...account,
          facts: { ...account.facts, purchases: account.facts.purchases.map((p) => ({ ...p, minor: p.minor * factor })) },
        }))
        const [plain, other] = [
          await simulated(inForce, draft, accounts),
          await simulated(scaled(inForce, factor), scaled(draft, factor), larger),
        ]
        const bare = ({
          movers,
          reclassified,
          classes,
          recommended,
          directions,
          sensitivity,
          accounts: counts,
          capacity,
        }: Simulation) => ({
          movers: movers.listed.map(({ minor, because, ...rest }) => ({
            ...rest,
            minor: (minor ?? 0) === 0,
            because: because.map((b) => b.parameter),
          })),
          reclassified: reclassified.total,
          classes,
          recommended,
          directions,
          sensitivity: sensitivity?.map(({ parameter, percent, moved, up, down, reclassified: r }) => [
            parameter,
            percent,
            moved,
            up,
            down,
            r,
          ]),
          counts,
          capacity,
        })
        expect(bare(other)).toEqual(bare(plain))
      }),
      { numRuns: 30 },
    )
  })

  it('the sensitivity is what a simulation with that one threshold changed says', async () => {
    await fc.assert(
      fc.asyncProperty(anyPortfolio, anyDraft, fc.constantFrom(10, 40, 90), async (accounts, draft, percent) => {
        const { sensitivity } = await simulated(null, draft, accounts, { sensitivity: { percent } })
        const cycle = cyclesOf('2026-H1', draft, null).draft
        const variants = variantsOf(prepareJudge(draft, cycle), { percent })
        expect(sensitivity).toHaveLength(variants.length)
        for (const [i, row] of (sensitivity ?? []).entries()) {
          const spec = thresholdAt(row.parameter)
          const changed = variants[i]?.judge.policy ?? draft
          const whole = await simulated(draft, changed, accounts, quick)
          expect([row.parameter, row.percent, row.moved, row.up, row.down]).toEqual([
            spec?.path,
            variants[i]?.percent,
            whole.movers.total,
            whole.movers.up,
            whole.movers.down,
          ])
          const both = [...whole.movers.listed, ...whole.reclassified.listed].filter((m) => m.classBefore !== m.classAfter)
          expect(row.reclassified.total).toBe(both.length)
        }
      }),
      { numRuns: 5 },
    )
  })

  it('what made an account move, put back, undoes the move; and none of it can be spared', async () => {
    await fc.assert(
      fc.asyncProperty(anyPortfolio, anyDraft, async (accounts, draft) => {
        const { movers, reclassified } = await simulated(inForce, draft, accounts, quick)
        const putBack = (policy: Policy, parameters: readonly string[]): Policy =>
          parameters.reduce((left, path) => withValue(left, path.split('.'), valueAt(inForce, path.split('.'))), policy)
        for (const { accountId, by, from, because } of [...movers.listed, ...reclassified.listed]) {
          const account = accounts.find((a) => a.accountId === accountId)
          if (account === undefined) throw new Error(accountId)
          const names = because.map(({ parameter }) => parameter)
          const under = (policy: Policy) => {
            const { recommended, classification } = recommendTier({
              facts: account.facts,
              policy,
              cycle: cyclesOf('2026-H1', policy, null).draft,
              current: account.standing,
            })
            return by === 'recommended' ? recommended : classification.tier
          }
          expect(names.length).toBeGreaterThan(0)
          expect(under(putBack(draft, names))).toBe(from)
          for (const one of names)
            expect(
              under(
                putBack(
                  draft,
                  names.filter((name) => name !== one),
                ),
              ),
            ).not.toBe(from)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('the result is JSON that survives being written down', async () => {
    await fc.assert(
      fc.asyncProperty(anyPortfolio, anyDraft, async (accounts, draft) => {
        const result = await simulated(inForce, draft, accounts)
        expect(JSON.parse(JSON.stringify(result))).toEqual(result)
        expect(withoutPins(await simulated(inForce, structuredClone(draft), [...accounts]))).toEqual(withoutPins(result))
      }),
      { numRuns: 20 },
    )
  })
})

const sumOfColumn = (matrix: TierMatrix, to: 'A' | 'B' | 'C' | 'D' | 'exit'): number =>
  Object.values(matrix).reduce((sum, row) => sum + row[to], 0)
