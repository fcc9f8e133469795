import { createMemoryStore, editRecord } from '@ka-governance/adapter-memory'
import { createGovernance, formatDrift, type Drift, type Projection, type RecordDrift } from '@ka-governance/core'
import { makeCommit } from '@ka-governance/core/conformance'
import { describe, expect, test } from 'vitest'
import { collect } from '../../core/test/support/harness.ts'
import { caseOf, governed, head } from './drifting.ts'

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

  test('the copy that lists are made of vouches for nothing: forged together with its columns, it is told', async () => {
    const g = governed()
    await g.adopt()
    const [row] = g.fake.org.rows('KagInstance__c')
    const visible = JSON.parse(String(row?.['Visible__c'])) as Projection
    const forged = { ...visible, state: 'exited', open: false, seq: 7, fields: { ...visible.fields, tier: 'A', more: 1 } }
    g.byHand('KagInstance__c', String(row?.['Id']), { Visible__c: JSON.stringify(forged), State__c: 'exited', Open__c: false })
    g.byHand('Account', g.accountId, { KagTier__c: 'A', KagStanding__c: 'exited' })
    const [drift] = await g.all()
    if (drift === undefined) throw new Error('found')
    expect(
      drift.records.map(({ object, differences }) => [object, differences.map(({ field, part }) => `${field} ${String(part)}`)]),
    ).toEqual([
      ['Account', ['KagStanding__c state', 'KagTier__c fields.tier']],
      [
        'KagInstance__c',
        ['Open__c open', 'State__c state', 'Visible__c null', 'Visible__c state', 'Visible__c open', 'Visible__c fields.tier'],
      ],
    ])
    expect(await g.governance.drift.resolve(drift, { ...head, decision: 'repair' })).toMatchObject({ projection: 'written' })
    expect(await g.all()).toEqual([])
    for (const broken of ['{}', JSON.stringify({ ...visible, fields: 5 }), 'no JSON', null]) {
      g.byHand('KagInstance__c', String(row?.['Id']), { Visible__c: broken })
      const found = await g.store.drift?.([{ ...visible, seq: 2 }])
      expect(found?.map(({ differences }) => differences)).toEqual([
        [{ field: 'Visible__c', part: null, governed: 2, shown: null }],
      ])
    }
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

test('a fault at any request of an answer to drift, and again with the same key: one entry, and the record is right', async () => {
  const start = async () => {
    const g = governed()
    await g.adopt()
    g.byHand('Account', g.accountId, { KagTier__c: 'A' })
    const [drift] = await g.all()
    if (drift === undefined) throw new Error('found')
    return { g, drift }
  }
  const once = { ...head, decision: 'accept', idempotencyKey: 'crm-9' } as const
  const clean = await start()
  const requests = await clean.g.calls(() => clean.g.governance.drift.resolve(clean.drift, once))
  expect(requests).toBeGreaterThan(2)
  for (let request = 1; request <= requests; request += 1)
    for (const fault of ['cutBefore', 'cutAfter', 'midBody', 'html', 'unavailable', 'lockedRow'] as const) {
      const { g, drift } = await start()
      const at = g.fake.log.length + request
      g.fake.script = ({ number }) => (number === at ? fault : null)
      await g.governance.drift.resolve(drift, once).catch(() => undefined)
      g.fake.script = null
      expect(await g.governance.drift.resolve(drift, once)).toMatchObject({ ok: true })
      const entries = await collect(g.store.history(drift.instanceId))
      expect([request, fault, entries.map(({ command }) => (command as { readonly type: string }).type)]).toEqual([
        request,
        fault,
        ['adopt', 'resolveDrift'],
      ])
      expect(g.fake.org.row('Account', g.accountId)).toMatchObject({ KagTier__c: 'B' })
      await g.governance.sweep({ untilIdle: true })
      expect(g.fake.org.rows('KagInstance__c').map((row) => row['InstanceKey__c'])).toHaveLength(2)
      expect((await g.governance.verifyJournal()).problems).toEqual([])
    }
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
    // An account may be written by several instances: who they are is asked only where it differs.
    g.byHand('Account', g.accountId, { KagTier__c: 'A' })
    expect((await g.calls(() => g.all())) - one).toBe(2)
  })

  test('two pages of accounts are six calls: the list, the heads, the records, each twice', async () => {
    const g = governed()
    await g.adopt()
    for (let k = 1; k < 210; k += 1) await g.adopt(g.fake.org.create('Account', { Name: `A${String(k)}` }, 0))
    expect(await g.calls(async () => expect(await g.all()).toEqual([]))).toBe(6)
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
