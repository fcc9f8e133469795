import type { Policy } from '../../policy/schema.ts'

/**
 * What follows from a policy alone, made once for it. A loaded policy is frozen and cannot change; of one that still can, it is made anew each time.
 */
export function oncePerPolicy<T>(make: (policy: Policy) => T): (policy: Policy) => T {
  const made = new WeakMap<Policy, { readonly value: T }>()
  return (policy) => {
    if (!Object.isFrozen(policy)) return make(policy)
    let known = made.get(policy)
    if (known === undefined) made.set(policy, (known = { value: make(policy) }))
    return known.value
  }
}
