import { tiers, type Tier } from '../policy/parts.ts'
import type { Policy } from '../policy/schema.ts'
import { compareText } from '../rules/index.ts'
import type { Recommendation } from '../scoring/types.ts'
import type { Verdict } from './judge.ts'
import { countMove, directionOf, newMoveTally } from './moves.ts'
import { createTopList } from './top-list.ts'
import type { ManagerLoad, SimulatedAccount, Simulation, TierBefore, TierMatrix, TierOrExit } from './types.ts'

type Writable<T> = { -readonly [K in keyof T]: T[K] extends number ? number : Writable<T[K]> }
type Directions = Writable<Simulation['directions']['draft']>

const befores: readonly TierBefore[] = [...tiers, 'exit', 'none']
const afters: readonly TierOrExit[] = [...tiers, 'exit']
const directions: readonly Recommendation['direction'][] = [
  'up',
  'down',
  'stay',
  'nominate',
  'exit',
  'assign',
  'notAssessed',
  'hold',
]

const each = <K extends string, V>(keys: readonly K[], make: () => V): Record<K, V> =>
  Object.fromEntries(keys.map((key) => [key, make()])) as Record<K, V>
const newMatrix = (): Writable<TierMatrix> => each(befores, () => each(afters, () => 0))
const newDirections = (): Directions => each(directions, () => 0)
const newTiers = (): Record<Tier, number> => each(tiers, () => 0)

interface ManagerTally {
  accounts: number
  keyAccounts: number
  minor: number
  readonly before: Record<Tier, number>
  readonly after: Record<Tier, number>
}

/** An account with what both policies make of it; `before` is null where no policy is in force. */
export interface Counted {
  readonly account: SimulatedAccount
  readonly isKeyAccount: boolean
  readonly before: Verdict | null
  readonly after: Verdict
  readonly minor: number | null
}

/** What the accounts of a portfolio add up to. It grows with the managers, never with the accounts. */
export interface Tally {
  readonly add: (counted: Counted) => void
  readonly fail: () => void
  readonly report: () => Pick<
    Simulation,
    'accounts' | 'classes' | 'recommended' | 'directions' | 'sales' | 'movers' | 'reclassified' | 'capacity'
  > & { readonly managers: Simulation['load']['managers'] }
}

export function createTally(inForce: Policy | null, draft: Policy, limit: number): Tally {
  const accounts = { total: 0, assessed: 0, provisional: 0, notAssessed: 0, failed: 0, notGoverned: 0 }
  const classes = newMatrix()
  const recommended = newMatrix()
  const directionsBefore = newDirections()
  const directionsAfter = newDirections()
  const sales = each(befores, () => ({ before: { accounts: 0, minor: 0 }, after: { accounts: 0, minor: 0 } }))
  const now = newTiers()
  const [tierBefore, tierAfter] = [newTiers(), newTiers()]
  const [movers, reclassified] = [newMoveTally(), newMoveTally()]
  const managers = new Map<string, ManagerTally>()

  const add: Tally['add'] = ({ account, isKeyAccount, before, after, minor }) => {
    const tierNow = account.standing.tier
    const from: TierBefore = before?.recommended ?? tierNow ?? 'none'
    const classFrom: TierBefore = before?.class ?? tierNow ?? 'none'
    accounts.total++
    accounts[after.status]++
    classes[classFrom][after.class]++
    recommended[from][after.recommended]++
    if (before !== null) directionsBefore[before.direction]++
    directionsAfter[after.direction]++
    sales[from].before.accounts++
    sales[from].before.minor += minor ?? 0
    sales[after.recommended].after.accounts++
    sales[after.recommended].after.minor += minor ?? 0
    if (tierNow !== null) now[tierNow]++
    if (from !== 'none' && from !== 'exit') tierBefore[from]++
    if (after.recommended !== 'exit') tierAfter[after.recommended]++
    const move = directionOf(from, after.recommended)
    if (move !== null) countMove(movers, move)
    const change = directionOf(classFrom, after.class)
    if (move === null && change !== null) countMove(reclassified, change)
    if (account.manager == null) return
    let load = managers.get(account.manager)
    if (load === undefined) {
      load = { accounts: 0, keyAccounts: 0, minor: 0, before: newTiers(), after: newTiers() }
      managers.set(account.manager, load)
    }
    load.accounts++
    if (isKeyAccount) load.keyAccounts++
    load.minor += minor ?? 0
    if (from !== 'none' && from !== 'exit') load.before[from]++
    if (after.recommended !== 'exit') load.after[after.recommended]++
  }

  const managersListed = (): Simulation['load']['managers'] => {
    const most = draft.capacity.maxKaPerManager
    const listed = createTopList<ManagerLoad>(
      limit,
      (a, b) => b.keyAccounts - a.keyAccounts || b.accounts - a.accounts || compareText(a.manager, b.manager),
    )
    let over = 0
    for (const [manager, load] of managers) {
      const isOver = most !== null && load.keyAccounts > most
      if (isOver) over++
      listed.add({ manager, ...load, limit: most, over: isOver })
    }
    return { total: managers.size, over, listed: listed.listed() }
  }

  return {
    add,
    fail: () => {
      accounts.total++
      accounts.failed++
    },
    report: () => ({
      accounts,
      classes,
      recommended,
      directions: { inForce: inForce === null ? null : directionsBefore, draft: directionsAfter },
      sales,
      movers: { ...movers, listed: [] },
      reclassified: { ...reclassified, listed: [] },
      capacity: tiers.map((tier) => ({
        tier,
        now: now[tier],
        before: tierBefore[tier],
        after: tierAfter[tier],
        limitBefore: inForce?.capacity.tiers[tier] ?? null,
        limitAfter: draft.capacity.tiers[tier],
        over: draft.capacity.tiers[tier] !== null && tierAfter[tier] > draft.capacity.tiers[tier],
      })),
      managers: managersListed(),
    }),
  }
}
