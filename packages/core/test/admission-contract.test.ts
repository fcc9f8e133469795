import { describe, expect, test } from 'vitest'
import * as a from './support/admission-stories.ts'
import { createHarness, type HarnessOptions } from './support/harness.ts'
import { play, refused, type Step, type Story } from './support/story.ts'
import { sweep } from './support/stories.ts'
import { toldAdmission as told } from './support/told.ts'

const oneHand: HarnessOptions = { policy: a.oneHand }
const after = (time: string, step: Step): Step => ({ ...step, after: time })

describe('the service team [SVC-01]', () => {
  test('four roles, each by somebody who holds it for the account; the ledger knows them', async () => {
    const { context, ledger, h } = await told([...a.contracting(), sweep()])
    const team = {
      accountManager: 'u-smith',
      marketingSpecialist: 'u-wu',
      productManager: 'u-peters',
      serviceRepresentative: 'u-huang',
    }
    expect(context.team).toEqual(team)
    expect(ledger).toMatchObject({ context: { team, manager: 'u-smith' } })
    const told1 = h.told.find((d) => d.type === 'notify' && (d.params as { message?: string }).message === 'teamAssigned')
    expect(told1?.params).toMatchObject({ to: ['person:u-smith', 'person:u-wu', 'person:u-peters', 'person:u-huang'] })
  })

  test('who does not hold the role is refused, each place by itself', async () => {
    const { refusals } = await told([
      ...a.assigningTeam(),
      refused(a.assignTeam({ productManager: 'u-wu', accountManager: 'u-nobody' }), 'value_not_allowed', 'value_not_allowed'),
    ])
    expect(refusals).toMatchObject([
      {
        rule: 'mayAssignHolders',
        parameter: 'admission.team.accountManager',
        required: ['u-liu', 'u-smith'],
        actual: 'u-nobody',
      },
      {
        parameter: 'admission.team.productManager',
        actual: 'u-wu',
        remedy: { kind: 'change', field: 'productManager', to: 'u-peters' },
      },
    ])
  })

  test('holding a role for another account is not enough; where nobody holds it, somebody must be asked', async () => {
    const directory = { people: { 'u-peters': { roles: ['productManager'], accounts: ['other'] } } }
    const { refusals } = await told([...a.assigningTeam(), refused(a.assignTeam(), 'value_not_allowed')], {
      policy: { ...a.oneHand, directory },
    })
    expect(refusals[0]).toMatchObject({
      actual: 'u-peters',
      required: [],
      remedy: { kind: 'ask', roles: ['productManager'] },
    })
  })
})

