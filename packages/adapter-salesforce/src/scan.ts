import { InvalidInputError, StoreError } from '@ka-governance/core'
import type { Row, SalesforceClient } from './client.ts'
import { meaningOf, unreadable } from './errors.ts'
import { apiName, segment } from './soql.ts'

/** When lists are read by jobs of the Bulk API 2.0 instead of page by page, and how. */
export interface ScanOptions {
  /** `true`: every list of accounts, and of instances that are not those of one account. Otherwise those of more rows than `above`, which costs one call for the count. */
  readonly bulk: true | { readonly above: number }
  /** Rows in one set of results: so many are held at once. @default 10000 */
  readonly setRows?: number
  /** Milliseconds before a job is first asked about; half as much again each time, up to half a minute. @default 1000 */
  readonly pollMs?: number
  /** Milliseconds of waiting after which a job is given up. @default 3600000 */
  readonly deadlineMs?: number
}

/** Reads long lists. */
export interface Scanner {
  /** Whether a job is worth it for these rows. */
  readonly isLarge: (object: string, where: string) => Promise<boolean>
  /**
   * The rows of a query, in its order, as texts. `key`: a field that rises from row to row by code units, or null where the org sorts by a language; then it
   * must only not repeat. The job is deleted afterwards, and aborted when it is given up; one whose beginning was not answered stays until the org deletes it.
   *
   * @throws StoreError when the job fails, or when rows are missing, doubled or out of order: never a list that is short without a word
   */
  readonly rows: (soql: string, key: { readonly field: string; readonly rises: boolean }) => AsyncGenerator<Row, void, undefined>
}

interface Job {
  readonly id: string
  readonly state: string
  readonly processed: number
  readonly message: string
}

const longestPollMs = 30_000

/** @throws InvalidInputError when a number is none that can be waited or counted with */
export function createScanner(
  client: SalesforceClient,
  { bulk, setRows = 10_000, pollMs = 1000, deadlineMs = 3_600_000 }: ScanOptions,
  sleep: (ms: number) => Promise<unknown>,
): Scanner {
  const findings = Object.entries({ setRows, pollMs, deadlineMs, ...(bulk === true ? {} : { above: bulk.above + 1 }) })
    .filter(([, value]) => !Number.isSafeInteger(value) || value < 1)
    .map(([name]) => ({
      path: name === 'above' ? 'scan.bulk.above' : `scan.${name}`,
      code: 'number',
      message: 'cannot be counted with',
      remedy: name === 'above' ? 'give a whole number of rows' : 'give a whole number above 0',
    }))
  if (findings.length > 0) throw new InvalidInputError('options of the Salesforce store', findings)

  /** Waiting is counted by what was slept: no clock that somebody could turn. */
  async function finished(id: string): Promise<number> {
    let waited = 0
    for (let ms = pollMs; ; ms = Math.min(longestPollMs, ms * 1.5)) {
      if (waited >= deadlineMs) throw notFinished(id, waited)
      await sleep(ms)
      waited += ms
      const job = jobOf(await client.get(`/jobs/query/${id}`))
      if (job.state === 'JobComplete') return job.processed
      if (job.state === 'Failed' || job.state === 'Aborted') throw failed(job)
    }
  }

  async function* results(id: string): AsyncGenerator<readonly Row[], void, undefined> {
    let header: readonly string[] | null = null
    let locator: string | null = null
    do {
      const from: string = locator === null ? '' : `&locator=${segment(locator)}`
      const set = await client.csv(`/jobs/query/${id}/results?maxRecords=${String(setRows)}${from}`)
      const lines = await parsed(set.text)
      const first: readonly string[] | undefined = lines[0]
      // Every set begins with the names; one that did not would be read by the names of the first.
      const named: boolean = header === null || header.join() === first?.join()
      header ??= first ?? []
      const names: readonly string[] = header
      const rows = (named ? lines.slice(1) : lines).map((line): Row => rowOf(names, line))
      if (rows.length !== set.rows) throw incomplete(id, rows.length, set.rows)
      yield rows
      locator = set.locator
    } while (locator !== null)
  }

  return {
    isLarge: async (object, where) => {
      if (bulk === true) return true
      const url = `/query?q=${encodeURIComponent(`SELECT COUNT() FROM ${object} WHERE ${where}`)}`
      const [answer] = await client.composite([{ method: 'GET', url, referenceId: 'count' }], { allOrNone: false })
      if (answer === undefined || answer.status >= 300) throw meaningOf(answer?.errors ?? [], answer?.status ?? 400)
      const count = (answer.body as { readonly totalSize?: unknown } | null)?.totalSize
      if (typeof count !== 'number') throw asOutage(unreadable('GET', 'no count'))
      return count > bulk.above
    },

    async *rows(query, { field, rises }) {
      const { id } = jobOf(
        await client.send('POST', '/jobs/query', {
          operation: 'query',
          query,
          contentType: 'CSV',
          columnDelimiter: 'COMMA',
          lineEnding: 'LF',
        }),
      )
      let complete = false
      try {
        const processed = await finished(id)
        complete = true
        let seen = 0
        let last: string | null = null
        if (processed > 0)
          for await (const rows of results(id))
            for (const row of rows) {
              const key = row[field]
              if (typeof key !== 'string' || (last !== null && (rises ? last >= key : last === key))) throw outOfOrder(id, field)
              last = key
              seen += 1
              yield row
            }
        if (seen !== processed) throw incomplete(id, seen, processed)
      } finally {
        await discard(client, id, complete)
      }
    },
  }
}

