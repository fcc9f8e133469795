import { createFakeOrg, type FakeObject, type FakeOrg } from './org.ts'
import { governedObjects } from './objects.ts'
import { createBulkApi, type FakeBulk } from './bulk.ts'
import { createRestApi, type RestAnswer } from './rest.ts'

/** What goes wrong with one request. */
export type Fault =
  | 'cutBefore'
  | 'cutAfter'
  | 'midBody'
  | 'redirect'
  | 'html'
  | 'unauthorized'
  | 'unavailable'
  | 'daily'
  | 'concurrent'
  | 'lockedRow'
  | 'slow'

/** What a store gets over by itself, when it happens once. */
export const passingFaults: readonly Fault[] = [
  'cutBefore',
  'cutAfter',
  'midBody',
  'redirect',
  'html',
  'unauthorized',
  'unavailable',
  'concurrent',
  'lockedRow',
  'slow',
]
/** Those that a read meets: nothing is written, so no row is locked. */
export const passingReadFaults: readonly Fault[] = passingFaults.filter((fault) => fault !== 'lockedRow')

/** An org behind a `fetch`, with faults by script. */
export interface FakeSalesforce {
  readonly org: FakeOrg
  readonly fetch: typeof fetch
  readonly session: { readonly instanceUrl: string; accessToken: string; refreshAuth: () => Promise<void> }
  /** Asked before every request: the number of the request, its method and path. */
  script:
    | ((request: {
        readonly number: number
        readonly method: string
        readonly path: string
        readonly body: string | null
      }) => Fault | null)
    | null
  readonly log: { readonly method: string; readonly path: string; readonly body: string | null; readonly fault: Fault | null }[]
  /** Query jobs of the Bulk API. */
  readonly bulk: FakeBulk
  /** How often the session was renewed. */
  readonly renewals: () => number
}

export const version = '66.0'

export function createFakeSalesforce(
  options: {
    readonly extra?: { readonly [object: string]: Partial<FakeObject> }
    readonly prefix?: string
    readonly objects?: { readonly [object: string]: FakeObject }
  } = {},
): FakeSalesforce {
  const org = createFakeOrg(options.objects ?? governedObjects(options.prefix, options.extra))
  const tokens = new Set(['00D000000000001!first'])
  let renewals = 0
  let clock = Date.UTC(2026, 0, 5, 1)
  const api = createRestApi(org, { version, now: () => (clock += 1), tokens: () => tokens })

  const bulk = createBulkApi(org, { version, tokens: () => tokens })

  const fake: FakeSalesforce = {
    org,
    bulk,
    script: null,
    log: [],
    renewals: () => renewals,
    session: {
      instanceUrl: 'https://fake.my.salesforce.example',
      accessToken: '00D000000000001!first',
      refreshAuth: async () => {
        renewals += 1
        const token = `00D000000000001!renewed${String(renewals)}`
        tokens.add(token)
        fake.session.accessToken = token
      },
    },
    fetch: async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input)
      const path = `${url.pathname}${url.search}`
      const body = typeof init?.body === 'string' ? init.body : null
      const method = init?.method ?? 'GET'
      const fault = fake.script?.({ number: fake.log.length + 1, method, path, body }) ?? null
      fake.log.push({ method, path, body, fault })
      const handled = (): RestAnswer =>
        (path.startsWith(`/services/data/v${version}/jobs/`) ? bulk : api).handle({
          method,
          path,
          headers: Object.fromEntries(new Headers(init?.headers)),
          body,
        })
      // Requests overlap as they do on a network: another one may be carried out before this one is.
      await Promise.resolve()
      return answered(fault, handled, init?.signal ?? null, body)
    },
  }
  return fake
}

const failed = (): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }) })
const json = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
const limited = (message: string): Response => json(403, [{ message, errorCode: 'REQUEST_LIMIT_EXCEEDED' }])

/** Another transaction holds a row: nothing is written, and one request of the composite says so. */
function locked(body: string | null): Response {
  const { compositeRequest = [], graphs = [] } = JSON.parse(body ?? '{}') as {
    compositeRequest?: { referenceId: string }[]
    graphs?: { graphId: string; compositeRequest: { referenceId: string }[] }[]
  }
  const refused = (requests: readonly { readonly referenceId: string }[]): object[] =>
    requests.map(({ referenceId }, k) => ({
      body: [
        k === 0
          ? {
              errorCode: 'UNABLE_TO_LOCK_ROW',
              message: 'unable to obtain exclusive access to this record or 1 records: a00000000000001AAA',
              fields: [],
            }
          : {
              errorCode: 'PROCESSING_HALTED',
              message: 'We rolled back the transaction since another operation in the same transaction failed.',
            },
      ],
      httpHeaders: {},
      httpStatusCode: 400,
      referenceId,
    }))
  if (graphs.length > 0)
    return json(200, {
      graphs: graphs.map(({ graphId, compositeRequest: list }) => ({
        graphId,
        graphResponse: { compositeResponse: refused(list) },
        isSuccessful: false,
      })),
    })
  if (compositeRequest.length > 0) return json(200, { compositeResponse: refused(compositeRequest) })
  return json(400, [{ errorCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access to this record', fields: [] }])
}

async function answered(
  fault: Fault | null,
  handled: () => RestAnswer,
  signal: AbortSignal | null,
  body: string | null,
): Promise<Response> {
  switch (fault) {
    case 'cutBefore':
      throw failed()
    case 'cutAfter':
      handled()
      throw failed()
    case 'midBody': {
      const { status, body: text } = handled()
      const bytes = new TextEncoder().encode(text)
      const stream = new ReadableStream<Uint8Array>({
        pull: (controller) => {
          controller.enqueue(bytes.slice(0, Math.floor(bytes.length / 2)))
          controller.error(new TypeError('terminated'))
        },
      })
      return new Response(stream, { status: status === 204 ? 200 : status })
    }
    case 'redirect':
      return new Response(null, { status: 302, headers: { location: 'https://login.salesforce.example/' } })
    case 'html':
      return new Response('<html><body>Down for maintenance</body></html>', {
        status: 200,
        headers: { 'content-type': 'text/html' },
      })
    case 'unauthorized':
      return json(401, [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }])
    case 'unavailable':
      return json(503, [{ message: 'Server Unavailable', errorCode: 'SERVER_UNAVAILABLE' }])
    case 'daily':
      return limited('TotalRequests Limit exceeded.')
    case 'concurrent':
      return limited('ConcurrentRequests (Concurrent API Requests) Limit exceeded.')
    case 'lockedRow':
      return locked(body)
    case 'slow':
      handled()
      throw signal?.reason ?? new DOMException('The operation was aborted due to timeout', 'TimeoutError')
    case null: {
      const { status, headers, body: text } = handled()
      return new Response(status === 204 ? null : text, { status, headers: { ...headers } })
    }
  }
}
