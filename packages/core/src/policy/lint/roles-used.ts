import { formatPath } from '../source/index.ts'
import type { KnownPolicy } from './lint.ts'

/** A role that a policy names, and where. */
export interface RoleUse {
  readonly path: string
  readonly role: string
  /** `decides` without a holder stops a workflow; `told` without one loses a message. */
  readonly purpose: 'decides' | 'told'
}

type Scheme = NonNullable<KnownPolicy['approval']>[keyof NonNullable<KnownPolicy['approval']>]

const each = (
  path: string,
  roles: readonly (string | undefined)[] | undefined,
  purpose: RoleUse['purpose'],
): readonly RoleUse[] =>
  (roles ?? []).flatMap((role, i) => (role === undefined ? [] : [{ path: `${path}[${String(i)}]`, role, purpose }]))

const one = (path: string, role: string | undefined, purpose: RoleUse['purpose'] = 'decides'): readonly RoleUse[] =>
  role === undefined ? [] : [{ path, role, purpose }]

const ofScheme = (path: string, scheme: Scheme): readonly RoleUse[] => [
  ...(scheme?.stages ?? []).flatMap((stage, i) => {
    const at = `${path}.stages[${String(i)}]`
    return [
      ...each(`${at}.electors`, stage?.electors, 'decides'),
      ...each(`${at}.required`, stage?.required, 'decides'),
      ...each(`${at}.veto`, stage?.veto, 'decides'),
      ...each(`${at}.heard`, stage?.heard, 'told'),
      ...one(`${at}.escalateTo`, stage?.escalateTo),
    ]
  }),
  ...each(`${path}.copy`, scheme?.copy, 'told'),
  ...one(`${path}.substitute`, scheme?.substitute),
]

/** Every role that a policy names. */
export function rolesUsed({ approval, authority, sla, complaint, dataOwner, admission }: KnownPolicy): readonly RoleUse[] {
  const { product, other } = complaint?.determineBy ?? {}
  return [
    ...Object.entries(authority ?? {}).flatMap(([command, roles]) => each(formatPath(['authority', command]), roles, 'decides')),
    ...(sla?.ladder ?? []).flatMap((rung, i) => one(`sla.ladder[${String(i)}].notify`, rung?.notify, 'told')),
    ...Object.entries(admission?.team ?? {}).flatMap(([member, role]) => one(`admission.team.${member}`, role)),
    ...one('complaint.determineBy.product', product),
    ...one('complaint.determineBy.other', other),
    ...Object.entries(approval ?? {}).flatMap(([name, scheme]) => ofScheme(`approval.${name}`, scheme)),
    ...one('dataOwner.tier', dataOwner?.tier),
  ]
}
