import { createSalesforceStore } from '@ka-governance/adapter-salesforce'
import { defaultHost } from '@ka-governance/core'
import { makeCommit } from '@ka-governance/core/conformance'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { commandKey, escaped, toCommitRows, toEntry, toProjection, toStored, unescaped } from '../src/mapping.ts'
import { resolveMapping } from '../src/options.ts'
import { longText, objects, type FieldSpec, type ObjectName } from '../src/schema.ts'
import { literal, segment, soql } from '../src/soql.ts'
import { createFakeSalesforce } from './fake/server.ts'

const { sha256 } = defaultHost
const mapping = resolveMapping({ records: { complaint: null, account: null } })
const anything = fc.string({ unit: 'binary', maxLength: 60 })

test('entry, snapshot and projection come back as they were, whatever they hold', () => {
  fc.assert(
    fc.property(anything, fc.jsonValue(), (text, value) => {
      fc.pre(text.isWellFormed() && JSON.stringify(value).isWellFormed())
      const command = JSON.parse(JSON.stringify({ text: `${text}\u007f\u0085\u2028\ufeff\\u2028`, value })) as Record<
        string,
        never
      >
      const given = makeCommit({ instanceId: 'cmp-1', command, snapshot: JSON.stringify(command) })
      const rows = toCommitRows(given, mapping, sha256)
      expect(toEntry(mapping.names, rows.event)).toEqual(given.entry)
      const row = { ...rows.instance, ...rows.shown, InstanceKey__c: 'cmp-1' }
      expect(toStored(mapping.names, row).snapshot).toBe(given.snapshot)
      expect(toProjection(mapping.names, row)).toEqual(given.projection)
      // Nothing that a text field could drop is left in what is sent.
      expect(JSON.stringify(rows)).not.toMatch(/[\u007f-\u009f\u2028\u2029\ufeff]/)
    }),
  )
})

test.each(['[]', '{}', 'null', '{', '{"instanceId":"cmp-2"}'])(
  'a visible copy that is none has its place in an error: %s',
  (Visible__c) => {
    expect(() => toProjection(mapping.names, { InstanceKey__c: 'cmp-1', Visible__c })).toThrow(
      'the record cmp-1 of KagInstance__c cannot be read',
    )
  },
)

test('escapes are taken back to the character, and text about an escape stays text', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('\\', '@', '{', 'u0040', 'u2028', '\u2028', 'u', '"', '\u0085', 'a'), { maxLength: 12 }),
      (parts) => {
        const json = JSON.stringify(parts.join(''))
        expect(unescaped(escaped(json))).toBe(json)
      },
    ),
  )
})

test('command keys differ where instance or key differ', () => {
  expect(commandKey('a', 'b1', sha256)).not.toBe(commandKey('ab', '1', sha256))
})

describe('hostile ids and names reach no query and no address', () => {
  const hostile = [
    "' OR Name != '",
    '\\',
    "\\' OR 1=1 --",
    'a\nb',
    '../../query',
    'a/b?c=d#e',
    '%2e%2e',
    '{!x}',
    '\u0000',
    "x') ALL ROWS",
    'acme ',
    '\ufeffacme',
    `${'x'.repeat(199)}😀`,
  ]
  test.each(hostile)('%j', async (text) => {
    const fake = createFakeSalesforce()
    const store = createSalesforceStore({ connection: fake.session, fetch: fake.fetch, sleep: async () => undefined })
    await store.commit([makeCommit({ instanceId: 'cmp-1', accountId: text })])
    expect(await store.load(text)).toBeNull()
    expect(await store.entryByKey('cmp-1', text)).toBeNull()
    expect(await store.accounts.get(text)).toBeNull()
    await store.effects.ack('cmp-1', text)
    expect(await store.personal.erase(text, 'all')).toBe(0)
    const found = []
    for await (const each of store.find({ accountId: text })) found.push(each.instanceId)
    expect(found).toEqual(['cmp-1'])
    expect(await store.policies.get(text, text)).toBeNull()
    expect(await store.drift?.([makeCommit({ instanceId: 'cmp-1', accountId: text }).projection])).toEqual([])
    for (const { body } of fake.log) expect(body ?? '').not.toMatch(/\\ud[89a-f]/)
    for (const { path } of fake.log) expect(path).toMatch(/^\/services\/data\/v66\.0\/(query\?q=|composite$)/)
  })

  test('an account is found under characters that a text field does not keep', async () => {
    const fake = createFakeSalesforce()
    const store = createSalesforceStore({ connection: fake.session, fetch: fake.fetch, sleep: async () => undefined })
    const ids = ['\u2028', 'a\u2028\u0000b', 'a\u0085', ' a\u00a0', 'a']
    await store.commit(ids.map((accountId, k) => makeCommit({ instanceId: `cmp-${String(k)}`, accountId })))
    for (const [k, accountId] of ids.entries())
      expect((await Array.fromAsync(store.find({ accountId }))).map(({ instanceId }) => instanceId)).toEqual([`cmp-${String(k)}`])
  })

  test('half a surrogate pair names nothing, and reaches no address', async () => {
    const fake = createFakeSalesforce()
    const store = createSalesforceStore({ connection: fake.session, fetch: fake.fetch, sleep: async () => undefined })
    expect(await store.load('\ud800')).toBeNull()
    expect(await store.loadMany?.(['\ud800', '\udfff'])).toEqual([null, null])
    expect(await store.policies.get('\ud800', '1')).toBeNull()
    expect(await store.personal.read('\ud800')).toEqual([])
    expect(await Array.fromAsync(store.find({ accountId: '\ud800' }))).toEqual([])
  })

  test('a literal ends where it ends', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const inside = literal(text).slice(1, -1)
        expect(inside).not.toMatch(/(?<!\\)(?:\\\\)*'/)
        expect(inside.endsWith('\\') && !inside.endsWith('\\\\')).toBe(false)
      }),
    )
    expect(soql`SELECT Id FROM A WHERE N = ${"O'Hara"} AND X IN ${['a', "b'"]} AND Y = ${null}`).toBe(
      "SELECT Id FROM A WHERE N = 'O\\'Hara' AND X IN ('a', 'b\\'') AND Y = NULL",
    )
    expect(segment('a/b..c?#%')).toBe('a%2Fb%2E%2Ec%3F%23%25')
  })
})

test('every text that is written fits its field', () => {
  const long = 'x'.repeat(400)
  const commit = makeCommit({ instanceId: 'a'.repeat(80), state: long, accountId: long, kind: 'complaint', effects: [long] })
  const rows = toCommitRows(commit, mapping, sha256)
  const check = (object: ObjectName, fields: object): void => {
    for (const [name, value] of Object.entries(fields)) {
      const spec = (objects[object].fields as { readonly [f: string]: FieldSpec })[name.replace(/__c$/, '')]
      const most = spec !== undefined && 'length' in spec ? spec.length : longText
      if (typeof value === 'string') expect(value.length, `${object}.${name}`).toBeLessThanOrEqual(most)
    }
  }
  check('Instance', rows.instance)
  check('Event', rows.event)
  for (const effect of rows.effects) check('Effect', effect)
})
