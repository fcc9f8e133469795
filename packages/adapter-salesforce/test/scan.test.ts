// Long lists through jobs of the Bulk API: the same rows in the same order as page by page, or an error, never a list that is short.
import type { ScanOptions } from '@ka-governance/adapter-salesforce'
import { isGovernanceError, type AccountRecord } from '@ka-governance/core'
import { conformanceCases, makeChain, makeCommit, runCase } from '@ka-governance/core/conformance'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { createSalesforceClient } from '../src/client.ts'
import { createScanner } from '../src/scan.ts'
import { createFakeSalesforce, passingReadFaults, type FakeSalesforce } from './fake/server.ts'
import { salesforceSubject, storeOn } from './subject.ts'

function scanning(fake: FakeSalesforce, scan: ScanOptions | null = { bulk: true }, slept: number[] = []) {
  return storeOn(fake, { sleep: (ms) => Promise.resolve(slept.push(ms)), ...(scan === null ? {} : { scan }) })
}

async function all<T>(rows: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = []
  for await (const row of rows) list.push(row)
  return list
}

const names = ['Acme, Inc.', 'say "hi"', 'two\nlines', '=1+1', '__proto__', 'Dürr 钢 👩‍🔧', ' ', "O'Hara\\", '﻿BOM']

function populated(count: number): FakeSalesforce {
  const fake = createFakeSalesforce()
  for (let k = 0; k < count; k += 1)
    fake.org.create(
      'Account',
      { Name: `${names[k % names.length] ?? ''}${String(k)}`, Region__c: k % 3 === 0 ? null : 'east' },
      0,
    )
  return fake
}

const requests = (fake: FakeSalesforce): readonly string[] =>
  fake.log.map(
    ({ method, path }) =>
      `${method} ${path
        .replace('/services/data/v66.0', '')
        .replace(/\?.*/, '')
        .replace(/750\w+/, 'JOB')}`,
  )

