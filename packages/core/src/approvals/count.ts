import { activeSeats, distinct } from './electorate.ts'
import type { Approval, ApprovalStage, Seat, Vote } from './types.ts'

/** What a stage's votes come to. `blocked`: nobody's vote could make it pass as the electorate stands. */
export type StageVerdict = 'open' | 'passed' | 'rejected' | 'sentBack' | 'blocked'

/** A stage's living electorate and its votes. */
export interface StageCount {
  readonly seats: readonly Seat[]
  readonly people: readonly string[]
  readonly votes: readonly Vote[]
}

export function countStage(approval: Approval, stage: ApprovalStage): StageCount {
  const seats = activeSeats(approval, stage.id)
  const people = distinct(seats.map((seat) => seat.person))
  return { seats, people, votes: approval.votes.filter((v) => v.stage === stage.id && people.includes(v.elector)) }
}

/**
 * How many departments the approvers cover when each counts for one only: a largest matching, so that it does not depend on the order of votes.
 */
export function departmentsCovered(
  seats: readonly Seat[],
  approvers: ReadonlySet<string>,
  departments: readonly string[],
): readonly string[] {
  const heldBy = new Map<string, string>()
  const assign = (department: string, tried: Set<string>): boolean => {
    for (const seat of seats) {
      if (seat.added || seat.department !== department || !approvers.has(seat.person) || tried.has(seat.person)) continue
      tried.add(seat.person)
      const other = [...heldBy].find(([, person]) => person === seat.person)?.[0]
      if (other === undefined || assign(other, tried)) {
        heldBy.set(department, seat.person)
        return true
      }
    }
    return false
  }
  for (const department of departments) assign(department, new Set())
  return departments.filter((department) => heldBy.has(department))
}

/** How many approvals of its mode a stage has from these people, and how many it takes. */
export function tally(
  stage: ApprovalStage,
  seats: readonly Seat[],
  approvers: ReadonlySet<string>,
): { readonly reached: number; readonly needed: number } {
  const counting = distinct(seats.filter((seat) => !seat.added).map((seat) => seat.person))
  const reached = counting.filter((person) => approvers.has(person)).length
  switch (stage.mode) {
    case 'any':
      return { reached: Math.min(reached, 1), needed: 1 }
    case 'all':
      return { reached, needed: counting.length }
    case 'nOfM':
      return { reached: Math.min(reached, stage.n), needed: stage.n }
    case 'perDepartment':
      return { reached: departmentsCovered(seats, approvers, stage.departments).length, needed: stage.departments.length }
  }
}

/** Roles without which the stage does not pass and that none of these people holds. */
export function rolesWithout(roles: readonly string[], seats: readonly Seat[], people: ReadonlySet<string>): readonly string[] {
  return roles.filter((role) => !seats.some((seat) => seat.role === role && !seat.added && people.has(seat.person)))
}

/** Whether the stage passes when exactly these people approve. */
export function passesWith(stage: ApprovalStage, seats: readonly Seat[], approvers: ReadonlySet<string>): boolean {
  if (seats.length === 0) return false
  const { reached, needed } = tally(stage, seats, approvers)
  const everyone = new Set(seats.map((seat) => seat.person))
  return (
    reached >= needed &&
    seats.every((seat) => !seat.added || approvers.has(seat.person)) &&
    rolesWithout(stage.required, seats, approvers).length === 0 &&
    (stage.mode !== 'all' || rolesWithout(stage.roles, seats, everyone).length === 0)
  )
}

/** Who rejected with a veto role. */
export function vetoesOf(stage: ApprovalStage, count: StageCount): readonly string[] {
  const holds = (person: string): boolean =>
    count.seats.some((s) => s.person === person && !s.added && stage.veto.includes(s.role))
  return count.votes.filter((v) => v.choice === 'reject' && holds(v.elector)).map((v) => v.elector)
}

/**
 * What the votes of a stage come to, whatever their order.
 * - `rejected` at once by a veto; else as soon as it could not pass even if everyone who has not voted approved: then the electors have refused it,
 *   by `sentBack` when at least as many sent it back as rejected it;
 * - `blocked` when it could not pass even if everyone approved: nobody refused it, the electorate is short;
 * - `passed` as soon as its mode, required roles and added approvers are satisfied.
 */
export function verdictOf(stage: ApprovalStage, count: StageCount): StageVerdict {
  if (vetoesOf(stage, count).length > 0) return 'rejected'
  const choosing = (choice: Vote['choice']): ReadonlySet<string> =>
    new Set(count.votes.filter((v) => v.choice === choice).map((v) => v.elector))
  if (passesWith(stage, count.seats, choosing('approve'))) return 'passed'
  if (!passesWith(stage, count.seats, new Set(count.people))) return 'blocked'
  const rejecting = choosing('reject')
  const returning = choosing('sendBack')
  const possible = new Set(count.people.filter((person) => !rejecting.has(person) && !returning.has(person)))
  if (passesWith(stage, count.seats, possible)) return 'open'
  return returning.size >= rejecting.size ? 'sentBack' : 'rejected'
}
