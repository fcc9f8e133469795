import { createMemoryStore, createVirtualClock, editRecord } from '@ka-governance/adapter-memory'
import { createSalesforceStore, type SalesforceMapping } from '@ka-governance/adapter-salesforce'
import {
  createGovernance,
  demoDirectory,
  formatDrift,
  loadPolicy,
  presets,
  type Drift,
  type JsonValue,
  type Projection,
  type RecordDrift,
} from '@ka-governance/core'
import { makeChain, makeCommit } from '@ka-governance/core/conformance'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { factsOf } from '../../core/test/support/facts.ts'
import { collect } from '../../core/test/support/harness.ts'
import { showsWhatWasWritten } from '../src/same-value.ts'
import type { FakeObject } from './fake/org.ts'
import { createFakeSalesforce } from './fake/server.ts'

const start = '2026-08-03T09:00:00+08:00'

function governed(mapping: SalesforceMapping = {}, extra: { readonly [object: string]: Partial<FakeObject> } = {}) {
  const clock = createVirtualClock(start)
  const fake = createFakeSalesforce({ extra })
  const accountId = fake.org.create('Account', { Name: 'Acme' }, clock.now())
  const hand = fake.org.create('User', { Name: 'Xu', FederationIdentifier: 'u-xu' }, clock.now())
  const plain = createSalesforceStore({ connection: fake.session, fetch: fake.fetch, sleep: async () => undefined, mapping })
  const facts = (id: string): Promise<JsonValue> => Promise.resolve(factsOf(id))
  const store = { ...plain, capabilities: { ...plain.capabilities, accountFacts: true }, accounts: { ...plain.accounts, facts } }
  const policy = loadPolicy({ ...presets.manufacturerCn, directory: demoDirectory })
  const handlers = { default: () => Promise.resolve() }
  const governance = createGovernance({ store, policy, host: { clock: clock.now }, handlers })
  const all = async (): Promise<Drift[]> => collect(governance.drift.find())
  const calls = async (work: () => Promise<unknown>): Promise<number> => {
    const before = fake.log.length
    await work()
    return fake.log.length - before
  }
  /** Somebody changes a row in the org. */
  const byHand = (object: string, id: string, values: { readonly [field: string]: unknown }): void =>
    fake.org.update(object, id, values, clock.now(), hand)
  const adopt = async (id = accountId): Promise<void> => {
    const adopted = await governance.account.adopt(
      { accountId: id, name: 'Acme', isKeyAccount: true, tier: 'B' },
      { actor: 'u-liu' },
    )
    expect(adopted).toMatchObject({ ok: true, projection: 'written' })
  }
  const complain = async (): Promise<string> => {
    const opened = await governance.complaint.open(
      {
        accountId,
        matter: 'Flange cracked',
        contact: 'Ms Li',
        expectedSolution: 'Replacement',
        channel: 'hotline',
        severity: 'major',
        about: 'product',
        receivedAt: clock.now(),
      },
      { actor: 'u-huang' },
    )
    expect(opened).toMatchObject({ ok: true, projection: 'written' })
    return opened.id
  }
  return { clock, fake, store, governance, accountId, hand, all, calls, byHand, adopt, complain }
}
type Governed = ReturnType<typeof governed>
const head = { actor: 'u-lin', reason: 'seen in the weekly list' }

/** The case of a complaint. */
const caseOf = ({ fake }: Governed, id: string): string =>
  String(fake.org.rows('Case').find((row) => row['KagInstanceKey__c'] === id)?.['Id'])

