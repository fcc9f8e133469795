import type { Instant } from '../calendar/index.ts'
import type { Delegation } from './types.ts'

/** A chain of delegations, or why there is none. */
export type DelegationPath =
  | { readonly ok: true; readonly chain: readonly string[] }
  | { readonly ok: false; readonly reason: 'none' | 'notInForce' | 'tooLong' | 'toBarredPerson' }

/**
 * The shortest chain of dated delegations from an elector to the person who votes for them. No link may lead to a person in `excluded` (makers and the
 * barred); a person appears once, so a chain has no cycle; of chains of one length the alphabetically first counts.
 *
 * @example
 * ```ts
 * delegationPath('head', 'deputy', [{ from: 'head', to: 'deputy', since: 0, until: 10 }], 5, 2, new Set()) // => { ok: true, chain: ['head', 'deputy'] }
 * ```
 */
export function delegationPath(
  from: string,
  to: string,
  delegations: readonly Delegation[],
  at: Instant,
  maxLinks: number,
  excluded: ReadonlySet<string>,
): DelegationPath {
  const dated = delegations.filter((d) => d.since <= at && at < d.until)
  const allowed = dated.filter((d) => !excluded.has(d.to))
  const chain = search(from, to, allowed, maxLinks)
  if (chain !== null) return { ok: true, chain }
  // The nearest miss, so that the refusal names what to change.
  if (search(from, to, allowed, Infinity) !== null) return { ok: false, reason: 'tooLong' }
  if (search(from, to, dated, maxLinks) !== null) return { ok: false, reason: 'toBarredPerson' }
  return { ok: false, reason: search(from, to, delegations, maxLinks) === null ? 'none' : 'notInForce' }
}

function search(from: string, to: string, links: readonly Delegation[], maxLinks: number): readonly string[] | null {
  const seen = new Set([from])
  let chains: (readonly string[])[] = [[from]]
  for (let length = 1; length <= maxLinks && chains.length > 0; length += 1) {
    const longer: (readonly string[])[] = []
    for (const chain of chains) {
      const next = links.filter((link) => link.from === chain.at(-1)).map((link) => link.to)
      for (const person of next.sort()) {
        if (seen.has(person)) continue
        seen.add(person)
        if (person === to) return [...chain, person]
        longer.push([...chain, person])
      }
    }
    chains = longer
  }
  return null
}
