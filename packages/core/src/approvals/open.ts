import type { Instant } from '../calendar/index.ts'
import type { ApprovalSchemeSpec, ApprovalStageSpec } from '../policy/approval-scheme.ts'
import type { Failure } from '../rules/index.ts'
import { departmentsCovered, passesWith, tally } from './count.ts'
import { departmentOf, distinct } from './electorate.ts'
import { settleStages } from './settle.ts'
import {
  approvalLimits,
  type Approval,
  type ApprovalResult,
  type ApprovalStage,
  type BarredPerson,
  type ResolvedElector,
  type Seat,
} from './types.ts'

/** What opening an approval needs. */
export interface OpenApprovalInput {
  readonly scheme: ApprovalSchemeSpec
  /** Its name in the policy, e.g. `tierTop`, kept with the approval, so that it is known later which one it was. */
  readonly schemeName?: string
  /** Who holds the roles of {@link rolesOfScheme} now. */
  readonly electors: readonly ResolvedElector[]
  /** Everyone who made the material; of a delegated act both names. */
  readonly makers: readonly string[]
  readonly barred: readonly BarredPerson[]
  /** Hash of the material under judgement. */
  readonly basis: string
  readonly at: Instant
}

const seatRoles = (spec: ApprovalStageSpec): readonly string[] => distinct([...spec.electors, ...spec.required, ...spec.veto])

/**
 * The roles whose holders `openApproval` must be told: electors, required, veto and heard roles, and the substitute.
 *
 * @example
 * ```ts
 * const electors = rolesOfScheme(scheme).flatMap((role) => directory.members(role).map((person) => ({ person, role })))
 * ```
 */
export function rolesOfScheme(scheme: ApprovalSchemeSpec): readonly string[] {
  return distinct([...scheme.stages.flatMap((stage) => [...seatRoles(stage), ...stage.heard]), scheme.substitute])
}

/**
 * Opens an approval with a fixed electorate [I-17]. Required and veto roles are electors too. Makers and barred people get no seat; where that empties a
 * role (in `perDepartment` a department), the holders of the scheme's substitute role sit for it, as they do for a department whose only voter is
 * already needed by another. Having checked or sent back an earlier round excludes nobody.
 *
 * @returns the approval, or every reason why the electorate could never approve: it fails closed.
 * @example
 * ```ts
 * const opened = openApproval({ scheme, electors, makers: ['u-1'], barred: [], basis, at })
 * opened.ok && outcomeOf(opened.approval).outcome // => 'pending'
 * ```
 */
export function openApproval(input: OpenApprovalInput): ApprovalResult {
  const { scheme, makers, barred, basis, at } = input
  const excluded = new Set([...makers, ...barred.map((b) => b.person)])
  const reserve = eligible(input.electors, scheme.substitute, excluded)
  const built = scheme.stages.map((spec) => buildStage(spec, input.electors, excluded, reserve))
  const failures = [...inputFailures(input), ...built.flatMap((b) => b.failures)]
  if (failures.length > 0) return { ok: false, failures }
  const stages = built.map(({ stage }, index): ApprovalStage => {
    const before = scheme.order === 'sequential' ? scheme.stages[index - 1] : undefined
    return before === undefined ? { ...stage, status: 'open', openedAt: at } : { ...stage, after: [before.id] }
  })
  const approval: Approval = {
    scheme,
    ...(input.schemeName === undefined ? {} : { schemeName: input.schemeName }),
    basis,
    openedAt: at,
    stages,
    seats: built.flatMap((b) => b.seats),
    reserve,
    makers: distinct(makers),
    barred,
    votes: [],
    opinions: [],
    copies: [],
    changes: [],
    timeouts: [],
    decision: null,
    voided: null,
  }
  return { ok: true, approval: settleStages(approval, at) }
}

function inputFailures({ scheme, electors, makers, barred, basis }: OpenApprovalInput): readonly Failure[] {
  const failures: Failure[] = []
  if (basis === '') failures.push({ code: 'basis_required', required: 'basis', actual: null })
  const most = Math.max(electors.length, makers.length, barred.length)
  if (most > approvalLimits.people) failures.push({ code: 'limit_reached', required: approvalLimits.people, actual: most })
  const ids = scheme.stages.map((stage) => stage.id)
  if (distinct(ids).length < ids.length)
    failures.push({ code: 'value_not_allowed', parameter: 'stages', required: distinct(ids), actual: ids })
  return failures
}

