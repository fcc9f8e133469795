// Several queries in one call, and what the stand-in enforces of SOQL.
import { describe, expect, test } from 'vitest'
import { createSalesforceClient, type SalesforceClient } from '../src/client.ts'
import { createFakeSalesforce, type FakeSalesforce } from './fake/server.ts'

function clientOf(fake: FakeSalesforce): SalesforceClient {
  return createSalesforceClient({ connection: fake.session, fetch: fake.fetch, sleep: async () => undefined, jitter: () => 0.5 })
}

const named = (k: number): string => `SELECT Id, Name FROM Account WHERE Name = 'A${String(k)}'`

describe('queries that belong together', () => {
  test('five are one call; answers stand in the order of the queries', async () => {
    const fake = createFakeSalesforce()
    for (let k = 0; k < 7; k += 1) fake.org.create('Account', { Name: `A${String(k)}` }, 0)
    const client = clientOf(fake)
    const order = [6, 0, 5, 1, 4]
    const rows = await client.queries(order.map(named))
    expect(rows.map((list) => list.map((row) => row['Name']))).toEqual(order.map((k) => [`A${String(k)}`]))
    expect(fake.log).toHaveLength(1)
    expect(await client.queries([0, 1, 2, 3, 4, 5, 6].map(named))).toHaveLength(7)
    expect(fake.log).toHaveLength(3)
    expect(await client.queries([])).toEqual([])
    expect(fake.log).toHaveLength(3)
  })

  test('further pages of each are followed, one call a page', async () => {
    const fake = createFakeSalesforce()
    for (let k = 0; k < 4001; k += 1) fake.org.create('Account', { Name: `A${String(k % 2)}` }, 0)
    const [even = [], odd = []] = await clientOf(fake).queries([0, 1].map(named))
    expect([even.length, odd.length, new Set([...even, ...odd].map((row) => row['Id'])).size]).toEqual([2001, 2000, 4001])
    expect(fake.log.map(({ method }) => method)).toEqual(['POST', 'GET'])
  })

  test('one that the org refuses is an error, not an empty answer', async () => {
    const client = clientOf(createFakeSalesforce())
    await expect(client.queries([named(0), 'SELECT Nothing__c FROM Account'])).rejects.toMatchObject({
      code: 'corrupt_record',
      details: { salesforce: 'INVALID_FIELD' },
    })
  })

  test('an outage is waited out, then it is an outage', async () => {
    const fake = createFakeSalesforce()
    fake.script = ({ number }) => (number < 3 ? 'unavailable' : null)
    expect(await clientOf(fake).queries([named(0)])).toEqual([[]])
    fake.script = () => 'midBody'
    await expect(clientOf(fake).queries([named(0)])).rejects.toMatchObject({ code: 'unavailable' })
  })
})

describe('what the stand-in enforces', () => {
  test('2,000 groups are answered, one more is refused: groups have no second page', async () => {
    const fake = createFakeSalesforce()
    const byDay = 'SELECT CloseDate day, SUM(Amount) total FROM Opportunity GROUP BY CloseDate'
    const days = (k: number): string => new Date(Date.UTC(2010, 0, 1 + k)).toISOString().slice(0, 10)
    for (let k = 0; k < 2000; k += 1) fake.org.create('Opportunity', { Amount: 1, CloseDate: days(k) }, 0)
    const client = clientOf(fake)
    expect((await client.queries([byDay]))[0]).toHaveLength(2000)
    fake.org.create('Opportunity', { Amount: 1, CloseDate: days(2000) }, 0)
    await expect(client.queries([byDay])).rejects.toMatchObject({ details: { salesforce: 'EXCEEDED_ID_LIMIT' } })
    expect((await client.queries([`${byDay} ORDER BY CloseDate ASC LIMIT 2000`]))[0]).toHaveLength(2000)
  })

  test('queries and texts in them that are too long', async () => {
    const client = clientOf(createFakeSalesforce())
    const byName = (...names: readonly string[]): string =>
      `SELECT Id FROM Account WHERE Name IN (${names.map((name) => `'${name}'`).join(', ')})`
    expect(await client.queries([byName('x'.repeat(4000))])).toEqual([[]])
    const refused = { details: { salesforce: 'MALFORMED_QUERY' } }
    await expect(client.queries([byName('x'.repeat(4001))])).rejects.toMatchObject(refused)
    await expect(client.queries([byName(...Array.from({ length: 30 }, () => 'x'.repeat(3900)))])).rejects.toMatchObject(refused)
  })

  test('fields of rows above: nested in the answer, null where there is no such row, at most five steps', async () => {
    const fake = createFakeSalesforce()
    const top = fake.org.create('Account', { Name: 'Top', Region__c: 'east' }, 0)
    fake.org.create('Account', { Name: 'Below', ParentId: top }, 0)
    const client = clientOf(fake)
    const [rows = []] = await client.queries([
      'SELECT Name, Parent.Name, Parent.Region__c, Parent.Parent.Name FROM Account ORDER BY Name ASC',
    ])
    expect(rows).toMatchObject([
      { Name: 'Below', Parent: { Name: 'Top', Region__c: 'east', Parent: null } },
      { Name: 'Top', Parent: null },
    ])
    expect((await client.queries(["SELECT Name FROM Account WHERE Parent.Name = 'Top'"]))[0]).toMatchObject([{ Name: 'Below' }])
    await expect(client.queries([`SELECT ${'Parent.'.repeat(6)}Name FROM Account`])).rejects.toMatchObject({
      details: { salesforce: 'INVALID_FIELD' },
    })
    await expect(client.queries(['SELECT Boss.Name FROM Account'])).rejects.toMatchObject({
      details: { salesforce: 'INVALID_FIELD' },
    })
  })
})
