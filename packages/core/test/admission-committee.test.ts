import { describe, expect, test } from 'vitest'
import * as a from './support/admission-stories.ts'
import { codes, createHarness, type HarnessOptions } from './support/harness.ts'
import { play, refused, type Step, type Story } from './support/story.ts'
import { toldAdmission as told } from './support/told.ts'

const oneHand: HarnessOptions = { policy: a.oneHand }

describe('the KA management group decides [ADM-07, I-17]', () => {
  const departments: Story = ['u-wang', 'u-novak', 'u-zhao', 'u-okafor'].map((person) => a.vote(person))

  test('every department, then the head: by the preset’s scheme', async () => {
    const before = await told([...a.inCommittee(), ...departments], {})
    expect(before.view).toMatchObject({ state: 'inCommittee' })
    const { view, ledger, context } = await told([...a.inCommittee(), ...departments, a.vote('u-lin')], {})
    expect(view).toMatchObject({ state: 'assigningTeam', projection: { owner: 'keyAccounts.head' } })
    expect(context.aspects.map((x) => x.elector)).toEqual(['u-wang', 'u-novak', 'u-zhao', 'u-okafor', 'u-lin'])
    // A key account from the approval on; the relation begins with the signing [ADM-08, ADM-09].
    expect(ledger).toMatchObject({ state: 'admitted', context: { classes: ['scaleDominant'], isKeyAccount: false } })
  })

  test('the decision goes to those concerned, and a copy to the roles of the scheme', async () => {
    const policy = { approval: { admission: { ...a.oneHand.approval.admission, copy: ['finance.head'] } } }
    for (const [decision, message, copy] of [
      ['approve', 'admissionApproved', 'copyOfApproval'],
      ['reject', 'admissionRejected', 'copyOfRejection'],
    ] as const) {
      const { h } = await told(
        [
          ...a.inCommittee(),
          a.vote('u-chen', decision),
          ...(decision === 'reject' ? [a.vote('u-brandt', decision)] : []),
          { on: 'sweep' },
        ],
        { policy },
      )
      const toldOf = (what: string) => h.told.find((d) => (d.params as { message?: string }).message === what)?.params
      expect(toldOf(message)).toMatchObject({ to: expect.arrayContaining(['sales']) as unknown })
      expect(toldOf(copy)).toMatchObject({ to: ['finance.head'], data: { approval: 'admission' } })
    }
  })

  test('approving and rejecting say how each of the four criteria looks; sending back need not', async () => {
    const silent = { aspects: undefined }
    for (const decision of ['approve', 'reject']) {
      const { refusals } = await told([...a.inCommittee(), refused(a.vote('u-chen', decision, silent), 'field_missing')])
      expect(refusals[0]).toMatchObject({
        rule: 'mayVoteOnEachAspect',
        clause: 'ADM-07',
        remedy: { kind: 'fill', field: 'aspects' },
      })
    }
    const { context } = await told([
      ...a.inCommittee(),
      a.vote('u-chen', 'approve', { aspects: { ...a.aspects, need: 'notMet' } }, { onBehalfOf: undefined } as never),
    ])
    expect(context.aspects).toEqual([{ elector: 'u-chen', by: 'u-chen', aspects: { ...a.aspects, need: 'notMet' } }])
    expect((await told([...a.inCommittee(), a.vote('u-chen', 'sendBack')])).context.aspects).toEqual([])
  })

  test('a vote that changes replaces its aspects', async () => {
    const { context } = await told([...a.inCommittee(), a.vote('u-chen', 'reject'), a.vote('u-chen', 'sendBack')])
    expect(context.aspects).toEqual([])
  })

  test('a delegate’s vote keeps both names', async () => {
    const delegations = [{ from: 'u-chen', to: 'u-xu', since: '2026-01-01', until: '2026-12-31' }]
    const { context } = await told([...a.inCommittee(), a.vote('u-xu', 'approve', { onBehalfOf: 'u-chen' })], {
      policy: { ...a.oneHand, directory: { delegations } },
    })
    expect(context.aspects).toEqual([{ elector: 'u-chen', by: 'u-xu', aspects: a.aspects }])
  })
})

