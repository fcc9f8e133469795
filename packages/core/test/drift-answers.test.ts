import { editRecord, faultScript } from '@ka-governance/adapter-memory'
import { describe, expect, test } from 'vitest'
import { formatRefusal, type JsonValue, type Result } from '../src/index.ts'
import { definitions } from '../src/runtime/runtime.ts'
import { shapeOf } from '../src/runtime/step.ts'
import { governedStates } from '../src/ledgers/account/may.ts'
import * as c from './support/account-stories.ts'
import { adopted, allDrift, august, byHand, head, onlyDrift } from './support/drift.ts'
import { factsOf } from './support/facts.ts'
import { codes, collect, createHarness, journals, ok, sweepAll, type Harness } from './support/harness.ts'
import { startProcess } from './support/process.ts'
import * as s from './support/stories.ts'
import { play } from './support/story.ts'

const refusalsOf = (result: Result) => (result.ok ? [] : result.refusals)

describe('repair', () => {
  test('the record shows what is governed; the entry tells what was gone round, and that it was put right', async () => {
    const h = await adopted()
    byHand(h, { 'fields.tier': 'A', state: 'exited' })
    const drift = await onlyDrift(h)
    const result = ok(await h.governance.drift.resolve(drift, { ...head, decision: 'repair' }))
    expect(result.entry).toMatchObject({
      actor: { id: 'u-lin' },
      command: { type: 'resolveDrift', decision: 'repair', basis: drift.basis, reason: head.reason },
      from: 'ka',
      to: 'ka',
      effects: [],
    })
    expect(result.entry.inputs).toEqual([
      {
        records: [
          {
            object: 'instances',
            id: 'account-acme',
            missing: false,
            changedBy: 'u-xu',
            changedAt: h.clock.now(),
            differences: [
              { field: 'fields.tier', part: 'fields.tier', governed: 'B', shown: 'A' },
              { field: 'state', part: 'state', governed: 'ka', shown: 'exited' },
            ],
          },
        ],
      },
    ])
    expect(await allDrift(h)).toEqual([])
    expect((await h.governance.account.get('account-acme'))?.context.tier).toBe('B')
    expect((await h.governance.verifyJournal()).problems).toEqual([])
    expect(codes(await h.governance.drift.resolve(drift, { ...head, decision: 'repair' }))).toEqual(['nothing_differs'])
  })

  test('every kind, closed or open, a deleted record too; the same key again is the same answer', async () => {
    const h = createHarness()
    const played = await play(h, s.archived())
    editRecord(h.memory.client, played.id(), { deleted: true })
    const drift = await onlyDrift(h)
    const once = { ...head, decision: 'repair', idempotencyKey: 'crm-1' } as const
    expect(ok(await h.governance.drift.resolve(drift, once)).duplicate).toBe(false)
    expect(ok(await h.governance.drift.resolve(drift, once)).duplicate).toBe(true)
    expect(await allDrift(h)).toEqual([])
  })

  test('who may: the heads, or whom the policy names; in every mode', async () => {
    const observed = await adopted({ ...august, mode: { account: 'observe' } })
    byHand(observed, { 'fields.tier': 'A' })
    const drift = await onlyDrift(observed)
    const asks = (h: Harness, actor: string) => h.governance.drift.resolve(drift, { actor, reason: 'x', decision: 'repair' })
    expect(codes(await asks(observed, 'u-liu'))).toEqual(['role_required'])
    expect(refusalsOf(await asks(observed, 'u-liu'))).toMatchObject([
      { clause: 'GOV-06', required: ['kaGroup.head', 'keyAccounts.head'] },
    ])
    const named = await adopted({ ...august, policy: { authority: { '*.resolveDrift': ['accountManager'] } } })
    byHand(named, { 'fields.tier': 'A' })
    ok(await asks(named, 'u-liu'))
    expect(codes(await asks(observed, 'u-sun'))).toEqual(['accepted'])
  })

  test('what has changed since is looked at again, not decided', async () => {
    const h = await adopted()
    byHand(h, { 'fields.tier': 'A' })
    const drift = await onlyDrift(h)
    byHand(h, { 'fields.tier': 'D' })
    const refused = await h.governance.drift.resolve(drift, { ...head, decision: 'repair' })
    expect(refusalsOf(refused)).toMatchObject([{ code: 'basis_changed', remedy: { kind: 'reload' } }])
    // Whoever touched the record last is no part of what differs.
    byHand(h, { 'fields.tier': 'A' }, { by: 'u-huang', at: 1 })
    ok(await h.governance.drift.resolve(drift, { ...head, decision: 'repair' }))
  })

  test('what is no drift is no argument', async () => {
    const h = await adopted()
    for (const drift of [null, undefined, {}, { instanceId: 'account-acme', kind: 'toString', basis: 'x' }])
      await expect(h.governance.drift.resolve(drift as never, { ...head, decision: 'repair' })).rejects.toMatchObject({
        code: 'invalid_input',
      })
    const asked = { instanceId: 'account-acme', kind: 'account', basis: 'a'.repeat(64) }
    await expect(
      h.governance.drift.resolve(asked, { ...head, decision: 'repair', fields: ['fields.tier'] }),
    ).rejects.toMatchObject({ code: 'invalid_command', findings: [{ path: 'fields' }] })
  })
})

