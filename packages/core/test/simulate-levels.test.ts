import { describe, expect, test } from 'vitest'
import { finishSimulation, loadPolicy, type Policy, type Simulation } from '../src/index.ts'
import * as c from './support/account-stories.ts'
import { factsOf } from './support/facts.ts'
import { createHarness, type Harness } from './support/harness.ts'
import * as s from './support/stories.ts'
import { play, type Story } from './support/story.ts'

const cycle = '2026-H1'

describe('a draft that changes the level of the review [I-33, decision tier.level]', () => {
  /** Too small to rise by itself; its group is large. */
  const small = Object.fromEntries(['2024-H1', '2024-H2', '2025-H1', '2025-H2', '2026-H1'].map((half) => [half, 200_000]))
  const both = { ...c.options, facts: { acme: factsOf('acme', { perOrder: small }), beta: factsOf('beta') } }
  const story: Story = [c.beta({ tier: 'C' }), c.adopt({ tier: 'C' }), { ...c.join('acme'), name: 'beta' }, s.sweep()]
  const at = (policy: Policy, level: 'account' | 'group', version: string): Policy =>
    loadPolicy({ ...policy, version, tier: { ...policy.tier, level } })
  /** What each account would be proposed if nothing but its level counted. */
  const proposals = async (h: Harness, policy: Policy): Promise<{ readonly [accountId: string]: string }> => {
    const one = at(policy, 'account', '8.0')
    const [acme, beta] = await Promise.all(
      ['acme', 'beta'].map((accountId) =>
        finishSimulation(h.another({ policy }).simulate({ policy: one, cycle, accounts: [accountId], movers: 10 })),
      ),
    )
    const only = (simulation: Simulation | undefined): string =>
      Object.entries(simulation?.recommended ?? {}).flatMap(([from, row]) =>
        Object.values(row).some((n) => n > 0) ? [from] : [],
      )[0] ?? ''
    return { acme: only(acme), beta: only(beta) }
  }

  test('each side is judged at its own level: members by themselves on the one, by their group on the other', async () => {
    const h = createHarness(both)
    await play(h, story)
    expect(h.policy.tier.level).toBe('group')
    const [alone, together] = [await proposals(h, at(h.policy, 'account', '7.0')), await proposals(h, h.policy)]
    expect(together['acme']).toBe(together['beta'])
    expect(alone['acme']).not.toBe(alone['beta'])
    for (const [before, after, from, to] of [
      [h.policy, at(h.policy, 'account', '2.0'), together, alone],
      [at(h.policy, 'account', '1.5'), at(h.policy, 'group', '2.0'), alone, together],
    ] as const) {
      const result = await finishSimulation(h.another({ policy: before }).simulate({ policy: after, cycle }))
      expect(result.accounts).toMatchObject({ total: 2 })
      expect(result.accounts.inGroups).toBeUndefined()
      const moved = ['acme', 'beta'].filter((id) => from[id] !== to[id])
      expect(moved.length).toBeGreaterThan(0)
      expect(result.movers.listed.map(({ accountId, from: was, to: becomes }) => [accountId, was, becomes]).sort()).toEqual(
        moved.map((id) => [id, from[id], to[id]]),
      )
      for (const { because } of result.movers.listed)
        expect(because).toMatchObject([
          { parameter: 'tier.level', number: 'I-33', before: before.tier.level, after: after.tier.level },
        ])
      // Amounts are those of the account itself: the group's is not counted twice.
      const sums = Object.values(result.sales).map(({ before: b, after: a }) => [b.minor, a.minor])
      const apart = await finishSimulation(
        h.another({ policy: at(h.policy, 'account', '7.0') }).simulate({ policy: at(h.policy, 'account', '8.0'), cycle }),
      )
      const sold = Object.values(apart.sales).reduce((sum, { after: a }) => sum + a.minor, 0)
      expect([sums.reduce((sum, [b = 0]) => sum + b, 0), sums.reduce((sum, [, a = 0]) => sum + a, 0)]).toEqual([sold, sold])
    }
  })

  test('a group that cannot be read on the one side is a failure of every member', async () => {
    const h = createHarness({ ...both, facts: { ...both.facts, acme: { ...(factsOf('acme') as object), overdueDays: -1 } } })
    await play(h, story)
    const { accounts, failures } = await finishSimulation(
      h.governance.simulate({ policy: at(h.policy, 'account', '2.0'), cycle }),
    )
    expect(accounts).toMatchObject({ total: 2, failed: 2 })
    expect(failures.listed.map(({ accountId, because }) => [accountId, because.code])).toEqual([
      ['acme', 'facts_malformed'],
      ['beta', 'facts_malformed'],
    ])
  })
})
