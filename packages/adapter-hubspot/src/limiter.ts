/** What HubSpot counts apart: searches, links between records, and everything else. */
export type Lane = 'general' | 'search' | 'associations'

/** Headers of an answer. */
interface HeadersOf {
  readonly get: (name: string) => string | null
}

/** One budget of calls for a portal: people first, bulk work at most half. */
export interface HubSpotLimiter {
  /** Waits for its turn; what it returns says that the call is over. */
  readonly acquire: (lane: Lane, bulk: boolean) => Promise<() => void>
  /** What an answer's headers say of the lane. */
  readonly observe: (lane: Lane, headers: HeadersOf) => void
  /** No call of the lane before that many milliseconds are over. */
  readonly pause: (lane: Lane, ms: number) => void
  /** Records were locked: half as many bulk calls at once. */
  readonly relent: () => void
}

/** At most `max` calls in any `windowMs` milliseconds. */
export interface Rate {
  /** 1 or more. */
  readonly max: number
  readonly windowMs: number
}

/** What a limiter is made of; everything may be left out. */
export interface LimiterOptions {
  /** Epoch milliseconds. @default the host's clock */
  readonly now?: () => number
  /** @default a timer of the host */
  readonly sleep?: (ms: number) => Promise<unknown>
  /** @default 100 in 10 s, until headers say more; 4 searches a second of the 5 that all apps of the account share; 100 associations in 10 s */
  readonly rates?: { readonly [lane in Lane]?: Rate }
  /** Bulk calls under way at once. @default 4 */
  readonly bulkAtOnce?: number
}

const documented: { readonly [lane in Lane]: Rate } = {
  general: { max: 100, windowMs: 10_000 },
  search: { max: 4, windowMs: 1000 },
  associations: { max: 100, windowMs: 10_000 },
}
/** Bulk calls in a row that went well before one more may be under way. */
const recovery = 10

/** A call, and when it was over. When it reached the portal is not known: it counts from its start until a window after its end. */
interface Slot {
  end: number | null
  readonly bulk: boolean
}

interface Waiter {
  readonly admit: (slot: Slot) => void
}

interface LaneState {
  rate: Rate
  /** Of the last window. */
  slots: Slot[]
  pausedUntil: number
  /** Calls of others with the same token, and until when they count. */
  foreign: { readonly calls: number; readonly until: number }
  readonly people: Waiter[]
  readonly bulk: Waiter[]
  /** When somebody looks again. */
  wakeAt: number
}

/**
 * A limiter of rolling windows. A call that somebody waits for is admitted before any bulk call and may use the whole rate; bulk calls use half of it, so that
 * the other half is free at every moment.
 *
 * @example
 * ```ts no-run: needs a portal
 * const limiter = createHubSpotLimiter({ bulkAtOnce: 2 })
 * const client = createHubSpotClient({ client: { accessToken: 'a service key' }, limiter })
 * ```
 */
