import { GovernanceError } from '../errors/index.ts'
import { pinOf, type Policy } from '../policy/index.ts'
import type { JournalEntry } from '../ports/index.ts'
import { defaultHost } from './host.ts'
import type { PolicyBook } from './runtime.ts'
import { verifyChain, type JournalProblem, type JournalReport, type KnownHead } from './verify-journal.ts'

/** A journal outside of a store: a file that was exported, a backup. */
export interface VerifyEntriesOptions {
  /** The instances that it has entries of. */
  readonly instances: Iterable<string>
  /** Entries of an instance in the order of the file. */
  readonly history: (instanceId: string) => AsyncIterable<JournalEntry>
  /** Every policy that an entry is pinned to; without it, its entries cannot be replayed. */
  readonly policies: readonly Policy[]
  /** Heads kept elsewhere: detect a missing tail, and a missing instance. */
  readonly heads?: readonly KnownHead[]
  /** Default: the host's, else the portable one. */
  readonly sha256?: (text: string) => string
}

/**
 * Checks hash chain and replay of a journal that no store holds: each entry follows from the one before, is the one that was hashed, and replay gives the snapshot whose hash it
 * carries [architecture rule 7]. Of the personal documents, which such a journal leaves out, nothing is said.
 *
 * @example
 * ```ts
 * await verifyEntries({ instances: [], history: async function* () {}, policies: [] }) // => { instances: 0, entries: 0, problems: [] }
 * ```
 */
export async function verifyEntries(options: VerifyEntriesOptions): Promise<JournalReport> {
  const { history, policies, sha256 = defaultHost.sha256 } = options
  const byHash = new Map(policies.map((policy) => [pinOf(policy, sha256).hash, policy]))
  const of: PolicyBook['of'] = async ({ id, version, hash }) => {
    const policy = byHash.get(hash)
    if (policy === undefined)
      throw new GovernanceError('invalid_policy', `policy ${id} ${version} (${hash.slice(0, 12)}…) is not given`, {
        details: { id, version, hash },
        actions: ['Give that version, unchanged.'],
      })
    return policy
  }
  const runtime = {
    host: { ...defaultHost, sha256 },
    policies: { of, publish: () => Promise.resolve(), published: async () => null },
    store: { history, personal: { read: async () => [], erase: async () => 0 } },
  }
  const problems: JournalProblem[] = []
  const heads = new Map((options.heads ?? []).map((head) => [head.instanceId, head]))
  let instances = 0
  let entries = 0
  for (const instanceId of options.instances) {
    instances += 1
    const known = heads.get(instanceId)
    heads.delete(instanceId)
    const { seq, whole } = await verifyChain(runtime, instanceId, known, (at, problem, detail) => {
      if (problem !== 'document_missing') problems.push({ instanceId, seq: at, problem, detail })
    })
    entries += seq
    if (whole && known !== undefined && known.seq > seq)
      problems.push({
        instanceId,
        seq,
        problem: 'head_missing',
        detail: `the known head ${String(known.seq)} is not there: the tail was cut off`,
      })
  }
  for (const { instanceId, seq } of heads.values())
    problems.push({ instanceId, seq, problem: 'instance_missing', detail: 'a head is known, the instance is gone' })
  return { instances, entries, problems }
}
