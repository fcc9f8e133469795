import { commitGroups, StoreError, type Commit, type CommitOutcome } from '@ka-governance/core'
import type { Subanswer, Subrequest } from './client.ts'
import {
  commitTogether,
  landed,
  outcomeIn,
  resolve,
  settled,
  tooManyRequests,
  unknown,
  type CommitTools,
  type Journal,
  type Prepared,
} from './commit.ts'
import { siblings } from './errors.ts'
import { toCommitRows, type CommitRows } from './mapping.ts'
import { milestonesOf } from './native/milestones.ts'
import { isListOrQuery, limits, nothingLeftOut, requestsOf, withRoom } from './requests.ts'

/** What lands together: a group of a call, or a commit by itself. */
type Unit = readonly Prepared[]

/** Appends, each group for itself. What is too much for a transaction is found before anything is sent. */
export async function commitAll(tools: CommitTools, commits: readonly Commit[]): Promise<readonly CommitOutcome[]> {
  const groups = commitGroups(commits, { atomicMultiCommit: true })
  const given = await withNative(
    tools,
    commits.map((commit) => ({
      commit,
      rows: {
        ...toCommitRows(commit, tools.mapping, tools.sha256),
        milestones: milestonesOf(tools.mapping, commit, tools.behind.has(commit.entry.instanceId, commit.entry.seq)),
      },
    })),
  )
  // What people get natively must not be what makes a command too large.
  const full = new Set(
    groups
      .filter(
        (places) =>
          needs(
            tools,
            places.flatMap((place) => given[place] ?? []),
          ) > limits.composite,
      )
      .flat(),
  )
  const prepared = given.map(({ commit, rows }, place) => ({ commit, rows: full.has(place) ? { ...rows, native: [] } : rows }))
  const units = groups.map((places): Unit => places.flatMap((place) => prepared[place] ?? []))
  for (const unit of units) refuseTooMany(tools, unit)
  const [only] = units
  if (only === undefined) return []
  const outcomes = units.length === 1 ? outcomesOf(only, await commitTogether(tools, only)) : await commitUnits(tools, units)
  return prepared.map((each) => outcomes.get(each) ?? { status: 'unknown', reason: 'not sent' })
}

const rowsOf = (unit: Unit): readonly CommitRows[] => unit.map(({ rows }) => rows)

/** The outcomes of a unit, each by its commit. */
function outcomesOf(unit: Unit, outcomes: readonly CommitOutcome[]): Map<Prepared, CommitOutcome> {
  return new Map(unit.flatMap((each, k) => (outcomes[k] === undefined ? [] : [[each, outcomes[k]] as const])))
}

/** With what becomes native of them; the host's directory and the org are asked before anything is sent. */
async function withNative({ native, teams }: CommitTools, prepared: readonly Prepared[]): Promise<readonly Prepared[]> {
  const members = teams === null ? [] : await teams.ofCommits(prepared.map(({ commit }) => commit))
  return Promise.all(
    prepared.map(async ({ commit, rows }, place) => {
      const team = members[place]
      const made = native === undefined ? rows.native : await native(commit, rows)
      return { commit, rows: { ...rows, native: made, ...(team === undefined ? {} : { team }) } }
    }),
  )
}

/** Requests of one transaction. */
const needs = ({ mapping }: CommitTools, unit: Unit): number => requestsOf(rowsOf(unit), mapping.names, nothingLeftOut).length

function refuseTooMany(tools: CommitTools, unit: Unit): void {
  const rows = rowsOf(unit)
  const needed = requestsOf(rows, tools.mapping.names, withRoom(rows, tools.mapping.names)).length
  if (needed > limits.composite) throw tooManyRequests(rows, needed)
}

/**
 * Each unit for itself: a graph is a transaction, and many graphs are one call. Units that share an instance come one after the other. What fails once something of
 * the call has landed is not known to the caller, who asks again.
 */
async function commitUnits(tools: CommitTools, units: readonly Unit[]): Promise<ReadonlyMap<Prepared, CommitOutcome>> {
  const outcomes = new Map<Prepared, CommitOutcome>()
  let left = [...units]
  while (left.length > 0) {
    try {
      for (const [each, outcome] of await commitWave(tools, waveOf(left, tools), outcomes.size > 0)) outcomes.set(each, outcome)
    } catch (error) {
      if (!(error instanceof StoreError) || outcomes.size === 0) throw error
      for (const each of left.flat()) outcomes.set(each, { status: 'unknown', reason: error.message })
    }
    left = left.filter((unit) => !unit.some((each) => outcomes.has(each)))
  }
  return outcomes
}

