import { describe, expect, test } from 'vitest'
import { canonicalJson, defaultHost, finishSimulation, simulationSummary, type PolicyPublicationContext } from '../src/index.ts'
import { codes, collect, createHarness, ok, type Harness, type HarnessOptions } from './support/harness.ts'
import { draftOf, pinOfDraft, whatIfOf } from './support/policy-drafts.ts'
import * as p from './support/policy-stories.ts'
import { told, vote } from './support/policy-told.ts'
import * as s from './support/stories.ts'
import { complaintForm, play } from './support/story.ts'
import { thrown } from './support/told.ts'

const options: HarnessOptions = { policy: p.oneHand }
const { sweep } = s
const by = { actor: p.drafter }

describe('publishing a policy [GOV-05]', () => {
  test('from the draft to the version in force, and to the one after it', async () => {
    const { h, policy, state } = await told([...p.inForce(), ...p.nextScheduled()])
    expect([await state('1.0'), await state('1.1')]).toEqual(['inForce', 'scheduled'])
    const { id } = h.policy
    // Scheduled, it is known for the days to come; in force it is when its day begins in its own zone, to the millisecond.
    const midnight = Date.parse('2026-03-10T00:00:00+08:00')
    expect((await policy.inForce(id, midnight - 1))?.version).toBe('1.0')
    expect((await policy.inForce(id, midnight))?.version).toBe('1.1')
    expect(await policy.inForce(id, Date.parse('2026-03-03T00:00:00+08:00') - 1)).toBeNull()
    expect(await policy.inForce('no-such-policy')).toBeNull()
    await play(h, [sweep('7d')], 'later')
    expect([await state('1.0'), await state('1.1')]).toEqual(['superseded', 'inForce'])
    expect(await policy.standing(id)).toMatchObject({ inForce: { version: '1.1', since: midnight }, scheduled: [] })
    expect(await policy.versions(id)).toMatchObject([
      { version: '1.1', state: 'inForce', since: midnight, until: null, hash: pinOfDraft(h, p.next).hash },
      { version: '1.0', state: 'superseded', until: midnight },
    ])
    expect((await h.governance.verifyJournal()).problems).toEqual([])
    expect(await h.governance.effects.dead()).toEqual([])
  })

  test('nobody looked for a month: it took force on its day all the same', async () => {
    const { h, policy } = await told(p.scheduled())
    h.clock.advance(30 * 86_400_000)
    const day = Date.parse('2026-03-03T00:00:00+08:00')
    expect(await policy.standing(h.policy.id)).toMatchObject({ inForce: { version: '1.0', since: day } })
    await play(h, [sweep()], 'late')
    expect((await policy.get(policy.idOf(h.policy.id, '1.0')))?.context.since).toBe(day)
  })

  test('a version of the day itself holds from its approval, not in hindsight', async () => {
    const today: HarnessOptions = { policy: { ...p.oneHand, effectiveFrom: '2026-03-02' } }
    const { h, policy } = await told(p.scheduled(), today)
    const approved = h.clock.now()
    await play(h, [sweep('1h')], 'later')
    expect(await policy.standing(h.policy.id)).toMatchObject({ inForce: { since: approved } })
    expect(await policy.inForce(h.policy.id, approved - 1)).toBeNull()
  })

  test('whoever opened, checked, recorded or submitted it cannot vote, by delegation neither', async () => {
    const three: HarnessOptions = {
      policy: {
        effectiveFrom: '2026-03-03',
        directory: { delegations: [{ from: 'u-wang', to: 'u-novak', since: '2026-01-01', until: '2027-01-01' }] },
      },
    }
    const { h, id } = await told(
      [
        { ...p.openVersion(), actor: 'u-wang' },
        { ...p.check(), actor: 'u-zhao' },
        { ...p.recordWhatIf(), actor: 'u-liu' },
        p.submit(),
      ],
      three,
    )
    const g = h.governance
    for (const maker of ['u-wang', 'u-zhao', 'u-liu']) expect(codes(await vote(g, id, maker))).toContain('maker_is_checker')
    expect(ok(await vote(g, id, 'u-novak')).state).toBe('inApproval')
    expect(ok(await vote(g, id, 'u-okafor')).state).toBe('inApproval')
    // The head's vote is needed; three of the five with it suffice.
    expect(ok(await vote(g, id, 'u-lin')).state).toBe('scheduled')
  })

  test('another draft voids the approval under way; a vote on the text before no longer fits', async () => {
    const { h, id, policy } = await told(p.inApproval())
    const seen = (await policy.get(id))?.approvals['policy']?.basis ?? ''
    await play(h, [], 'none')
    ok(await policy.check(id, draftOf(h, { patch: { title: { en: 'B', 'zh-CN': 'B' } } }), by))
    const { context } = (await policy.get(id))!
    expect(context.approvals.policy?.voided?.reason).toBe('draft')
    expect([context.whatIf, context.base]).toEqual([null, null])
    ok(await policy.recordWhatIf(id, whatIfOf(h, { patch: { title: { en: 'B', 'zh-CN': 'B' } } }), by))
    ok(await policy.send(id, { type: 'submit' }, by))
    const late = await policy.send(
      id,
      { type: 'vote', approval: 'policy', decision: 'approve', basis: seen },
      { actor: 'u-chen' },
    )
    expect(codes(late)).toEqual(['basis_changed'])
  })
})

