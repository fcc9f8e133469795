import { notFound, PortalError } from './bodies.ts'
import { createDefinitionsApi } from './definitions.ts'
import { createLinks } from './links.ts'
import { createObjectsApi, type Asked, type Reply } from './objects.ts'
import { createPortal } from './portal.ts'
import { createRates, enterprise, rateErrors, type FakeLane, type FakeRates } from './rates.ts'

/** What goes wrong with one request. */
export type Fault =
  /** The connection dies: before it was carried out, after it, or it is carried out later, when nobody waits any more. */
  | 'cutBefore'
  | 'cutAfter'
  | 'later'
  | 'midBody'
  | 'empty'
  | 'redirect'
  /** A gateway's page: 502 without or with the work done, 524 with it. */
  | 'html'
  | 'htmlAfter'
  | 'gatewayTimeout'
  | 'unauthorized'
  | 'unavailable'
  | 'daily'
  | 'tenSecondly'
  | 'secondly'
  | 'locked'
  | 'migration'
  /** Success with another number than the documented one. */
  | 'otherStatus'

/** What a store gets over by itself, when it happens once. */
export const passingFaults: readonly Fault[] = [
  'cutBefore',
  'cutAfter',
  'later',
  'midBody',
  'empty',
  'redirect',
  'html',
  'htmlAfter',
  'gatewayTimeout',
  'unauthorized',
  'unavailable',
  'tenSecondly',
  'secondly',
  'locked',
  'otherStatus',
]

/** A clock that stands still but for requests and sleep. */
export interface FakeClock {
  readonly now: () => number
  /** Sleeps that overlap pass together. */
  readonly sleep: (ms: number) => Promise<void>
  readonly advance: (ms: number) => void
}

function createClock(start: number): FakeClock {
  let at = start
  return {
    now: () => at,
    sleep: async (ms) => {
      const until = at + ms
      // Whoever is under way gets on first.
      await new Promise((resolve) => setImmediate(resolve))
      at = Math.max(at, until)
    },
    advance: (ms) => {
      at += ms
    },
  }
}

/** A request as a script sees it, and as it is kept. */
export interface LoggedRequest {
  readonly number: number
  readonly method: string
  readonly path: string
  readonly body: string | null
}

const versions: ReadonlySet<string> = new Set(['2026-09', '2026-03', 'v3', 'v4'])

