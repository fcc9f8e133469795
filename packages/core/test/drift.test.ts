import { editRecord, faultScript } from '@ka-governance/adapter-memory'
import { describe, expect, test } from 'vitest'
import {
  canonicalJson,
  formatDrift,
  formatOptionsOf,
  type GovernanceStore,
  type JsonValue,
  type RecordDrift,
} from '../src/index.ts'
import { definitions } from '../src/runtime/runtime.ts'
import { adopted, allDrift, august, byHand, head, onlyDrift } from './support/drift.ts'
import { codes, collect, createHarness, ok, type Harness } from './support/harness.ts'
import * as s from './support/stories.ts'
import { play } from './support/story.ts'

describe('what was changed around the process is found and named [GOV-06]', () => {
  test('a tier by hand: which record, who, what it would have needed, in both languages', async () => {
    const h = await adopted()
    expect(await allDrift(h)).toEqual([])
    byHand(h, { 'fields.tier': 'A' })
    const drift = await onlyDrift(h)
    expect(drift).toMatchObject({
      instanceId: 'account-acme',
      kind: 'account',
      accountId: 'acme',
      state: 'ka',
      version: 1,
      problem: null,
      records: [{ object: 'instances', id: 'account-acme', missing: false, changedBy: 'u-xu', changedAt: h.clock.now() }],
    })
    expect(drift.records[0]?.differences).toEqual([
      {
        field: 'fields.tier',
        part: 'fields.tier',
        governed: 'B',
        shown: 'A',
        bypassed: [
          {
            command: 'tier-adjustment.vote',
            clause: 'ADJ-12',
            approval: 'tierTop',
            roles: ['companyManagement', 'kaGroup.head'],
          },
        ],
        acceptable: true,
      },
    ])
    const options = formatOptionsOf(h.policy)
    expect(formatDrift(drift, 'en', options)).toMatchInlineSnapshot(`
      [
        "Account account-acme of account acme: changed around the process [GOV-06]",
        "  instances account-acme, last changed by 徐慧 Xu Hui on 3 August 2026, 09:00",
        "    fields.tier (Tier) shows tier A; governed is tier B",
        "      gone round: Tier adjustment, “Vote” [ADJ-12], approval by the company management or the head of the KA management group",
        "      it can be repaired, or accepted: then those who decide are asked",
      ]
    `)
    expect(formatDrift(drift, 'zh-CN', options)).toMatchInlineSnapshot(`
      [
        "客户台账account-acme（客户acme）：记录被绕过流程修改[GOV-06]",
        "  instances account-acme，最后修改人为徐慧 Xu Hui，时间为2026年8月3日 09:00",
        "    fields.tier（客户级别）显示为A级，按流程应为B级",
        "      绕过的操作：客户级别调整的“表决”[ADJ-12]，由公司管理层或KA客户管理小组组长审批",
        "      可以恢复，也可以认可：认可后须经有权审批的人决定",
      ]
    `)
  })

  test('a state by hand: the commands of people that lead there; where none does, it says so', async () => {
    const h = await adopted()
    const stepsTo = async (state: string) => {
      byHand(h, { state })
      const { differences = [] } = (await onlyDrift(h)).records[0] ?? {}
      return differences.flatMap(({ bypassed }) =>
        bypassed.map(({ command, clause, roles }) => [command, clause, roles.length > 0]),
      )
    }
    // `startExit` is the adjustment's own way, no person's.
    expect(await stepsTo('exiting')).toEqual([['account.endByCustomer', 'TIER-07', true]])
    expect(await stepsTo('suspended')).toEqual([['account.suspend', 'TIER-07', true]])
    expect(await stepsTo('exited')).toEqual([])
    expect(await stepsTo('Gold')).toEqual([])
    const text = formatDrift(await onlyDrift(h), 'en').join('\n')
    expect(text).toContain('no command of the process brings this about')
    byHand(h, { owner: 'person:u-xu', nextDueAt: 1_800_000_000_000, 'fields.manager': null, 'fields.productManager': 'u-xu' })
    expect(
      (await onlyDrift(h)).records[0]?.differences.map(({ field, bypassed }) => [field, bypassed.map((b) => b.command)]),
    ).toEqual([
      ['fields.manager', ['account.handover']],
      ['fields.productManager', ['admission.assignTeam']],
      ['nextDueAt', []],
      ['owner', ['account.handover']],
      ['state', []],
    ])
  })

  test('a record that is gone, and one that has another account', async () => {
    const h = createHarness()
    const played = await play(h, s.received())
    editRecord(h.memory.client, played.id(), { values: { accountId: 'other' }, by: 'u-xu' })
    byHand(h, undefined, { deleted: true })
    const [account, complaint, more] = await allDrift(h)
    expect(more).toBeUndefined()
    expect(account?.records).toMatchObject([{ missing: true, differences: [] }])
    expect(complaint?.accountId).toBe('acme')
    expect(complaint?.records[0]?.differences).toMatchObject([
      {
        part: 'accountId',
        governed: 'acme',
        shown: 'other',
        bypassed: [{ command: 'account.split', clause: 'I-33' }],
        acceptable: false,
      },
    ])
    if (account === undefined) throw new Error('found')
    expect(formatDrift(account, 'zh-CN').slice(2)).toEqual(['    记录已被删除，或其标识已被更改', '    可以恢复'])
  })

  test('only where it is asked for: kind, account, open ones, behind an id', async () => {
    const h = createHarness({ facts: { acme: null, bravo: null } })
    const played = await play(h, s.received())
    ok(await h.governance.account.adopt({ accountId: 'bravo', name: 'B', isKeyAccount: true, tier: 'C' }, { actor: 'u-liu' }))
    byHand(h, { 'fields.tier': 'A' })
    editRecord(h.memory.client, 'account-bravo', { values: { 'fields.tier': 'A' } })
    editRecord(h.memory.client, played.id(), { values: { state: 'archived' } })
    const ids = async (query: Parameters<Harness['governance']['drift']['find']>[0]) =>
      (await collect(h.governance.drift.find(query))).map(({ instanceId }) => instanceId)
    expect(await ids({})).toEqual(['account-acme', 'account-bravo', played.id()])
    expect(await ids({ kind: 'complaint' })).toEqual([played.id()])
    expect(await ids({ accountId: 'bravo' })).toEqual(['account-bravo'])
    expect(await ids({ open: false })).toEqual([])
    expect(await ids({ after: 'account-acme' })).toEqual(['account-bravo', played.id()])
  })

  test('heads are read in the way of a host that replaced it', async () => {
    const read: string[] = []
    const wrap = (store: GovernanceStore): GovernanceStore => ({
      ...store,
      load: (id) => {
        read.push(id)
        return store.load(id)
      },
    })
    const h = createHarness({ wrap })
    const played = await play(h, s.received())
    read.length = 0
    expect(await allDrift(h)).toEqual([])
    expect(read).toEqual(['account-acme', played.id()])
  })

  test('many pages, each read together', async () => {
    const names = Array.from({ length: 203 }, (_, k) => `a${String(k).padStart(3, '0')}`)
    const faults = faultScript()
    const h = createHarness({ facts: Object.fromEntries(names.map((name) => [name, null])), store: { faults } })
    for (const accountId of names)
      ok(await h.governance.account.adopt({ accountId, name: accountId, isKeyAccount: true, tier: 'C' }, { actor: 'u-liu' }))
    for (const name of ['a000', 'a199', 'a200', 'a202'])
      editRecord(h.memory.client, `account-${name}`, { values: { 'fields.tier': 'A' } })
    const before = faults.count('drift')
    expect((await allDrift(h)).map(({ instanceId }) => instanceId)).toEqual(
      ['a000', 'a199', 'a200', 'a202'].map((n) => `account-${n}`),
    )
    expect(faults.count('drift') - before).toBe(2)
    expect(faults.count('loadMany')).toBe(2)
  })
})

