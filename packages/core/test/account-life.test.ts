import { describe, expect, test } from 'vitest'
import { codes, collect, createHarness, ok, sweepAll, type HarnessOptions } from './support/harness.ts'
import type { AccountContext } from '../src/ledgers/account/types.ts'
import type { InstanceView } from '../src/index.ts'
import * as c from './support/account-stories.ts'
import * as a from './support/admission-stories.ts'
import { account, adjustment, cast, sweep } from './support/stories.ts'
import { play, type Story } from './support/story.ts'
import { shanghai, toldAccount } from './support/told.ts'

async function told(story: Story, options?: HarnessOptions) {
  const played = await toldAccount(story, options)
  const { h } = played
  const messages = () => h.told.flatMap((d) => (d.type === 'notify' ? [(d.params as { message: string }).message] : []))
  return { ...played, messages }
}

describe('contract [I-37]', () => {
  test('I-37: asked for 90 days before its last day, lapsed when the grace of 30 days is over, whether anybody sweeps or not', async () => {
    const { h, ledger, messages } = await told(c.contracted())
    expect((await ledger()).context.contract).toMatchObject({
      to: '2026-12-31',
      noticeAt: shanghai('2026-10-02T00:00:00'),
      lapsesAt: shanghai('2027-01-31T00:00:00'),
    })
    h.clock.set('2026-10-02T00:00:00+08:00')
    await sweepAll(h.governance)
    expect(messages().filter((m) => m === 'renewalDue')).toHaveLength(1)
    h.clock.set('2027-01-30T23:59:59+08:00')
    expect((await ledger()).state).toBe('ka')
    h.clock.set('2027-01-31T00:00:00+08:00')
    expect(await ledger()).toMatchObject({ state: 'lapsed', context: { isKeyAccount: false, contract: null } })
  })
  test('I-37: days begin when the zone says so, on days of 23 and 25 hours as well', async () => {
    // Zone, last day, day of the notice, day after the grace: the changes of the clock of 2026 and 2027 lie at and between them.
    const cases = [
      ['Europe/Berlin', '2026-10-25', '2026-07-27T00:00:00+02:00', '2026-11-25T00:00:00+01:00'],
      ['Europe/Berlin', '2027-02-25', '2026-11-27T00:00:00+01:00', '2027-03-28T00:00:00+01:00'],
      ['Europe/Berlin', '2027-02-26', '2026-11-28T00:00:00+01:00', '2027-03-29T00:00:00+02:00'],
      ['America/New_York', '2026-10-02', '2026-07-04T00:00:00-04:00', '2026-11-02T00:00:00-05:00'],
      ['America/New_York', '2027-02-12', '2026-11-14T00:00:00-05:00', '2027-03-15T00:00:00-04:00'],
    ] as const
    for (const [timeZone, to, notice, lapse] of cases) {
      const h = createHarness({ ...c.options, policy: { ...c.oneHand, timeZone, calendars: { main: { timeZone } } } })
      const { calendars } = h.policy
      expect(Object.values(calendars)[0]).toMatchObject({ timeZone })
      await play(h, [c.adopt({ contract: { ...c.contract, to } })])
      const view = (await h.governance.account.get('account-acme')) as InstanceView<AccountContext>
      expect([timeZone, to, view.context.contract?.noticeAt, view.context.contract?.lapsesAt]).toEqual([
        timeZone,
        to,
        Date.parse(notice),
        Date.parse(lapse),
      ])
    }
  })
  test('I-37: a contract lasts at least a day, has not ended, and a renewal lasts longer; only of key accounts', async () => {
    const { step } = await told([])
    const of = (from: string, to: string, more: object = {}) => c.adopt({ contract: { reference: 'x', from, to }, ...more })
    expect(await step(of('2027-01-01', '2026-12-31'))).toEqual(['value_too_small'])
    expect(await step(of('2025-01-01', '2026-08-02'))).toEqual(['value_too_small'])
    expect(await step(of('2025-01-01', '2026-08-03', { isKeyAccount: false }))).toEqual(['value_not_allowed'])
    expect(await step(of('2025-01-01', '2026-08-03'))).toEqual(['accepted'])
    const same = { ...c.renew, command: { ...c.renew.command, contract: { ...c.contract, to: '2026-08-03' } } }
    expect(await step(same)).toEqual(['value_too_small'])
    expect(await step(c.renew)).toEqual(['accepted'])
    expect(await step(c.adopt({ accountId: 'beta', classes: ['whale'] }))).toEqual(['value_not_allowed'])
  })
})

