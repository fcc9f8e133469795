import { canonicalJson } from '../../src/rules/index.ts'
import { defaultHost, loadPolicy, type Policy, type PolicyPin } from '../../src/index.ts'
import { pinOf } from '../../src/policy/index.ts'
import { draftVersion, whatIfVersion } from '../../src/workflows/policy-publication/types.ts'
import { laidOver, type Harness, type PolicyPatch } from './harness.ts'

/** What a draft says otherwise than the policy of the harness. */
export interface DraftPatch {
  readonly version?: string
  readonly effectiveFrom?: string
  readonly patch?: PolicyPatch
}
/** Which draft was tried, against which version; `null`: against none. */
export interface WhatIfPatch extends DraftPatch {
  readonly against?: DraftPatch | null
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

/** As much of a simulation as a publication looks at. */
export function whatIfOf(h: Pick<Harness, 'policy'>, { against = null, ...draft }: WhatIfPatch) {
  return {
    schema: 1,
    cycle: '2026-H1',
    policy: { inForce: against === null ? null : pinOfDraft(h, against), draft: pinOfDraft(h, draft) },
    accounts: { total: 2, assessed: 2 },
  }
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
