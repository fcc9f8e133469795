import { describe, expect, test } from 'vitest'
import * as a from './support/admission-stories.ts'
import { codes, collect, createHarness, type Harness, type HarnessOptions } from './support/harness.ts'
import { duration, play, refused, type Step, type Story } from './support/story.ts'
import { sweep } from './support/stories.ts'
import { toldAdmission as told } from './support/told.ts'

const oneHand: HarnessOptions = { policy: a.oneHand }
const refusalsOf = async (h: Harness, id: string, step: Step) => {
  const command = Object.fromEntries(Object.entries(step.command ?? {})) as never
  const result = await h.governance.admission.send(id, command, { actor: step.actor ?? '' })
  return result.ok ? [] : result.refusals
}

describe('registration [ADM-05, DEV-03]', () => {
  test('opens by the ledger, which makes the lead a candidate and holds the one claim', async () => {
    const { id, view, ledger, h } = await told([
      a.apply({ creditCode: '91310000MA1K00000X', region: 'north', manager: 'u-smith' }),
    ])
    expect(id).toBe('adm-newco-1')
    expect(view).toMatchObject({
      state: 'registering',
      accountId: 'newco',
      projection: { owner: 'person:u-smith' },
      context: { name: 'Newco', leadSource: 'fair', creditCode: '91310000MA1K00000X', region: 'north' },
    })
    expect(ledger).toMatchObject({ state: 'candidate' })
    const again = await h.governance.admission.open(
      { accountId: 'newco', name: 'Newco', leadSource: 'fair' },
      { actor: 'u-smith' },
    )
    expect(codes(again)).toEqual(['open_elsewhere'])
  })

  test('the same idempotency key finds the first application', async () => {
    const h = createHarness(oneHand)
    const form = { accountId: 'newco', name: 'Newco', leadSource: 'fair' }
    const first = await h.governance.admission.open(form, { actor: 'u-liu', idempotencyKey: 'k' })
    const second = await h.governance.admission.open(form, { actor: 'u-liu', idempotencyKey: 'k' })
    expect([first.ok, second.ok && second.duplicate, second.admission]).toEqual([true, true, first.admission])
  })

  test('a credit code that another account has is refused, naming it; the one opened with is not asked again', async () => {
    const code = '91310000MA1K00009X'
    const { h, id, context } = await told([
      a.apply({ accountId: 'rival', name: 'Rival', creditCode: code }),
      a.apply({ creditCode: '91310000MA1K00000X' }),
      refused(a.register({ creditCode: code }), 'open_elsewhere'),
      a.register({ creditCode: '91310000MA1K00000X' }),
    ])
    expect(context.registration?.creditCode).toBe('91310000MA1K00000X')
    const [other] = await refusalsOf(h, id, a.register({ creditCode: code }))
    expect(other?.code).toBe('command_not_available')
    const { played } = await told([
      a.apply({ accountId: 'rival', name: 'Rival', creditCode: code }),
      a.apply(),
      refused(a.register({ creditCode: code }), 'open_elsewhere'),
    ])
    const last = played.results.at(-1)
    expect(last?.ok === false && last.refusals).toMatchObject([{ rule: 'mayRegisterOnce', clause: 'ADM-05', actual: 'rival' }])
  })

  test('a credit code that was first registered by another application is known, whatever it opened with', async () => {
    const code = '９１３１００００MA1K00009X'
    const { refusals, ledger } = await told([
      a.apply({ accountId: 'rival', name: 'Rival' }),
      a.register({ creditCode: '91310000MA1K00009X' }),
      a.apply(),
      refused(a.register({ creditCode: code }), 'open_elsewhere'),
    ])
    expect(refusals).toMatchObject([{ rule: 'mayRegisterOnce', actual: 'rival' }])
    expect(ledger).toMatchObject({ context: { creditCode: null } })
    const again = await told([a.apply(), a.register({ creditCode: code }), a.revise, a.register()])
    expect([again.context.creditCode, again.ledger?.context.creditCode]).toEqual([code, code])
  })

  test('who to speak to, need and intent in the customer’s words are kept apart from the journal [SEC-02]', async () => {
    const { h, id, context } = await told(a.screening())
    const entries = JSON.stringify(await collect(h.store.history(id)))
    for (const text of ['Mr Hu', 'flanges for the new line', 'contract of two years']) expect(entries).not.toContain(text)
    expect(entries).toContain('Newco Ltd')
    expect(context.registration).toMatchObject({ contact: 'Mr Hu, hu@example.com', legalName: 'Newco Ltd' })
  })
})

