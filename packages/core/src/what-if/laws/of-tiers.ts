import { tiers } from '../../policy/parts.ts'
import { befores, fromOf, judged, sumOf, toOf, type Law } from './law.ts'

/** Sums of whole numbers are exact up to here, in whatever order. */
const isSame = (a: number, b: number): boolean => a === b || !Number.isSafeInteger(a) || !Number.isSafeInteger(b)

/** What each tier has before and after. */
export const ofTiers: readonly Law[] = [
  ...befores.flatMap((name): readonly Law[] => [
    [`sales.${name}.before`, ({ sales, recommended }) => sales[name].before.accounts === fromOf(recommended, name)],
    [
      `sales.${name}.after`,
      ({ sales, recommended }) => sales[name].after.accounts === (name === 'none' ? 0 : toOf(recommended, name)),
    ],
    [
      `sales.${name}`,
      ({ sales }) => [sales[name].before, sales[name].after].every(({ accounts, minor }) => accounts > 0 || minor === 0),
    ],
  ]),
  [
    'sales',
    ({ sales }) =>
      isSame(
        sumOf(befores, (name) => sales[name].before.minor),
        sumOf(befores, (name) => sales[name].after.minor),
      ),
  ],
  ['capacity', ({ capacity }) => capacity.length === tiers.length],
  ...tiers.map((tier, i): Law => [
    `capacity.${String(i)}`,
    ({ capacity, recommended, policy }) => {
      const room = capacity[i]
      return (
        room?.tier === tier &&
        room.before === fromOf(recommended, tier) &&
        room.after === toOf(recommended, tier) &&
        (policy.inForce !== null || (room.now === room.before && room.limitBefore === null)) &&
        room.over === (room.limitAfter !== null && room.after > room.limitAfter)
      )
    },
  ]),
  ['capacity', (s) => sumOf(s.capacity, ({ now }) => now) <= judged(s)],
]