describe('what a hand changes in the org [GOV-06]', () => {
  test('a tier: found with who and when, repaired by a journaled command', async () => {
    const g = governed({ people: { id: 'FederationIdentifier' } })
    await g.adopt()
    expect(await g.all()).toEqual([])
    g.byHand('Account', g.accountId, { KagTier__c: 'A' })
    const [drift, more] = await g.all()
    if (drift === undefined) throw new Error('found')
    expect(more).toBeUndefined()
    expect(drift.records).toMatchObject([
      { object: 'Account', id: g.accountId, missing: false, changedBy: 'u-xu', changedAt: g.clock.now() },
    ])
    expect(drift.records[0]?.differences).toMatchObject([
      {
        field: 'KagTier__c',
        part: 'fields.tier',
        governed: 'B',
        shown: 'A',
        bypassed: [{ command: 'tier-adjustment.vote', clause: 'ADJ-12', approval: 'tierTop' }],
      },
    ])
    expect(formatDrift(drift, 'zh-CN', { people: { 'u-xu': '徐慧' }, timeZone: 'Asia/Shanghai' })).toMatchInlineSnapshot(`
      [
        "客户台账account-001000000000001-41-41-41（客户001000000000001AAA）：记录被绕过流程修改[GOV-06]",
        "  Account 001000000000001AAA，最后修改人为徐慧，时间为2026年8月3日 09:00",
        "    KagTier__c（客户级别）显示为A级，按流程应为B级",
        "      绕过的操作：客户级别调整的“表决”[ADJ-12]，由公司管理层或KA客户管理小组组长审批",
        "      可以恢复，也可以认可：认可后须经有权审批的人决定",
      ]
    `)
    const result = await g.governance.drift.resolve(drift, { ...head, decision: 'repair' })
    expect(result).toMatchObject({ ok: true, projection: 'written' })
    expect(g.fake.org.row('Account', g.accountId)).toMatchObject({ KagTier__c: 'B' })
    expect(await g.all()).toEqual([])
    expect((await g.governance.verifyJournal()).problems).toEqual([])
  })

  test('accepted, the tier is reviewed by those who decide, and the account shows the old one until then', async () => {
    const g = governed()
    await g.adopt()
    g.byHand('Account', g.accountId, { KagTier__c: 'A' })
    const [drift] = await g.all()
    if (drift === undefined) throw new Error('found')
    expect(drift.records[0]?.changedBy).toBe(g.hand)
    const result = await g.governance.drift.resolve(drift, { ...head, decision: 'accept' })
    await g.governance.sweep({ untilIdle: true })
    expect(g.fake.org.row('Account', g.accountId)).toMatchObject({ KagTier__c: 'B' })
    const [adjustment = ''] = result.opened
    const view = await g.governance.tierAdjustment.get(adjustment)
    expect([view?.state, view?.context.onDemand?.includes(`Account ${g.accountId}, KagTier__c: B → A, ${g.hand}`)]).toEqual([
      'collecting',
      true,
    ])
  })

  test('a case: its state by hand, its key cleared, the case deleted and made anew', async () => {
    const g = governed()
    await g.adopt()
    const id = await g.complain()
    g.byHand('Case', caseOf(g, id), { KagState__c: 'assigned', KagDueAt__c: null, Subject: 'nobody governs this' })
    const [drift] = await g.all()
    expect(
      drift?.records[0]?.differences.map(({ field, part, shown, bypassed }) => [
        field,
        part,
        shown,
        bypassed.map((b) => b.command),
      ]),
    ).toEqual([
      ['KagDueAt__c', 'nextDueAt', null, ['complaint.requestExtension']],
      ['KagState__c', 'state', 'assigned', ['complaint.forward']],
    ])
    expect(typeof drift?.records[0]?.differences[0]?.governed).toBe('number')
    const row = caseOf(g, id)
    g.byHand('Case', row, { KagInstanceKey__c: null })
    expect((await g.all()).map(({ records }) => records)).toMatchObject([
      [{ object: 'Case', id: null, missing: true, differences: [] }],
    ])
    g.fake.org.remove('Case', row)
    const [gone] = await g.all()
    if (gone === undefined) throw new Error('found')
    expect(await g.governance.drift.resolve(gone, { ...head, decision: 'repair' })).toMatchObject({ projection: 'written' })
    expect(g.fake.org.rows('Case').map((each) => [each['KagInstanceKey__c'], each['KagState__c']])).toEqual([[id, 'received']])
    expect(await g.all()).toEqual([])
  })

  test('the head’s own row: its state, its account and its deadline, which a sweep goes by', async () => {
    const g = governed()
    await g.adopt()
    const id = await g.complain()
    const row = String(g.fake.org.rows('KagInstance__c').find((each) => each['InstanceKey__c'] === id)?.['Id'])
    g.byHand('KagInstance__c', row, {
      DueKey__c: null,
      State__c: 'archived',
      Open__c: false,
      AccountRef__c: 'other',
      Owner__c: null,
    })
    const [drift] = await g.all()
    if (drift === undefined) throw new Error('found')
    expect(drift.accountId).toBe(g.accountId)
    expect(drift.records).toMatchObject([{ object: 'KagInstance__c', id: row, changedBy: g.hand }])
    expect(drift.records[0]?.differences.map(({ field }) => field)).toEqual([
      'AccountRef__c',
      'DueKey__c',
      'Open__c',
      'Owner__c',
      'State__c',
    ])
    g.clock.advance(40 * 86_400_000)
    expect((await g.governance.sweep()).settled).toBe(0)
    expect(await g.governance.drift.resolve(drift, { ...head, decision: 'repair' })).toMatchObject({ ok: true })
    expect(await g.all()).toEqual([])
  })

  test('an account that is deleted cannot be repaired, and the command says so', async () => {
    const g = governed()
    await g.adopt()
    g.fake.org.remove('Account', g.accountId)
    const [drift] = await g.all()
    if (drift === undefined) throw new Error('found')
    expect(drift.records).toMatchObject([{ object: 'Account', id: g.accountId, missing: true }])
    expect(await g.governance.drift.resolve(drift, { ...head, decision: 'repair' })).toMatchObject({
      ok: true,
      projection: 'blocked',
    })
    // From now on it stands behind: `reindex` names it.
    expect(await g.all()).toEqual([])
    expect((await g.governance.reindex()).blocked).toEqual([drift.instanceId])
  })

  test('words of the org’s own: which states they stand for, and what leads there', async () => {
    const fields = {
      Status: { state: { received: 'New', assigned: 'Working', investigating: 'Working', archived: 'Closed' } },
      AccountId: { projection: 'accountId' },
      Subject: { value: 'Governed' },
    } as const
    const g = governed({ records: { complaint: { object: 'Case', by: { externalId: 'KagInstanceKey__c' }, fields } } })
    await g.adopt()
    const id = await g.complain()
    const other = g.fake.org.create('Account', { Name: 'Other' }, 0)
    g.byHand('Case', caseOf(g, id), { Status: 'Working', AccountId: other, Subject: 'Mine' })
    const [drift] = await g.all()
    expect(
      drift?.records[0]?.differences.map(({ field, part, governed: was, shown, means, bypassed }) => [
        field,
        part,
        was,
        shown,
        means,
        bypassed.map((b) => b.command),
      ]),
    ).toEqual([
      ['AccountId', 'accountId', g.accountId, other, undefined, ['account.split']],
      ['Status', 'state', 'New', 'Working', ['assigned', 'investigating'], ['complaint.forward']],
      ['Subject', null, 'Governed', 'Mine', undefined, []],
    ])
    // A state that the mapping leaves alone governs nothing.
    g.byHand('Case', caseOf(g, id), { Status: 'New', AccountId: g.accountId, Subject: 'Governed' })
    expect(await g.all()).toEqual([])
  })

  test('two instances that write one record: what either wrote is none', async () => {
    const fields = { Region__c: { field: 'tier' } } as const
    const { fake, store, accountId, byHand } = governed({
      records: { complaint: { object: 'Account', by: 'accountId', fields }, account: null },
    })
    const [one, two] = ['cmp-1', 'cmp-2'].map((instanceId, k) => {
      const commit = makeCommit({ instanceId, accountId })
      return { ...commit, projection: { ...commit.projection, fields: { tier: k === 0 ? 'A' : 'B' } } }
    })
    if (one === undefined || two === undefined) throw new Error('two')
    await store.commit([one])
    await store.commit([two])
    expect(fake.org.row('Account', accountId)).toMatchObject({ Region__c: 'B' })
    const ask = async (...projections: Projection[]): Promise<readonly RecordDrift[]> => (await store.drift?.(projections)) ?? []
    expect(await ask(one.projection)).toEqual([])
    expect(await ask(one.projection, two.projection)).toEqual([])
    byHand('Account', accountId, { Region__c: 'C' })
    expect(
      (await ask(one.projection, two.projection)).map(({ instanceId, differences }) => [instanceId, differences[0]?.shown]),
    ).toEqual([
      ['cmp-1', 'C'],
      ['cmp-2', 'C'],
    ])
  })
})