/** Best effort: a job that stays is deleted by the org after seven days, and what the reader has is worth more than an error about it. */
async function discard(client: SalesforceClient, id: string, complete: boolean): Promise<void> {
  try {
    if (!complete) await client.send('PATCH', `/jobs/query/${id}`, { state: 'Aborted' })
  } catch {
    // It may have ended by itself in the meantime.
  }
  try {
    await client.send('DELETE', `/jobs/query/${id}`)
  } catch {
    // It is deleted by itself.
  }
}

function jobOf(answer: unknown): Job {
  const { id, state, numberRecordsProcessed, errorMessage } = (answer ?? {}) as { readonly [field: string]: unknown }
  if (typeof id !== 'string' || !/^[A-Za-z0-9]{15,18}$/.test(id) || typeof state !== 'string')
    throw asOutage(unreadable('GET', 'something that is no job'))
  return {
    id,
    state,
    processed: typeof numberRecordsProcessed === 'number' ? numberRecordsProcessed : 0,
    message: typeof errorMessage === 'string' ? errorMessage : '',
  }
}

/** Loaded when it is first needed: an embedder that scans nothing does not pay for it. */
async function parsed(text: string): Promise<readonly (readonly string[])[]> {
  const { parse } = await import('csv-parse/sync')
  try {
    return parse(text, { bom: true, relax_column_count: false, skip_empty_lines: true })
  } catch (error) {
    throw asOutage(unreadable('GET', 'rows that are no CSV', error))
  }
}

/** An empty field is no value: so CSV writes both. Names are those of the query, so that none can be magic. */
const rowOf = (names: readonly string[], values: readonly string[]): Row =>
  Object.fromEntries(
    names.map((name, k) => [name, values[k] === '' ? null : (values[k] ?? null)] as const).filter(([name]) => apiName.test(name)),
  )

/** Nothing was written: what could not be read was simply not there. */
const asOutage = (error: StoreError): StoreError =>
  new StoreError('unavailable', error.message, { cause: error, details: error.details, actions: ['Begin the listing again.'] })

/** `INVALID_FIELD: No such column …`: the code of an error stands in front, where there is one. */
function failed({ id, state, message }: Job): StoreError {
  if (state === 'Aborted')
    return new StoreError('unavailable', `the bulk job ${id} was aborted in the org`, {
      details: { job: id },
      actions: ['Begin the listing again.'],
    })
  const [, code = 'UNKNOWN', words = message] = /^([A-Z][A-Z_]+)\s*:\s*(.*)$/s.exec(message) ?? []
  return meaningOf([{ code, message: words, fields: [] }], 400)
}

const notFinished = (id: string, waited: number): StoreError =>
  new StoreError('unavailable', `the bulk job ${id} was not finished after ${String(waited)} ms`, {
    details: { job: id, waited },
    actions: ['Begin the listing again later, or raise scan.deadlineMs.', 'Read page by page: leave scan out.'],
  })

const incomplete = (id: string, seen: number, expected: number): StoreError =>
  new StoreError('unavailable', `the bulk job ${id} has ${String(expected)} rows, ${String(seen)} were answered`, {
    details: { job: id, seen, expected },
    actions: ['Begin the listing again.', 'Read page by page: leave scan out.'],
  })

const outOfOrder = (id: string, field: string): StoreError =>
  new StoreError('unavailable', `the rows of the bulk job ${id} do not rise by ${field}`, {
    details: { job: id, field },
    actions: ['Read page by page: leave scan out.'],
  })