describe('maker and checker are two people [I-17]', () => {
  const member = { actor: 'u-wang' } as const
  test('a head who registered has no vote; the head of the group sits for the department', async () => {
    const { view, refusals } = await told(
      [a.apply(), { ...a.register(), ...member }, a.recommend(), refused(a.vote('u-wang'), 'maker_is_checker', 'not_an_elector')],
      {},
    )
    expect(refusals[1]?.required).not.toContain('u-wang')
    const stage = view?.approvals['admission']?.outcome.stages[0]
    expect(stage?.missing.map((m) => m.person)).toEqual(expect.arrayContaining(['u-lin', 'u-novak', 'u-zhao', 'u-okafor']))
  })

  test('nor has one who recommended, or asked for the exception', async () => {
    for (const made of [
      [...a.screening(), { ...a.recommend(), ...member }],
      [...a.screenedOut(), a.requestException],
    ])
      expect((await told([...made, refused(a.vote('u-wang'), 'maker_is_checker', 'not_an_elector')], {})).view?.state).toBe(
        'inCommittee',
      )
  })

  test('nor one in whose name somebody registered, nor a delegate who made it', async () => {
    const delegations = [
      { from: 'u-wang', to: 'u-xu', since: '2026-01-01', until: '2026-12-31' },
      { from: 'u-novak', to: 'u-liu', since: '2026-01-01', until: '2026-12-31' },
    ]
    const options: HarnessOptions = { policy: { directory: { delegations } } }
    const inName: Step = { ...a.register(), actor: 'u-xu', onBehalfOf: 'u-wang' }
    await told([a.apply(), inName, a.recommend(), refused(a.vote('u-wang'), 'maker_is_checker', 'not_an_elector')], options)
    // u-liu made the application, and so does not vote for u-novak either.
    const { refusals } = await told(
      [
        ...a.inCommittee(),
        { ...a.vote('u-liu', 'approve', { onBehalfOf: 'u-novak' }), refused: ['maker_is_checker', 'delegation_invalid'] },
      ],
      options,
    )
    expect(refusals[1]).toMatchObject({ code: 'delegation_invalid', actual: 'toBarredPerson' })
  })

  test('who brings other terms does not vote on them, and who made the application waives no condition', async () => {
    const byHead: Step = { ...a.otherTerms, actor: 'u-wang' }
    const policy = {
      ...a.oneHand,
      approval: { admission: { stages: [{ id: 'only', mode: 'any', electors: ['companyManagement', 'sales.head'] }] } },
    }
    await told([...a.contracting(), byHead, refused(a.vote('u-wang'), 'maker_is_checker', 'not_an_elector')], { policy })
    const authority = { 'admission.waiveCondition': ['sales'] }
    const { refusals } = await told(
      [...a.contracting([a.due(1)]), refused({ ...a.waive(), actor: 'u-liu' }, 'maker_is_checker')],
      { policy: { ...a.oneHand, authority } },
    )
    expect(refusals[0]).toMatchObject({ rule: 'mayCheckOthersWork' })
  })
})

describe('a material edit voids the votes [I-17]', () => {
  test('another report asks anew: votes on the first one count no more, and its basis fits no more', async () => {
    const h = createHarness({})
    const played = await play(h, [...a.inCommittee(), a.vote('u-novak')])
    const id = played.id('admission')
    const seen = (await h.governance.admission.get(id))?.approvals['admission']?.basis ?? ''
    const better = a.recommend({ willingness: { ...a.findings.willingness, score: 95 } })
    expect(codes(await h.governance.admission.send(id, better.command as never, { actor: 'u-liu' }))).toEqual(['accepted'])
    const now = await h.governance.admission.get(id)
    expect(now?.approvals['admission']?.outcome.stages[0]?.approvals).toEqual([])
    expect(now?.context.aspects).toEqual([])
    const command = { ...(a.vote('u-zhao').command as object), basis: seen } as never
    expect(codes(await h.governance.admission.send(id, command, { actor: 'u-zhao' }))).toEqual(['basis_changed'])
  })

  test('the same report in a later round is other material: an old basis fits no more', async () => {
    const h = createHarness(oneHand)
    const played = await play(h, a.inCommittee())
    const id = played.id('admission')
    const seen = (await h.governance.admission.get(id))?.approvals['admission']?.basis ?? ''
    for (const step of [a.vote('u-chen', 'sendBack'), a.vote('u-brandt', 'sendBack')])
      await h.governance.admission.send(id, { ...step.command, basis: seen } as never, { actor: step.actor ?? '' })
    for (const step of [a.register(), a.recommend()])
      await h.governance.admission.send(id, step.command as never, { actor: 'u-liu' })
    const command = { ...(a.vote('u-chen').command as object), basis: seen } as never
    expect(codes(await h.governance.admission.send(id, command, { actor: 'u-chen' }))).toEqual(['basis_changed'])
  })

  test('a worse report takes the application out of the committee', async () => {
    const { view, context } = await told([...a.inCommittee(), a.recommend(a.late)])
    expect(view?.state).toBe('screenedOut')
    expect(context.approvals.admission?.voided).toMatchObject({ reason: 'report' })
    expect(view?.clocks.find((c) => c.name === 'approvalAdmission')?.clock.status).toBe('cancelled')
  })

  test('what the customer was admitted on stands: no new report when only the terms are in question', async () => {
    const { refusals } = await told([...a.inCommitteeAgain(), refused(a.recommend(), 'already_done')])
    expect(refusals[0]).toMatchObject({ rule: 'mayReportBeforeApproval', clause: 'ADM-06' })
  })
})

