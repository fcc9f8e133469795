import { PortalError } from './bodies.ts'

/** At most so many calls in a rolling window. */
export interface FakeRate {
  readonly max: number
  readonly windowMs: number
}

/** What a portal allows. */
export interface FakeRates {
  general: FakeRate
  search: FakeRate
  associations: FakeRate
  /** Calls a day; `null`: an app that has no such limit, nor the headers of one. */
  daily: number | null
}

/** An Enterprise portal with a static token. */
export const enterprise: FakeRates = {
  general: { max: 190, windowMs: 10_000 },
  search: { max: 5, windowMs: 1000 },
  associations: { max: 150, windowMs: 10_000 },
  daily: 1_000_000,
}

export type FakeLane = 'general' | 'search' | 'associations'

export const rateErrors = {
  /** As recorded 69 times: no name of a policy. */
  secondly: () => new PortalError(429, 'You have reached your secondly limit.', { category: 'RATE_LIMITS' }),
  tenSecondly: () =>
    new PortalError(429, 'You have reached your ten_secondly_rolling limit.', {
      errorType: 'RATE_LIMIT',
      policyName: 'TEN_SECONDLY_ROLLING',
      requestId: '00000000-0000-4000-8000-0000000000aa',
    }),
  daily: () =>
    new PortalError(429, 'You have reached your daily limit.', {
      errorType: 'RATE_LIMIT',
      policyName: 'DAILY',
      requestId: '00000000-0000-4000-8000-0000000000ab',
    }),
} as const

/** Counts calls, and refuses those that are too many. */
export function createRates(clock: { readonly now: () => number }, rates: FakeRates) {
  const calls: { readonly [lane in FakeLane]: number[] } = { general: [], search: [], associations: [] }
  let today = 0
  const inWindow = (lane: FakeLane): number => {
    const since = clock.now() - rates[lane].windowMs
    const kept = calls[lane].filter((at) => at > since)
    calls[lane].splice(0, calls[lane].length, ...kept)
    return kept.length
  }
  return {
    rates,
    /** @throws PortalError 429 */
    count(lane: FakeLane): void {
      if (rates.daily !== null && today >= rates.daily) throw rateErrors.daily()
      if (inWindow(lane) >= rates[lane].max) throw lane === 'search' ? rateErrors.secondly() : rateErrors.tenSecondly()
      today += 1
      calls[lane].push(clock.now())
    },
    today: (): number => today,
    headers(lane: FakeLane): { readonly [name: string]: string } {
      const daily =
        rates.daily === null
          ? {}
          : {
              'x-hubspot-ratelimit-daily': String(rates.daily),
              'x-hubspot-ratelimit-daily-remaining': String(Math.max(0, rates.daily - today)),
            }
      if (lane === 'search') return daily
      const { max, windowMs } = rates[lane]
      const left = Math.max(0, max - inWindow(lane))
      return {
        ...daily,
        'x-hubspot-ratelimit-interval-milliseconds': String(windowMs),
        'x-hubspot-ratelimit-max': String(max),
        'x-hubspot-ratelimit-remaining': String(left),
        'x-hubspot-ratelimit-secondly': String(Math.floor(max / 10)),
        'x-hubspot-ratelimit-secondly-remaining': String(Math.min(left, Math.max(0, Math.floor(max / 10) - 1))),
      }
    },
  }
}