describe('what is no drift', () => {
  test('a record that stands behind, is blocked, or is asked for by another number', async () => {
    const { fake, store, accountId, byHand } = governed()
    const [first, second] = makeChain('cmp-1', 2, { accountId })
    if (first === undefined || second === undefined) throw new Error('two')
    await store.commit([first])
    await store.commit([second])
    byHand('Case', String(fake.org.rows('Case')[0]?.['Id']), { KagState__c: 'other' })
    const ask = async (projection: Projection) => (await store.drift?.([projection]))?.length
    expect(await ask(second.projection)).toBe(1)
    expect(await ask(first.projection)).toBe(0)
    expect(await ask({ ...second.projection, seq: 3 })).toBe(0)
    expect(await ask({ ...second.projection, instanceId: 'cmp-9' })).toBe(0)
    const [row] = fake.org.rows('KagInstance__c')
    fake.org.update('KagInstance__c', String(row?.['Id']), { Blocked__c: 'no' })
    expect(await ask(second.projection)).toBe(0)
    fake.org.update('KagInstance__c', String(row?.['Id']), { Blocked__c: null, RecordSeq__c: 1 })
    expect(await ask(second.projection)).toBe(0)
  })

  test('dues that newer calendar data would move: the record shows what was written', async () => {
    const { store, accountId } = governed()
    const commit = makeCommit({ instanceId: 'cmp-1', accountId, nextDueAt: 1_800_000_000_000 })
    await store.commit([commit])
    expect(await store.drift?.([{ ...commit.projection, nextDueAt: 1_800_000_500_000 }])).toEqual([])
  })

  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }).filter((each) => each.isWellFormed()),
    fc.constantFrom(
      '',
      ' ',
      ' x ',
      'a\r\nb',
      '\ttab\t',
      'x'.repeat(300),
      `${'y'.repeat(254)}  z`,
      'é\u0301',
      '\u0085\u2028',
      '\ufeffx',
    ),
  )
  const value = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null))
  const instant = fc.integer({ min: 0, max: 4_000_000_000_000 })
  const projections = fc.record({
    state: text,
    open: fc.boolean(),
    nextDueAt: fc.option(instant),
    openedAt: instant,
    updatedAt: instant,
    owner: fc.option(text),
    nextDue: fc.option(text),
    fields: fc.record({ name: fc.oneof(text, fc.constant(null)), count: fc.option(fc.integer()), flag: fc.boolean() }),
    value,
  })
  const fields = {
    T1__c: { projection: 'state' },
    T2__c: { projection: 'owner' },
    T3__c: { projection: 'nextDue' },
    T4__c: { field: 'name' },
    T5__c: { field: 'missing' },
    N1__c: { field: 'count' },
    B1__c: { projection: 'open' },
    B2__c: { field: 'flag' },
    D1__c: { instant: 'nextDueAt' },
    D2__c: { instant: 'openedAt' },
    D3__c: { instant: 'updatedAt' },
    P1__c: { state: { open: 'Open', closed: 'Closed' } },
    AccountId: { projection: 'accountId' },
    C1__c: { value: ' constant ' },
  } as const satisfies NonNullable<NonNullable<SalesforceMapping['records']>[string]>['fields']
  const caseFields = Object.fromEntries(
    Object.keys(fields)
      .filter((name) => name !== 'AccountId')
      .map((name) => [
        name,
        {
          type: { T: 'string', N: 'double', B: 'boolean', D: 'datetime', P: 'picklist', C: 'string' }[name[0] ?? 'T'] as 'string',
        },
      ]),
  )

  test('whatever the mapping writes and the org keeps of it', async () => {
    const mapping = {
      records: { complaint: { object: 'Case', by: { externalId: 'KagInstanceKey__c' }, fields }, account: null },
    } as const
    const { store, accountId, fake } = governed(mapping, { Case: { fields: caseFields } })
    let n = 0
    let written = 0
    await fc.assert(
      fc.asyncProperty(projections, async ({ value: _, fields: own, ...parts }) => {
        n += 1
        const commit = makeCommit({ instanceId: `cmp-${String(n)}`, accountId })
        const projection: Projection = { ...commit.projection, ...parts, fields: own }
        const [outcome] = await store.commit([{ ...commit, projection }])
        if (outcome?.status !== 'committed' || outcome.projection !== 'written') return
        written += 1
        expect(await store.drift?.([projection])).toEqual([])
        // Any one of them changed by hand is told, under its name.
        const row = fake.org.rows('Case').find((each) => each['KagInstanceKey__c'] === `cmp-${String(n)}`)
        fake.org.update('Case', String(row?.['Id']), {
          T4__c: 'changed by hand',
          D2__c: '1999-01-01T00:00:00.000+0000',
          B1__c: !parts.open,
        })
        const [drift] = (await store.drift?.([projection])) ?? []
        expect(drift?.differences.map(({ field }) => field).sort()).toEqual(['B1__c', 'D2__c', 'T4__c'])
      }),
      { numRuns: 150 },
    )
    expect(written).toBeGreaterThan(100)
  })
})