describe('screening [ADM-01 … ADM-06, CLS-02]', () => {
  test('who meets the criteria comes before the committee, with the score and its parts', async () => {
    const { view, context } = await told(a.inCommittee())
    expect(view).toMatchObject({
      state: 'inCommittee',
      projection: { owner: 'kaGroup.head', fields: { score: 100, exception: false } },
    })
    expect(context.score).toMatchObject({ value: 100, passes: true, shortfalls: [] })
    expect(context.report?.classes).toEqual(['scaleDominant'])
  })

  test('a mandatory criterion not met screens out whatever the score; what is missing is told', async () => {
    const { view, context } = await told(a.screenedOut())
    expect(view?.state).toBe('screenedOut')
    expect(context.score).toMatchObject({
      passes: false,
      reasons: [{ code: 'mandatoryNotMet', criterion: 'finance' }],
      shortfalls: [{ measure: 'overdueDays', required: 30, actual: 31, passesAt: 30 }],
    })
    expect(context.score?.value).toBeGreaterThan(90)
  })

  test('what is missing, supplied, passes', async () => {
    const { view } = await told([
      ...a.screenedOut(),
      a.revise,
      a.register(),
      a.recommend({ finance: { ...a.late.finance, overdueDays: 30 } }),
    ])
    expect(view).toMatchObject({ state: 'inCommittee', projection: { fields: { returns: 1 } } })
  })

  test('a missing exchange rate is a refusal that names it, beside every other reason', async () => {
    const dollars = { need: { ...a.findings.need, annualVolume: { currency: 'USD', minor: 50_000_000 } } }
    const { h, id } = await told(a.screening())
    const refusals = await refusalsOf(h, id, a.recommend({ ...dollars, classes: ['noble'] }))
    expect(refusals).toMatchObject([
      { code: 'value_not_allowed', rule: 'mayProposeKnownClasses', actual: 'noble', parameter: 'admission.classes' },
      {
        code: 'rate_missing',
        rule: 'mayScoreAtKnownRates',
        clause: 'ADM-06',
        required: { from: 'USD', to: 'CNY', date: '2026-03-02' },
      },
    ])
    const observing = createHarness({ ...oneHand, mode: { admission: 'observe' } })
    const played = await play(observing, a.screening())
    const observed = await refusalsOf(observing, played.id('admission'), a.recommend(dollars))
    expect(observed.map((r) => r.code)).toContain('rate_missing')
  })

  test('CLS-02: classes are those of the policy, each once; the remedy keeps what may stay', async () => {
    const { h, id } = await told(a.screening())
    const twice = ['industryLeader', 'noble', 'scaleDominant', 'industryLeader']
    const [noble, again, ...others] = await refusalsOf(h, id, a.recommend({ classes: twice }))
    expect([noble, again].map((refusal) => refusal?.actual)).toEqual(['noble', 'industryLeader'])
    for (const refusal of [noble, again])
      expect(refusal).toMatchObject({
        rule: 'mayProposeKnownClasses',
        clause: 'CLS-02',
        required: ['industryLeader', 'scaleDominant', 'strategicPartner'],
        remedy: { kind: 'change', field: 'classes', to: ['industryLeader', 'scaleDominant'] },
      })
    expect(others).toEqual([])
  })

  test('the rate is that of the day in the policy’s zone, not of the universal day', async () => {
    const dollars = { need: { ...a.findings.need, annualVolume: { currency: 'USD', minor: 50_000_000 } } }
    const options: HarnessOptions = {
      start: '2026-03-01T23:30:00+08:00',
      policy: { ...a.oneHand, exchangeRates: [{ from: 'USD', to: 'CNY', since: '2026-03-02', rate: 7 }] },
    }
    // 00:40 on 2 March in Shanghai is still 1 March in UTC.
    const at = (after: string, step: Step): Step => ({ ...step, after })
    const { view } = await told([a.apply(), at('10m', a.register()), at('1h', a.recommend(dollars))], options)
    expect(view).toMatchObject({ state: 'inCommittee' })
    const early = await told(
      [a.apply(), at('10m', a.register()), refused(at('5m', a.recommend(dollars)), 'rate_missing')],
      options,
    )
    expect(early.view?.state).toBe('screening')
  })

  test('money beyond exact integers is refused, not rounded', async () => {
    const huge = { finance: { ...a.findings.finance, paidInCapital: { currency: 'USD', minor: Number.MAX_SAFE_INTEGER } } }
    const policy = { ...a.oneHand, exchangeRates: [{ from: 'USD', to: 'CNY', since: '2026-01-01', rate: 7 }] }
    const { view } = await told([...a.screening(), refused(a.recommend(huge), 'value_too_large')], { policy })
    expect(view?.state).toBe('screening')
  })

  test('an exception goes before the committee where the policy allows it, asked for by a head', async () => {
    const { view, context } = await told([...a.screenedOut(), a.requestException])
    expect(view).toMatchObject({ state: 'inCommittee', projection: { fields: { exception: true } } })
    expect(context.exception).toMatchObject({ reason: 'strategic' })
    const strict = { policy: { ...a.oneHand, admission: { exceptions: false } } }
    const none = await told([...a.screenedOut(), refused(a.requestException, 'value_not_allowed'), a.conclude], strict)
    expect(none.view?.state).toBe('rejected')
    expect(
      (await told([...a.screenedOut(), refused({ ...a.requestException, actor: 'u-liu' }, 'role_required')])).view?.state,
    ).toBe('screenedOut')
  })

  test('revisions are counted: the limit of returns holds for them too', async () => {
    const again: Story = [a.revise, a.register()]
    const { played } = await told([...a.screening(), ...again, ...again, refused(a.revise, 'limit_reached')])
    const last = played.results.at(-1)
    expect(last?.ok === false && last.refusals[0]).toMatchObject({
      parameter: 'admission.maxReturns',
      required: 2,
      actual: 2,
      remedy: { kind: 'send', command: 'concludeScreening' },
    })
  })
})