describe('the checks of a draft', () => {
  test('every error is a refusal with its place; nothing is stored; doubts and changes are journaled', async () => {
    const { h, id, policy } = await told([...p.inForce(), p.openVersion('1.1')])
    const records = async () => (await collect(h.store.policies.list(h.policy.id))).map(({ version }) => version).sort()
    const before = await records()
    const result = await policy.check(id, 'currency: "[X]"\ncomplaint: 5', { ...by, format: 'yaml' })
    expect(result.ok).toBe(false)
    expect(result.findings.length).toBeGreaterThan(5)
    if (!result.ok) {
      expect(result.refusals.map(({ parameter }) => parameter)).toContain('currency')
      expect(result.refusals.find(({ parameter }) => parameter === 'complaint')?.actual).toMatchObject({ line: 2 })
    }
    expect(await records()).toEqual(before)
    // Whoever may not check leaves nothing behind either, and hears of both.
    const stranger = await policy.check(id, draftOf(h, p.next), { actor: 'u-huang' })
    expect(codes(stranger)).toEqual(['role_required'])
    expect(await records()).toEqual(before)
    const checked = ok(await policy.check(id, draftOf(h, p.next), { ...by, idempotencyKey: 'once' }))
    expect(checked.entry.inputs[0]).toMatchObject({
      draft: { hash: pinOfDraft(h, p.next).hash, effectiveFrom: '2026-03-10', timeZone: 'Asia/Shanghai' },
      changes: expect.arrayContaining([expect.objectContaining({ parameter: 'complaint.handoff' })]) as unknown,
    })
    const again = await policy.check(id, draftOf(h, p.next), { ...by, idempotencyKey: 'once' })
    expect(again).toMatchObject({ ok: true, duplicate: true })
    expect(codes(await policy.check(id, draftOf(h, { version: '1.2' }), by))).toEqual(['value_not_allowed'])
  })

  test('a hash without a record, or a record that somebody has touched, is no draft', async () => {
    const { h, id } = await told(p.drafting())
    const raw = (hash: string) => h.governance.policy.send(id, { type: 'check', hash } as never, by)
    expect(codes(await raw('a'.repeat(64)))).toEqual(['not_found_in_instance'])
    for (const [effectiveFrom, document] of [
      ['2026-04-01', '{"forged":true}'],
      ['2026-04-02', 'no JSON'],
    ]) {
      const { hash } = pinOfDraft(h, { effectiveFrom: effectiveFrom ?? '' })
      await h.store.policies.put({ id: h.policy.id, version: `1.0+draft-${hash.slice(0, 12)}`, hash, document: document ?? '' })
      expect(codes(await raw(hash))).toEqual(['not_found_in_instance'])
    }
  })

  test('a what-if is of just this draft, against just the version in force', async () => {
    const { h, id, policy } = await told([...p.inForce(), p.openVersion('1.1'), p.check(p.next)])
    const record = (whatIf: object) => policy.recordWhatIf(id, whatIf, by)
    expect(codes(await record(whatIfOf(h, { ...p.next, against: { version: '0.9' } })))).toEqual(['policy_not_in_force'])
    expect(codes(await record(whatIfOf(h, { version: '1.1', against: {} })))).toEqual(['basis_changed'])
    expect(codes(await record({ nothing: 'in it' }))).toEqual(['what_if_invalid'])
    expect((await thrown(() => record({ at: Number.NaN }))).code).toBe('invalid_input')
    expect(codes(await policy.send(id, { type: 'submit' }, by))).toEqual(['what_if_missing'])
    const simulation = whatIfOf(h, { ...p.next, against: {} })
    expect(JSON.stringify(simulation)).toContain('Ms Li')
    const { digest, ...recorded } = await record(simulation)
    expect(ok(recorded).entry.inputs[0]).toEqual({
      whatIf: { digest, draft: pinOfDraft(h, p.next).hash, inForce: pinOfDraft(h, {}).hash, scope: 'all' },
      summary: simulationSummary(simulation, defaultHost.sha256),
    })
    expect(JSON.stringify(ok(recorded).entry)).not.toMatch(/Ms Li|acme|beta/)
    expect(ok(await policy.send(id, { type: 'submit' }, by)).state).toBe('inApproval')
  })
})