export function createHubSpotLimiter(options: LimiterOptions = {}): HubSpotLimiter {
  const clock = options.now ?? Date.now
  const sleep = options.sleep ?? ((ms: number) => new Promise((resolve) => setTimeout(resolve, ms)))
  const most = Math.max(1, options.bulkAtOnce ?? 4)
  let bulkAtOnce = most
  let underWay = 0
  let goodInARow = 0
  /** What has been slept is over, also where the host's clock went back or stands still. */
  let slept = Number.NEGATIVE_INFINITY
  const now = (): number => Math.max(clock(), slept)

  const stateOf = (lane: Lane): LaneState => ({
    rate: options.rates?.[lane] ?? documented[lane],
    slots: [],
    pausedUntil: Number.NEGATIVE_INFINITY,
    foreign: { calls: 0, until: Number.NEGATIVE_INFINITY },
    people: [],
    bulk: [],
    wakeAt: Number.POSITIVE_INFINITY,
  })
  const lanes: { readonly [lane in Lane]: LaneState } = {
    general: stateOf('general'),
    search: stateOf('search'),
    associations: stateOf('associations'),
  }

  /** Milliseconds until one more call may start; 0: now; `null`: not before a call that is under way is over. */
  function delay(state: LaneState, bulk: boolean): number | null {
    const at = now()
    if (at < state.pausedUntil) return state.pausedUntil - at
    const { max, windowMs } = state.rate
    state.slots = state.slots.filter(({ end }) => end === null || end > at - windowMs)
    const foreign = at < state.foreign.until ? state.foreign.calls : 0
    const own = waitFor(state.slots, max - foreign, at, windowMs)
    const whole = own !== 0 && foreign > 0 ? Math.min(own ?? Number.POSITIVE_INFINITY, state.foreign.until - at) : own
    if (!bulk || whole === null) return whole
    if (underWay >= bulkAtOnce) return null
    const bulks = state.slots.filter((slot) => slot.bulk)
    const half = waitFor(bulks, Math.max(1, Math.floor(max / 2)), at, windowMs)
    return half === null ? null : Math.max(whole, half)
  }

  /** Lets in whoever may go now; comes back when the next one may. */
  function pump(state: LaneState): void {
    for (;;) {
      const bulk = state.people.length === 0
      const queue = bulk ? state.bulk : state.people
      if (queue.length === 0) return
      const ms = delay(state, bulk)
      if (ms === null) return
      if (ms > 0) {
        if (now() + ms < state.wakeAt) void wake(state, now() + ms)
        return
      }
      const slot: Slot = { end: null, bulk }
      state.slots.push(slot)
      if (bulk) underWay += 1
      queue.shift()?.admit(slot)
    }
  }

  async function wake(state: LaneState, until: number): Promise<void> {
    state.wakeAt = until
    await sleep(until - now())
    slept = Math.max(slept, until)
    if (state.wakeAt === until) state.wakeAt = Number.POSITIVE_INFINITY
    pump(state)
  }

  function over(slot: Slot): void {
    if (slot.end !== null) return
    slot.end = now()
    if (slot.bulk) {
      underWay -= 1
      goodInARow += 1
      if (goodInARow >= recovery && bulkAtOnce < most) {
        goodInARow = 0
        bulkAtOnce += 1
      }
    }
    for (const state of Object.values(lanes)) pump(state)
  }

  return {
    acquire: (lane, bulk) =>
      new Promise((resolve) => {
        const state = lanes[lane]
        const queue = bulk ? state.bulk : state.people
        queue.push({ admit: (slot) => resolve(() => over(slot)) })
        pump(state)
      }),

    observe(lane, headers) {
      // Answers of a search say nothing of searches: only what is left of the day.
      if (lane === 'search') return
      const state = lanes[lane]
      const max = positive(headers.get('x-hubspot-ratelimit-max'))
      const windowMs = positive(headers.get('x-hubspot-ratelimit-interval-milliseconds'))
      if (max !== null && windowMs !== null) state.rate = { max, windowMs }
      const left = headers.get('x-hubspot-ratelimit-remaining')
      const remaining = left !== null && /^\d{1,9}$/.test(left) ? Number(left) : null
      if (remaining === null || max === null) return
      const at = now()
      const ours = state.slots.filter(({ end }) => end === null || end > at - state.rate.windowMs).length
      const calls = Math.max(0, max - remaining - ours)
      // The fewest that are known to be there count: what is gone from the window comes back by itself.
      state.foreign = { calls, until: calls === 0 ? Number.NEGATIVE_INFINITY : at + state.rate.windowMs }
    },

    pause(lane, ms) {
      const state = lanes[lane]
      state.pausedUntil = Math.max(state.pausedUntil, now() + ms)
    },

    relent() {
      goodInARow = 0
      bulkAtOnce = Math.max(1, Math.floor(bulkAtOnce / 2))
    },
  }
}

/** Milliseconds until fewer than `room` of the calls are in the window; `null`: too many of them are not over. */
function waitFor(slots: readonly Slot[], room: number, at: number, windowMs: number): number | null {
  if (slots.length < room) return 0
  const ends = slots.flatMap(({ end }) => end ?? []).sort((a, b) => a - b)
  const leaving = ends[slots.length - Math.max(1, room)]
  return leaving === undefined ? null : Math.max(1, leaving + windowMs - at)
}

const positive = (text: string | null): number | null => (text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null)
