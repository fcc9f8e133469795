/** One request as it goes out. The token is the transport's own. */
export interface HubSpotRequest {
  readonly method: string
  /** Begins with `/`, encoded, with its query. */
  readonly path: string
  readonly body: string | null
  readonly timeoutMs: number
}

/** What came back, whatever its status. */
export interface HubSpotAnswer {
  readonly status: number
  readonly headers: { readonly get: (name: string) => string | null }
  readonly text: string
}

/** Carries one request to HubSpot and its answer back; throws only when there is no answer. */
export interface HubSpotTransport {
  readonly request: (request: HubSpotRequest) => Promise<HubSpotAnswer>
  /** Asks for a new token after a 401; absent, or `false`: there is none. */
  readonly renew?: () => Promise<boolean>
}

/** A token, or who gives one. */
export interface TokenSource {
  /** Called again after a 401, once a request. */
  readonly accessToken: string | (() => Promise<string>)
  /** @default https://api.hubapi.com */
  readonly baseUrl?: string
}

/** What the adapter needs of a `Client` of `@hubspot/api-client`. */
export interface ApiClient {
  readonly config: { readonly accessToken?: string; readonly basePath?: string }
  apiRequest(options: {
    readonly method: string
    readonly path: string
    readonly body?: unknown
    readonly headers?: { readonly [name: string]: string }
  }): Promise<{
    readonly status: number
    readonly headers: { get(name: string): string | null }
    text(): Promise<string>
  }>
}

/** How a portal is reached. */
export type HubSpotConnection = ApiClient | TokenSource | HubSpotTransport
