import { commitGroups, StoreError, type Commit, type CommitOutcome } from '@ka-governance/core'
import { append, type Appended } from './commit.ts'
import { storeDocuments } from './documents.ts'
import { follow } from './follow.ts'
import { toCommitRecords, type CommitRecords } from './records.ts'
import { inBulk, type StoreTools } from './tools.ts'

/** Appends, each commit for itself. What is too much is found before anything is sent; several at once go as work that can wait. */
export async function commitAll(given: StoreTools, commits: readonly Commit[]): Promise<readonly CommitOutcome[]> {
  commitGroups(commits, { atomicMultiCommit: false })
  const prepared = commits.map((commit) => toCommitRecords(commit, given.mapping, given.sha256))
  const tools = prepared.length > 1 ? inBulk(given) : given
  const outcomes = new Map<CommitRecords, CommitOutcome | { readonly status: 'failed'; readonly error: StoreError }>()
  for (const round of roundsOf(prepared))
    for (const [k, outcome] of (await commitRound(tools, round)).entries()) {
      const records = round[k]
      if (records !== undefined) outcomes.set(records, outcome)
    }
  const all = prepared.map((records) => outcomes.get(records))
  const failed = all.find((outcome) => outcome?.status === 'failed')
  const hasLanded = all.some((outcome) => outcome?.status === 'committed' || outcome?.status === 'unknown')
  if (failed?.status === 'failed' && !hasLanded) throw failed.error
  return all.map((outcome): CommitOutcome => {
    if (outcome === undefined) return { status: 'unknown', reason: 'nothing was said of it' }
    return outcome.status === 'failed' ? { status: 'unknown', reason: outcome.error.message } : outcome
  })
}

/** Entries of one instance follow one another. */
function roundsOf(prepared: readonly CommitRecords[]): readonly (readonly CommitRecords[])[] {
  const rounds: CommitRecords[][] = []
  const met = new Map<string, number>()
  for (const records of prepared) {
    const round = met.get(records.instanceId) ?? 0
    met.set(records.instanceId, round + 1)
    ;(rounds[round] ??= []).push(records)
  }
  return rounds
}

type Outcome = CommitOutcome | Extract<Appended, { readonly status: 'failed' }>

/** Texts first, then the entries, then what follows them: whatever is named is there. */
async function commitRound(tools: StoreTools, given: readonly CommitRecords[]): Promise<readonly Outcome[]> {
  try {
    const stored = await storeDocuments(
      tools,
      given.map(({ documents }) => documents),
    )
    const ready = given.filter((_, k) => stored[k] === null)
    const appended = await append(tools, ready)
    const landed = ready.filter((_, k) => appended[k]?.status === 'landed')
    const followed = await follow(tools, landed)
    return given.map((records, k): Outcome => {
      const error = stored[k]
      if (error != null) return { status: 'failed', error }
      const outcome = appended[ready.indexOf(records)]
      if (outcome === undefined) return { status: 'unknown', reason: 'nothing was said of it' }
      if (outcome.status !== 'landed') return outcome
      return followed[landed.indexOf(records)] ?? { status: 'committed', projection: 'pending' }
    })
  } catch (error) {
    // Before anything was sent.
    if (!(error instanceof StoreError)) throw error
    return given.map(() => ({ status: 'failed', error }))
  }
}
