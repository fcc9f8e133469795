import { GovernanceError } from '../errors/index.ts'
import { ofMany, type Commit, type CommitOutcome, type GovernanceStore } from '../ports/index.ts'
import { createChannel, isOfOne, oneByOne, type Channel } from './channel.ts'
import type { Runtime } from './runtime.ts'

/** One task among the others. */
interface Lane {
  readonly place: number
  done: boolean
  /** Answers that it waits for. */
  waiting: number
  /** Instances that its conclusions rest upon, with the moment at which they were read. */
  readonly reads: Map<string, number>
  /** The moment at which it listed instances: it rests upon any. */
  listed: number | null
  /** Instances that it will write sooner or later. */
  intends: readonly string[]
  /** Those, and the ones that its waiting commit writes. */
  writes: readonly string[]
}

/** What a lane wants to do once nobody reads any more: commit, or just hear whether it was overtaken. */
interface Turn {
  readonly lane: Lane
  readonly commits: readonly Commit[]
  readonly give: (result: PromiseSettledResult<readonly CommitOutcome[]> | 'overtaken') => void
}

/** Tasks side by side, each on a store of its own that waits for the others. See `together`. */
export async function inLanes<T>(
  runtime: Runtime,
  tasks: readonly ((runtime: Runtime) => Promise<T>)[],
): Promise<readonly PromiseSettledResult<T>[]> {
  const { store } = runtime
  const lanes = tasks.map((_, place): Lane => ({
    place,
    done: false,
    waiting: 0,
    reads: new Map(),
    listed: null,
    intends: [],
    writes: [],
  }))
  const channels = channelsOf(store)
  const turns = new Set<Turn>()
  /** When an instance was written last, counted in calls of `commit`. */
  const written = new Map<string, number>()
  let moment = 0
  let busy = false

  /** Everybody waits: the next call. Never fails: whoever asked hears of it. */
  function advance(): void {
    if (busy || lanes.every(({ done }) => done) || lanes.some(({ done, waiting }) => !done && waiting === 0)) return
    busy = true
    void serve()
      .catch((reason: unknown) => () => {
        // A defect: whoever waits hears of it, rather than waiting for ever.
        for (const { give } of turns) give({ status: 'rejected', reason })
      })
      .then((give) => {
        busy = false
        give()
        advance()
      })
  }

  async function serve(): Promise<() => void> {
    const gives: (() => void)[] = []
    for (const channel of Object.values<Pick<Channel<never, unknown>, 'size' | 'serve'>>(channels))
      if (channel.size() > 0) gives.push(await channel.serve())
    if (gives.length === 0) return serveTurns()
    return () => {
      for (const give of gives) give()
    }
  }

  async function serveTurns(): Promise<() => void> {
    const gives: (() => void)[] = []
    const going: Turn[] = []
    /** Somebody before has to begin anew: nobody knows what that one will do. */
    let isUncertain = false
    for (const turn of [...turns].sort((a, b) => a.lane.place - b.lane.place)) {
      const { lane, commits } = turn
      const held = isHeld(lane)
      if (!held && isOvertaken(lane)) {
        gives.push(() => turn.give('overtaken'))
        isUncertain = true
      } else if (held || isUncertain) isUncertain = true
      else if (commits.length > 0) going.push(turn)
      // Behind others it waits until they are through: they may have more to write.
      else if (going.length === 0) gives.push(() => turn.give({ status: 'fulfilled', value: [] }))
    }
    if (going.length > 0) {
      const results = await commitTurns(store, going)
      moment += 1
      for (const [k, turn] of going.entries()) {
        const result = results[k]
        if (result === undefined) continue
        noteWrites(turn, result)
        gives.push(() => turn.give(result))
      }
    }
    return () => {
      for (const give of gives) give()
    }
  }

  /** An earlier one that is not through touches what this one writes, or writes what this one has read. */
  function isHeld(lane: Lane): boolean {
    return lanes.some(
      (earlier) =>
        earlier.place < lane.place && !earlier.done && (touches(earlier.writes, lane) || touches(lane.writes, earlier)),
    )
  }

  function isOvertaken({ reads, listed }: Lane): boolean {
    if (listed !== null && [...written.values()].some((at) => at > listed)) return true
    return [...reads].some(([id, at]) => (written.get(id) ?? 0) > at)
  }

  /** What may have been written counts as written. Whoever has more to write still rests upon what was read before, and does not overtake itself. */
  function noteWrites({ lane, commits }: Turn, result: PromiseSettledResult<readonly CommitOutcome[]>): void {
    const hasLanded =
      result.status === 'rejected' || result.value.some(({ status }) => status === 'committed' || status === 'unknown')
    if (!hasLanded) {
      forget(lane)
      return
    }
    for (const { entry } of commits) {
      written.set(entry.instanceId, moment)
      lane.reads.set(entry.instanceId, moment)
    }
    if (lane.listed !== null) lane.listed = moment
  }

  /** Waits for an answer; `enqueue` gets what is to be called right before it comes. */
  function waitOn<V>(lane: Lane, enqueue: (answered: () => void) => Promise<V>): Promise<V> {
    lane.waiting += 1
    const answer = enqueue(() => {
      lane.waiting -= 1
    })
    advance()
    return answer
  }

  function takeTurn(lane: Lane, commits: readonly Commit[]): Promise<readonly CommitOutcome[] | 'overtaken'> {
    lane.writes = [...lane.intends, ...commits.map(({ entry }) => entry.instanceId)]
    return waitOn(
      lane,
      (answered) =>
        new Promise((resolve, reject) => {
          const give: Turn['give'] = (result) => {
            turns.delete(turn)
            answered()
            lane.writes = lane.intends
            if (result === 'overtaken') {
              forget(lane)
              resolve(result)
            } else if (result.status === 'fulfilled') resolve(result.value)
            // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever the store threw
            else reject(result.reason)
          }
          const turn: Turn = { lane, commits, give }
          turns.add(turn)
        }),
    )
  }

  function storeOf(lane: Lane): GovernanceStore {
    return {
      name: store.name,
      capabilities: store.capabilities,
      load: (id) => {
        if (!lane.reads.has(id)) lane.reads.set(id, moment)
        return waitOn(lane, (answered) => channels.load.ask(id, answered))
      },
      commit: async (commits) => {
        if (commits.length === 0) return []
        const outcomes = await takeTurn(lane, commits)
        return outcomes === 'overtaken' ? commits.map(() => ({ status: 'conflict', headSeq: null })) : outcomes
      },
      entryByKey: (instanceId, idempotencyKey) =>
        waitOn(lane, (answered) => channels.entryByKey.ask({ instanceId, idempotencyKey }, answered)),
      history: (id, fromSeq) => store.history(id, fromSeq),
      due: (query) => store.due(query),
      find: (query) => {
        lane.listed ??= moment
        return store.find(query)
      },
      effects: store.effects,
      personal: store.personal,
      policies: store.policies,
      accounts: {
        get: (id) => waitOn(lane, (answered) => channels.account.ask(id, answered)),
        list: (query) => store.accounts.list(query),
        facts: (id) => waitOn(lane, (answered) => channels.facts.ask(id, answered)),
      },
      project: (projection) => store.project(projection),
    }
  }

  return Promise.allSettled(
    tasks.map(async (task, place) => {
      const lane = lanes[place]
      if (lane === undefined) throw new GovernanceError('internal', 'a task without a lane')
      try {
        return await task({
          ...runtime,
          store: storeOf(lane),
          overtaken: async () => (await takeTurn(lane, [])) === 'overtaken',
          intends: (id) => {
            lane.writes = lane.intends = [...lane.intends, id]
          },
        })
      } finally {
        lane.done = true
        advance()
      }
    }),
  )
}

