import { describe, expect, test } from 'vitest'
import { createSalesforceClient } from '../src/client.ts'
import { resolveMapping } from '../src/options.ts'
import { apply, check, plan, type Deploy } from '../src/provision.ts'
import { governedObjects } from './fake/objects.ts'
import { createFakeSalesforce, type FakeSalesforce } from './fake/server.ts'

const bare = {
  Account: { keyPrefix: '001', fields: { Name: { type: 'string' } } },
  Case: { keyPrefix: '500', fields: { Subject: { type: 'string' } } },
} as const
const clientOf = (fake: FakeSalesforce) =>
  createSalesforceClient({ connection: fake.session, fetch: fake.fetch, sleep: async () => undefined })
const mapping = resolveMapping()

describe('provisioning', () => {
  test('what a bare org lacks, deployed, is there; a second run does nothing', async () => {
    const fake = createFakeSalesforce({ objects: bare })
    const client = clientOf(fake)
    const before = await plan(client, mapping)
    expect(before.filter(({ field }) => field === undefined).map(({ object }) => object)).toEqual(
      ['Instance', 'Event', 'Effect', 'Document', 'Policy', 'Command'].map((name) => `Kag${name}__c`),
    )
    expect(before.filter(({ object }) => object === 'Case').map(({ field }) => field)).toContain('KagInstanceKey__c')
    let deployments = 0
    const deploy: Deploy = (files) => {
      deployments += 1
      expect(files.some(({ path }) => path === 'package.xml')).toBe(true)
      fake.org.deploy(governedObjects())
      return Promise.resolve({ success: true, problems: [] })
    }
    expect(await apply(client, mapping, deploy)).toMatchObject({ deployed: true, after: [] })
    expect(await apply(client, mapping, deploy)).toEqual({ before: [], deployed: false, after: [], problems: [] })
    expect(deployments).toBe(1)
  })

  test('a deployment that fails says why, and nothing is called done', async () => {
    const client = clientOf(createFakeSalesforce({ objects: bare }))
    const result = await apply(client, mapping, () =>
      Promise.resolve({ success: false, problems: ['KagEvent__c: too many custom objects'] }),
    )
    expect(result).toMatchObject({ deployed: false, problems: ['KagEvent__c: too many custom objects'] })
    expect(result.after.length).toBeGreaterThan(0)
  })

  test('a field that is otherwise is named with what is needed and what is there', async () => {
    const objects = governedObjects()
    const event = objects['KagEvent__c']
    if (event === undefined) throw new Error('no journal')
    const fields = {
      ...event.fields,
      EventKey__c: { type: 'string', length: 40, externalId: true, unique: true, caseSensitive: false } as const,
    }
    const fake = createFakeSalesforce({ objects: { ...objects, KagEvent__c: { ...event, fields } } })
    expect(await plan(clientOf(fake), mapping)).toEqual([
      {
        object: 'KagEvent__c',
        field: 'EventKey__c',
        what: 'different',
        details: [
          { property: 'length', needed: 90, actual: 40 },
          { property: 'caseSensitive', needed: true, actual: false },
        ],
      },
    ])
  })

  test('the preflight finds nothing in an org that is ready, and reads only', async () => {
    const fake = createFakeSalesforce()
    expect(await check(clientOf(fake), mapping)).toEqual([])
    expect(fake.log.every(({ method, body }) => method === 'GET' || (body ?? '').includes('"allOrNone":false'))).toBe(true)
  })

  test('rights that are missing or too many, rules that are off: each is a finding with its remedy', async () => {
    const objects = governedObjects()
    const [instance, event] = [objects['KagInstance__c'], objects['KagEvent__c']]
    if (instance === undefined || event === undefined) throw new Error('no objects')
    const fake = createFakeSalesforce({
      objects: {
        ...objects,
        KagInstance__c: { ...instance, updateable: false, ruleNames: ['KagNeverBackward'] },
        KagEvent__c: { ...event, deletable: true },
      },
    })
    const findings = await check(clientOf(fake), mapping)
    expect(findings.map(({ path, code, severity = 'error' }) => [path, code, severity])).toEqual([
      ['KagInstance__c', 'right_missing', 'error'],
      ['KagEvent__c', 'right_too_many', 'warning'],
      ['KagInstance__c.KagEntriesFollow', 'rule_inactive', 'error'],
    ])
    expect(findings.every(({ remedy }) => remedy.length > 10)).toBe(true)
  })

  test('without cases in the mapping nothing is asked of Case', async () => {
    const fake = createFakeSalesforce({ objects: { ...governedObjects(), ...bare } })
    const differences = await plan(clientOf(fake), resolveMapping({ records: { complaint: null } }))
    expect(new Set(differences.map(({ object }) => object))).toEqual(new Set(['Account']))
  })
})

describe('the mapping', () => {
  test.each([
    ['a prefix that cannot begin a name', { prefix: "K'; DROP" }, 'mapping.prefix'],
    ['an object that is none', { accounts: { object: 'Account WHERE Id != null' } }, 'mapping.accounts.object'],
    [
      'a field that is none',
      { records: { complaint: { object: 'Case', by: 'accountId', fields: { "X'": { value: 1 } } } } },
      'mapping.records.complaint.fields',
    ],
    [
      'facts without a currency',
      { facts: { object: 'Order', date: 'EffectiveDate', amount: 'TotalAmount' } },
      'mapping.facts.currency',
    ],
  ] as const)('%s is named with its place', (_, given, path) => {
    expect(() => resolveMapping(given)).toThrow(
      expect.objectContaining({ code: 'invalid_input', findings: [expect.objectContaining({ path })] }) as Error,
    )
  })
})
