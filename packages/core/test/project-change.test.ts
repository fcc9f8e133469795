import { describe, expect, test } from 'vitest'
import type { ProjectChangeContext, ProjectContext } from '../src/index.ts'
import { codes, createHarness, refusalsOf, type HarnessOptions, type PolicyPatch } from './support/harness.ts'
import * as p from './support/project-stories.ts'
import { sweep } from './support/stories.ts'
import { play, refused, type Story } from './support/story.ts'

const oneHand: HarnessOptions = { policy: p.oneHand }

async function told(story: Story, options: HarnessOptions = oneHand) {
  const h = createHarness(options)
  const played = await play(h, story)
  const of = (name: string) => h.governance.projectChange.get(played.id(name))
  const view = played.id('change') === '' ? null : await of('change')
  const project = await h.governance.project.get(played.id('project'))
  return {
    h,
    played,
    of,
    view,
    context: view?.context as ProjectChangeContext,
    project,
    ledger: project?.context as ProjectContext,
    refusals: refusalsOf(played.results.at(-1)),
  }
}

describe('from the need to the baseline [PRJ-01 … PRJ-06]', () => {
  test('the group reviews the plan by the preset’s scheme; then it is version 1', async () => {
    const { project, ledger } = await told([...p.inReview(), p.voteOnPlan('u-wang'), p.voteOnPlan('u-okafor')], {})
    expect([project?.state, ledger.version, ledger.baseline]).toEqual(['inReview', 0, null])
    const done = await told([...p.inReview(), ...['u-wang', 'u-okafor', 'u-lin'].map((u) => p.voteOnPlan(u))], {})
    expect(done.project).toMatchObject({ state: 'active', projection: { owner: `person:${p.leader}` } })
    expect(done.ledger).toMatchObject({ version: 1, groupVersion: 1, baseline: p.plan, groupBaseline: p.plan, proposed: null })
  })

  test('whoever made the plan does not vote on it, nor does an earlier maker', async () => {
    const { refusals } = await told([
      ...p.planning(),
      p.project('u-lin', { type: 'changeLeader', leader: 'u-chen', reason: 'on leave' }),
      p.register({}, 'u-chen'),
      p.project('u-lin', { type: 'changeLeader', leader: p.leader, reason: 'back' }),
      p.register(),
      refused(p.voteOnPlan('u-chen'), 'maker_is_checker', 'not_an_elector'),
    ])
    expect(refusals.map((r) => r.clause)).toEqual(['I-17', 'I-17'])
  })

  test('PRJ-03, PRJ-04: only leader and team plan and apply, whatever role others hold', async () => {
    await told([...p.planning(), refused(p.register({}, 'u-wang'), 'role_required'), p.register({}, p.member)])
    const { refusals } = await told([...p.active(), refused(p.openChange({ actor: 'u-wang' }), 'role_required')])
    expect(refusals).toMatchObject([
      { rule: 'mayChangeAsTeam', required: ['projectLeader'], actual: ['sales.head', 'kaGroup.member'] },
    ])
  })

  test('PRJ-01, PRJ-02: a project needs a known customer and known departments', async () => {
    const h = createHarness()
    const opened = (form: object) =>
      h.governance.project.open(
        {
          accountId: 'acme',
          projectId: 'x',
          name: 'X',
          needConfirmation: [{ uri: 'need:1' }],
          leader: p.leader,
          departments: ['product'],
          ...form,
        },
        { actor: 'u-liu' },
      )
    expect(codes(await opened({}))).toEqual(['account_unknown'])
    await play(h, [{ on: 'adopt' }])
    expect(codes(await opened({ departments: ['product', 'constructor'] }))).toEqual(['value_not_allowed'])
    expect(codes(await opened({}))).toEqual(['accepted'])
    expect(codes(await opened({}))).toEqual(['command_not_available'])
  })

  test('PRJ-09: the leader hands the project over to acceptance, nobody else', async () => {
    const { refusals } = await told([...p.active(), refused({ ...p.closeProject, actor: 'u-wang' }, 'role_required')])
    expect(refusals).toMatchObject([{ rule: 'mayCloseAsLeader', clause: 'PRJ-09', required: ['projectLeader'] }])
    const { project } = await told([...p.active(), p.closeProject])
    expect(project).toMatchObject({ state: 'closed', projection: { owner: null } })
  })

  test('PRJ-07: what was implemented is verified by somebody else, in time', async () => {
    const { refusals } = await told([...p.implemented(), refused({ ...p.verify(), actor: p.leader }, 'maker_is_checker')])
    expect(refusals.map((r) => r.clause)).toEqual(['PRJ-07'])
    const { view } = await told(p.implemented())
    expect(view?.clocks.find(({ name }) => name === 'verification')).toMatchObject({ clock: { status: 'running' } })
    expect((await told([...p.implemented(), p.verify()])).view?.state).toBe('closed')
  })

  test('it ends when none of its changes is open [CHG-01]', async () => {
    const { refusals, played } = await told([...p.assessing(), refused(p.closeProject, 'open_elsewhere')])
    expect(refusals).toMatchObject([{ rule: 'mayEndWithoutOpenChanges', actual: played.id('change') }])
    const { project } = await told([...p.assessing(), p.withdraw, p.closeProject])
    expect(project?.state).toBe('closed')
    await told([...p.active(), p.cancelProject, refused(p.openChange(), 'project_not_active')])
  })

  test('a change needs a known project', async () => {
    const { refusals } = await told([
      ...p.active(),
      refused({ ...p.openChange(), command: { projectId: 'no-such' } }, 'project_unknown'),
    ])
    expect(refusals).toMatchObject([{ rule: 'mayChangeActiveProject', actual: 'no-such' }])
    // In observe, too: nothing can be measured against nothing.
    await told(
      [...p.active(), refused({ ...p.openChange(), command: { projectId: 'no-such' } }, 'project_unknown', 'project_unknown')],
      {
        ...oneHand,
        mode: { 'project-change': 'observe' },
      },
    )
  })
})

