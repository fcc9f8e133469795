import { canonicalJson } from '../../src/rules/index.ts'
import {
  accountFactsSchema,
  defaultHost,
  finishSimulation,
  loadPolicy,
  simulatePortfolio,
  type Policy,
  type PolicyPin,
  type Simulation,
} from '../../src/index.ts'
import { pinOf } from '../../src/policy/index.ts'
import { draftVersion, whatIfVersion } from '../../src/workflows/policy-publication/types.ts'
import { factsOf } from './facts.ts'
import { laidOver, policyWith, type Harness, type PolicyPatch } from './harness.ts'

/** What a draft says otherwise than the policy of the harness. */
export interface DraftPatch {
  readonly version?: string
  readonly effectiveFrom?: string
  readonly patch?: PolicyPatch
}
/** Which draft was tried, against which version; `null`: against none. */
export interface WhatIfPatch extends DraftPatch {
  readonly against?: DraftPatch | null
  readonly scope?: Simulation['scope']
}

const sha256 = defaultHost.sha256
/** The draft as a loaded policy: the harness's policy with what differs. */
export function draftOf({ policy }: Pick<Harness, 'policy'>, draft: DraftPatch): Policy {
  const ofPolicy = drafts.get(policy) ?? new Map<string, Policy>()
  drafts.set(policy, ofPolicy)
  const key = JSON.stringify(draft)
  const made = ofPolicy.get(key) ?? makeDraft(policy, draft)
  ofPolicy.set(key, made)
  return made
}

/** Stories check the same few drafts again and again. */
const drafts = new WeakMap<Policy, Map<string, Policy>>()

function makeDraft(policy: Policy, { version = '1.0', effectiveFrom, patch = {} }: DraftPatch): Policy {
  const below = JSON.parse(canonicalJson(policy)) as PolicyPatch
  return loadPolicy({
    ...laidOver(below, patch),
    version,
    ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
  })
}

export const pinOfDraft = (h: Pick<Harness, 'policy'>, patch: DraftPatch): PolicyPin => pinOf(draftOf(h, patch), sha256)

const ninety = { min: 'CNY 90,000,000' }
/** What a simulation of a small portfolio says, whatever the draft: against no version, and against one that finds more in the two accounts. */
const simulated = (inForce: Policy | null): Promise<Simulation> =>
  finishSimulation(
    simulatePortfolio({
      inForce,
      draft: policyWith({ tier: { A: { amount: ninety }, B: { amount: { range: { to: ninety.min } } }, cutoffs: { A: 3.9 } } }),
      cycle: '2026-H1',
      accounts: ['acme', 'beta'].map((accountId) => ({
        accountId,
        name: `Ms Li of ${accountId}`,
        facts: accountFactsSchema.parse(factsOf(accountId)),
        standing: { tier: null },
      })),
      sensitivity: false,
    }),
  )
const simulations = { first: await simulated(null), next: await simulated(policyWith()) }

/** A simulation of the draft, against the version. */
export function whatIfOf(h: Pick<Harness, 'policy'>, { against = null, scope = 'all', ...draft }: WhatIfPatch): Simulation {
  const pin = pinOfDraft(h, draft)
  return against === null
    ? { ...simulations.first, scope, policy: { inForce: null, draft: pin } }
    : { ...simulations.next, scope, policy: { inForce: pinOfDraft(h, against), draft: pin } }
}

/**
 * Commands that name a text in the registry by its hash are written with what the text says, `draft` or `whatIf`; it is put there as the verbs do. For
 * commands that go past the verbs.
 */
export async function registered(h: Harness, command: unknown): Promise<unknown> {
  const { draft, whatIf, ...rest } = command as { type?: string; draft?: DraftPatch; whatIf?: WhatIfPatch }
  const { id } = h.policy
  if (draft !== undefined) {
    const policy = draftOf(h, draft)
    const { hash, version } = pinOf(policy, sha256)
    await h.store.policies.put({ id, version: draftVersion(version, hash), hash, document: canonicalJson(policy) })
    return { ...rest, hash }
  }
  if (whatIf !== undefined) {
    const document = canonicalJson(whatIfOf(h, whatIf))
    const hash = sha256(document)
    await h.store.policies.put({ id, version: whatIfVersion(whatIf.version ?? '1.0', hash), hash, document })
    return { ...rest, digest: hash }
  }
  return command
}
