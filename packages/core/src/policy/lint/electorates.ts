import type { Finding } from '../../errors/index.ts'
import { guesser } from '../findings/index.ts'
import { formatPath } from '../source/index.ts'
import { affectedHead, departmentOfRole, namedRoles, relativeRoles } from '../roles.ts'
import type { SchemePart } from './known-budget.ts'
import { flag, type KnownPolicy, type Lint } from './lint.ts'
import { departmentVotes, holdersOf, peopleOf, seatRoles, type Holders, type StagePart } from './roles-held.ts'
import { rolesUsed, type RoleUse } from './roles-used.ts'

const relative: ReadonlySet<string> = new Set(relativeRoles)
const named: ReadonlySet<string> = new Set(namedRoles)
const bodies: ReadonlySet<string> = new Set(namedRoles.map(departmentOfRole))

/** What a role can be. */
interface Names {
  readonly departments: ReadonlySet<string> | undefined
  readonly holders: Holders | undefined
  readonly guess: (word: string) => string | undefined
}

const namesOf = ({ departments }: KnownPolicy, holders: Holders | undefined): Names => {
  const ids = Object.keys(departments ?? {})
  return {
    departments: departments === undefined ? undefined : new Set(ids),
    holders,
    guess: guesser([...named, ...relative, ...ids.flatMap((id) => [id, `${id}.head`])]),
  }
}

/** A role of a department that does not exist, or a name nobody knows. */
const unknownRole = ({ path, role }: RoleUse, { departments, holders, guess }: Names): readonly Finding[] => {
  if (departments === undefined || relative.has(role) || named.has(role) || holders?.has(role) === true) return []
  const department = departmentOfRole(role)
  if (departments.has(department) || (role.includes('.') && bodies.has(department))) return []
  const near = guess(role) ?? null
  // Who decides is nobody's guess: there is no fix.
  return role.includes('.')
    ? [flag(path, 'departmentUnknown', { department, near })]
    : [flag(path, 'roleUnknown', { role, near })]
}

/** Roles that act for every account: heads, the KA management group, company management. */
const actsForAll = (role: string): boolean => role.endsWith('.head') || role === 'kaGroup.member' || role === 'companyManagement'

const nobody = ({ path, role, purpose }: RoleUse, holders: Holders | undefined): readonly Finding[] => {
  if (holders === undefined || relative.has(role)) return []
  const held = holders.get(role) ?? []
  if (held.length === 0) return [flag(path, purpose === 'decides' ? 'roleWithoutHolder' : 'roleNotTold', { role })]
  return purpose === 'decides' && actsForAll(role) && !held.some((holder) => holder.everywhere)
    ? [flag(path, 'roleForSomeAccounts', { role })]
    : []
}

const stageFindings = (path: string, stage: StagePart): readonly Finding[] => {
  const { mode, n, timeout, escalateTo } = stage
  return [
    ...(mode === 'nOfM' && n === undefined ? [flag(`${path}.n`, 'countMissing', {})] : []),
    ...(mode !== undefined && mode !== 'nOfM' && n !== undefined ? [flag(`${path}.n`, 'countMeaningless', { mode })] : []),
    ...(timeout !== undefined && escalateTo === undefined ? [flag(`${path}.escalateTo`, 'escalationMissing', {})] : []),
    ...(timeout === undefined && escalateTo !== undefined ? [flag(`${path}.timeout`, 'timeoutMissing', {})] : []),
  ]
}

/** Who heads the affected departments is known only with the matter; such stages are left out. */
const quorum = (path: string, stage: StagePart, substitute: string | undefined, holders: Holders): readonly Finding[] => {
  const roles = seatRoles(stage)
  if (roles === undefined) return []
  const { mode, n } = stage
  if (mode === 'nOfM' && n !== undefined) {
    const electors = peopleOf(roles, holders).size
    const at = `${path}.n`
    return electors === 0 || electors >= n ? [] : [flag(at, 'quorumUnreachable', { n, electors })]
  }
  if (mode !== 'perDepartment' || substitute === undefined || roles.some((role) => !holders.has(role))) return []
  const { departments, voters } = departmentVotes(roles, substitute, holders)
  return voters < departments.length ? [flag(path, 'departmentsShareVoter', { departments, voters })] : []
}

const duplicateStages = (path: string, ids: readonly (string | undefined)[]): readonly Finding[] =>
  ids.flatMap((id, i) =>
    id !== undefined && ids.indexOf(id) < i ? [flag(`${path}.stages[${String(i)}].id`, 'stageTwice', { stage: id })] : [],
  )

const perDepartment = (path: string, stage: StagePart, departments: ReadonlySet<string> | undefined): readonly Finding[] =>
  stage.mode !== 'perDepartment' || departments === undefined
    ? []
    : (stage.electors ?? []).flatMap((role, i) =>
        role === undefined || role === affectedHead || departments.has(departmentOfRole(role))
          ? []
          : [flag(`${path}.electors[${String(i)}]`, 'notADepartment', { role })],
      )

const schemeFindings = (path: string, scheme: SchemePart, { holders, departments }: Names): readonly Finding[] => [
  ...duplicateStages(
    path,
    (scheme?.stages ?? []).map((s) => s?.id),
  ),
  ...(scheme?.stages ?? []).flatMap((stage, i) => {
    if (stage === undefined) return []
    const at = `${path}.stages[${String(i)}]`
    return [
      ...stageFindings(at, stage),
      ...(holders === undefined ? [] : quorum(at, stage, scheme?.substitute, holders)),
      ...perDepartment(at, stage, departments),
    ]
  }),
]

/** Those whose clocks tell a superior. */
const clockOwners = ['accountManager', 'serviceRepresentative'] as const

const superiors = ({ sla, directory }: KnownPolicy): readonly Finding[] => {
  if (directory?.people === undefined || sla?.ladder?.some((rung) => rung?.notify === 'superior') !== true) return []
  return Object.entries(directory.people).flatMap(([id, person]) => {
    const role = clockOwners.find((owner) => person?.roles?.includes(owner) === true)
    return role === undefined || person?.superior !== undefined
      ? []
      : [flag(formatPath(['directory', 'people', id, 'superior']), 'superiorMissing', { role })]
  })
}

/** Every role that must act exists and has a holder; every approval can be reached [I-17, GOV-04]. */
export const lintElectorates: Lint = (policy) => {
  const holders = holdersOf(policy)
  const names = namesOf(policy, holders)
  return [
    ...rolesUsed(policy).flatMap((use) => {
      const unknown = unknownRole(use, names)
      return unknown.length > 0 ? unknown : nobody(use, holders)
    }),
    ...Object.entries(policy.approval ?? {}).flatMap(([name, scheme]) => schemeFindings(`approval.${name}`, scheme, names)),
    ...superiors(policy),
  ]
}
