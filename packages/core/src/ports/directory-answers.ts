import { StoreError, type Finding } from '../errors/index.ts'

/**
 * What a directory reads from outside, or `StoreError` `unavailable` with the reason: whatever the other side answers instead of people, the directory cannot answer,
 * and the command fails closed.
 *
 * @typeParam T What is read.
 * @throws StoreError `unavailable`
 * @example
 * ```ts
 * await directoryAnswer(async () => ['u-liu']) // => ['u-liu']
 * ```
 */
export async function directoryAnswer<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    if (error instanceof StoreError && error.code === 'unavailable') throw error
    throw new StoreError('unavailable', `the directory cannot answer: ${error instanceof Error ? error.message : 'unknown'}`, {
      cause: error,
      details: error instanceof StoreError ? { ...error.details, because: error.code } : {},
      actions: error instanceof StoreError ? error.actions : ['Run check() of the directory.'],
    })
  }
}

/**
 * The error of a directory that does not know who holds a role, with the place of everything that is wrong: an empty role would let a quorum of "all" shrink in silence.
 *
 * @example
 * ```ts
 * const finding = { path: 'roles.head.0', code: 'missing', message: 'there is no such group', remedy: 'Correct the name.' }
 * directoryNotKnown([finding]).details // => { places: ['roles.head.0'] }
 * ```
 */
export function directoryNotKnown(findings: readonly Finding[]): StoreError {
  return new StoreError(
    'unavailable',
    `the directory cannot answer: ${findings.map(({ path, message }) => `${path}: ${message}`).join('; ')}`,
    { details: { places: findings.map(({ path }) => path) }, actions: findings.map(({ remedy }) => remedy) },
  )
}

/**
 * Two users under one id could approve their own work: nobody acts under it until it is mended.
 *
 * @throws StoreError `unavailable` when one of the people is among the ids that several users share
 * @example
 * ```ts
 * refuseSharedIds(new Set(['u-x']), ['u-liu']) // => undefined
 * ```
 */
export function refuseSharedIds(shared: ReadonlySet<string>, people: readonly string[]): void {
  const ids = people.filter((person) => shared.has(person))
  if (ids.length > 0)
    throw new StoreError('unavailable', `the directory cannot answer: several users share the id ${ids.join(', ')}`, {
      details: { shared: ids },
      actions: ['Give each user an id of their own, then run check() of the directory.'],
    })
}

/**
 * A warning for each role of the policy that the configuration of a directory does not name: nobody holds it.
 *
 * @example
 * ```ts
 * unmappedRoles(['head', 'sales'], [{ role: 'sales' }]).map(({ path }) => path) // => ['roles.head']
 * ```
 */
export function unmappedRoles(policyRoles: readonly string[], named: readonly { readonly role: string }[]): readonly Finding[] {
  return policyRoles
    .filter((role) => !named.some((each) => each.role === role))
    .map((role) => ({
      path: `roles.${role}`,
      code: 'unmapped',
      message: 'the policy knows the role, the directory gives it to nobody',
      remedy: 'name its source',
      severity: 'warning',
    }))
}