describe('application and assessment [CHG-01]', () => {
  test('the difference, its class and whose consent it needs are recorded', async () => {
    const { context } = await told(p.assessing({ ...p.twoLines, endDate: '2026-07-15' }))
    expect(context.measured).toMatchObject({
      baseVersion: 1,
      class: 'major',
      reasons: [{ because: 'scope' }, { because: 'endDate', workingDays: 11, limit: 10 }],
      consentFor: ['scope', 'schedule'],
      diff: [{ path: 'scope' }, { path: 'endDate', workingDays: 11 }],
    })
  })

  test('a change that changes nothing is refused', async () => {
    const { refusals } = await told([...p.drafting(), refused(p.apply({}), 'nothing_to_change')])
    expect(refusals).toMatchObject([{ clause: 'CHG-02', actual: 1 }])
  })

  test('each touched dimension once, by the affected departments, not by whoever applied', async () => {
    const { context } = await told([
      ...p.assessing({ ...p.moreWelders, ...p.twoLines }),
      refused({ ...p.assess('cost'), actor: 'u-wang' }, 'role_required'),
      refused(p.assess('quality'), 'value_not_allowed'),
      refused({ ...p.assess('scope'), actor: p.leader }, 'maker_is_checker'),
      p.assess('cost'),
      p.assess('cost', { actor: 'u-zhao' }),
    ])
    expect(context.assessments.map(({ dimension, by }) => [dimension, by])).toEqual([['cost', 'u-zhao']])
    const { view } = await told([...p.assessing({ ...p.moreWelders, ...p.twoLines }), p.assess('cost'), p.assess('scope')])
    expect([view?.state, view?.projection.owner]).toEqual(['inApproval', 'kaGroup.head'])
  })
})

