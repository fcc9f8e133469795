import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../errors/index.ts'
import { canonicalJson } from '../rules/index.ts'
import { factsWith, halves, policyWith, yuan } from '../scoring/testing/fixtures.ts'
import { longestSimulation, readSimulation } from './read-simulation.ts'
import { anyDraft, anyPortfolio, simulated } from './testing/portfolio.ts'
import type { SimulatedAccount, Simulation } from './types.ts'

const account = (accountId: string, amount: number): SimulatedAccount => ({
  accountId,
  manager: 'u-1',
  facts: factsWith({ accountId, purchases: halves(amount, 2, 2, 2, 2) }),
  standing: { tier: null },
})
const draft = policyWith(({ tier, capacity }) => {
  tier.A.amount.min.minor = yuan(9_000_000)
  tier.B.amount.range.to.minor = yuan(9_000_000)
  capacity.maxKaPerManager = 1
})
const accounts = [account('a-1', 240_000), account('a-2', 400_000), account('a-3', 20_000)]
/** Small, so that it can be read many times. */
const sample = (): Promise<Simulation> => simulated(policyWith(), draft, accounts, { sensitivity: { parameters: ['P-07'] } })

const read = (value: unknown) => readSimulation(canonicalJson(value as JsonValue))
type Tree = { readonly [key: string]: unknown }
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Places of all members, through the first item of each list. */
function placesIn(value: unknown, above: readonly string[] = []): readonly (readonly string[])[] {
  const inside = Array.isArray(value) ? [['0', value[0] as unknown] as const] : isTree(value) ? Object.entries(value) : []
  return inside.flatMap(([key, member]) => (member === undefined ? [] : [[...above, key], ...placesIn(member, [...above, key])]))
}

function changed(value: unknown, [key, ...rest]: readonly string[], to: (member: unknown) => unknown): unknown {
  if (key === undefined) return to(value)
  if (Array.isArray(value)) return value.map((item: unknown, i) => (String(i) === key ? changed(item, rest, to) : item))
  return Object.fromEntries(
    Object.entries(value as Tree)
      .map(([name, member]) => [name, name === key ? changed(member, rest, to) : member] as const)
      .filter(([, member]) => member !== undefined),
  )
}

describe('what counts as a simulation [GOV-05]', () => {
  it('whatever a simulation returns is read as it is', async () => {
    const whole = await sample()
    expect(whole.movers.listed.length).toBeGreaterThan(0)
    expect(whole.sensitivity?.length).toBeGreaterThan(0)
    expect(read(whole)).toEqual({ ok: true, simulation: whole })
    expect(read(await simulated(null, draft, accounts, { sensitivity: false, scope: 'some' }))).toMatchObject({ ok: true })
    expect(read(await simulated(policyWith(), draft, []))).toMatchObject({ ok: true })
    await fc.assert(
      fc.asyncProperty(anyPortfolio, anyDraft, anyDraft, async (portfolio, before, after) => {
        const simulation = await simulated(before, after, portfolio)
        expect(read(simulation)).toEqual({ ok: true, simulation })
      }),
      { numRuns: 15 },
    )
  }, 30_000)

  it('a member less or a member more, at any place, is none; the place is said', async () => {
    const whole = await sample()
    // What a change of a policy had before and has after may be anything, and need not be there.
    const text = canonicalJson(whole)
    const places = placesIn(whole).filter((place) => place[0] !== 'diff' && !place.includes('before') && !place.includes('after'))
    expect(places.length).toBeGreaterThan(200)
    for (const place of places) {
      const isItem = /^\d+$/.test(place.at(-1) ?? '')
      if (!isItem) expect([place, read(changed(whole, place, () => undefined)).ok]).toEqual([place, false])
      const more = changed(whole, place, (member) => (isTree(member) ? { ...member, msLi: 1 } : member))
      if (canonicalJson(more as JsonValue) !== text) expect([place, read(more).ok]).toEqual([place, false])
    }
    expect(read({ ...whole, msLi: 1 })).toEqual({ ok: false, at: 'msLi' })
    const { movers } = whole
    expect(read({ ...whole, movers: { ...movers, msLi: 1 } })).toEqual({ ok: false, at: 'movers.msLi' })
  })

  it('counts that do not add up, names where there are none, and texts that are none are refused with their place', async () => {
    const whole = await sample()
    for (const [place, to] of [
      ['accounts.total', 9],
      ['classes.none.A', 9],
      ['recommended.none.A', 9],
      ['directions.draft.stay', 99],
      ['movers.total', 99],
      ['movers.up', -1],
      ['failures.listed', [{ accountId: 'x', instanceId: null, because: { code: 'x', field: null, message: '' } }]],
      ['load.managers.over', 0],
      ['policy.draft.version', 'Ms Li'],
      ['policy.draft.hash', 'Ms Li'],
      ['policy.inForce.id', 'Ms Li'],
      ['cycle', '2026-H1 Ms Li'],
      ['period.to', '2026-02-30'],
      ['currency', 'Ms Li'],
      ['sensitivity.0.parameter', 'tier.A.amount.min.msLi'],
      ['sensitivity.0.number', 'Ms Li'],
      ['sales.A.before.minor', null],
    ] as const) {
      const result = read(changed(whole, place.split('.'), () => to))
      expect([place, result.ok]).toEqual([place, false])
      if (!result.ok) expect([place, result.at.split('.')[0]]).toEqual([place, place.split('.')[0]])
    }
    for (const text of ['', 'null', '[]', '1', '{', '{"__proto__":{"schema":1}}', '['.repeat(100_000)])
      expect([text.slice(0, 20), readSimulation(text).ok]).toEqual([text.slice(0, 20), false])
  })

  it('a matrix, the moves and the tiers before and after that tell different stories are refused', async () => {
    const whole = await sample()
    const { recommended, movers, sales, capacity } = whole
    expect(movers.up).toBeGreaterThan(0)
    // One that moves from B to A is hidden on the diagonal: every sum over all accounts still holds.
    const { B } = recommended
    const hidden = { ...recommended, B: { ...B, A: 0, B: B.B + B.A } }
    const { A } = sales
    const some = { ...A.after, accounts: A.after.accounts + 1 }
    for (const [at, told] of [
      ['movers', { ...whole, recommended: hidden }],
      ['movers', { ...whole, movers: { ...movers, up: movers.up - 1, down: movers.down + 1 } }],
      ['sales', { ...whole, sales: { ...sales, A: { ...A, after: some } } }],
      ['sales', { ...whole, sales: { ...sales, none: { ...sales.none, before: some } } }],
      ['capacity', { ...whole, capacity: capacity.map((room) => ({ ...room, after: room.after + 1 })) }],
      ['capacity', { ...whole, capacity: capacity.map((room) => ({ ...room, before: room.before + 1 })) }],
    ] as const) {
      const result = read(told)
      expect([at, result.ok ? null : result.at.split('.')[0]]).toEqual([at, at])
    }
  })

  it('one that is too long says so, before anything of it is read', () => {
    expect(readSimulation('x'.repeat(longestSimulation + 1))).toEqual({
      ok: false,
      at: '',
      tooLong: { is: longestSimulation + 1, most: longestSimulation },
    })
  })
})
