import type { Finding } from '../../errors/index.ts'
import { flag, type KnownPolicy, type Lint } from './lint.ts'
import { holdersOf, manyVoters, peopleOf, seatRoles, type Holders } from './roles-held.ts'

interface Absence {
  readonly path: string
  readonly from: string
  readonly to: string
  readonly since: string
  readonly until: string
}
interface Body {
  readonly stage: string
  readonly needed: number
  readonly electors: ReadonlySet<string>
}

const absencesOf = ({ directory, effectiveFrom }: KnownPolicy): readonly Absence[] =>
  (directory?.delegations ?? []).flatMap((d, i) => {
    if (d?.from === undefined || d.to === undefined || d.since === undefined || d.until === undefined) return []
    const { from, to, since, until } = d
    if (from === to || since > until || (effectiveFrom !== undefined && until < effectiveFrom)) return []
    return [{ path: `directory.delegations[${String(i)}]`, from, to, since, until }]
  })

const bodiesOf = ({ approval }: KnownPolicy, holders: Holders): readonly Body[] =>
  Object.values(approval ?? {}).flatMap((scheme) =>
    (scheme?.stages ?? []).flatMap((stage): readonly Body[] => {
      const roles = stage === undefined ? undefined : seatRoles(stage)
      if (stage?.id === undefined || roles === undefined) return []
      const electors = peopleOf(roles, holders)
      const needed = stage.mode === 'all' ? electors.size : stage.mode === 'nOfM' ? stage.n : undefined
      return needed === undefined || needed > electors.size || electors.size > manyVoters
        ? []
        : [{ stage: stage.id, needed, electors }]
    }),
  )

/** Hands that vote while these people are away: an elector votes for nobody else, and a delegate for one elector. */
const handsOf = (electors: ReadonlySet<string>, away: readonly Absence[]): number => {
  const absent = new Set(away.map(({ from }) => from))
  const present = [...electors].filter((person) => !absent.has(person))
  const delegates = away.filter(({ from, to }) => electors.has(from) && !electors.has(to)).map(({ to }) => to)
  return new Set([...present, ...delegates]).size
}

/** While somebody is away the others can still decide: dated delegations leave each stage enough votes [I-17, decision "Approvals"]. */
export const lintAbsences: Lint = (policy) => {
  const holders = holdersOf(policy)
  const absences = absencesOf(policy)
  if (holders === undefined || absences.length === 0) return []
  const bodies = bodiesOf(policy, holders)
  return absences.flatMap((absence): readonly Finding[] => {
    const { path, from, since, until } = absence
    const away = absences.filter((other) => other.since <= since && since <= other.until)
    const short = bodies.find(({ electors, needed }) => electors.has(from) && handsOf(electors, away) < needed)
    if (short === undefined) return []
    const electors = handsOf(short.electors, away)
    return [flag(path, 'quorumWhileAway', { n: short.needed, electors, stage: short.stage, since, until })]
  })
}
