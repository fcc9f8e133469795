import { StoreError } from '@ka-governance/core'
import { readAnswer, type Answer } from './answer.ts'
import type { ClientOptions, HubSpotCall } from './client.ts'
import { apiError, noToken, unreadable, untilMidnight } from './errors.ts'
import type { HubSpotLimiter, Lane } from './limiter.ts'
import type { HubSpotAnswer, HubSpotTransport } from './transport.ts'

/** A request as the client wants it carried out. */
export interface Call {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  /** Carried out twice it is as if it were once, so that a lost answer is no reason to give up. */
  readonly safe: boolean
  readonly bulk: boolean
}

/** Carries calls out: in their turn, patiently, with one new token if need be. */
export type Caller = (call: Call) => Promise<Answer>

export const defaults = { timeoutMs: 30_000, tries: 5 } as const

/** Which of HubSpot's counters a path falls under. */
export function laneOf(path: string): Lane {
  const bare = path.split('?')[0] ?? path
  if (bare.endsWith('/search')) return 'search'
  return bare.includes('/associations/') ? 'associations' : 'general'
}

/** Milliseconds to wait after a try: longer each time, spread so that two that met do not meet again. */
export function waitBefore(attempt: number, jitter: () => number): number {
  return Math.min(4000, 100 * 2 ** attempt) * (0.5 + jitter())
}

export function createCaller(options: ClientOptions, transport: HubSpotTransport, limiter: HubSpotLimiter): Caller {
  const sleep = options.sleep ?? ((ms: number) => new Promise((resolve) => setTimeout(resolve, ms)))
  const jitter = options.jitter ?? Math.random
  const now = options.now ?? Date.now
  const tries = options.tries ?? defaults.tries

  /** What a listener throws must not make a lost answer of one that came. */
  function tell(call: HubSpotCall): void {
    try {
      options.onCall?.(call)
    } catch {
      return
    }
  }

  async function once({ method, path, bulk }: Call, body: string | null): Promise<Answer & Pick<HubSpotAnswer, 'renew'>> {
    const lane = laneOf(path)
    const over = await limiter.acquire(lane, bulk)
    try {
      const answer = await transport.request({ method, path, body, timeoutMs: options.timeoutMs ?? defaults.timeoutMs })
      limiter.observe(lane, answer.headers)
      const left = answer.headers.get('x-hubspot-ratelimit-daily-remaining')
      tell({
        method,
        path: path.split('?')[0] ?? path,
        status: answer.status,
        lane,
        bulk,
        dailyRemaining: left !== null && /^\d+$/.test(left) ? Number(left) : null,
      })
      return { ...readAnswer(method, answer), ...(answer.renew === undefined ? {} : { renew: answer.renew }) }
    } catch (error) {
      throw error instanceof StoreError ? error : unreadable(method, 'no answer', error)
    } finally {
      over()
    }
  }

  /** One new token a request: a source that "succeeds" for ever must not loop. */
  async function authorized(call: Call, body: string | null): Promise<Answer> {
    const answer = await once(call, body)
    if (answer.status !== 401 || answer.renew === undefined) return answer
    let renewed: boolean
    try {
      renewed = await answer.renew()
    } catch (error) {
      throw error instanceof StoreError ? error : noToken(error)
    }
    return renewed ? once(call, body) : answer
  }

  return async (call) => {
    const body = call.body === undefined ? null : JSON.stringify(call.body)
    const sent = valuesIn(call.body)
    for (let attempt = 1; ; attempt += 1) {
      let error: unknown
      try {
        const answer = await authorized(call, body)
        if (answer.status < 300 || answer.status === 404 || answer.status === 414) return answer
        error = withMidnight(apiError(answer, sent), options.timeZone, now)
      } catch (thrown) {
        error = thrown
      }
      if (!(error instanceof StoreError)) throw error
      const { retryAfterMs, window } = error.details
      const passes = error.code === 'throttled' || (call.safe && error.code === 'unknown_outcome')
      if (!passes || window === 'daily' || attempt >= tries) throw call.safe ? asOutage(error) : error
      const asked = typeof retryAfterMs === 'number' ? retryAfterMs : 0
      // Everybody waits out a rate, only this one a locked record.
      if (window === 'rolling') limiter.pause(laneOf(call.path), asked)
      else await sleep(Math.max(asked, waitBefore(attempt, jitter)))
      if (window === 'locked' && call.bulk) limiter.relent()
    }
  }
}

/** An outcome that nobody needs to know: twice is as good as once, so HubSpot was simply not there. */
function asOutage(error: StoreError): StoreError {
  return error.code === 'unknown_outcome'
    ? new StoreError('unavailable', error.message, { cause: error, details: error.details, actions: error.actions })
    : error
}

/** The calls of a day begin anew at midnight of the account. */
function withMidnight(error: StoreError, timeZone: string | undefined, now: () => number): StoreError {
  if (error.details['window'] !== 'daily' || timeZone === undefined) return error
  return new StoreError('throttled', error.message, {
    details: { ...error.details, retryAfterMs: untilMidnight(now(), timeZone) },
    actions: error.actions,
  })
}

/** Every text of a request that may be a value of somebody: not the names. */
function valuesIn(body: unknown): readonly string[] {
  if (typeof body === 'string') return [body]
  if (Array.isArray(body)) return (body as unknown[]).flatMap(valuesIn)
  if (typeof body !== 'object' || body === null) return []
  return Object.entries(body).flatMap(([name, value]) =>
    notValues.has(name) || (name === 'properties' && Array.isArray(value)) ? [] : valuesIn(value),
  )
}

/** Members of requests that hold names, not values. */
const notValues: ReadonlySet<string> = new Set([
  'propertyName',
  'operator',
  'direction',
  'idProperty',
  'name',
  'type',
  'fieldType',
  'groupName',
  'associationCategory',
  'sorts',
])
