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

const inProject = { instanceId: 'case-1', kind: 'complaint', accountId: 'a-1' }
const inReview = { instanceId: 'adj-1', kind: 'tier-adjustment', accountId: 'a-2' }
/** What a store adds: an approval of four that asks somebody else, two of eight clocks that move, an instance that cannot be read. */
const open: Pick<Simulation, 'instances' | 'failures'> & { readonly approvers: Simulation['load']['approvers'] } = {
  instances: {
    open: 5,
    byKind: { complaint: 3, 'tier-adjustment': 2 },
    clocks: {
      open: 8,
      earlier: 1,
      later: 0,
      overdue: 1,
      overdueNow: 2,
      listed: [
        {
          ...inProject,
          clock: 'resolution',
          parameter: 'complaint.resolution',
          clause: 'CPL-07',
          dueBefore: 1_800_000_000_000,
          dueAfter: 1_700_000_000_000,
          change: 'earlier',
          becomesOverdue: true,
        },
      ],
    },
    approvals: {
      open: 4,
      changed: 1,
      belowQuorum: 1,
      listed: [
        {
          ...inReview,
          approval: 'finance',
          before: ['u-1'],
          after: ['u-2'],
          added: ['u-2'],
          dropped: ['u-1'],
          belowQuorum: true,
          lacks: { stage: 'only', role: null, needed: 2, there: 1 },
        },
      ],
    },
  },
  failures: {
    total: 1,
    listed: [{ accountId: 'a-9', instanceId: 'adj-9', because: { code: 'corrupt_record', field: null, message: '' } }],
  },
  approvers: { total: 1, listed: [{ person: 'u-2', open: 0, draft: 1 }] },
}

const withOpen = async (): Promise<Simulation> => {
  const { approvers, ...more } = open
  const some = await sample()
  return { ...some, ...more, accounts: { ...some.accounts, notGoverned: 3 }, load: { ...some.load, approvers } }
}

const read = (value: unknown) => readSimulation(canonicalJson(value as JsonValue))
type Tree = { readonly [key: string]: unknown }
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Places of all members, through the first item of each list. */
function placesIn(value: unknown, above: readonly string[] = []): readonly (readonly string[])[] {
  const inside = Array.isArray(value) ? [['0', value[0] as unknown] as const] : isTree(value) ? Object.entries(value) : []
  return inside.flatMap(([key, member]) => (member === undefined ? [] : [[...above, key], ...placesIn(member, [...above, key])]))
}

