import { directionOf, newMoveTally, type MoveTally } from '../moves.ts'
import type { Mover, Simulation, TierBefore, TierMatrix } from '../types.ts'
import { afters, befores, covers, directions, sumOf, type Law } from './law.ts'

/** The moves that a matrix shows: all that lies off its diagonal. */
function movesIn(of: TierMatrix): MoveTally {
  const found = newMoveTally()
  for (const from of befores)
    for (const to of afters) {
      const direction = directionOf(from, to)
      if (direction === null) continue
      found[direction] += of[from][to]
      found.total += of[from][to]
    }
  return found
}

const wasRecommended = ({ recommendedBefore, tierNow }: Mover): TierBefore => recommendedBefore ?? tierNow ?? 'none'
const wasClass = ({ classBefore, tierNow }: Mover): TierBefore => classBefore ?? tierNow ?? 'none'

/** What a mover is said to be, by what both policies make of it. */
function isMover(mover: Mover, by: Mover['by'], { policy }: Simulation): boolean {
  const { from, to, direction, classAfter, recommendedAfter, because } = mover
  const [was, is] = by === 'class' ? [wasClass(mover), classAfter] : [wasRecommended(mover), recommendedAfter]
  const isFirst = policy.inForce === null
  return (
    mover.by === by &&
    (from ?? 'none') === was &&
    to === is &&
    direction === directionOf(was, is) &&
    (by === 'recommended' || directionOf(wasRecommended(mover), recommendedAfter) === null) &&
    [mover.classBefore, mover.recommendedBefore, mover.directionBefore].every((before) => (before === null) === isFirst) &&
    (!isFirst || because.length === 0)
  )
}

const isListed = ({ total, listed }: Simulation['movers'], of: TierMatrix, isWhole: boolean): boolean =>
  listed.length <= total &&
  befores.every((from) =>
    afters.every((to) => {
      if (directionOf(from, to) === null) return true
      const shown = listed.filter((mover) => (mover.from ?? 'none') === from && mover.to === to).length
      return shown <= of[from][to] && (!isWhole || of[from][to] - shown <= total - listed.length)
    }),
  )

/** Who moves is told three times: as moves, as the matrix of them, and by what each tier has before and after. */
export const ofMoves: readonly Law[] = [
  ...(['total', ...directions] as const).map((count): Law => [
    `movers.${count}`,
    ({ movers, recommended }) => movers[count] === movesIn(recommended)[count],
  ]),
  // A class that differs moves its account or reclassifies it.
  [
    'reclassified',
    ({ reclassified: of, movers, classes }) => {
      const all = movesIn(classes)
      return (
        sumOf(directions, (direction) => of[direction]) === of.total &&
        directions.every((direction) => of[direction] <= all[direction]) &&
        all.total <= of.total + movers.total
      )
    },
  ],
  // Policies that do not differ move nobody.
  [
    'movers',
    ({ policy: { inForce, draft }, diff, movers, reclassified }) =>
      inForce === null || (diff.length > 0 && inForce.hash !== draft.hash) || movers.total + reclassified.total === 0,
  ],
  [
    'movers.listed',
    (s) => s.movers.listed.every((one) => isMover(one, 'recommended', s)) && isListed(s.movers, s.recommended, true),
  ],
  [
    'reclassified.listed',
    (s) =>
      s.reclassified.listed.every((one) => isMover(one, 'class', s)) &&
      isListed(s.reclassified, s.classes, false) &&
      directions.every((name) =>
        covers(s.reclassified[name], s.reclassified.total, s.reclassified.listed, ({ direction }) => direction === name),
      ),
  ],
]
