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

  test('record types that are missing are planned; one that the service may not choose is a finding where they are used', async () => {
    const objects = governedObjects()
    const instance = objects['KagInstance__c']
    if (instance === undefined) throw new Error('no instances')
    const recordTypesWith = (types: object) => ({ ...instance, recordTypes: { ...instance.recordTypes, ...types } })
    const lacking = Object.fromEntries(Object.entries(instance.recordTypes ?? {}).filter(([name]) => name !== 'Project'))
    const without = createFakeSalesforce({ objects: { ...objects, KagInstance__c: { ...instance, recordTypes: lacking } } })
    expect(await plan(clientOf(without), mapping)).toEqual([
      { object: 'KagInstance__c', recordType: 'Project', what: 'missing', details: [] },
    ])
    const hidden = createFakeSalesforce({ objects: { ...objects, KagInstance__c: recordTypesWith({ Complaint: false }) } })
    expect(await check(clientOf(hidden), mapping)).toEqual([])
    expect(await check(clientOf(hidden), resolveMapping({ recordTypes: true }))).toMatchObject([
      { path: 'KagInstance__c.Complaint', code: 'right_missing', remedy: 'assign the permission set KagIntegration' },
    ])
  })

  test('rights on records of the CRM, and fields that the mapping names, are asked for', async () => {
    const objects = governedObjects()
    const [account, case_] = [objects['Account'], objects['Case']]
    if (account === undefined || case_ === undefined) throw new Error('no records')
    const fake = createFakeSalesforce({
      objects: {
        ...objects,
        Account: { ...account, updateable: false },
        Case: {
          ...case_,
          createable: false,
          fields: {
            ...case_.fields,
            Priority: { type: 'string', createable: false, updateable: false },
            Shared__c: { type: 'string', externalId: true },
          },
        },
      },
    })
    const given = resolveMapping({
      accounts: { region: 'Region__c', parent: 'Leader__c' },
      records: {
        complaint: {
          object: 'Case',
          by: { externalId: 'Subject' },
          fields: { KagState__c: { projection: 'state' }, Priority: { value: 'High' }, Nowhere__c: { value: 1 } },
        },
        project: { object: 'Project__c', by: 'accountId', fields: {} },
        admission: { object: 'Case', by: { externalId: 'Shared__c' }, fields: {} },
      },
      facts: { object: 'Order', date: 'EffectiveDate', amount: 'TotalAmount', currency: 'CNY' },
    })
    const findings = await check(clientOf(fake), given)
    expect(findings.map(({ path, code, message }) => `${path} ${code}: ${message}`)).toEqual([
      'Case right_missing: the integration user may not create',
      'Case.Subject different: is no external id, so that no record can be found by it',
      'Case.Priority right_missing: the integration user may not write the field',
      'Case.Nowhere__c missing: is not there, or this user may not see it',
      'Account right_missing: the integration user may not edit',
      'Project__c missing: is not there, or this user may not see it',
      'Case right_missing: the integration user may not create',
      'Case.Shared__c different: is not unique, and a key that two records have belongs to none',
      'Account.Leader__c missing: is not there, or this user may not see it',
      'Order missing: is not there, or this user may not see it',
    ])
    expect(findings.find(({ path }) => path === 'Case')?.remedy).toBe('assign the permission set KagRecords')
  })

  test('whoever may read texts of customers without being asked to is named', async () => {
    const fake = createFakeSalesforce()
    const set = (Name: string, values: object = {}) => {
      const ParentId = fake.org.create('PermissionSet', { Name, Label: `The set ${Name}`, ...values }, 0)
      fake.org.create('ObjectPermissions', { ParentId, SobjectType: 'KagDocument__c', PermissionsRead: true }, 0)
    }
    for (const name of ['KagIntegration', 'KagPrivacy', 'Reports']) set(name)
    set('Everything', { PermissionsViewAllData: true })
    set('X00e1', { ProfileId: fake.org.create('Profile', { Name: 'Service' }, 0) })
    const findings = await check(clientOf(fake), mapping)
    expect(findings.map(({ path, message, severity }) => [path, message, severity])).toEqual([
      ['KagDocument__c', 'the permission set The set Reports lets people read texts of customers', 'warning'],
      ['KagDocument__c', 'the profile Service lets people read texts of customers', 'warning'],
    ])
    const blind = createFakeSalesforce({ objects: { ...governedObjects(), ObjectPermissions: { keyPrefix: '110', fields: {} } } })
    expect(await check(clientOf(blind), mapping)).toMatchObject([
      { path: 'KagDocument__c', code: 'not_checked', severity: 'warning' },
    ])
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