describe('how applications end without a contract [ADM-10, I-03]', () => {
  test('rejected: the claim is free, and the customer may apply again when its time has come', async () => {
    const { ledger, h, context } = await told([...a.screenedOut(), a.conclude, sweep('1h')])
    expect(context.ending).toEqual({ outcome: 'screenedOut', reason: 'agreed' })
    expect(ledger).toMatchObject({ state: 'prospect' })
    const open = () => h.governance.admission.open({ accountId: 'newco', name: 'Newco', leadSource: 'fair' }, { actor: 'u-liu' })
    expect(codes(await open())).toEqual(['too_early'])
    h.clock.advance(duration('180d'))
    expect(await open()).toMatchObject({ ok: true, admission: 'adm-newco-2' })
  })

  test('withdrawn: the customer may come back at once', async () => {
    const { ledger, h } = await told([...a.screening(), a.withdraw, sweep('1h')])
    expect(ledger).toMatchObject({ state: 'prospect' })
    const again = await h.governance.admission.open({ accountId: 'newco', name: 'Newco', leadSource: 'fair' }, { actor: 'u-liu' })
    expect(again).toMatchObject({ ok: true, admission: 'adm-newco-2' })
  })

  test('expired exactly at its instant, whoever looks, and not before', async () => {
    const { h, id, view } = await told(a.registering())
    const ends = view?.clocks.find((c) => c.clock.name === 'expiry')?.standing.dueAt ?? 0
    // Ninety calendar days: the close of the ninetieth day after.
    expect(new Date(ends).toISOString()).toBe('2026-05-31T16:00:00.000Z')
    const send = () => h.another().admission.preview(id, a.register().command as never, { actor: 'u-liu' })
    h.clock.set(ends - 1)
    expect((await h.governance.admission.get(id))?.state).toBe('registering')
    expect((await send()).ok).toBe(true)
    h.clock.set(ends)
    expect((await h.governance.admission.get(id))?.state).toBe('expired')
    expect(await send()).toMatchObject({ ok: false, refusals: [{ code: 'command_not_available', actual: 'expired' }] })
    await h.governance.sweep()
    await h.governance.sweep()
    expect(await h.governance.account.get('account-newco')).toMatchObject({ state: 'prospect' })
    expect(await h.governance.effects.dead()).toEqual([])
  })

  test('the life of an application never pauses, and ends with the contract', async () => {
    const { view } = await told(a.established())
    expect(view?.clocks.find((c) => c.clock.name === 'expiry')?.clock).toMatchObject({ status: 'stopped', pausable: false })
  })

  test('a vote under way loses its object when the application ends', async () => {
    const { context } = await told([...a.inCommittee(), a.withdraw])
    expect(context.approvals.admission?.voided).toMatchObject({ reason: 'withdrawn' })
  })
})