describe('accept: no approval is left out', () => {
  test('a tier is brought before those who decide: it is theirs, the record shows the old one until then', async () => {
    const h = await adopted()
    byHand(h, { 'fields.tier': 'A', owner: 'sales.head' })
    const drift = await onlyDrift(h)
    const accepted = await h.governance.drift.resolve(drift, { ...head, decision: 'accept', fields: ['fields.tier'] })
    expect(codes(accepted)).toEqual(['accepted'])
    expect(accepted.opened).toEqual(['tier-acme-od1'])
    expect(await allDrift(h)).toEqual([])
    await sweepAll(h.governance)
    const view = await h.governance.tierAdjustment.get('tier-acme-od1')
    expect(view?.state).toBe('collecting')
    expect(view?.context).toMatchObject({ currentTier: 'B' })
    expect(view?.context.onDemand).toContain('GOV-06: instances account-acme, fields.tier: B → A, u-xu, 2026-08-03T')
    expect((await h.governance.account.get('account-acme'))?.context).toMatchObject({ tier: 'B', adjustment: 'tier-acme-od1' })
    const entry = (await collect(h.store.history('account-acme'))).find((e) => e.effects.some(({ type }) => type === 'command'))
    expect(entry?.command).toMatchObject({ type: 'resolveDrift', decision: 'accept' })
    expect((await h.governance.verifyJournal()).problems).toEqual([])
    expect(await h.governance.effects.dead()).toEqual([])
    // Decided, it is the tier.
    const { tierAdjustment } = h.governance
    ok(
      await tierAdjustment.send(
        'tier-acme-od1',
        { type: 'propose', to: 'A', reason: 'as shown', evidence: [{ uri: 'crm:1' }] },
        { actor: 'u-wu' },
      ),
    )
    expect((await tierAdjustment.get('tier-acme-od1'))?.state).toBe('inReview')
  })

  test('nobody accepts their own change, by nobody else’s name either; to put it right is everybody’s who may', async () => {
    const h = await adopted()
    byHand(h, { 'fields.tier': 'A' }, { by: 'u-lin' })
    const drift = await onlyDrift(h)
    expect(refusalsOf(await h.governance.drift.resolve(drift, { ...head, decision: 'accept' }))).toMatchObject([
      { code: 'maker_is_checker', rule: 'mayAcceptOthersChange', actual: 'u-lin' },
    ])
    ok(await h.governance.drift.resolve(drift, { ...head, decision: 'repair' }))
  })

  test('what has no such way is refused with the command that has; all of it at once', async () => {
    const h = await adopted()
    byHand(h, { 'fields.tier': 'Gold', state: 'suspended', owner: 'sales.head', nextDueAt: null })
    const drift = await onlyDrift(h)
    const refused = await h.governance.drift.resolve(drift, { ...head, decision: 'accept' })
    expect(refusalsOf(refused).map(({ code, actual, remedy }) => [code, actual, remedy ?? null])).toEqual([
      ['value_not_allowed', 'Gold', null],
      ['not_acceptable', { field: 'nextDueAt', shown: null }, { kind: 'change', field: 'decision', to: 'repair' }],
      ['not_acceptable', { field: 'owner', shown: 'sales.head' }, { kind: 'send', command: 'handover' }],
      ['not_acceptable', { field: 'state', shown: 'suspended' }, { kind: 'send', command: 'suspend' }],
    ])
    const texts = refusalsOf(refused).map((r) => formatRefusal(r, 'en', { kind: 'account' }))
    expect(texts[3]).toBe(
      'No approval is replaced by changing a record [GOV-06]: “state” cannot be accepted as “suspended”; the way there is “Suspend the cooperation”. Next step: “Suspend the cooperation”.',
    )
    const some = await h.governance.drift.resolve(drift, { ...head, decision: 'accept', fields: ['state', 'Tier__c'] })
    expect(refusalsOf(some).map(({ code, actual }) => [code, actual])).toEqual([
      ['not_found_in_instance', ['Tier__c']],
      ['not_acceptable', { field: 'state', shown: 'suspended' }],
    ])
    byHand(h, undefined, { deleted: true })
    const gone = await onlyDrift(h)
    expect(refusalsOf(await h.governance.drift.resolve(gone, { ...head, decision: 'accept' }))).toMatchObject([
      { code: 'not_acceptable', actual: { field: 'instances', shown: null } },
    ])
  })

  test('what keeps a review from opening keeps a tier from being accepted: one is open, no facts, no tier, the group decides, the relation is over', async () => {
    const accepts = async (h: Harness): Promise<readonly unknown[]> => {
      byHand(h, { 'fields.tier': 'A' })
      const drift = (await allDrift(h)).find(({ instanceId }) => instanceId === 'account-acme')
      if (drift === undefined) throw new Error('found')
      const before = JSON.stringify(await journals(h.store))
      const result = await h.governance.drift.resolve(drift, { ...head, decision: 'accept' })
      expect(JSON.stringify(await journals(h.store))).toBe(before)
      return refusalsOf(result).map(({ code, actual }) => [code, actual])
    }
    const open = createHarness(august)
    await play(open, s.collecting())
    expect(await accepts(open)).toEqual([['open_elsewhere', 'tier-acme-2026-h1']])

    expect(await accepts(await adopted({ ...august, facts: { other: null } }))).toEqual([['account_unknown', 'acme']])

    const broken = { ...(factsOf('acme') as { readonly [key: string]: JsonValue }), purchases: 'many' }
    expect(await accepts(await adopted({ ...august, facts: { acme: broken } }))).toEqual([
      ['value_not_allowed', 'facts.purchases'],
    ])

    const over = createHarness(c.options)
    await play(over, c.exited)
    expect(await accepts(over)).toEqual([['command_not_available', 'exited']])

    const group = createHarness({ ...august, policy: { tier: { level: 'group' } }, facts: { acme: null, lead: null } })
    for (const [accountId, parentId] of [
      ['lead', undefined],
      ['acme', 'lead'],
    ] as const)
      ok(
        await group.governance.account.adopt(
          { accountId, name: accountId, isKeyAccount: true, tier: 'B', ...(parentId === undefined ? {} : { parentId }) },
          { actor: 'u-liu' },
        ),
      )
    await sweepAll(group.governance)
    expect((await accepts(group)).map((each) => (each as readonly unknown[])[0])).toContain('value_not_allowed')
  })

  test('the states in which a review opens are those of the machine', () => {
    const { machine } = definitions['account']!
    const open = [...shapeOf(machine).accepts].filter(([, events]) => events.has('openAdjustment')).map(([state]) => state)
    expect([...governedStates].sort()).toEqual(open.sort())
  })
})