describe('what the org makes of a value', () => {
  test.each([
    ['white space and lines', ' a\r\nb ', 'a\nb', 'plain'],
    ['nothing', '  ', null, 'plain'],
    ['a checkbox without a value', null, false, 'plain'],
    ['half a second', '2026-03-02T01:00:00.999+0000', '2026-03-02T01:00:00.000+0000', 'instant'],
    ['a date field', '2026-03-02T01:00:00.999+0000', '2026-03-02', 'instant'],
    ['another offset', '2026-03-02T01:00:00.000+0000', '2026-03-02T09:00:00.000+0800', 'instant'],
    ['rounding', 12.345, 12.35, 'plain'],
    ['rounding to whole ones', 12.5, 13, 'plain'],
    ['digits as a text', 12, '12', 'plain'],
    ['a longer id', '001000000000001', '001000000000001AAA', 'id'],
    ['a word in other letters', 'working', 'Working', 'word'],
  ] as const)('%s is no change', (_, written, shown, by) => {
    expect(showsWhatWasWritten(written, shown, by)).toBe(true)
  })
  test.each([
    ['a letter', 'a', 'A', 'plain'],
    ['a text where there was none', null, 'x', 'plain'],
    ['no text any more', 'x', null, 'plain'],
    ['a second', '2026-03-02T01:00:00.999+0000', '2026-03-02T01:00:01.000+0000', 'instant'],
    ['no date', '2026-03-02T01:00:00.999+0000', 'x', 'instant'],
    ['another day', '2026-03-02T01:00:00.999+0000', '2026-03-03', 'instant'],
    ['a whole number', 12, 12.4, 'plain'],
    ['more than rounding', 12.345, 12.4, 'plain'],
    ['a checkbox', false, true, 'plain'],
    ['a checkbox, the other way', true, null, 'plain'],
    ['another record', '001000000000001AAA', '001000000000002AAA', 'id'],
    ['a text that only begins alike', '001000000000001', '001000000000001', 'plain'],
    ['an unknown shape', 'x', { attributes: {} }, 'plain'],
  ] as const)('%s is one, as the case may be', (_, written, shown, by) => {
    expect(showsWhatWasWritten(written, shown, by)).toBe(written === shown)
  })
})