function eligible(electors: readonly ResolvedElector[], role: string, excluded: ReadonlySet<string>): readonly string[] {
  return distinct(electors.filter((e) => e.role === role && !excluded.has(e.person)).map((e) => e.person))
}

function buildStage(
  spec: ApprovalStageSpec,
  electors: readonly ResolvedElector[],
  excluded: ReadonlySet<string>,
  reserve: readonly string[],
): { readonly stage: ApprovalStage; readonly seats: readonly Seat[]; readonly failures: readonly Failure[] } {
  const failures: Failure[] = []
  const seats: Seat[] = []
  const seat = (person: string, role: string, department: string, instead?: string): Seat => ({
    stage: spec.id,
    person,
    role,
    department,
    origin: instead === undefined ? 'scheme' : 'substitute',
    added: false,
    ...(instead === undefined ? {} : { instead }),
    vacated: null,
  })
  const sitIn = (role: string, department: string, instead: string): void => {
    seats.push(...reserve.map((person) => seat(person, role, department, instead)))
  }
  const mustBeHeld = (role: string): boolean =>
    spec.mode === 'all' || spec.mode === 'perDepartment' || spec.required.includes(role) || spec.veto.includes(role)

  for (const role of seatRoles(spec)) {
    const holders = electors
      .filter((e) => e.role === role)
      .map((e) => ({ person: e.person, department: e.department ?? departmentOf(role) }))
    // Substitutes sit for a role; where departments count, or all must approve and the role has one holder a department, for each department of it.
    const several = electors.some((e) => e.role === role && e.department !== undefined)
    const apart = spec.mode === 'perDepartment' || (spec.mode === 'all' && several)
    const groups = apart ? distinct(holders.map((h) => h.department)) : [null]
    for (const group of groups) {
      const own = group === null ? holders : holders.filter((h) => h.department === group)
      const free = own.filter((h) => !excluded.has(h.person))
      seats.push(...free.map((h) => seat(h.person, role, h.department)))
      const [first] = own
      if (first !== undefined && free.length === 0) sitIn(role, first.department, first.person)
    }
    const held =
      groups.length > 0 && groups.every((g) => seats.some((s) => s.role === role && (g === null || s.department === g)))
    if (!held && mustBeHeld(role)) failures.push(emptyFailure(spec.id, role, holders.length))
  }

  const departments = spec.mode === 'perDepartment' ? distinct(seats.map((s) => s.department)) : []
  const covered = departmentsCovered(seats, new Set(seats.map((s) => s.person)), departments)
  for (const department of departments.filter((d) => !covered.includes(d))) {
    const shared = seats.find((s) => s.department === department)
    if (shared !== undefined) sitIn(shared.role, department, shared.person)
  }

  const stage: ApprovalStage = {
    id: spec.id,
    mode: spec.mode,
    n: spec.mode === 'nOfM' ? (spec.n ?? 0) : 0,
    roles: seatRoles(spec),
    departments,
    required: spec.required,
    veto: spec.veto,
    heard: distinct(electors.filter((e) => spec.heard.includes(e.role) && !excluded.has(e.person)).map((e) => e.person)),
    escalateTo: spec.escalateTo ?? null,
    after: [],
    addedBy: null,
    status: 'waiting',
    openedAt: null,
    endedAt: null,
  }
  const everyone = new Set(seats.map((s) => s.person))
  if (spec.mode === 'nOfM' && spec.n === undefined)
    failures.push({
      code: 'field_missing',
      parameter: `${spec.id}.n`,
      required: 'n',
      actual: null,
      remedy: { kind: 'fill', field: 'n' },
    })
  else if (failures.length === 0 && !passesWith(stage, seats, everyone)) {
    const { reached, needed } = tally(stage, seats, everyone)
    failures.push({
      code: 'empty_electorate',
      required: { stage: spec.id, electors: needed },
      actual: reached,
      remedy: { kind: 'ask', roles: [...seatRoles(spec)] },
    })
  }
  return { stage, seats, failures }
}

function emptyFailure(stage: string, role: string, holders: number): Failure {
  return {
    code: 'empty_electorate',
    required: { stage, role },
    actual: { holders, eligible: 0 },
    remedy: { kind: 'ask', roles: [role] },
  }
}