/** As many as one call takes, in order; whoever shares an instance with one before waits for the next call. */
function waveOf(left: readonly Unit[], { mapping }: CommitTools): readonly Unit[] {
  const wave: Unit[] = []
  const written = new Set<string>()
  const kinds = new Set<string>()
  let nodes = 0
  for (const unit of left) {
    const writes = unit.map(({ rows }) => rows.instanceId)
    // An effect that is acknowledged must have been written before.
    const touches = [...writes, ...unit.flatMap(({ commit }) => (commit.acknowledges ?? []).map((each) => each.instanceId))]
    const waits = touches.some((id) => written.has(id))
    for (const id of writes) written.add(id)
    if (waits) continue
    const requests = requestsOf(rowsOf(unit), mapping.names, nothingLeftOut)
    const more = new Set([...kinds, ...requests.map(({ request }) => kindOf(request))])
    const isFull = wave.length >= limits.graphs || nodes + requests.length > limits.nodes || more.size > limits.kinds
    if (wave.length > 0 && isFull) break
    for (const kind of more) kinds.add(kind)
    wave.push(unit)
    nodes += requests.length
  }
  return wave
}

/** A kind of node: what is done with which object. */
const kindOf = ({ method, url }: Subrequest): string => `${method} ${url.split('/')[2] ?? ''}`

const isGood = ({ status, errors }: Subanswer): boolean => status >= 200 && status < 300 && errors.length === 0
/** Not tried at all: after so many graphs that failed the org looks at no more of a call. */
const isHalted = ({ errors }: Subanswer): boolean => errors.length > 0 && errors.every(({ code }) => siblings.has(code))

/** One call of graphs. What did not land is looked up, then sent by itself, where a refusal has a cause: a graph's answers name the wrong one at times. */
async function commitWave(
  tools: CommitTools,
  wave: readonly Unit[],
  hasLanded: boolean,
): Promise<ReadonlyMap<Prepared, CommitOutcome>> {
  const graphs = wave.map((unit) => ({ unit, requests: requestsOf(rowsOf(unit), tools.mapping.names, nothingLeftOut) }))
  const sendable = graphs.filter(({ requests }) => !requests.some(isListOrQuery))
  const answers =
    sendable.length === 0
      ? []
      : await tools.client
          .graphs(sendable.map(({ requests }) => requests.map(({ request }) => request)))
          .catch((error: unknown) => {
            if (!(error instanceof StoreError) || error.code !== 'unknown_outcome') throw error
            return null
          })
  const lost = answers === null
  const outcomes = new Map<Prepared, CommitOutcome>()
  const halted = new Set<Unit>()
  for (const [k, { unit }] of sendable.entries()) {
    const given = answers?.[k] ?? []
    if (given.length > 0 && given.every(isGood)) for (const each of unit) outcomes.set(each, landed(each.rows, nothingLeftOut))
    else if (given.length > 0 && given.every(isHalted)) halted.add(unit)
  }
  const open = wave.filter((unit) => !unit.some((each) => outcomes.has(each)))
  // They come again with the next call, unless nothing else would.
  const tried = open.filter((unit) => !halted.has(unit))
  const rest = tried.length > 0 || outcomes.size > 0 ? tried : open.slice(0, 1)
  if (rest.length === 0) return outcomes
  // Lost with its answer: what landed is in the journal under its own hash.
  const found = await resolve(tools, rest.flatMap(rowsOf)).catch(() => null)
  let down = lost && found === null ? 'the answer was lost, and the journal could not be read' : null
  const sentAgain = (unit: Unit) =>
    commitTogether(tools, unit, lost).catch((error: unknown) => {
      if (!(error instanceof StoreError) || !(hasLanded || outcomes.size > 0)) throw error
      if (error.retryable) down = error.message
      return unknown(unit, error.message)
    })
  for (const unit of rest) {
    const known = found === null ? null : knownOf(found, unit, lost)
    const told = known ?? (down === null ? await sentAgain(unit) : unknown(unit, down))
    for (const [each, outcome] of outcomesOf(unit, told)) outcomes.set(each, outcome)
  }
  return outcomes
}

/** What the journal says of a unit; null: nothing of it is there, and nothing stands in its way. */
function knownOf(found: Journal, unit: Unit, lost: boolean): readonly CommitOutcome[] | null {
  const outcomes = unit.map(({ commit, rows }) => outcomeIn(found, commit, rows, lost, nothingLeftOut))
  return outcomes.some((outcome) => outcome !== null) ? settled(outcomes, found, rowsOf(unit)) : null
}
