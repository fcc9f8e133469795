import type { Finding } from '../../errors/index.ts'
import { nearest } from '../findings/index.ts'
import { affectedHead, departmentOfRole, namedRoles, relativeRoles } from '../roles.ts'
import { doubt, problem, type KnownPolicy, type Lint } from './lint.ts'
import { rolesUsed, type RoleUse } from './roles-used.ts'

const relative: ReadonlySet<string> = new Set(relativeRoles)
const named: ReadonlySet<string> = new Set(namedRoles)
const bodies: ReadonlySet<string> = new Set(namedRoles.map(departmentOfRole))

type Holders = ReadonlyMap<string, ReadonlySet<string>>

const holdersOf = ({ directory }: KnownPolicy): Holders | undefined => {
  if (directory?.people === undefined) return undefined
  const holders = new Map<string, Set<string>>()
  for (const [person, entry] of Object.entries(directory.people))
    for (const role of entry?.roles ?? []) if (role !== undefined) holders.set(role, (holders.get(role) ?? new Set()).add(person))
  return holders
}

/** A role of a department that does not exist, or a name nobody knows. */
const unknownRole = ({ path, role }: RoleUse, policy: KnownPolicy, holders: Holders | undefined): readonly Finding[] => {
  const departments = Object.keys(policy.departments ?? {})
  if (policy.departments === undefined || relative.has(role) || named.has(role) || holders?.has(role) === true) return []
  const department = departmentOfRole(role)
  if (departments.includes(department) || (role.includes('.') && bodies.has(department))) return []
  const near = nearest(role, [...departments.flatMap((d) => [d, `${d}.head`]), ...named, ...relative])
  const remedy = near === undefined ? 'add it to departments, or name a role of one' : `did you mean ${near}?`
  return role.includes('.')
    ? [problem(path, 'unknown_reference', `no department ${department}`, remedy)]
    : [doubt(path, 'unknown_reference', `${role} is no department and no role of the requirements`, remedy)]
}

const nobody = ({ path, role, purpose }: RoleUse, holders: Holders | undefined): readonly Finding[] => {
  if (holders === undefined || relative.has(role) || (holders.get(role)?.size ?? 0) > 0) return []
  return purpose === 'decides'
    ? [
        problem(
          path,
          'empty_electorate',
          `nobody in the directory has the role ${role}`,
          'give the role to a person of directory.people',
        ),
      ]
    : [
        doubt(
          path,
          'nobody_told',
          `nobody in the directory has the role ${role}`,
          'give the role to a person, or tell another role',
        ),
      ]
}

type Stage = NonNullable<NonNullable<NonNullable<KnownPolicy['approval']>['tier']>['stages']>[number]

const stageFindings = (path: string, stage: NonNullable<Stage>, holders: Holders | undefined): readonly Finding[] => {
  const { mode, n, electors, timeout, escalateTo } = stage
  const findings: Finding[] = []
  if (mode === 'nOfM' && n === undefined)
    findings.push(problem(`${path}.n`, 'missing', 'how many must approve is missing', 'add n, e.g. 3'))
  if (mode !== undefined && mode !== 'nOfM' && n !== undefined)
    findings.push(problem(`${path}.n`, 'contradiction', `n has no meaning with mode ${mode}`, 'delete n, or write mode: nOfM'))
  if (timeout !== undefined && escalateTo === undefined)
    findings.push(
      problem(`${path}.escalateTo`, 'missing', 'a time-out escalates and never decides: to whom is missing', 'add escalateTo'),
    )
  if (timeout === undefined && escalateTo !== undefined)
    findings.push(
      doubt(`${path}.timeout`, 'missing', 'escalateTo never acts without a time-out', 'add timeout, or delete escalateTo'),
    )
  // Who heads the affected departments is known only with the matter.
  if (holders === undefined || mode !== 'nOfM' || n === undefined || electors === undefined || electors.includes(affectedHead))
    return findings
  const people = new Set(electors.flatMap((role) => (role === undefined ? [] : [...(holders.get(role) ?? [])])))
  if (people.size > 0 && people.size < n)
    findings.push(
      problem(
        `${path}.n`,
        'unreachable_quorum',
        `${String(n)} must approve, but the directory has ${String(people.size)} electors`,
        `use at most ${String(people.size)}, or name more electors`,
      ),
    )
  return findings
}

const duplicateStages = (path: string, ids: readonly (string | undefined)[]): readonly Finding[] =>
  ids.flatMap((id, i) =>
    id !== undefined && ids.indexOf(id) < i
      ? [problem(`${path}.stages[${String(i)}].id`, 'duplicate', `two stages are called ${id}`, 'give each stage its own id')]
      : [],
  )

const perDepartment = (
  path: string,
  stage: NonNullable<Stage>,
  departments: readonly string[] | undefined,
): readonly Finding[] =>
  stage.mode !== 'perDepartment' || departments === undefined
    ? []
    : (stage.electors ?? []).flatMap((role, i) =>
        role === undefined || role === affectedHead || departments.includes(departmentOfRole(role))
          ? []
          : [
              problem(
                `${path}.electors[${String(i)}]`,
                'unknown_reference',
                `${role} is of no department, but each must approve`,
                'name a department or its head',
              ),
            ],
      )

/** Every role that must act exists and has a holder; every approval can be reached [I-17, GOV-04]. */
export const lintElectorates: Lint = (policy) => {
  const holders = holdersOf(policy)
  const departments = policy.departments === undefined ? undefined : Object.keys(policy.departments)
  const uses = rolesUsed(policy)
  return [
    ...uses.flatMap((use) => {
      const unknown = unknownRole(use, policy, holders)
      return unknown.length > 0 ? unknown : nobody(use, holders)
    }),
    ...Object.entries(policy.approval ?? {}).flatMap(([name, scheme]) => [
      ...duplicateStages(
        `approval.${name}`,
        (scheme?.stages ?? []).map((s) => s?.id),
      ),
      ...(scheme?.stages ?? []).flatMap((stage, i) => {
        if (stage === undefined) return []
        const path = `approval.${name}.stages[${String(i)}]`
        return [...stageFindings(path, stage, holders), ...perDepartment(path, stage, departments)]
      }),
    ]),
  ]
}