/** Places of all numbers, through every item of each list. */
function placesOfNumbers(value: unknown, above: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value === 'number') return [above]
  const inside = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return inside.flatMap(([key, member]) => placesOfNumbers(member, [...above, key]))
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

  it('a figure that is changed by itself is refused, but for those that nothing else tells', async () => {
    const whole = await withOpen()
    expect(read(whole)).toEqual({ ok: true, simulation: whole })
    const places = placesOfNumbers(whole)
    expect(places.length).toBeGreaterThan(200)
    const free = new Set<string>()
    for (const place of places)
      if ([1, -1].every((by) => read(changed(whole, place, (n) => (n as number) + by)).ok))
        free.add(place.map((key) => (/^\d+$/.test(key) ? '*' : key)).join('.'))
    // Of what a journal keeps: accounts that no review takes, and how many clocks and approvals are open at all.
    expect([...free].sort()).toEqual([
      'accounts.notGoverned',
      'capacity.*.limitAfter',
      'capacity.*.limitBefore',
      'diff.*.after',
      'diff.*.after.minor',
      'diff.*.before',
      'diff.*.before.minor',
      'instances.approvals.listed.*.lacks.needed',
      'instances.approvals.listed.*.lacks.there',
      'instances.approvals.open',
      'instances.clocks.listed.*.dueAfter',
      'instances.clocks.listed.*.dueBefore',
      'instances.clocks.open',
      'instances.clocks.overdueNow',
      'load.approvers.listed.*.draft',
      'load.managers.listed.*.limit',
      'load.managers.listed.*.minor',
      'movers.listed.*.because.*.actual',
      'movers.listed.*.because.*.after.minor',
      'movers.listed.*.because.*.before.minor',
      'movers.listed.*.minor',
      'rebate.brackets.draft.*.accounts',
      'rebate.brackets.draft.*.from',
      'rebate.brackets.draft.*.percent',
      'rebate.brackets.inForce.*.accounts',
      'rebate.brackets.inForce.*.from',
      'rebate.brackets.inForce.*.percent',
      'sensitivity.*.after',
      'sensitivity.*.before',
    ])
  })

  it.each([
    ['period', 'period.to', '2026-01-01'],
    ['classes.exit', 'classes', (of: Simulation['classes']) => ({ ...of, B: of.exit, exit: of.B })],
    ['classes.none', 'classes', ({ B, none, ...of }: Simulation['classes']) => ({ ...of, B: none, none: B })],
    ['recommended', 'recommended', ({ B, none, ...of }: Simulation['recommended']) => ({ ...of, B: none, none: B })],
    ['directions.inForce', 'directions.inForce', null],
    ['failures', 'failures.listed.0.instanceId', null],
    ['failures', 'accounts', (of: Simulation['accounts']) => ({ ...of, failed: 1, total: of.total + 1 })],
    ['directions.inForce', 'policy.inForce', null],
    ['movers', 'diff', []],
    ['movers', 'policy.draft.hash', (_: unknown, { policy }: Simulation) => policy.inForce?.hash],
    ['movers.listed', 'movers.listed.0.by', 'class'],
    ['movers.listed', 'movers.listed.0.direction', 'assigned'],
    ['movers.listed', 'movers.listed.0.recommendedAfter', 'exit'],
    ['movers.listed', 'movers.listed.0.directionBefore', null],
    ['movers.listed', 'movers.listed', (of: readonly unknown[]) => [...of, ...of]],
    ['reclassified', 'reclassified', (of: Simulation['reclassified']) => ({ ...of, total: 3, down: 3 })],
    ['reclassified.listed', 'reclassified.listed', (_: unknown, { movers }: Simulation) => movers.listed],
    ['sales', 'sales.A.before.minor', 1],
    ['capacity', 'capacity', (of: readonly unknown[]) => of.slice(1)],
    ['capacity.0', 'capacity.0.tier', 'B'],
    ['capacity.0', 'capacity.0.over', true],
    ['capacity', 'capacity.0.now', 9],
    ['sensitivity', 'sensitivity.0.percent', (n: number) => -n],
    ['sensitivity', 'sensitivity', ([first]: readonly unknown[]) => [first, first]],
    ['instances.open', 'instances.byKind.complaint', 9],
    ['instances.clocks', 'instances.clocks.listed.0.change', 'later'],
    ['instances.clocks', 'instances.clocks.overdueNow', 8],
    ['instances.approvals', 'instances.approvals.listed.0.lacks', null],
    ['load.approvers', 'instances.approvals', { open: 0, changed: 0, belowQuorum: 0, listed: [] }],
    ['failures', 'instances', null],
    ['load.managers.over', 'load.managers.listed.0.over', false],
    ['load.managers', 'load.managers.listed.0.keyAccounts', 9],
    ['load.managers', 'load.managers.listed.0.accounts', 9],
    ['rebate', 'rebate.year', 2024],
    ['rebate.draftMinor', 'rebate.draftMinor', 1],
    ['rebate.inForceMinor', 'rebate.inForceMinor', null],
    ['rebate.unknown', 'rebate.unknown', 9],
  ] as const)('figures that contradict one another are refused: %s by %s', async (at, place, to) => {
    const whole = await withOpen()
    const told = changed(whole, place.split('.'), (member) =>
      typeof to === 'function' ? (to as (member: unknown, whole: Simulation) => unknown)(member, whole) : to,
    )
    const result = read(told)
    expect([place, result.ok ? null : result.at]).toEqual([place, at])
  })

  it('without a policy in force there is nothing that it differs from', async () => {
    const [first, { diff, sensitivity }] = [await simulated(null, draft, accounts, { sensitivity: false }), await sample()]
    expect(read({ ...first, sensitivity }).ok).toBe(true)
    expect(read({ ...first, diff })).toEqual({ ok: false, at: 'diff' })
  })

  it('one that is too long says so, before anything of it is read', () => {
    expect(readSimulation('x'.repeat(longestSimulation + 1))).toEqual({
      ok: false,
      at: '',
      tooLong: { is: longestSimulation + 1, most: longestSimulation },
    })
  })
})