function touches(writes: readonly string[], { reads, listed, writes: own }: Lane): boolean {
  return writes.length > 0 && (listed !== null || writes.some((id) => reads.has(id) || own.includes(id)))
}

function forget(lane: Lane): void {
  lane.reads.clear()
  lane.listed = null
}

function channelsOf(store: GovernanceStore) {
  const { accounts } = store
  const many = ofMany(store)
  return {
    load: createChannel({
      text: (id: string) => id,
      one: (id) => store.load(id),
      many: many.loadMany,
      fits: (id, stored) => stored === null || stored.instanceId === id,
    }),
    facts: createChannel({
      text: (id: string) => id,
      one: (id) => accounts.facts(id),
      many: many.factsMany,
    }),
    account: createChannel({
      text: (id: string) => id,
      one: (id) => accounts.get(id),
      many: many.getMany,
    }),
    entryByKey: createChannel({
      text: (key: { readonly instanceId: string; readonly idempotencyKey: string }) => JSON.stringify(key),
      one: ({ instanceId, idempotencyKey }) => store.entryByKey(instanceId, idempotencyKey),
      many: many.entriesByKey,
      fits: ({ idempotencyKey }, entry) => entry === null || entry.idempotencyKey === idempotencyKey,
    }),
  }
}

/** One call for all of them; each for itself where the call as a whole was refused, so that only its own fault is anybody's failure. */
async function commitTurns(
  store: GovernanceStore,
  turns: readonly Turn[],
): Promise<readonly PromiseSettledResult<readonly CommitOutcome[]>[]> {
  const alone = (): Promise<readonly PromiseSettledResult<readonly CommitOutcome[]>[]> =>
    oneByOne(turns, ({ commits }) => commitAll(store, commits))
  if (turns.length < 2) return alone()
  const all = turns.flatMap(({ commits }, k) => regrouped(commits, k, turns.length))
  try {
    const outcomes = await commitAll(store, all)
    let next = 0
    return turns.map(({ commits }) => {
      next += commits.length
      return { status: 'fulfilled', value: outcomes.slice(next - commits.length, next) }
    })
  } catch (reason) {
    return isOfOne(reason) ? alone() : turns.map(() => ({ status: 'rejected', reason }))
  }
}

/** Commits. @throws GovernanceError `internal` when the store answers something else than an outcome for each. */
async function commitAll(store: Pick<GovernanceStore, 'commit'>, commits: readonly Commit[]): Promise<readonly CommitOutcome[]> {
  const outcomes = (await store.commit(commits)) as readonly CommitOutcome[] | undefined
  if (outcomes?.length === commits.length) return outcomes
  throw new GovernanceError(
    'internal',
    `the store answered ${String(outcomes?.length)} outcomes for ${String(commits.length)} commits`,
  )
}

/** The groups of the k-th of n callers get numbers that no other caller's have. */
function regrouped(commits: readonly Commit[], k: number, n: number): readonly Commit[] {
  const groups = [...new Set(commits.map(({ group }) => group))]
  return commits.map((commit) =>
    commit.group === undefined ? commit : { ...commit, group: k + n * groups.indexOf(commit.group) },
  )
}