describe('signing [ADM-09, CST-01]', () => {
  test('establishes the key account: contract, tier, team and customer are told', async () => {
    const { view, ledger, h, context } = await told([...a.established(), sweep()])
    expect(view).toMatchObject({ state: 'established', projection: { open: false } })
    expect(context.contract).toMatchObject({ reference: 'KA-2026-17', by: 'u-liu', clauses: a.clauses })
    expect(ledger).toMatchObject({
      state: 'ka',
      context: {
        isKeyAccount: true,
        classes: ['scaleDominant'],
        tier: h.policy.tier.provisional.newKa,
        contract: { reference: 'KA-2026-17', from: '2026-03-02', to: '2028-03-01' },
      },
    })
    const effects = h.told.map(
      (d) =>
        `${d.type} ${String((d.params as { message?: string; form?: string }).message ?? (d.params as { form?: string }).form)}`,
    )
    expect(effects).toEqual(
      expect.arrayContaining(['tellCustomer welcome', 'fileDocument contract', 'notify admissionEstablished']),
    )
    expect(await h.governance.effects.dead()).toEqual([])
  })

  test('is bound to what was seen', async () => {
    const { refusals } = await told([...a.contracting(), refused(a.sign({ basis: 'seen-long-ago' }), 'basis_changed')])
    expect(refusals[0]).toMatchObject({ rule: 'mayJudgeWhatWasSeen' })
    await told([...a.contracting(), refused(a.sign({ basis: undefined }), 'basis_required')])
  })

  test('waits for every condition due by then, and names each', async () => {
    const story = [...a.contracting([a.due(1), a.due(2), a.due(40)]), sweep('3d')]
    const late = { signedOn: '2026-03-05', to: '2027-03-01' }
    const { refusals } = await told([...story, refused(a.sign(late), 'condition_open', 'condition_open')])
    expect(refusals).toMatchObject([
      {
        rule: 'maySignWhenConditionsMet',
        required: a.due(1).dueAt,
        actual: 'c1',
        remedy: { kind: 'send', command: 'meetCondition' },
      },
      { actual: 'c2' },
    ])
    const { view } = await told([...story, a.meet('c1'), a.waive('c2'), a.sign(late), a.meet('c3')])
    expect(view).toMatchObject({ state: 'established', projection: { fields: { conditionsOpen: 0 } } })
  })

  test('a condition is due at its instant, not before', async () => {
    const story = a.contracting([a.due(1)])
    const at = async (ms: number) => {
      const h = createHarness(oneHand)
      const played = await play(h, story)
      h.clock.set(a.due(1).dueAt + ms)
      const options = await h.governance.admission.options(played.id('admission'), { actor: 'u-liu' })
      return options?.find((o) => o.command === 'sign')?.status
    }
    expect([await at(-1), await at(0)]).toEqual(['needsInput', 'refused'])
  })

  test('a condition that is missed is told, and told again', async () => {
    const { h } = await told([...a.contracting([a.due(1)]), sweep('20d')])
    const rungs = h.told.filter((d) => d.type === 'clockRung' && (d.params as { clock?: string }).clock === 'conditions')
    expect(rungs.length).toBeGreaterThan(1)
  })

  test('days are those of the policy’s zone: not tomorrow’s, not before the approval, not long ago', async () => {
    const contracting = a.contracting()
    const tomorrow = await told([...contracting, refused(a.sign({ signedOn: '2026-03-03' }), 'too_early')])
    expect(tomorrow.refusals[0]).toMatchObject({
      rule: 'mayEnterSigningInTime',
      remedy: { kind: 'wait', until: Date.parse('2026-03-03T00:00:00+08:00') },
    })
    // Ten past midnight of the 3rd in Shanghai, still the 2nd in universal time.
    await told([...contracting, after('12h', a.sign({ signedOn: '2026-03-03', to: '2028-03-01' }))])
    const before = await told([...contracting, refused(a.sign({ signedOn: '2026-03-01' }), 'value_too_small')])
    expect(before.refusals).toMatchObject([{ required: '2026-03-02', actual: '2026-03-01' }])
    await told([...contracting, a.sign({ signedOn: '2026-03-02' })])
    const late = after('10d', a.sign())
    const { refusals } = await told([...contracting, refused(late, 'too_late')])
    expect(refusals[0]).toMatchObject({ parameter: 'sla.maxBackdate', clause: 'ADM-09' })
  })

  test('the term: from the first day to a later one, not over yet, not longer than the terms say', async () => {
    const contracting = a.contracting()
    const refusal = async (form: object) => (await told([...contracting, refused(a.sign(form), ...codesOf(form))])).refusals
    const codesOf = ({ to }: { to?: string }): string[] => [
      to !== undefined && to > '2028' ? 'value_too_large' : 'value_too_small',
    ]
    expect(await refusal({ to: '2028-03-02' })).toMatchObject([
      { rule: 'mayContractForItsTerm', required: '2028-03-01', remedy: { kind: 'change', field: 'to', to: '2028-03-01' } },
    ])
    expect(await refusal({ from: '2026-04-01', to: '2026-03-31' })).toMatchObject([
      { required: '2026-04-01', actual: '2026-03-31' },
    ])
    expect(await refusal({ from: '2025-01-01', to: '2026-03-01' })).toMatchObject([{ required: '2026-03-02' }])
    expect((await told([...contracting, a.sign({ from: '2026-04-01', to: '2026-04-01' })])).view?.state).toBe('established')
  })

  test('a contract over the end of winter keeps its days', async () => {
    const berlin = {
      ...a.oneHand,
      timeZone: 'Europe/Berlin',
    }
    // 29 March 2026 has 23 hours in Berlin: from 00:00 to 24:00 it is still that day.
    const options: HarnessOptions = { start: '2026-03-29T17:00:00+02:00', policy: berlin }
    const form = { from: '2026-03-29', to: '2028-03-28' }
    const story = a.contracting()
    const { view } = await told([...story, after('2h', a.sign({ ...form, signedOn: '2026-03-29' }))], options)
    expect(view?.state).toBe('established')
    const { refusals } = await told(
      [...story, refused(after('2h', a.sign({ ...form, signedOn: '2026-03-30' })), 'too_early')],
      options,
    )
    expect(refusals[0]?.required).toBe(Date.parse('2026-03-30T00:00:00+02:00'))
  })
})