describe('sending back and rejecting [ADM-10, I-03]', () => {
  const back: Story = [a.vote('u-chen', 'sendBack'), a.vote('u-brandt', 'sendBack')]
  const again: Story = [a.register(), a.recommend()]
  test('twice back to registering, the third time means no', async () => {
    const twice = await told([...a.inCommittee(), ...back, ...again, ...back])
    expect(twice.view).toMatchObject({ state: 'registering', projection: { fields: { returns: 2 } } })
    const { view, context } = await told([...a.inCommittee(), ...back, ...again, ...back, ...again, ...back])
    expect(view?.state).toBe('rejected')
    expect(context.ending).toEqual({ outcome: 'rejected', reason: 'seen' })
  })

  test('other terms sent back leave the approved ones standing; rejected, the customer loses what it had', async () => {
    const kept = await told([...a.inCommitteeAgain(), ...back, a.sign()])
    expect(kept.view?.state).toBe('established')
    expect(kept.context.terms).toEqual(a.terms)
    const lost = await told([...a.inCommitteeAgain(), a.vote('u-chen', 'reject'), a.vote('u-brandt', 'reject'), { on: 'sweep' }])
    expect(lost.view?.state).toBe('rejected')
    expect(lost.ledger).toMatchObject({ state: 'lapsed' })
  })
})

describe('conditions of the approval [ADM-07]', () => {
  test('have ids, and go on counting where other terms bring more', async () => {
    const { context } = await told([
      ...a.inCommitteeAgain([a.due(40, 'insurance')]),
      a.vote('u-chen', 'approve', { conditions: [a.due(20, 'guarantee')] }),
    ])
    expect(context.conditions.map((c) => [c.id, c.text, c.by])).toEqual([
      ['c1', 'insurance', 'u-chen'],
      ['c2', 'guarantee', 'u-chen'],
    ])
  })

  test('lie ahead', async () => {
    const { refusals } = await told([
      ...a.inCommittee(),
      refused(a.vote('u-chen', 'approve', { conditions: [a.due(0)] }), 'too_early'),
    ])
    expect(refusals[0]).toMatchObject({ rule: 'maySetConditionsAhead' })
  })

  test('are settled once, and only those that are there', async () => {
    const met = [...a.contracting([a.due(5), a.due(9)]), a.meet('c1')]
    expect((await told([...met, refused(a.meet('c1'), 'already_done')])).refusals[0]).toMatchObject({ actual: 'c1' })
    expect((await told([...met, refused(a.waive('c7'), 'not_found_in_instance')])).refusals[0]).toMatchObject({
      required: ['c2'],
      actual: 'c7',
    })
    expect((await told([...met, refused({ ...a.waive('c2'), actor: 'u-sun' }, 'role_required')])).view?.state).toBe('contracting')
  })

  test('the clock stands at the earliest open one', async () => {
    const clock = async (story: Story) => {
      const { view } = await told(story)
      const found = view?.clocks.find((c) => c.name === 'conditions')
      return found?.clock.status === 'running' ? found.standing.dueAt : found?.clock.status
    }
    const three = a.contracting([a.due(30), a.due(10), a.due(20)])
    expect(await clock(three)).toBe(a.due(10).dueAt)
    expect(await clock([...three, a.meet('c1')])).toBe(a.due(10).dueAt)
    expect(await clock([...three, a.meet('c2')])).toBe(a.due(20).dueAt)
    expect(await clock([...three, a.meet('c2'), a.waive('c3'), a.meet('c1')])).toBe('stopped')
  })
})
