/** HubSpot counts these apart. */
export type Lane = 'general' | 'search' | 'associations'

/** One budget of calls for a portal: people first, bulk work at most half. */
export interface HubSpotLimiter {
  /** Waits for its turn; what it returns says that the call is over. */
  readonly acquire: (lane: Lane, bulk: boolean) => Promise<() => void>
  /** What an answer's headers say of the lane. */
  readonly observe: (lane: Lane, headers: { readonly get: (name: string) => string | null }) => void
  /** No call of the lane before that many milliseconds are over. */
  readonly pause: (lane: Lane, ms: number) => void
  /** Records were locked: half as many bulk calls at once. */
  readonly relent: () => void
}