describe('the relation’s end and return [TIER-07, I-39]', () => {
  test('TIER-07: ended by the customer: the adjustment is discontinued, the checklist waits for the last day', async () => {
    const { h, step, ledger } = await told([c.adopt({ tier: 'C' }), { on: 'review' }, c.end('2026-08-10')])
    expect((await ledger()).context).toMatchObject({ adjustment: null, exit: { by: 'customer', lastDay: '2026-08-10' } })
    expect((await h.governance.tierAdjustment.get('tier-acme-2026-h1'))?.state).toBe('discontinued')
    h.clock.set('2026-08-10T23:59:59+08:00')
    expect(await step(c.checklist)).toEqual(['too_early'])
    h.clock.set('2026-08-11T00:00:00+08:00')
    expect(await step(c.checklist)).toEqual(['accepted'])
    expect(await step(c.readmit())).toEqual(['too_early'])
    expect(await step(c.readmit('u-wang', { after: '180d' }))).toEqual(['accepted'])
    expect(await ledger()).toMatchObject({ state: 'prospect', context: { tier: null, isKeyAccount: false } })
  })
  test('TIER-07: a customer whose admission is open withdraws that first', async () => {
    const { step } = await told([c.adopt({ isKeyAccount: false, tier: 'C' }), c.applies])
    expect(await step(c.end())).toEqual(['open_elsewhere'])
  })
  test('I-39: the committee resolves; whoever proposed does not vote; until it is approved nothing changes', async () => {
    const { h, step, ledger } = await told([c.adopt({ tier: 'C' }), { on: 'open' }, { on: 'review' }, c.motion])
    expect(await step(c.motion)).toEqual(['already_done'])
    expect(await step(c.resolve('approve', 'u-wang'))).toContain('maker_is_checker')
    expect((await ledger()).state).toBe('ka')
    expect(await step(c.resolve('reject'))).toEqual(['accepted'])
    expect(await step(c.resolve('reject', 'u-brandt'))).toEqual(['accepted'])
    expect(await ledger()).toMatchObject({ state: 'ka', context: { blacklisting: null, adjustment: 'tier-acme-2026-h1' } })
    for (const next of c.blacklisted) expect(await step(next)).toEqual(['accepted'])
    expect(await ledger()).toMatchObject({ state: 'blacklisted', context: { adjustment: null, isKeyAccount: false } })
    expect((await h.governance.tierAdjustment.get('tier-acme-2026-h1'))?.state).toBe('discontinued')
    // Complaints are the customer's right.
    expect((await collect(h.store.find({ kind: 'complaint', open: true }))).length).toBe(1)
    expect(await step(c.applies)).toEqual(['command_not_available'])
    expect(await step(c.readmit('u-wang'))).toEqual(['too_early', 'role_required'])
    h.clock.set('2028-08-03T00:00:00+08:00')
    expect(await step(c.readmit('u-wang'))).toEqual(['role_required'])
    expect(await step(c.readmit('u-lin'))).toEqual(['accepted'])
  })
  test('I-39: a resolution under way is decided before the customer comes back', async () => {
    const { step } = await told([...c.exited, c.motion])
    expect(await step(c.readmit('u-wang', { after: '180d' }))).toEqual(['open_elsewhere'])
  })
})