describe('evidence [GOV-05]', () => {
  const next = async () => told([...p.inForce(), p.openVersion('1.1'), p.check(p.next)])

  test('anything but what a simulation returned is refused with its place, and leaves no text behind', async () => {
    const { h, id, policy } = await next()
    const simulation = whatIfOf(h, { ...p.next, against: {} })
    const texts = async () => (await collect(h.store.policies.list(h.policy.id))).length
    const before = await texts()
    for (const [forged, place] of [
      [{ ...simulation, note: 'call Ms Li' }, 'note'],
      [{ ...simulation, cycle: 'Ms Li' }, 'cycle'],
      [{ ...simulation, accounts: { ...simulation.accounts, total: 900 } }, 'accounts.total'],
      [{ ...simulation, movers: { ...simulation.movers, total: 0, up: 0, down: 1 } }, 'movers.total'],
      [{ ...simulation, load: { ...simulation.load, managers: { total: 0, over: 3, listed: [] } } }, 'load.managers.over'],
      [{ ...simulation, scope: 'most' }, 'scope'],
    ] as const) {
      const result = await policy.recordWhatIf(id, forged, by)
      expect(result.ok ? [] : result.refusals).toMatchObject([
        { code: 'what_if_invalid', rule: 'mayRecordSimulation', actual: place, remedy: { kind: 'send' } },
      ])
    }
    const long = await policy.recordWhatIf(id, { ...simulation, note: 'x'.repeat(4_000_000) }, by)
    expect(long.ok ? [] : long.refusals).toMatchObject([{ code: 'what_if_invalid', required: 4_000_000 }])
    expect(await texts()).toBe(before)
  })

  test('a text that somebody put there is read as strictly, whatever the command says of it', async () => {
    const { h, id, policy } = await next()
    const raw = async (text: string, digest = defaultHost.sha256(text)) => {
      const version = `1.1+whatif-${digest.slice(0, 12)}`
      await h.store.policies.put({ id: h.policy.id, version, hash: digest, document: text })
      return codes(await policy.send(id, { type: 'recordWhatIf', digest } as never, by))
    }
    const simulation = whatIfOf(h, { ...p.next, against: {} })
    expect(await raw('no JSON')).toEqual(['what_if_invalid'])
    expect(await raw(JSON.stringify({ ...simulation, note: 'x' }))).toEqual(['what_if_invalid'])
    expect(await raw('x'.repeat(4_000_001))).toEqual(['what_if_invalid'])
    // Touched since, or not written as its digest is reckoned.
    expect(await raw(canonicalJson(simulation), 'a'.repeat(64))).toEqual(['not_found_in_instance'])
    expect(await raw(JSON.stringify(simulation, null, 1))).toEqual(['not_found_in_instance'])
    expect(await raw(canonicalJson(simulation))).toEqual(['accepted'])
  })

  test('a simulation of some accounts is refused where a what-if is required, and marked where it is advised', async () => {
    const some = { policy: { ...p.oneHand, publication: { whatIf: 'advised' } } }
    for (const [settings, expected] of [
      [options, ['what_if_partial']],
      [some, ['accepted']],
    ] as const) {
      const { h, id, policy } = await told([...p.drafting(), p.check()], settings)
      const draft = draftOf(h, {})
      const simulation = await finishSimulation(h.governance.simulate({ policy: draft, cycle: '2025-H2', accounts: ['acme'] }))
      expect(simulation.scope).toBe('some')
      const result = await policy.recordWhatIf(id, simulation, by)
      expect(codes(result)).toEqual(expected)
      if (result.ok) expect(result.entry.inputs[0]).toMatchObject({ whatIf: { scope: 'some' }, summary: { scope: 'some' } })
    }
  })

  test('one of some accounts that was recorded while it was advised does not count once it is required', async () => {
    const { h, id, policy } = await told([...p.inForce()], {
      policy: { ...p.oneHand, publication: { whatIf: 'advised' } },
    }).then(async ({ h: harness }) => {
      const required = { ...p.next, patch: { publication: { whatIf: 'required' } } }
      await play(
        harness,
        [...p.named('1.2', [p.openVersion('1.2'), p.check({ version: '1.2', effectiveFrom: '2026-03-20' })])],
        'a',
      )
      const later = harness.governance.policy.idOf(harness.policy.id, '1.2')
      await play(harness, [...p.named('1.1', p.nextScheduled(required)), sweep('8d')], 'b')
      ok(await harness.governance.policy.check(later, draftOf(harness, { version: '1.2', effectiveFrom: '2026-03-20' }), by))
      const simulation = whatIfOf(harness, { version: '1.2', effectiveFrom: '2026-03-20', against: required })
      ok(await harness.governance.policy.recordWhatIf(later, { ...simulation, scope: 'some' }, by))
      ok(
        await harness.governance.policy.migrate(later, {
          actor: 'u-lin',
          policy: pinOfDraft(harness, required),
          reason: 'judged by what holds',
        }),
      )
      return { h: harness, id: later, policy: harness.governance.policy }
    })
    expect(codes(await policy.send(id, { type: 'submit' }, by))).toEqual(['what_if_missing'])
    expect((await policy.get(id))?.context.whatIf?.scope).toBe('some')
    expect((await h.governance.verifyJournal()).problems).toEqual([])
  })
})

