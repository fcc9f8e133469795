import type { FakeOrg } from './org.ts'
import type { RestAnswer, RestRequest } from './rest.ts'
import { SoqlError, type FakeRow, type Value } from './soql.ts'

/** A job as the stand-in keeps it. */
export interface FakeJob {
  readonly id: string
  readonly query: string
  state: 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted'
  errorMessage: string | null
  rows: readonly FakeRow[]
  polls: number
  deleted: boolean
}

/** Query jobs of the Bulk API 2.0: queued, carried out after some polls, read set by set, deleted. */
export interface FakeBulk {
  readonly jobs: FakeJob[]
  /** So many answers say that it is not done yet. */
  polls: number
  /** Most rows of a set, whatever is asked for. */
  setRows: number
  /** What a faulty org makes of a set of rows. */
  spoil: ((csv: string, set: number) => string) | null
  /** What becomes of a job instead of its rows. */
  fail: string | null
  readonly handle: (request: RestRequest) => RestAnswer
}

export function createBulkApi(
  org: FakeOrg,
  options: { readonly version: string; readonly tokens: () => ReadonlySet<string> },
): FakeBulk {
  const base = `/services/data/v${options.version}/jobs/query`
  const answer = (status: number, body: unknown): RestAnswer => ({
    status,
    headers: { 'content-type': 'application/json;charset=UTF-8' },
    body: body === null ? '' : JSON.stringify(body),
  })
  const problem = (status: number, errorCode: string, message: string): RestAnswer => answer(status, [{ errorCode, message }])
  const infoOf = (job: FakeJob): object => ({
    id: job.id,
    operation: 'query',
    object: /\bFROM\s+(\w+)/i.exec(job.query)?.[1] ?? '',
    state: job.state,
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(options.version),
    lineEnding: 'LF',
    columnDelimiter: 'COMMA',
    ...(job.state === 'UploadComplete' ? {} : { numberRecordsProcessed: job.rows.length }),
    ...(job.errorMessage === null ? {} : { errorMessage: job.errorMessage }),
  })

  function created(body: string | null): RestAnswer {
    const { operation, query = '' } = JSON.parse(body ?? '{}') as { operation?: string; query?: string }
    if (operation !== 'query') return problem(400, 'INVALIDJOB', 'operation is not supported')
    if (/\bGROUP\s+BY\b|\bOFFSET\b|\bTYPEOF\b|\b(?:COUNT|SUM|AVG|MIN|MAX)\s*\(/i.test(query))
      return problem(400, 'FEATURENOTENABLED', 'aggregate queries are not supported')
    const id = `750${String(bulk.jobs.length + 1).padStart(12, '0')}AAA`
    const job: FakeJob = { id, query, state: 'UploadComplete', errorMessage: null, rows: [], polls: 0, deleted: false }
    bulk.jobs.push(job)
    return answer(200, infoOf(job))
  }

  function polled(job: FakeJob): RestAnswer {
    if (job.state === 'UploadComplete' || job.state === 'InProgress') {
      job.polls += 1
      job.state = 'InProgress'
      if (job.polls > bulk.polls) carryOut(job)
    }
    return answer(200, infoOf(job))
  }

  function carryOut(job: FakeJob): void {
    try {
      if (bulk.fail !== null) throw new SoqlError('', bulk.fail)
      job.rows = org.query(job.query).rows
      job.state = 'JobComplete'
    } catch (error) {
      if (!(error instanceof SoqlError)) throw error
      job.state = 'Failed'
      job.errorMessage = error.code === '' ? error.message : `${error.code}: ${error.message}`
    }
  }

  function results(job: FakeJob, search: URLSearchParams): RestAnswer {
    if (job.state !== 'JobComplete') return problem(400, 'INVALIDJOBSTATE', 'the job is not complete')
    const locator = search.get('locator')
    const from = locator === null ? 0 : Number(Buffer.from(locator, 'base64').toString('utf8'))
    if (!Number.isInteger(from) || from > job.rows.length) return problem(400, 'INVALIDLOCATOR', 'the locator is not valid')
    const size = Math.min(bulk.setRows, Number(search.get('maxRecords') ?? bulk.setRows))
    const set = job.rows.slice(from, from + size)
    const next = from + size
    const names = Object.keys(job.rows[0] ?? {})
    const cell = (value: Value): string => `"${(value === null ? '' : String(value)).replaceAll('"', '""')}"`
    const csv = [names, ...set.map((row) => names.map((name) => row[name] ?? null))]
      .map((line) => `${line.map(cell).join(',')}\n`)
      .join('')
    return {
      status: 200,
      headers: {
        'content-type': 'text/csv;charset=UTF-8',
        'sforce-numberofrecords': String(set.length),
        'sforce-locator': next < job.rows.length ? Buffer.from(String(next)).toString('base64url') : 'null',
      },
      body: bulk.spoil?.(csv, from / size) ?? csv,
    }
  }

  const bulk: FakeBulk = {
    jobs: [],
    polls: 2,
    setRows: 50_000,
    spoil: null,
    fail: null,
    handle: ({ method, path, headers, body }) => {
      const token = /^Bearer (.+)$/.exec(headers['authorization'] ?? '')?.[1] ?? ''
      if (!options.tokens().has(token)) return problem(401, 'INVALID_SESSION_ID', 'Session expired or invalid')
      const [address = '', search = ''] = path.split('?')
      const [id = '', part] = address.slice(base.length + 1).split('/')
      if (address === base && method === 'POST') return created(body)
      const job = bulk.jobs.find((each) => each.id === id && !each.deleted)
      if (job === undefined) return problem(404, 'NOT_FOUND', 'The requested resource does not exist')
      if (part === 'results') return results(job, new URLSearchParams(search))
      const running = job.state === 'UploadComplete' || job.state === 'InProgress'
      switch (method) {
        case 'GET':
          return polled(job)
        case 'PATCH':
          if (!running) return problem(400, 'INVALIDJOBSTATE', 'the job has ended')
          job.state = 'Aborted'
          return answer(200, infoOf(job))
        case 'DELETE':
          if (running) return problem(400, 'INVALIDJOBSTATE', 'the job has not ended')
          job.deleted = true
          return answer(204, null)
        default:
          return problem(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed.`)
      }
    },
  }
  return bulk
}