describe('applications [ADM-05, I-03]', () => {
  test('ADM-05: one open admission an account; who is a key account does not apply', async () => {
    const { step } = await told([c.applies])
    expect(await step(c.applies)).toEqual(['open_elsewhere'])
    const customer = await told([c.adopt({ isKeyAccount: false, tier: 'C' }), c.applies])
    expect(await customer.step(c.applies)).toEqual(['open_elsewhere'])
    const ka = await told([c.adopt()])
    expect(await ka.step(c.applies)).toEqual(['command_not_available'])
  })
  test('ADM-05: another account of the same credit code that is looked after or blacklisted stands in the way, written as it may be; a name or a group does not', async () => {
    const taken = { accountId: 'beta', name: 'Acme', creditCode: '9131 0000ma1k', parentId: 'group' }
    const form = { accountId: 'acme', name: ' acme', parentId: 'group' }
    const { h, step } = await told([c.adopt(taken)])
    const refused = await h.governance.admission.open(
      { ...form, leadSource: 'fair', creditCode: '91310000ＭＡ1K' },
      { actor: 'u-liu' },
    )
    expect(refused.ok ? [] : refused.refusals).toMatchObject([{ code: 'open_elsewhere', actual: 'beta' }])
    expect(await step(a.apply({ ...form, creditCode: 'other' }))).toEqual(['accepted'])
    expect(await step(a.apply({ ...form, leadSource: 'rumour' }))).toEqual(['open_elsewhere'])
    const fresh = await told([])
    expect(await fresh.step(a.apply({ ...form, leadSource: 'rumour' }))).toEqual(['value_not_allowed'])
    const black = await told([c.adopt(taken), ...c.blacklisted])
    expect(await black.step(a.apply({ ...form, creditCode: taken.creditCode }))).toEqual(['open_elsewhere'])
  })
  test('I-03: who was rejected waits; who withdrew does not', async () => {
    const { step, ledger } = await told([
      c.applies,
      a.register(),
      a.recommend(),
      a.vote('u-chen', 'reject'),
      a.vote('u-brandt', 'reject'),
      sweep(),
    ])
    expect((await ledger()).state).toBe('prospect')
    expect(await step(c.applies)).toEqual(['too_early'])
    expect(await step({ ...c.applies, after: '400d' })).toEqual(['accepted'])
  })
  test('ADM-08, ADM-09, I-32: admitted, then established with contract, team and a provisional tier; a customer keeps its own', async () => {
    const story = (first: Story): Story => [
      ...first,
      c.applies,
      a.register(),
      a.recommend(),
      a.vote('u-chen'),
      a.assignTeam(),
      a.sign({ signedOn: '2026-08-03', from: '2026-08-03', to: '2028-08-02' }),
    ]
    const { ledger } = await told(story([]))
    expect(await ledger()).toMatchObject({
      state: 'ka',
      context: {
        isKeyAccount: true,
        tier: 'B',
        classes: ['scaleDominant'],
        manager: 'u-smith',
        team: { serviceRepresentative: 'u-huang' },
        admission: null,
        requalifyAt: shanghai('2027-08-03T00:00:00'),
      },
    })
    const customer = await told(story([c.adopt({ isKeyAccount: false, tier: 'D' })]))
    expect((await customer.ledger()).context).toMatchObject({ isKeyAccount: true, tier: 'D', provisionalUntil: null })
  })
})

describe('what records show of the service team [SVC-01]', () => {
  const team = {
    accountManager: 'u-liu',
    marketingSpecialist: 'u-chen',
    productManager: 'u-peters',
    serviceRepresentative: 'u-huang',
  }
  const nobody = { accountManager: null, marketingSpecialist: null, productManager: null, serviceRepresentative: null }
  const shown = async (story: Story) => {
    const { h } = await told(story)
    const [account] = await collect(h.store.find({ kind: 'account' }))
    return account?.fields
  }

  test('SVC-01: each role with its person, and nobody where there is no team', async () => {
    expect(await shown([c.adopt({ team })])).toMatchObject(team)
    expect(await shown([c.adopt()])).toMatchObject({ manager: 'u-liu', ...nobody })
    const left = [c.adopt({ team, tier: 'C' }), ...c.exited.slice(1)]
    expect(await shown(left)).toMatchObject({ ...team, isKeyAccount: false })
    expect(await shown([...left, c.readmit('u-lin', { after: '180d' })])).toMatchObject(nobody)
  })
  test('SVC-01, I-38: whoever looks after the account now is its manager', async () => {
    expect(await shown([c.adopt({ team }), c.handover()])).toMatchObject({ ...team, accountManager: 'u-wang' })
    expect(await shown([c.adopt({ team }), c.handover(), c.nameManager])).toMatchObject({ ...team, accountManager: 'u-smith' })
  })
})