/** A portal behind a `fetch`, with faults by script. */
export function createFakeHubSpot(options: { readonly rates?: Partial<FakeRates>; readonly start?: number } = {}) {
  const clock = createClock(options.start ?? Date.UTC(2026, 0, 5, 1))
  const portal = createPortal(clock)
  const links = createLinks(portal)
  const objects = createObjectsApi(portal, links, clock)
  const definitions = createDefinitionsApi(portal, clock)
  const limits = createRates(clock, { ...enterprise, ...options.rates })
  const tokens = new Set(['pat-eu1-first'])
  const later: { readonly after: number; readonly run: () => void }[] = []
  let renewals = 0
  let token = 'pat-eu1-first'

  const api: { readonly [area: string]: (asked: Asked) => Reply } = {
    objects: (asked) => objects.handle(asked),
    associations: (asked) => links.handle(asked, portal.iso(clock.now())),
    properties: (asked) => definitions.properties(asked),
    pipelines: (asked) => definitions.pipelines(asked),
    owners: (asked) => definitions.people(asked),
    limits: (asked) => definitions.limits(asked),
    schemas: (asked) => definitions.schemas(asked),
    details: () => ({ status: 200, body: definitions.account }),
  }

  /** What a path means, in the style of today's versions and in that of v3 and v4. */
  function route(url: URL): { readonly area: string; readonly path: readonly string[] } {
    const parts = url.pathname
      .split('/')
      .filter((each) => each !== '')
      .map(decodeURIComponent)
    const [first = '', second = '', third = '', ...rest] = parts
    if (first === 'crm-object-schemas' || first === 'account-info') {
      if (!versions.has(second)) throw notFound()
      return { area: third, path: rest }
    }
    if (first !== 'crm') throw notFound()
    const [area, version] = versions.has(second) ? [third, second] : [second, third]
    if (!versions.has(version)) throw notFound()
    return { area, path: rest }
  }

  const laneOf = ({ area, path }: ReturnType<typeof route>): FakeLane =>
    area === 'associations' || path.includes('associations') ? 'associations' : path.at(-1) === 'search' ? 'search' : 'general'

  const number = (): string => `00000000-0000-4000-8000-${String(fake.log.length).padStart(12, '0')}`

  function answer(status: number, body: unknown, headers: { readonly [name: string]: string } = {}): Response {
    const all = { 'x-hubspot-correlation-id': number(), ...headers }
    if (body === undefined) return new Response(null, { status, headers: all })
    return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json;charset=utf-8', ...all } })
  }

  const refusal = (error: PortalError, headers: { readonly [name: string]: string } = {}): Response =>
    answer(error.status, { ...error.body, correlationId: number() }, headers)

  function handled(url: URL, method: string, headers: Headers, text: string | null): Response {
    if (url.href.length > 8000) return answer(414, undefined)
    const bearer = headers.get('authorization')?.replace(/^Bearer /, '') ?? ''
    let lane: FakeLane = 'general'
    try {
      if (!tokens.has(bearer))
        throw new PortalError(401, 'Authentication credentials not found. This API supports OAuth 2.0 authentication', {
          category: 'INVALID_AUTHENTICATION',
        })
      const { area, path } = route(url)
      lane = laneOf({ area, path })
      limits.count(lane)
      const handle = Object.hasOwn(api, area) ? api[area] : undefined
      if (handle === undefined) throw notFound()
      let body: unknown = null
      try {
        body = text === null ? null : JSON.parse(text)
      } catch {
        throw new PortalError(400, 'Invalid input JSON on line 1', { category: 'VALIDATION_ERROR' })
      }
      const reply = handle({ method, path, query: url.searchParams, body, text: text ?? '' })
      return answer(reply.status, reply.body, limits.headers(lane))
    } catch (error) {
      if (!(error instanceof PortalError)) throw error
      return refusal(error, error.status === 401 ? {} : limits.headers(lane))
    }
  }

  const cut = (): TypeError =>
    new TypeError('fetch failed', { cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }) })
  const page = (status: number): Response =>
    new Response('<html><body>error</body></html>', { status, headers: { 'content-type': 'text/html' } })

  async function broken(fault: Fault, handle: () => Response): Promise<Response> {
    switch (fault) {
      case 'cutBefore':
        throw cut()
      case 'cutAfter':
        handle()
        throw cut()
      case 'later':
        later.push({ after: fake.log.length + 1, run: handle })
        throw new DOMException('The operation was aborted due to timeout', 'TimeoutError')
      case 'midBody': {
        const done = handle()
        const text = await done.text()
        return new Response(text === '' ? null : text.slice(0, Math.floor(text.length / 2)), {
          status: done.status,
          headers: done.headers,
        })
      }
      case 'empty': {
        const { status } = handle()
        return new Response(status === 204 ? null : '', { status })
      }
      case 'redirect':
        return new Response(null, { status: 302, headers: { location: 'https://app.hubspot.com/login' } })
      case 'html':
        return page(502)
      case 'htmlAfter':
        handle()
        return page(502)
      case 'gatewayTimeout':
        handle()
        return page(524)
      case 'unauthorized':
        return refusal(new PortalError(401, 'The access token is expired.', { category: 'EXPIRED_AUTHENTICATION' }))
      case 'unavailable':
        return refusal(new PortalError(503, 'Service is temporarily unavailable', {}))
      case 'locked':
        return refusal(new PortalError(423, 'The object is locked', { category: 'LOCKED' }))
      case 'migration':
        return refusal(new PortalError(477, 'The account is being migrated', {}), { 'retry-after': '3600' })
      case 'otherStatus': {
        const done = handle()
        const other = done.status === 200 ? 201 : done.status === 201 ? 200 : done.status
        return new Response(done.status === 204 ? null : await done.text(), { status: other, headers: done.headers })
      }
      default:
        return refusal(rateErrors[fault]())
    }
  }

  const fake = {
    portal,
    links,
    definitions,
    limits,
    clock,
    baseUrl: 'https://fake.hubapi.example',
    /** Gives the token of today; after a renewal another one. */
    source: {
      accessToken: async (): Promise<string> => {
        renewals += 1
        if (renewals > 1) token = `pat-eu1-renewed${String(renewals - 1)}`
        tokens.add(token)
        return token
      },
      baseUrl: 'https://fake.hubapi.example',
    },
    token: (): string => token,
    /** How often a token was asked for. */
    renewals: (): number => renewals,
    /** Asked before every request. */
    script: null as ((request: LoggedRequest) => Fault | null) | null,
    log: [] as (LoggedRequest & { readonly fault: Fault | null; readonly at: number })[],
    fetch: async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
      const url = new URL(input instanceof Request ? input.url : input)
      const body = typeof init?.body === 'string' ? init.body : null
      const method = init?.method ?? 'GET'
      // Requests overlap as they do on a network: another one may be carried out before this one is.
      await new Promise((resolve) => setImmediate(resolve))
      const request = { number: fake.log.length + 1, method, path: `${url.pathname}${url.search}`, body }
      clock.advance(1)
      for (const waiting of later.splice(0)) (waiting.after < request.number ? waiting.run : () => later.push(waiting))()
      const fault = fake.script?.(request) ?? null
      fake.log.push({ ...request, fault, at: clock.now() })
      const handle = (): Response => handled(url, method, new Headers(init?.headers), body)
      return fault === null ? handle() : broken(fault, handle)
    },
  }
  return fake
}

export type FakeHubSpot = ReturnType<typeof createFakeHubSpot>
