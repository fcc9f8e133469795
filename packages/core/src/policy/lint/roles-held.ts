import { departmentOfRole, relativeRoles } from '../roles.ts'
import type { SchemePart } from './known-budget.ts'
import type { KnownPolicy } from './lint.ts'

/** Somebody with a role; `everywhere` unless the role holds for listed accounts only. */
export interface Holder {
  readonly person: string
  readonly everywhere: boolean
}
/** Who holds each role of the static directory, by id. */
export type Holders = ReadonlyMap<string, readonly Holder[]>

const byId = (a: readonly [string, unknown], b: readonly [string, unknown]): number => (a[0] < b[0] ? -1 : 1)

/** Who holds which role; `undefined` without a static directory. */
export function holdersOf({ directory }: KnownPolicy): Holders | undefined {
  if (directory?.people === undefined) return undefined
  const holders = new Map<string, Holder[]>()
  for (const [person, entry] of Object.entries(directory.people).sort(byId))
    for (const role of new Set(entry?.roles ?? [])) {
      if (role === undefined) continue
      const list = holders.get(role) ?? []
      list.push({ person, everywhere: entry?.accounts === undefined })
      holders.set(role, list)
    }
  return holders
}

export type StagePart = NonNullable<NonNullable<NonNullable<SchemePart>['stages']>[number]>

const relative: ReadonlySet<string> = new Set(relativeRoles)

/** The roles that have seats in a stage: required and veto roles are electors too. `undefined` when one is not known, or known only with the matter. */
export function seatRoles(stage: StagePart): readonly string[] | undefined {
  if (stage.electors === undefined) return undefined
  const roles = [...stage.electors, ...(stage.required ?? []), ...(stage.veto ?? [])]
  return roles.every((role) => role !== undefined) && !roles.some((role) => relative.has(role)) ? [...new Set(roles)] : undefined
}

/** Everybody who has a seat for one of the roles; one person once, in however many seats. */
export const peopleOf = (roles: readonly string[], holders: Holders): ReadonlySet<string> =>
  new Set(roles.flatMap((role) => (holders.get(role) ?? []).map(({ person }) => person)))

interface Seat {
  readonly person: string
  readonly department: string
}

/** Departments that get a voter of their own when each person votes for one only: a largest matching. */
function covered(seats: readonly Seat[], departments: readonly string[]): readonly string[] {
  const voterOf = new Map<string, string>()
  const departmentOf = new Map<string, string>()
  const assign = (department: string, tried: Set<string>): boolean => {
    for (const seat of seats) {
      if (seat.department !== department || tried.has(seat.person)) continue
      tried.add(seat.person)
      const other = departmentOf.get(seat.person)
      if (other !== undefined && !assign(other, tried)) continue
      voterOf.set(department, seat.person)
      departmentOf.set(seat.person, department)
      return true
    }
    return false
  }
  for (const department of departments) assign(department, new Set())
  return departments.filter((department) => voterOf.has(department))
}

/** More voters than an approval can seat; whoever has so many lacks none. */
export const manyVoters = 500

/** How many departments can vote at once, as an approval opens: where a department's only voter is needed by another, the substitute sits in. */
export function departmentVotes(
  roles: readonly string[],
  substitute: string,
  holders: Holders,
): { readonly departments: readonly string[]; readonly voters: number } {
  const seats: Seat[] = roles.flatMap((role) =>
    (holders.get(role) ?? []).map(({ person }) => ({ person, department: departmentOfRole(role) })),
  )
  const departments = [...new Set(seats.map((seat) => seat.department))]
  if (seats.length > manyVoters) return { departments, voters: departments.length }
  const alone = covered(seats, departments)
  const reserve = holders.get(substitute) ?? []
  const helped = departments
    .filter((department) => !alone.includes(department))
    .flatMap((department) => reserve.map(({ person }) => ({ person, department })))
  return { departments, voters: covered([...seats, ...helped], departments).length }
}