describe('what a host opens', () => {
  const open = (h: Harness, over: object) =>
    h.another(over).account.adopt({ accountId: 'acme', name: 'Acme', isKeyAccount: true, tier: 'B' }, { actor: 'u-liu' })
  const pinned = async (h: Harness) => (await h.governance.account.get('account-acme'))?.policy.version

  test('required: nothing before the day, what is in force then, and nothing under a version that no longer is', async () => {
    const { h } = await told(p.scheduled())
    expect(codes(await open(h, { publication: 'required' }))).toEqual(['policy_not_in_force'])
    await play(h, [sweep('1d'), ...p.nextScheduled(), sweep('7d')], 'later')
    const refused = await open(h, { publication: 'required' })
    expect(refused.ok ? [] : refused.refusals).toMatchObject([
      { code: 'policy_not_in_force', required: '1.1', actual: '1.0', rule: 'mayOpenUnderPolicyInForce' },
    ])
    ok(await open(h, { publication: 'required', policy: draftOf(h, p.next) }))
    expect(await pinned(h)).toBe('1.1')
  })

  test('follow: pinned to the version in force on the day, whatever the host was given', async () => {
    const { h } = await told(p.scheduled())
    expect(codes(await open(h, { publication: 'follow' }))).toEqual(['policy_not_in_force'])
    await play(h, [sweep('1d'), ...p.nextScheduled()], 'later')
    // Nobody sweeps: the day is enough.
    h.clock.advance(8 * 86_400_000)
    const opened = ok(await open(h, { publication: 'follow' }))
    expect(opened.entry.policy).toEqual(pinOfDraft(h, p.next))
    expect((await h.governance.verifyJournal()).problems).toEqual([])
  })

  test('absent: what the host was given, and nothing is asked', async () => {
    const { h } = await told([...p.inForce(), ...p.nextScheduled(), sweep('7d')])
    ok(await open(h, {}))
    expect(await pinned(h)).toBe('1.0')
  })

  test('a first draft may change before anybody has opened anything under it', async () => {
    const { h, id, policy } = await told(p.checked())
    const changed = { patch: { title: { en: 'B', 'zh-CN': 'B' } } }
    ok(await policy.check(id, draftOf(h, changed), by))
    expect(((await policy.get(id))?.context as PolicyPublicationContext).draft?.hash).toBe(pinOfDraft(h, changed).hash)
    expect(
      (await collect(h.store.policies.list(h.policy.id))).map(({ version }) => version).filter((v) => !v.includes('+')),
    ).toEqual([])
    ok(await open(h, {}))
    expect(codes(await policy.check(id, draftOf(h, { patch: { title: { en: 'C', 'zh-CN': 'C' } } }), by))).toEqual([
      'version_taken',
    ])
  })
})