describe('crash, and two at once', () => {
  const decisions = ['repair', 'accept'] as const
  test.each(decisions)('%s: a crash at any call, and again with the same key: once, and right', async (decision) => {
    const counted = faultScript()
    const start = async (faults: ReturnType<typeof faultScript>) => {
      const h = await adopted({ ...august, store: { faults } })
      byHand(h, { 'fields.tier': 'A' })
      return { h, drift: await onlyDrift(h) }
    }
    const clean = await start(counted)
    const before = counted.count()
    const once = { ...head, decision, idempotencyKey: 'crm-9' } as const
    ok(await clean.h.governance.drift.resolve(clean.drift, once))
    const calls = counted.count() - before
    await sweepAll(clean.h.governance)
    expect(calls).toBeGreaterThanOrEqual(3)
    for (let call = 1; call <= calls; call += 1)
      for (const fault of ['crashBefore', 'crashAfter', 'lostAnswer', 'lostRequest', 'outage'] as const) {
        const faults = faultScript()
        const { h, drift } = await start(faults)
        faults.at(faults.count() + call, fault)
        await startProcess(h)
          .governance.drift.resolve(drift, once)
          .catch(() => undefined)
        ok(await h.another().drift.resolve(drift, once))
        await sweepAll(h.another())
        expect([call, fault, await journals(h.memory)]).toEqual([call, fault, await journals(clean.h.memory)])
        expect(await allDrift(h)).toEqual([])
        expect((await h.governance.verifyJournal()).problems).toEqual([])
      }
  })

  test('two at once: one resolves, the other hears that nothing differs any more', async () => {
    for (const slow of [0, 3, 20]) {
      const h = await adopted()
      byHand(h, { 'fields.tier': 'A' })
      const drift = await onlyDrift(h)
      const later = async (): Promise<void> => {
        for (let i = 0; i < slow; i += 1) await Promise.resolve()
      }
      const results = await Promise.all([
        h.another().drift.resolve(drift, { ...head, decision: 'accept' }),
        later().then(() => h.another().drift.resolve(drift, { ...head, actor: 'u-sun', decision: 'repair' })),
      ])
      expect(results.flatMap(codes).sort()).toEqual(['accepted', 'nothing_differs'])
      expect((await h.governance.verifyJournal()).problems).toEqual([])
    }
  })
})