describe('calls, rights and hostile names', () => {
  test('one call for heads, cases and accounts together; a search costs three a page and one more for each that is found', async () => {
    const g = governed()
    await g.adopt()
    const id = await g.complain()
    const shown = await collect(g.store.find({}))
    expect(await g.calls(async () => g.store.drift?.(shown))).toBe(1)
    const nothing = await g.calls(() => g.all())
    g.byHand('Case', caseOf(g, id), { KagState__c: 'assigned' })
    const one = await g.calls(() => g.all())
    expect([nothing, one - nothing]).toEqual([3, 1])
  })

  test('a field that is hidden or gone is an error, never no drift', async () => {
    const g = governed({
      records: { complaint: { object: 'Case', by: { externalId: 'KagInstanceKey__c' }, fields: { Gone__c: { field: 'tier' } } } },
    })
    await g.store.commit([makeCommit({ instanceId: 'cmp-1', accountId: g.accountId })])
    const shown = await collect(g.store.find({}))
    await expect(g.store.drift?.(shown) ?? Promise.resolve()).rejects.toMatchObject({ code: 'corrupt_record' })
  })

  test('an outage is one, and a lost answer of a read is too', async () => {
    const g = governed()
    await g.adopt()
    const shown = await collect(g.store.find({}))
    for (const fault of ['cutBefore', 'midBody', 'html', 'unavailable'] as const) {
      g.fake.script = () => fault
      await expect(g.store.drift?.(shown) ?? Promise.resolve()).rejects.toMatchObject({ code: 'unavailable' })
      g.fake.script = null
    }
  })

  test.each(["' OR Name != '", '\\', 'a\nb', '../../query', '001xx', '{!x}'])('an account called %j', async (accountId) => {
    const g = governed()
    const commit = makeCommit({ instanceId: 'account-1', kind: 'account', accountId })
    expect(await g.store.commit([commit])).toMatchObject([{ projection: 'blocked' }])
    expect(await g.store.drift?.([commit.projection])).toEqual([])
    expect(await g.store.drift?.([{ ...commit.projection, instanceId: "x') OR (Name != '" }])).toEqual([])
  })

  test('more instances than one round asks for', async () => {
    const g = governed()
    const commits = Array.from({ length: 230 }, (_, k) => makeCommit({ instanceId: `cmp-${String(k)}`, accountId: g.accountId }))
    await g.store.commit(commits)
    const shown = commits.map(({ projection }) => projection)
    expect(await g.store.drift?.(shown)).toEqual([])
    for (const row of g.fake.org.rows('Case')) g.byHand('Case', String(row['Id']), { KagState__c: 'x' })
    expect(await g.store.drift?.(shown)).toHaveLength(230)
  })
})