describe('what nobody has approved', () => {
  test('is no version to move to, whatever a pin calls it', async () => {
    const h = createHarness(options)
    const { policy } = h.governance
    await play(h, [{ on: 'adopt' }], 'acme')
    const complaint = ok(await h.governance.complaint.open(complaintForm(h.clock.now()), { actor: 'u-huang' }))
    const opened = ok(await policy.open({ policyId: h.policy.id, version: '2', title: 'Two' }, by))
    const draft = draftOf(h, { version: '2', patch: { complaint: { maxRounds: 5 } }, effectiveFrom: '2026-04-01' })
    const checked = await policy.check(opened.id, draft, by)
    expect(checked.ok).toBe(true)
    const { hash } = pinOfDraft(h, { version: '2', patch: { complaint: { maxRounds: 5 } }, effectiveFrom: '2026-04-01' })
    const move = { type: 'migrate', reason: 'sneaked in' } as const
    const named = (version: string) =>
      h.governance.complaint.send(
        complaint.id,
        { ...move, policy: { id: h.policy.id, version, hash } },
        {
          actor: 'u-lin',
        },
      )
    expect(codes(await named('2'))).toEqual(['policy_not_in_force'])
    expect(await thrown(() => named(`2+draft-${hash.slice(0, 12)}`))).toMatchObject({ code: 'invalid_command' })
  })

  test('leaves no text in the registry by claiming a delegation', async () => {
    const h = createHarness(options)
    const { policy } = h.governance
    const opened = ok(await policy.open({ policyId: h.policy.id, version: '2', title: 'Two' }, by))
    const before = (await collect(h.memory.policies.list())).length
    const claimed = { actor: 'nobody-at-all', onBehalfOf: p.drafter }
    expect(codes(await policy.check(opened.id, draftOf(h, { version: '2', patch: {} }), claimed))).toEqual(['delegation_invalid'])
    expect(codes(await policy.recordWhatIf(opened.id, { note: 'x' }, claimed))).toContain('delegation_invalid')
    expect(await collect(h.memory.policies.list())).toHaveLength(before)
  })
})

test('required: what an open instance opens is not lost on a host that still has the version before [I-17]', async () => {
  const { h, policy } = await told([...p.inForce(), ...p.nextScheduled()])
  await play(h, [sweep('7d')], 'later')
  const late = h.another({ publication: 'required' })
  expect(late.pin.version).toBe('1.0')
  expect((await policy.standing(h.policy.id))?.inForce?.version).toBe('1.1')
  expect(codes(await late.complaint.open(complaintForm(h.clock.now()), { actor: 'u-huang' }))).toEqual(['policy_not_in_force'])
  await play(h, [{ on: 'adopt' }], 'acme')
  const first = ok(await h.governance.complaint.open(complaintForm(h.clock.now()), { actor: 'u-huang' }))
  ok(await late.complaint.send(first.id, { type: 'forward', department: 'product' }, { actor: 'u-huang' }))
  ok(await late.complaint.send(first.id, { type: 'accept' }, { actor: 'u-peters' }))
  const parts = [{ matter: 'late' }, { matter: 'dirty' }]
  const split = await late.complaint.send(first.id, { type: 'split', parts, reason: 'two matters' }, { actor: 'u-okafor' })
  expect(codes(split)).toEqual(['accepted'])
  await late.sweep({ untilIdle: true })
  expect(await late.effects.dead()).toEqual([])
  expect((await collect(h.store.find({ kind: 'complaint' }))).length).toBe(3)
})

test('follow: a simulation compares with the version in force, and a review goes by its cycles', async () => {
  const { h, policy } = await told([...p.inForce(), ...p.nextScheduled()])
  await play(h, [sweep('7d')], 'later')
  const host = h.another({ publication: 'follow' })
  const draft = draftOf(h, { version: '1.2', patch: {} })
  let compared: string | undefined
  for await (const step of host.simulate({ policy: draft, cycle: '2025-H2', accounts: [] }))
    if (step.type === 'finished') compared = step.simulation.policy.inForce?.version
  expect(compared).toBe('1.1')
  expect((await policy.inForce(h.policy.id))?.version).toBe('1.1')
})