describe('lists by jobs', () => {
  test('what the port promises of lists holds as it does page by page', async () => {
    const failed: string[] = []
    let jobs = 0
    for (const each of conformanceCases.filter(({ id }) => /^(?:find|accounts|load|project|race)/.test(id))) {
      const subject = salesforceSubject(createFakeSalesforce(), { scan: { bulk: true, setRows: 7 } })
      const result = await runCase(each, subject)
      if (result.status === 'failed') failed.push(`${each.id}: ${String(result.error)}`)
      jobs += subject.fake.bulk.jobs.length
      expect(subject.fake.bulk.jobs.filter(({ deleted }) => !deleted)).toEqual([])
    }
    expect(failed).toEqual([])
    expect(jobs).toBeGreaterThan(10)
  })

  test('the same accounts in the same order; calls by the size of a set', async () => {
    const fake = populated(2500)
    const paged = await all(scanning(fake, null).accounts.list())
    fake.log.length = 0
    const slept: number[] = []
    expect(await all(scanning(fake, { bulk: true, setRows: 1000 }, slept).accounts.list())).toEqual(paged)
    expect(requests(fake)).toEqual([
      'POST /jobs/query',
      ...Array.from({ length: 3 }, () => 'GET /jobs/query/JOB'),
      ...Array.from({ length: 3 }, () => 'GET /jobs/query/JOB/results'),
      'DELETE /jobs/query/JOB',
    ])
    expect(slept).toEqual([1000, 1500, 2250])
    expect(fake.bulk.jobs).toMatchObject([{ state: 'JobComplete', deleted: true }])
    // Sets may be smaller than asked for.
    fake.bulk.setRows = 999
    expect(await all(scanning(fake).accounts.list())).toEqual(paged)
    // A listing resumes.
    const after = paged[1233]?.accountId ?? ''
    expect(await all(scanning(fake).accounts.list({ after }))).toEqual(paged.slice(1234))
    expect(await all(scanning(fake).accounts.list({ after: paged.at(-1)?.accountId ?? '' }))).toEqual([])
  })

  test('above a number of rows only: the count is one call', async () => {
    const fake = populated(11)
    const store = scanning(fake, { bulk: { above: 10 } })
    await all(store.accounts.list())
    expect(requests(fake).slice(0, 2)).toEqual(['POST /composite', 'POST /jobs/query'])
    fake.log.length = 0
    await all(scanning(fake, { bulk: { above: 11 } }).accounts.list())
    expect(requests(fake)).toEqual(['POST /composite', 'GET /query'])
    fake.script = () => 'midBody'
    await expect(all(store.accounts.list())).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('instances: every query finds the same; those of one account are never waited for', async () => {
    const fake = createFakeSalesforce()
    const store = scanning(fake, null)
    for (let k = 0; k < 40; k += 1) {
      const commit = makeCommit({ instanceId: `i-${String(k)}`, kind: k % 2 === 0 ? 'complaint' : 'project-change' })
      const projection = {
        ...commit.projection,
        accountId: `acc-${String(k % 3)}`,
        open: k % 5 > 0,
        state: k % 4 === 0 ? 'A' : 'a',
      }
      await store.commit([{ ...commit, projection }])
    }
    const scanned = scanning(fake, { bulk: true, setRows: 6 })
    const queries = [
      {},
      { kind: 'complaint' },
      { open: false },
      { state: 'a' },
      { kind: 'project-change', open: true },
      { kind: "x' OR Name != '" },
    ]
    for (const query of queries) expect(await all(scanned.find(query))).toEqual(await all(store.find(query)))
    expect(fake.bulk.jobs).toHaveLength(queries.length)
    expect(await all(scanned.find({ accountId: 'acc-1' }))).toEqual(await all(store.find({ accountId: 'acc-1' })))
    expect(fake.bulk.jobs).toHaveLength(queries.length)
    expect(await all(scanned.find({ state: 'A' }))).toHaveLength(10)
  })

  test('what a command wrote before the listing began is in it', async () => {
    const store = scanning(createFakeSalesforce())
    for (const commit of makeChain('cmp-1', 2)) await store.commit([commit])
    expect((await all(store.find({}))).map(({ instanceId, seq }) => [instanceId, seq])).toEqual([['cmp-1', 2]])
  })
})

const recorded = fileURLToPath(new URL('../../../../shared/fixtures/salesforce/applink-wiremock/', import.meta.url))
describe('what an org was recorded to answer', () => {
  const bodyOf = (name: string) =>
    (
      JSON.parse(readFileSync(`${recorded}${name}.json`, 'utf8')) as {
        response: { status: number; headers: { [name: string]: string }; body: string }
      }
    ).response

  test.skipIf(!existsSync(recorded))('a set of rows without quotes and without a locator (skipped: no recordings)', async () => {
    const { status, headers, body } = bodyOf('bulk-api-query-get-7508Z00000lTqQCQA0-result')
    const job = (state: string, numberRecordsProcessed = 0): Response =>
      Response.json({ id: '7508Z00000lTqQCQA0', state, numberRecordsProcessed })
    const client = createSalesforceClient({
      connection: { instanceUrl: 'https://example.my.salesforce.com', accessToken: 'x' },
      fetch: (url, init) =>
        Promise.resolve(
          String(url instanceof Request ? url.url : url).includes('/results')
            ? new Response(body, { status, headers })
            : init?.method === 'DELETE'
              ? new Response(null, { status: 204 })
              : init?.method === 'POST'
                ? job('UploadComplete')
                : job('JobComplete', 3),
        ),
    })
    const scanner = createScanner(client, { bulk: true }, () => Promise.resolve())
    const rows = await all(scanner.rows('SELECT Id FROM Account ORDER BY Id', { field: 'Id', rises: true }))
    expect(rows.map(({ Id }) => Id)).toEqual(['0018Z00002eGbDRQA0', '0018Z00002f1vW4QAI', '0018Z00002f1vW5QAI'])
  })

  test.skipIf(!existsSync(recorded))(
    'the stand-in refuses to abort what has ended in the same words (skipped: no recordings)',
    async () => {
      const { status, body } = bodyOf('bulk-api-ingest-abort-return-invalidjob')
      const fake = populated(1)
      await all(scanning(fake).accounts.list())
      const [job] = fake.bulk.jobs
      if (job === undefined) throw new Error('no job')
      job.deleted = false
      const request = { method: 'PATCH', path: `/services/data/v66.0/jobs/query/${job.id}`, body: '{"state":"Aborted"}' }
      const answer = fake.bulk.handle({ ...request, headers: { authorization: `Bearer ${fake.session.accessToken}` } })
      const codes = (text: string): unknown => (JSON.parse(text) as { errorCode: string }[]).map(({ errorCode }) => errorCode)
      expect([answer.status, codes(answer.body)]).toEqual([status, codes(body)])
    },
  )
})

describe('what goes wrong', () => {
  const list = (fake: FakeSalesforce, scan: ScanOptions = { bulk: true, setRows: 10 }): Promise<readonly AccountRecord[]> =>
    all(scanning(fake, scan).accounts.list())
  const clean = (fake: FakeSalesforce): void => {
    expect(fake.bulk.jobs.filter(({ deleted, state }) => !deleted && state !== 'UploadComplete')).toEqual([])
  }

  test.each(passingReadFaults)('%s at any one request: the whole list all the same', async (fault) => {
    const expected = await list(populated(25))
    for (let at = 1; at <= 8; at += 1) {
      const fake = populated(25)
      fake.script = ({ number }) => (number === at ? fault : null)
      expect(await list(fake), `request ${String(at)}`).toEqual(expected)
    }
  })

  test.each(passingReadFaults)('%s from some request on: an outage, never a short list', async (fault) => {
    for (let from = 1; from <= 7; from += 1) {
      const fake = populated(25)
      fake.script = ({ number }) => (number >= from ? fault : null)
      const error = await list(fake).catch((e: unknown) => e)
      expect(
        isGovernanceError(error) && ['unavailable', 'forbidden', 'throttled'].includes(error.code),
        `request ${String(from)}`,
      ).toBe(true)
    }
  })

  test.each<[string, (csv: string, set: number) => string]>([
    ['a row is missing', (csv, set) => (set === 1 ? `${csv.split('\n').slice(0, -2).join('\n')}\n` : csv)],
    ['a row is doubled', (csv) => csv.replace(/\n("001\d+7AAA".*\n)/, '\n$1$1')],
    ['rows stand the other way round', (csv) => [csv.split('\n')[0], ...csv.split('\n').slice(1, -1).reverse(), ''].join('\n')],
    ['a row is of another set', (csv, set) => (set === 1 ? csv.replace(/"001\d+AAA"/, '"001000000000001AAA"') : csv)],
    ['a quote is open', (csv) => csv.replace(/","/, '"",')],
    ['there is no header', (csv) => csv.slice(csv.indexOf('\n') + 1)],
    ['it is a page', () => '<html>Down for maintenance</html>'],
    ['it is nothing', () => ''],
  ])('%s: an outage', async (_, spoil) => {
    const fake = createFakeSalesforce()
    for (let k = 0; k < 25; k += 1) fake.org.create('Account', { Name: `Acme ${String(k)}`, Region__c: 'east' }, 0)
    fake.bulk.spoil = spoil
    await expect(list(fake)).rejects.toMatchObject({ code: 'unavailable' })
    clean(fake)
  })

  test('fewer rows than the job says it has: told at the end', async () => {
    const fake = populated(25)
    const store = scanning(fake, { bulk: true, setRows: 10 })
    const seen: string[] = []
    const reading = async (): Promise<void> => {
      for await (const { accountId } of store.accounts.list()) {
        seen.push(accountId)
        // The last set is lost: its locator leads nowhere any more.
        const [job] = fake.bulk.jobs
        if (seen.length === 1 && job !== undefined) {
          job.rows = job.rows.slice(0, 20)
        }
      }
    }
    await expect(reading()).rejects.toMatchObject({ code: 'unavailable', details: { seen: 20, expected: 25 } })
    expect(seen).toHaveLength(20)
    clean(fake)
  })

  test('a job that fails says why; one that somebody aborts is no empty list', async () => {
    const fake = populated(5)
    fake.bulk.fail = "INVALID_FIELD: No such column 'Region__c'"
    await expect(list(fake)).rejects.toMatchObject({ code: 'corrupt_record', details: { salesforce: 'INVALID_FIELD' } })
    fake.bulk.fail = 'Query timed out with 00D000000000001!secret'
    const error: unknown = await list(fake).catch((e: unknown) => e)
    expect(error).toMatchObject({ code: 'unavailable' })
    expect(JSON.stringify(error) + String(error)).not.toContain('secret')
    clean(fake)
    fake.bulk.fail = null
    fake.script = ({ method, path }) => {
      const job = fake.bulk.jobs.at(-1)
      if (method === 'GET' && path.endsWith('AAA') && job !== undefined) job.state = 'Aborted'
      return null
    }
    await expect(list(fake)).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('aborted') as string })
    clean(fake)
  })

  test('a job that does not end is asked about less and less often, then given up and aborted', async () => {
    const fake = populated(5)
    fake.bulk.polls = 1000
    const slept: number[] = []
    const store = scanning(fake, { bulk: true, pollMs: 1000, deadlineMs: 120_000 }, slept)
    await expect(all(store.accounts.list())).rejects.toMatchObject({
      code: 'unavailable',
      details: { waited: expect.any(Number) as number },
    })
    expect(slept.slice(0, 4)).toEqual([1000, 1500, 2250, 3375])
    expect(slept.at(-1)).toBe(30_000)
    expect(slept.reduce((a, b) => a + b, 0)).toBeLessThan(150_000)
    expect(fake.bulk.jobs).toMatchObject([{ state: 'Aborted', deleted: true }])
  })

  test.each([
    [{ bulk: true, pollMs: 0 }, 'scan.pollMs'],
    [{ bulk: true, setRows: 2.5 }, 'scan.setRows'],
    [{ bulk: true, deadlineMs: Number.NaN }, 'scan.deadlineMs'],
    [{ bulk: { above: -1 } }, 'scan.bulk.above'],
  ] as const)('numbers that nobody can wait or count with are refused: %j', (scan, path) => {
    expect(() => scanning(createFakeSalesforce(), scan)).toThrow(
      expect.objectContaining({ code: 'invalid_input', findings: [expect.objectContaining({ path })] }) as Error,
    )
  })

  test('a reader who leaves early leaves no job behind, and reads no further set', async () => {
    const fake = populated(25)
    for await (const { accountId } of scanning(fake, { bulk: true, setRows: 10 }).accounts.list()) {
      expect(accountId).toMatch(/^001/)
      break
    }
    expect(requests(fake).slice(-2)).toEqual(['GET /jobs/query/JOB/results', 'DELETE /jobs/query/JOB'])
    clean(fake)
    // What cannot be tidied up is no reason to lose what was read.
    fake.script = ({ method }) => (method === 'DELETE' ? 'unavailable' : null)
    expect(await list(fake)).toHaveLength(25)
  })
})