describe('approval by class [decision 10, I-17]', () => {
  const majorApproved: Story = [
    ...p.assessing(p.twoLines),
    p.assess('scope'),
    ...['u-wang', 'u-lin', 'u-okafor'].map((u) => p.vote(u)),
  ]
  const preset: HarnessOptions = {
    policy: { approval: { plan: (p.oneHand['approval'] as PolicyPatch)['plan'] ?? null } },
  }
  test('major: the group and every affected department', async () => {
    expect((await told(majorApproved, preset)).view?.state).toBe('inApproval')
    expect((await told([...majorApproved, p.vote('u-zhao')], preset)).view?.state).toBe('inApproval')
    expect((await told([...majorApproved, p.vote('u-zhao'), p.vote('u-tang')], preset)).view?.state).toBe('awaitingCustomer')
  })

  test('minor: account managers and heads of the affected departments', async () => {
    const all = ['u-liu', 'u-smith', 'u-zhao', 'u-tang'].map((u) => p.vote(u))
    expect((await told([...p.inApproval(), ...all.slice(0, -1)], preset)).view?.state).toBe('inApproval')
    expect((await told([...p.inApproval(), ...all], preset)).view?.state).toBe('awaitingCustomer')
  })

  test('a head who applied is replaced, and never votes', async () => {
    const byHead: Story = [
      ...p.active(),
      p.project('u-lin', { type: 'changeLeader', leader: 'u-zhao', reason: 'on leave' }),
      p.openChange({ actor: 'u-zhao' }),
      { ...p.apply(), actor: 'u-zhao' },
      p.assess(),
    ]
    await told([...byHead, refused(p.vote('u-zhao'), 'maker_is_checker', 'not_an_elector')], preset)
    const others = ['u-liu', 'u-smith', 'u-tang'].map((u) => p.vote(u))
    expect((await told([...byHead, ...others], preset)).view?.state).toBe('inApproval')
    expect((await told([...byHead, ...others, p.vote('u-lin')], preset)).view?.state).toBe('awaitingCustomer')
  })

  test('an affected department without a head fails closed', async () => {
    const policy = { ...preset.policy, directory: { people: { 'u-tang': { roles: ['technical'] } } } }
    const { refusals } = await told([...p.assessing(), refused(p.assess(), 'empty_electorate')], { policy })
    expect(refusals).toMatchObject([
      { required: { stage: 'near', role: 'technical.head' }, remedy: { kind: 'ask', roles: ['technical.head'] } },
    ])
  })

  test('no approval survives a material edit', async () => {
    const { context, view, h, played } = await told([...p.approved(), p.amend()])
    expect([view?.state, context.approvals, context.consent, context.assessments]).toEqual(['assessing', {}, null, []])
    const sent = await h.governance.projectChange.send(
      played.id('change'),
      { type: 'implement', note: 'x', evidence: [{ uri: 'x:1' }], basis: view?.basis },
      { actor: p.leader },
    )
    expect(codes(sent)).toEqual(['command_not_available'])
  })

  test('what a person judges is what they saw', async () => {
    const stale = { command: { ...p.consent().command, type: 'consent', basis: 'old' } }
    await told([...p.awaitingCustomer(), refused({ ...p.consent(), ...stale }, 'basis_changed')])
    await told([...p.implemented(), refused({ ...p.verify(), actor: p.leader }, 'maker_is_checker')])
  })
})

