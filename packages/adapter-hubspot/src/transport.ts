import { noToken } from './errors.ts'

/** One request as it goes out. The token is the transport's own. */
export interface HubSpotRequest {
  /** `GET`, `POST` … */
  readonly method: string
  /** Begins with `/`, encoded, with its query. */
  readonly path: string
  /** JSON; `null`: none. */
  readonly body: string | null
  /** Milliseconds after which the transport has to give up. */
  readonly timeoutMs: number
}

/** What came back, whatever its status. */
export interface HubSpotAnswer {
  readonly status: number
  readonly headers: {
    /** A header's value; `null`: it is not there. */
    readonly get: (name: string) => string | null
  }
  /** The body, whatever it is. */
  readonly text: string
  /** After a 401: whether there is another token than the one this request went out with; absent: there is none. */
  readonly renew?: () => Promise<boolean>
}

/** Carries one request to HubSpot and its answer back; throws only when there is no answer. */
export interface HubSpotTransport {
  /** Answers every status; rejects only when there is no answer. */
  readonly request: (request: HubSpotRequest) => Promise<HubSpotAnswer>
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
  /** Sends one request by the library's own means. */
  apiRequest(options: { readonly method: string; readonly path: string; readonly body?: unknown }): Promise<{
    readonly status: number
    readonly headers: {
      /** A header's value; `null`: it is not there. */
      get(name: string): string | null
    }
    /** The body, read once. */
    text(): Promise<string>
  }>
}

/** How a portal is reached. */
export type HubSpotConnection = ApiClient | TokenSource | HubSpotTransport

const host = 'https://api.hubapi.com'

/**
 * The transport for what was given. Of a client of `@hubspot/api-client` its token and address are taken, anew for every request, and our own `fetch` goes out:
 * {@link fromApiClient} goes through the library instead.
 */
export function transportOf(connection: HubSpotConnection, send: typeof fetch = fetch): HubSpotTransport {
  if ('request' in connection) return connection
  if ('apiRequest' in connection) {
    const { config } = connection
    const through = fromApiClient(connection)
    return {
      request: async (request) => {
        const token = config.accessToken
        // Not logged in by a token, or not yet: the library knows how.
        if (token === undefined) return through.request(request)
        const answer = await fetchOnce(send, config.basePath ?? host, token, request)
        // `setAccessToken` by the host, while the request was under way.
        return { ...answer, renew: async () => config.accessToken !== token }
      },
    }
  }
  const { accessToken, baseUrl = host } = connection
  if (typeof accessToken === 'string') return { request: (request) => fetchOnce(send, baseUrl, accessToken, request) }
  let current: Promise<string> | null = null
  const token = (): Promise<string> => {
    if (current !== null) return current
    const asked: Promise<string> = accessToken().catch((error: unknown) => {
      // A source that failed once is asked again by the next request.
      if (current === asked) current = null
      throw noToken(error)
    })
    current = asked
    return asked
  }
  return {
    request: async (request) => {
      const asked = token()
      const answer = await fetchOnce(send, baseUrl, await asked, request)
      const renew = async (): Promise<boolean> => {
        // Of all requests that were refused with one token only the first asks for another.
        if (current === asked) current = null
        await token()
        return true
      }
      return { ...answer, renew }
    },
  }
}

async function fetchOnce(send: typeof fetch, baseUrl: string, token: string, request: HubSpotRequest): Promise<HubSpotAnswer> {
  const response = await send(`${baseUrl.replace(/\/+$/, '')}${request.path}`, {
    method: request.method,
    // The token goes nowhere else, and a POST must not become a GET.
    redirect: 'manual',
    signal: AbortSignal.timeout(request.timeoutMs),
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      ...(request.body === null ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    },
    ...(request.body === null ? {} : { body: request.body }),
  })
  return { status: response.status, headers: response.headers, text: await response.text() }
}

/**
 * Goes through `apiRequest` of a client of `@hubspot/api-client`, for hosts whose proxy or limiter is set up there. The library cannot cancel a request: after
 * the time-out nobody waits for it any more, but it is still under way. Switch its retries off (`numberOfApiCallRetries: 0`, the default).
 *
 * @example
 * ```ts no-run: needs a portal
 * import { Client } from '@hubspot/api-client'
 *
 * const client = createHubSpotClient({ client: fromApiClient(new Client({ accessToken: 'a token' })) })
 * ```
 */
export function fromApiClient(client: ApiClient): HubSpotTransport {
  return {
    request: async ({ method, path, body, timeoutMs }) => {
      const token = client.config.accessToken
      const asked = (async (): Promise<HubSpotAnswer> => {
        // The library writes JSON itself.
        const given = body === null ? {} : { body: JSON.parse(body) as unknown }
        const response = await client.apiRequest({ method, path, ...given })
        const text = await response.text()
        return {
          status: response.status,
          headers: response.headers,
          text,
          renew: async () => client.config.accessToken !== token,
        }
      })()
      return withTimeout(asked, timeoutMs)
    },
  }
}

async function withTimeout<T>(asked: Promise<T>, ms: number): Promise<T> {
  const signal = AbortSignal.timeout(ms)
  let stop: () => void = () => undefined
  const late = new Promise<never>((_resolve, reject) => {
    stop = () => reject(new Error('no answer in time'))
    signal.addEventListener('abort', stop)
  })
  // Whichever comes second must not end the process.
  asked.catch(() => undefined)
  late.catch(() => undefined)
  try {
    return await Promise.race([asked, late])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