describe('handover and capacity [I-38, I-23]', () => {
  test('I-38: an interim owner at once, a manager within the time, told to the head when late', async () => {
    const { h, step, ledger } = await told([c.adopt()])
    expect(await step(c.nameManager)).toEqual(['not_found_in_instance'])
    expect(await step(c.handover({ interim: 'u-liu' }))).toEqual(['nothing_to_change'])
    expect(await step(c.handover())).toEqual(['accepted'])
    expect((await ledger()).context).toMatchObject({ manager: 'u-wang', handover: { interim: 'u-wang' } })
    await step(sweep('20d'))
    const rungs = h.told.filter((d) => d.type === 'clockRung' && (d.params as { clock: string }).clock === 'handover')
    expect(rungs.length).toBeGreaterThan(0)
    expect(await step(c.nameManager)).toEqual(['accepted'])
    expect((await ledger()).context).toMatchObject({ manager: 'u-smith', handover: null })
    expect(await step(c.handover({ to: 'u-liu' }))).toEqual(['accepted'])
    expect((await ledger()).context).toMatchObject({ manager: 'u-liu', handover: null })
  })
  test('I-38: whoever looks after the account holds the role for it; who does is named', async () => {
    const { h, step, ledger } = await told([c.adopt()])
    const refusals = async (command: object) => {
      const sent = await h.governance.account.send('account-acme', command as never, { actor: 'u-wang' })
      return sent.ok ? [] : sent.refusals
    }
    const managers = ['u-liu', 'u-smith']
    const refused = { code: 'value_not_allowed', rule: 'mayLookAfterAccount', parameter: 'admission.team.accountManager' }
    expect(await refusals({ type: 'handover', interim: 'u-wu', reason: 'left' })).toMatchObject([
      { ...refused, required: [...managers, 'u-wang', 'u-sun'], remedy: { kind: 'change', field: 'interim', to: 'u-liu' } },
    ])
    expect(await refusals({ type: 'handover', interim: 'u-wang', to: 'u-wang', reason: 'left' })).toMatchObject([
      { ...refused, required: managers, actual: 'u-wang', remedy: { kind: 'change', field: 'to', to: 'u-liu' } },
    ])
    expect(await step(c.handover())).toEqual(['accepted'])
    expect(await refusals({ type: 'nameManager', to: 'u-wang' })).toMatchObject([{ ...refused, required: managers }])
    expect((await ledger()).context.manager).toBe('u-wang')
    const nobody = await told([c.adopt()], {
      ...c.options,
      policy: { ...c.oneHand, admission: { team: { accountManager: 'tax' } } },
    })
    const sent = await nobody.h.governance.account.send(
      'account-acme',
      { type: 'handover', interim: 'u-wu', to: 'u-smith', reason: 'left' },
      { actor: 'u-wang' },
    )
    expect(sent.ok ? [] : sent.refusals).toMatchObject([{ required: [], remedy: { kind: 'ask', roles: ['tax'] } }])
  })
  test('I-23, SVC-01, ADM-09: with the team and with the contract of a new key account, too', async () => {
    const options: HarnessOptions = {
      ...c.options,
      policy: { ...c.oneHand, capacity: { maxKaPerManager: 1, tiers: { B: 1 } } },
    }
    const { h, step } = await told(
      [c.beta({ manager: 'u-smith', tier: 'B' }), c.applies, a.register(), a.recommend(), a.vote('u-chen')],
      options,
    )
    const over = async () => {
      await sweepAll(h.governance)
      return h.told
        .map((d) => d.params as { to?: unknown; message?: string; data?: { over?: unknown } })
        .filter((p) => p.message === 'capacityExceeded')
        .map((p) => [p.to, p.data?.over])
    }
    expect(await over()).toEqual([])
    const manager = { what: 'manager', of: 'u-smith', max: 1, now: 2 }
    expect(await step(a.assignTeam())).toEqual(['accepted'])
    expect(await over()).toEqual([[['keyAccounts.head'], [manager]]])
    expect(await step(a.sign({ signedOn: '2026-08-03', from: '2026-08-03', to: '2028-08-02' }))).toEqual(['accepted'])
    expect((await over()).slice(1)).toEqual([[['keyAccounts.head'], [manager, { what: 'tier', of: 'B', max: 1, now: 2 }]]])
  })
  test('I-23: one more than the policy wants is told with numbers, and never refused', async () => {
    const options: HarnessOptions = {
      ...c.options,
      policy: { ...c.oneHand, capacity: { maxKaPerManager: 1, tiers: { B: 1 } } },
    }
    const { h, step } = await told([c.beta({ manager: 'u-smith', tier: 'B' }), c.adopt({ tier: 'C' })], options)
    const over = async () => {
      await sweepAll(h.governance)
      return h.told
        .map((d) => d.params as { message?: string; data?: { over?: unknown } })
        .filter((p) => p.message === 'capacityExceeded')
        .map((p) => p.data?.over)
    }
    expect(await step(c.handover({ interim: 'u-wang' }))).toEqual(['accepted'])
    expect(await over()).toEqual([])
    expect(await step(c.nameManager)).toEqual(['accepted'])
    expect(await over()).toEqual([[{ what: 'manager', of: 'u-smith', max: 1, now: 2 }]])
    for (const next of [...c.decided('B'), sweep('40d')]) await step(next)
    expect((await over())[1]).toEqual([{ what: 'tier', of: 'B', max: 1, now: 2 }])
  })
})

