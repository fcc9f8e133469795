import type { Commit, StoreCapabilities } from './store.ts'
import { malformedCommit } from './store-errors.ts'

/**
 * What lands together in a call of `commit`: places in its list, a commit without a group by itself, in the order in which they begin. Groups that share an
 * instance are to be carried out in this order.
 *
 * @throws InvalidInputError `invalid_input` when commits are grouped and the store has no `atomicMultiCommit`.
 *
 * @example
 * ```ts
 * import { makeCommit } from '@ka-governance/core/conformance'
 *
 * const of = (instanceId: string) => makeCommit({ instanceId })
 * commitGroups([{ ...of('account-1'), group: 1 }, of('cmp-1'), { ...of('tier-1'), group: 1 }], { atomicMultiCommit: true }) // => [[0, 2], [1]]
 * ```
 */
export function commitGroups(
  commits: readonly Pick<Commit, 'group'>[],
  { atomicMultiCommit }: Pick<StoreCapabilities, 'atomicMultiCommit'>,
): readonly (readonly number[])[] {
  const units: number[][] = []
  const byGroup = new Map<number, number[]>()
  for (const [place, { group }] of commits.entries()) {
    if (group !== undefined && !atomicMultiCommit)
      throw malformedCommit(
        `[${String(place)}].group`,
        'capability',
        'this store cannot commit together',
        'ask capabilities.atomicMultiCommit first',
      )
    const known = group === undefined ? undefined : byGroup.get(group)
    if (known !== undefined) {
      known.push(place)
      continue
    }
    const unit = [place]
    units.push(unit)
    if (group !== undefined) byGroup.set(group, unit)
  }
  return units
}