describe('other terms [ADM-09]', () => {
  test('go before the committee again, and nothing is signed', async () => {
    const { view, context, ledger } = await told(a.inCommitteeAgain())
    expect(view?.state).toBe('inCommittee')
    expect(context.contract).toBeNull()
    expect(context.terms).toEqual(a.terms)
    expect(context.otherTerms).toEqual({ ...a.terms, paymentDays: 90 })
    expect(ledger).toMatchObject({ state: 'admitted', context: { contract: null, isKeyAccount: false } })
  })

  test('approved, they are the terms: the old ones would have to be asked for again', async () => {
    const approved = [...a.inCommitteeAgain(), a.vote('u-chen')]
    const { context, view } = await told(approved)
    expect(view?.state).toBe('contracting')
    expect(context.terms?.paymentDays).toBe(90)
    const { view: old } = await told([...approved, a.sign()])
    expect(old?.state).toBe('inCommittee')
    const signed = await told([...approved, a.sign({ terms: { ...a.terms, paymentDays: 90 } })])
    expect(signed.view?.state).toBe('established')
  })

  test('terms written in another order are the same terms', async () => {
    const reversed = Object.fromEntries(Object.entries(a.terms).reverse())
    expect((await told([...a.contracting(), a.sign({ terms: reversed })])).view?.state).toBe('established')
  })
})

describe('approved but never signed [ADM-08, ADM-10]', () => {
  test('the status lapses with the application', async () => {
    for (const story of [a.assigningTeam(), a.contracting(), a.inCommitteeAgain()]) {
      const { view, ledger, h } = await told([...story, sweep('100d')])
      expect([view?.state, ledger?.state]).toEqual(['expired', 'lapsed'])
      expect(await h.governance.effects.dead()).toEqual([])
    }
    const withdrawn = await told([...a.contracting(), a.withdraw, sweep()])
    expect([withdrawn.view?.state, withdrawn.ledger?.state]).toEqual(['withdrawn', 'lapsed'])
  })

  test('a customer that applies stays a customer, with its tier', async () => {
    const customer: Story = [
      { on: 'adopt', command: { accountId: 'newco', name: 'Newco', isKeyAccount: false, tier: 'C' } },
      a.apply({ leadSource: 'existingCustomer' }),
      a.register(),
    ]
    const { ledger, context } = await told([...customer, a.withdraw, sweep()])
    expect(ledger).toMatchObject({ state: 'customer', context: { tier: 'C' } })
    expect(context).toMatchObject({ isCustomer: true, currentTier: 'C' })
    const signed = await told([...customer, a.recommend(), a.vote('u-chen'), a.assignTeam(), a.sign()])
    expect(signed.ledger).toMatchObject({ state: 'ka', context: { tier: 'C', isKeyAccount: true } })
  })
})