describe('requalification [ADM-12]', () => {
  const poor = { finance: { ...a.findings.finance, overdueDays: 90 } }
  test('ADM-12: owed every twelve months as a task; passed, the next one counts from then', async () => {
    const { h, step, ledger } = await told([c.adopt(), sweep('365d')])
    const tasks = h.told.filter((d) => d.type === 'createTask').map((d) => d.params)
    expect(tasks).toEqual([{ for: 'accountManager', task: 'requalify' }])
    expect(await step(c.requalify())).toEqual(['accepted'])
    expect((await ledger()).context.requalifyAt).toBe(shanghai('2028-08-03T00:00:00'))
  })
  test('ADM-12: failed, people review the account even where the numbers would keep it; never a silent change', async () => {
    const { h, step, ledger } = await told([c.adopt({ tier: 'B' }), c.requalify(poor), sweep()])
    expect(await ledger()).toMatchObject({ state: 'ka', context: { tier: 'B', adjustment: 'tier-acme-od1' } })
    expect((await h.governance.tierAdjustment.get('tier-acme-od1'))?.state).toBe('collecting')
    expect(await step(c.requalify(poor))).toEqual(['accepted'])
    await sweepAll(h.governance)
    const tasks = h.told.filter((d) => d.type === 'createTask').map((d) => d.params)
    expect(tasks).toEqual([{ for: 'keyAccounts.head', task: 'decideOnRequalification' }])
    expect(await h.governance.effects.dead()).toEqual([])
  })
  test('ADM-12: money is judged at a rate of the policy', async () => {
    const { step } = await told([c.adopt()])
    const foreign = { need: { ...a.findings.need, annualVolume: { currency: 'ISK', minor: 1 } } }
    expect(await step(c.requalify(foreign))).toEqual(['rate_missing'])
  })
})

test('ADJ-12: an override ends with its last day where that day has 25 hours', async () => {
  const timeZone = 'Europe/Berlin'
  const h = createHarness({ ...c.options, policy: { ...c.oneHand, timeZone, calendars: { main: { timeZone } } } })
  await play(h, [
    c.adopt({ tier: 'C' }),
    { on: 'review', after: '12h' },
    adjustment('u-wu', { type: 'propose', to: 'B', reason: 'numbers', evidence: c.evidence }),
    cast(adjustment, 'review', 'u-chen', 'approve'),
    adjustment('u-chen', { type: 'override', to: 'A', until: '2026-10-25', reason: 'strategic' }),
    cast(adjustment, 'decision', 'u-brandt', 'approve'),
    sweep(),
    sweep('40d'),
  ])
  const ledger = (await h.governance.account.get('account-acme')) as InstanceView<AccountContext>
  expect(ledger.context.override?.endsAt).toBe(Date.parse('2026-10-26T00:00:00+01:00'))
})

test('what only instances send each other is refused from people, in every mode', async () => {
  const h = createHarness({ ...c.options, mode: { account: 'observe' } })
  await play(h, [c.adopt()])
  const result = await h.governance.account.send(
    'account-acme',
    { type: 'admit', by: 'adm-acme-1', classes: [] },
    { actor: 'u-lin' },
  )
  expect(codes(result)).toContain('command_not_available')
  const moved = await h.governance.account.send('account-acme', { type: 'addMember', member: 'x' }, { actor: 'u-lin' })
  expect(codes(moved)).toEqual(['role_required'])
  expect(
    ok(await h.governance.account.send('account-acme', account('', c.suspend.command!).command as never, { actor: 'u-wang' }))
      .state,
  ).toBe('suspended')
})