test('memory and Salesforce tell the same drift of the same change', async () => {
  const g = governed()
  await g.adopt()
  g.byHand('Account', g.accountId, { KagTier__c: 'A', KagStanding__c: 'exiting' })
  const memory = createMemoryStore({ clock: g.clock.now })
  const here = createGovernance({ store: memory, policy: g.governance.policy.own, host: { clock: g.clock.now } })
  await here.account.adopt({ accountId: g.accountId, name: 'Acme', isKeyAccount: true, tier: 'B' }, { actor: 'u-liu' })
  const values = { 'fields.tier': 'A', state: 'exiting' }
  editRecord(memory.client, here.account.idOf(g.accountId), { values, by: g.hand, at: g.clock.now() })
  const told = ({ records, basis: _, ...drift }: Drift) => ({
    ...drift,
    records: records.map(({ object: __, id: ___, differences, ...record }) => ({
      ...record,
      differences: differences
        .map(({ field: ____, ...difference }) => difference)
        .sort((a, b) => ((a.part ?? '') < (b.part ?? '') ? -1 : 1)),
    })),
  })
  const [[onMemory], [onSalesforce]] = [await collect(here.drift.find()), await g.all()]
  if (onMemory === undefined || onSalesforce === undefined) throw new Error('found')
  expect(told(onSalesforce)).toEqual(told(onMemory))
})
