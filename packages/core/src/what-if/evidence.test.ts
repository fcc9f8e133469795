import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { sha256Hex } from '../rules/index.ts'
import { factsWith, halves, policyWith, yuan } from '../scoring/testing/fixtures.ts'
import { simulationDigest, simulationSummary } from './evidence.ts'
import { simulated } from './testing/portfolio.ts'
import type { SimulatedAccount, Simulation } from './types.ts'

const account = (accountId: string, amount: number): SimulatedAccount => ({
  accountId,
  name: `Name of ${accountId}`,
  manager: 'u-1',
  facts: factsWith({ accountId, purchases: halves(amount, 2, 2, 2, 2) }),
  standing: { tier: null },
})
const draft = policyWith(({ tier }) => {
  tier.A.amount.min.minor = yuan(9_000_000)
  tier.B.amount.range.to.minor = yuan(9_000_000)
})
const accounts = [account('a-1', 300_000), account('a-2', 200_000), account('a-3', 20_000)]

/** Every number as long as it can be. */
const swollen = (value: unknown): unknown =>
  typeof value === 'number'
    ? Number.MAX_SAFE_INTEGER
    : typeof value !== 'object' || value === null
      ? value
      : Array.isArray(value)
        ? value.map(swollen)
        : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, swollen(inner)]))

describe('a simulation as evidence [GOV-05]', () => {
  it('the digest is the sha-256 of the canonical text, whatever the order of its members', async () => {
    const result = await simulated(policyWith(), draft, accounts)
    const turned = JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(result).reverse()))) as Simulation
    const native = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')
    expect(simulationDigest(result, sha256Hex)).toMatch(/^[0-9a-f]{64}$/)
    expect(simulationDigest(turned, native)).toBe(simulationDigest(result, sha256Hex))
    expect(simulationDigest({ ...result, cycle: '2025-H2' }, native)).not.toBe(simulationDigest(result, native))
  })

  it('the summary names nobody, says the counts, and stays below 8 kB however large the numbers', async () => {
    const result = await simulated(policyWith(), draft, accounts)
    const summary = simulationSummary(result, sha256Hex)
    expect(result.movers.total).toBeGreaterThan(0)
    expect(summary).toMatchObject({
      digest: simulationDigest(result, sha256Hex),
      accounts: { total: 3 },
      movers: { total: result.movers.total, up: result.movers.up },
      changes: 2,
      instances: null,
      load: { managers: 1 },
    })
    expect(Object.keys(summary.rebate ?? {}).sort()).toEqual(['draftMinor', 'inForceMinor', 'unknown', 'year'])
    const text = JSON.stringify(summary)
    expect(text).not.toContain('Name of')
    expect(text).not.toContain('a-1')
    const largest = simulationSummary(
      {
        ...(swollen(result) as Simulation),
        sensitivity: Array.from({ length: 70 }, (_, i) => ({
          ...((result.sensitivity?.[0] ?? {}) as NonNullable<Simulation['sensitivity']>[number]),
          parameter: `adjust.B.down.contactAttempts${String(i)}`,
          moved: Number.MAX_SAFE_INTEGER - i,
        })),
      },
      sha256Hex,
    )
    expect(largest.sensitivity).toHaveLength(10)
    expect(new TextEncoder().encode(JSON.stringify(largest)).length).toBeLessThan(8_000)
  })
})