describe('what is no drift', () => {
  test('a record that is only behind, or that an admin’s rule refuses, and calendar data that are newer than the record', async () => {
    let blocked = false
    const h = createHarness({ ...august, store: { projectionRule: () => (blocked ? 'no' : null) } })
    await play(h, s.adopted)
    byHand(h, { 'fields.tier': 'A' })
    blocked = true
    const manager = { type: 'handover', interim: 'u-sun', reason: 'on leave' } as const
    expect(ok(await h.governance.account.send('account-acme', manager, { actor: 'u-sun' })).projection).toBe('blocked')
    expect(await allDrift(h)).toEqual([])
    blocked = false
    await h.governance.reindex()
    expect(await allDrift(h)).toEqual([])

    const late = await adopted({ ...august, store: { without: ['atomicProjection'] } })
    byHand(late, { 'fields.tier': 'A' })
    const store: GovernanceStore = { ...late.store, project: async () => 'stale' }
    ok(await late.another({ store }).account.send('account-acme', manager, { actor: 'u-sun' }))
    expect((await late.store.load('account-acme'))?.shownSeq).toBe(1)
    expect(await allDrift(late)).toEqual([])
  })

  test('a commit between the reading of head and record: looked at again, and not told', async () => {
    const h = await adopted()
    byHand(h, { 'fields.tier': 'A' })
    const manager = { type: 'handover', interim: 'u-sun', reason: 'on leave' } as const
    let raced = 0
    const race: GovernanceStore = {
      ...h.store,
      drift: async (projections) => {
        const found = (await h.store.drift?.(projections)) ?? []
        raced += 1
        if (raced === 1) ok(await h.governance.account.send('account-acme', manager, { actor: 'u-sun' }))
        return found
      },
    }
    expect(await collect(h.another({ store: race }).drift.find())).toEqual([])
    expect(raced).toBe(2)
    // Changed again behind that commit, it is told as it is by then.
    byHand(h, { 'fields.tier': 'D' })
    raced = 0
    const again: GovernanceStore = {
      ...race,
      drift: async (projections) => {
        raced += 1
        if (raced === 1) {
          const found = (await h.store.drift?.(projections)) ?? []
          ok(await h.governance.account.send('account-acme', { ...manager, interim: 'u-liu' }, { actor: 'u-sun' }))
          byHand(h, { 'fields.tier': 'C' })
          return found
        }
        return (await h.store.drift?.(projections)) ?? []
      },
    }
    const [drift] = await collect(h.another({ store: again }).drift.find())
    expect([drift?.version, drift?.records[0]?.differences.map(({ shown }) => shown)]).toEqual([3, ['C']])
    // One that never stands still has nothing that could be told.
    let turn = 0
    const busy: GovernanceStore = {
      ...h.store,
      drift: async (projections) => {
        turn += 1
        const interim = turn % 2 === 0 ? 'u-liu' : 'u-sun'
        byHand(h, { 'fields.tier': 'C' })
        const found = (await h.store.drift?.(projections)) ?? []
        ok(await h.governance.account.send('account-acme', { ...manager, interim }, { actor: 'u-sun' }))
        byHand(h, { 'fields.tier': 'C' })
        return found
      },
    }
    expect(await collect(h.another({ store: busy }).drift.find())).toEqual([])
    expect(turn).toBe(4)
  })

  test('one that cannot be read is told and stops nothing; an outage is thrown', async () => {
    const h = createHarness({ facts: { acme: null, bravo: null } })
    await play(h, s.adopted)
    ok(await h.governance.account.adopt({ accountId: 'bravo', name: 'B', isKeyAccount: true, tier: 'C' }, { actor: 'u-liu' }))
    const rows = h.memory.client.table('instances')
    const row = rows.get('account-acme')
    if (row === undefined) throw new Error('adopted')
    rows.update(row, { snapshot: `${row.snapshot} ` })
    editRecord(h.memory.client, 'account-bravo', { values: { 'fields.tier': 'A' } })
    const [broken, found] = await collect(h.another().drift.find())
    expect([broken?.instanceId, broken?.records, found?.instanceId]).toEqual(['account-acme', [], 'account-bravo'])
    if (broken === undefined) throw new Error('told')
    expect(broken.problem).toContain('account-acme')
    expect(formatDrift(broken, 'en')).toHaveLength(1)
    const faults = faultScript()
    const failing = await adopted({ ...august, store: { faults } })
    faults.next('outage', 'drift')
    await expect(allDrift(failing)).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('a store that cannot tell says so', async () => {
    const h = await adopted()
    const { drift: _, ...blind } = h.store
    const governance = h.another({ store: blind })
    await expect(collect(governance.drift.find())).rejects.toMatchObject({
      code: 'invalid_input',
      findings: [{ code: 'capability' }],
    })
    const asked = { instanceId: 'account-acme', kind: 'account', basis: 'a'.repeat(64) }
    expect(codes(await governance.drift.resolve(asked, { ...head, decision: 'repair' }))).toEqual(['nothing_differs'])
  })
})

describe('whatever a record shows', () => {
  const hostile: RecordDrift = {
    instanceId: 'account-acme',
    record: { object: `Acc\u0000${'x'.repeat(300)}`, id: '001\ud800' },
    missing: false,
    differences: [
      { field: 'Z__c', part: 'constructor', governed: 'B', shown: `\u202e${'y'.repeat(100_000)}\ud83d` },
      { field: 'A__c', part: 'fields.toString', governed: null, shown: Number.NaN },
      { field: 'K__c', part: 'state', governed: 'Working', shown: 'Closed', means: ['exited', 'suspended', 'hasOwnProperty'] },
      { field: 'C__c', part: null, governed: true, shown: false },
    ],
    changedBy: 'u\u2028x',
    changedAt: Number.POSITIVE_INFINITY,
  }

  test('it is journaled as JSON of a bounded length, named as far as it can be, and hashed alike each time', async () => {
    const h = await adopted()
    const governance = h.another({ store: { ...h.store, drift: async () => [hostile] } })
    const [drift] = await collect(governance.drift.find())
    if (drift === undefined) throw new Error('found')
    expect(drift.records[0]?.differences.map(({ field, bypassed }) => [field, bypassed.map(({ command }) => command)])).toEqual([
      ['A__c', []],
      ['C__c', []],
      ['K__c', ['account.suspend']],
      ['Z__c', []],
    ])
    expect(drift.records[0]).toMatchObject({ changedBy: 'u x', changedAt: null })
    const result = ok(await governance.drift.resolve(drift, { ...head, decision: 'repair' }))
    expect(canonicalJson(result.entry.inputs as JsonValue).length).toBeLessThan(2000)
    for (const locale of ['en', 'zh-CN'] as const) expect(formatDrift(drift, locale).join('').length).toBeLessThan(3000)
    expect((await h.governance.verifyJournal()).problems).toEqual([])
  })

  test('a store that answers for others, or that nothing differs, is not believed', async () => {
    const h = await adopted()
    const nothing = { ...hostile, differences: [] }
    const other = { ...hostile, instanceId: 'account-other' }
    const governance = h.another({ store: { ...h.store, drift: async () => [nothing, other] } })
    expect(await collect(governance.drift.find())).toEqual([])
  })
})

test('every way of the tables is one: its command is there, its part is one of the record, its scheme one of the policy', async () => {
  const parts = ['accountId', 'state', 'open', 'owner', 'nextDueAt', 'nextDue', 'noDueReason']
  const { policy } = createHarness()
  let count = 0
  for (const [kind, { ways = {}, fields, initialContext }] of Object.entries(definitions))
    for (const [part, way] of Object.entries(ways)) {
      count += 1
      const [of = '', command = ''] = way?.command.includes('.') === true ? way.command.split('.') : [kind, way?.command]
      expect([part, Object.hasOwn(definitions[of]?.commands ?? {}, command)]).toEqual([part, true])
      const known = part.startsWith('fields.') ? Object.hasOwn(fields(initialContext), part.slice(7)) : parts.includes(part)
      expect([kind, part, known]).toEqual([kind, part, true])
      const scheme = way?.scheme?.(initialContext, 'B')
      if (scheme !== undefined) expect(policy.approval).toHaveProperty(scheme)
    }
  expect(count).toBeGreaterThan(30)
})