describe('emergencies [decision 10]', () => {
  test('two of the group, one of an affected department; in force before it is assessed', async () => {
    const preset: HarnessOptions = { policy: { approval: { plan: (p.oneHand['approval'] as PolicyPatch)['plan'] ?? null } } }
    expect(
      (await told([...p.inEmergency(), p.vote('u-wang', 'emergency'), p.vote('u-lin', 'emergency')], preset)).view?.state,
    ).toBe('inEmergency')
    expect(
      (await told([...p.inEmergency(), p.vote('u-wang', 'emergency'), p.vote('u-tang', 'emergency')], preset)).view?.state,
    ).toBe('approved')
    const { view, ledger } = await told(p.ratifying())
    expect([view?.state, ledger.version, ledger.groupVersion]).toEqual(['ratifying', 2, 1])
    expect(ledger.versions.at(-1)?.approvedAs).toBe('emergency')
  })

  test.each([
    [
      'rejected',
      [...p.inRatification(), p.vote('u-chen', 'ratification', 'reject'), p.vote('u-brandt', 'ratification', 'reject'), sweep()],
      'notRatified',
    ],
    ['too late', [...p.ratifying(), sweep('10d')], 'ratificationLate'],
    ['refused by the customer', [...p.ratifying(), p.refuseConsent(), sweep()], 'consentRefused'],
  ] as const)('%s: the breach stays on record, a change back opens by itself', async (_, story, breach) => {
    const { view, context, h, played } = await told(story)
    expect([view?.state, context.breach, view?.projection.fields['breach']]).toEqual(['rollingBack', breach, breach])
    const backs = []
    for await (const found of h.store.find({ kind: 'project-change' }))
      if (found.fields['changesBack'] === played.id('change')) backs.push(found.state)
    expect(backs).toEqual(['assessing'])
  })
})

describe('changing back', () => {
  test('the baseline is again what it was, as a version of its own', async () => {
    const { view, ledger, of } = await told(p.rolledBack())
    expect([view?.state, ledger.version, ledger.baseline]).toEqual(['rolledBack', 3, p.plan])
    expect((await of('back'))?.context).toMatchObject({ of: view?.id, measured: { baseVersion: 2, class: 'minor' } })
    expect(ledger.versions.map(({ by }) => by)).toEqual([null, view?.id, (await of('back'))?.id])
  })

  test('what came later is kept', async () => {
    const later = p.other({ ...p.moreWelders, qualityStandard: 'ISO 3834-2' }).filter((s) => s.command?.['dimension'] !== 'cost')
    const { ledger } = await told([...p.implemented(), ...later, sweep(), p.verify(false), sweep(), ...p.changeBack()])
    expect(ledger.baseline).toEqual({ ...p.plan, qualityStandard: 'ISO 3834-2' })
  })

  test('one that came to nothing is heard of; the head of the group goes on', async () => {
    const { view, context, of } = await told(p.rollbackFailed())
    expect([view?.state, view?.projection.owner]).toEqual(['rollingBack', 'kaGroup.head'])
    expect(context.rollback).toMatchObject({ attempts: 1, failed: { by: (await of('back'))?.id, outcome: 'withdrawn' } })
    await told([...p.rollingBack(), refused(p.retryRollback, 'open_elsewhere')])
    await told([...p.rollingBack(), refused(p.acceptAsIs, 'open_elsewhere')])
    const again = await told([...p.rollbackFailed(), p.retryRollback, sweep(), ...p.changeBack()])
    expect([again.view?.state, again.context.rollback?.attempts, again.ledger.baseline]).toEqual(['rolledBack', 2, p.plan])
  })

  test('the group lets it stay: that is its approval of the baseline', async () => {
    const { view, ledger } = await told([...p.inAcceptance(), p.vote('u-chen', 'acceptance'), sweep()])
    expect([view?.state, ledger.version, ledger.groupVersion]).toEqual(['closed', 2, 2])
    const no = await told([
      ...p.inAcceptance(),
      p.vote('u-chen', 'acceptance', 'reject'),
      p.vote('u-brandt', 'acceptance', 'reject'),
    ])
    expect(no.view?.state).toBe('rollingBack')
  })

  test('a change back is no emergency', async () => {
    const back = { name: 'back' }
    await told([
      ...p.rollingBack(),
      p.assess('cost', back),
      p.vote('u-chen', 'change', 'sendBack', back),
      p.vote('u-brandt', 'change', 'sendBack', back),
      refused({ ...p.emergency(p.plan), ...back }, 'value_not_allowed'),
      p.apply(p.plan, {}, back),
    ])
  })
})
