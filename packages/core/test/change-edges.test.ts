import { describe, expect, test } from 'vitest'
import type { InstanceView, ProjectChangeContext, Result } from '../src/index.ts'
import { codes, createHarness, sweepAll, type Harness, type HarnessOptions, type PolicyPatch } from './support/harness.ts'
import * as p from './support/project-stories.ts'
import { play, type Story } from './support/story.ts'

const evidence = [{ uri: 'file:1' }]
const delegatedTo = (to: string, ...from: readonly string[]): PolicyPatch => ({
  ...p.oneHand,
  directory: { delegations: from.map((person) => ({ from: person, to, since: '2026-01-01', until: '2026-12-31' })) },
})

async function told(story: Story, options: HarnessOptions = { policy: p.oneHand }) {
  const h = createHarness(options)
  const played = await play(h, story)
  const view = async (name = 'change') =>
    (await h.governance.projectChange.get(played.id(name))) as InstanceView<ProjectChangeContext>
  const send = (command: object, actor: string, onBehalfOf?: string, name = 'change'): Promise<Result> =>
    h.governance.projectChange.send(played.id(name), command as never, {
      actor,
      ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    })
  const basisOf = async (approval: string, name = 'change') => (await view(name)).approvals[approval]?.basis ?? 'none'
  return { h, view, send, basisOf }
}
const lineOf = async (h: Harness) => {
  const line = await h.governance.project.get(h.governance.project.idOf('line-1'))
  if (line === null) throw new Error('no project')
  return line
}

describe('no vote by another’s hand that its owner could not cast [I-17]', () => {
  test('I-17: a vote has one elector: command and sender must mean the same', async () => {
    const { view, send, basisOf } = await told(p.inApproval(), { policy: delegatedTo('u-xu', 'u-chen', 'u-brandt') })
    const vote = { type: 'vote', approval: 'change', decision: 'approve', basis: await basisOf('change') }
    const both = await send({ ...vote, onBehalfOf: 'u-chen' }, 'u-xu', 'u-brandt')
    expect(both.ok ? [] : both.refusals).toMatchObject([{ code: 'delegation_invalid', actual: 'twoElectors' }])
    expect((await view()).context.approvals.change?.votes).toEqual([])
    expect(codes(await send({ ...vote, onBehalfOf: 'u-chen' }, 'u-xu', 'u-chen'))).toEqual(['accepted'])
  })

  test('I-17: who asked for the decision does not choose its electors through a delegate', async () => {
    const { send } = await told([...p.rollbackFailed(), p.acceptAsIs], { policy: delegatedTo('u-xu', 'u-lin') })
    const replace = { type: 'replaceElector', approval: 'acceptance', person: 'u-brandt', to: 'u-sun', reason: 'on leave' }
    expect(codes(await send(replace, 'u-lin'))).toEqual(['maker_is_checker'])
    expect(codes(await send(replace, 'u-xu', 'u-lin'))).toEqual(['maker_is_checker'])
  })

  test.each([
    ['transferVote', { to: 'u-sun', reason: 'on leave' }],
    ['recuse', { reason: 'related' }],
    ['addApprover', { person: 'u-sun', reason: 'knows the plant' }],
    ['giveOpinion', { opinion: 'concern', comment: 'too dear' }],
  ])('I-17: a delegate votes, and does nothing else with the seat: %s', async (type, fields) => {
    // The delegate has a seat, too: it must not be the own one that goes in another's name.
    const { view, send } = await told(p.inApproval(), { policy: delegatedTo('u-brandt', 'u-chen') })
    const sent = await send({ type, approval: 'change', ...fields }, 'u-brandt', 'u-chen')
    expect(sent.ok ? [] : sent.refusals).toMatchObject([{ code: 'delegation_invalid', actual: 'votesOnly' }])
    expect((await view()).context.approvals.change?.changes).toEqual([])
  })

  test('I-17: a change is not approved under conditions that nobody would ever ask for', async () => {
    const { h, view, send, basisOf } = await told(p.inApproval())
    const conditions = [{ text: 'only with insurance', dueAt: h.clock.now() + 86_400_000 }]
    const vote = { type: 'vote', approval: 'change', decision: 'approve', basis: await basisOf('change') }
    const refused = await send({ ...vote, conditions }, 'u-chen')
    expect(refused.ok ? [] : refused.refusals).toMatchObject([{ rule: 'mayVoteWithoutConditions', remedy: { to: 'sendBack' } }])
    expect((await view()).state).toBe('inApproval')
    expect(codes(await send({ ...vote, conditions: [] }, 'u-chen'))).toEqual(['accepted'])
  })
})

describe('a change back undoes, and does nothing else [CHG-02]', () => {
  const cones = { ...p.plan, resources: [...p.moreWelders.resources, { name: 'cones' }] }
  test('CHG-02: other content does not count as having undone the change', async () => {
    const { h, view, send } = await told(p.rollingBack())
    const amend = { type: 'amend', reason: 'cones instead', content: cones, departments: ['product'] }
    const refused = await send(amend, p.leader, undefined, 'back')
    expect(refused.ok ? [] : refused.refusals).toMatchObject([
      { rule: 'mayUndoAndNothingElse', remedy: { kind: 'send', command: 'withdraw' } },
    ])
    // The same content for other departments is the same change back.
    expect(codes(await send({ ...amend, content: p.plan }, p.leader, undefined, 'back'))).toEqual(['accepted'])
    expect(codes(await send({ type: 'withdraw', reason: 'cones instead' }, p.leader, undefined, 'back'))).toEqual(['accepted'])
    await sweepAll(h.governance)
    // Nothing was undone, and the head of the group knows.
    const { state, context } = await view()
    expect([state, context.rollback?.failed?.outcome]).toEqual(['rollingBack', 'withdrawn'])
    expect((await lineOf(h)).context.baseline).toMatchObject(p.moreWelders)
  })

  test('CHG-02: nor does it where the group has sent it back', async () => {
    const { send, basisOf, view } = await told([...p.rollingBack(), p.assess('cost', { name: 'back' })])
    for (const actor of ['u-chen', 'u-brandt']) {
      const basis = await basisOf('change', 'back')
      const vote = { type: 'vote', approval: 'change', decision: 'sendBack', comment: 'why?', basis }
      expect(codes(await send(vote, actor, undefined, 'back'))).toEqual(['accepted'])
    }
    expect((await view('back')).state).toBe('drafting')
    const apply = { type: 'apply', reason: 'cones instead', departments: ['product'] }
    expect(codes(await send({ ...apply, content: cones }, p.leader, undefined, 'back'))).toEqual(['value_not_allowed'])
    expect(codes(await send({ ...apply, content: p.plan }, p.leader, undefined, 'back'))).toEqual(['accepted'])
  })
})

test('CHG-01, I-17: what the group has before it or has ratified is not assessed anew under its hands', async () => {
  const { h, view, send, basisOf } = await told(p.inRatification())
  const assess = { type: 'assess', dimension: 'cost', impact: 'dearer', magnitude: 'high' }
  expect(codes(await send(assess, 'u-tang'))).toEqual(['already_done'])
  const vote = { type: 'vote', approval: 'ratification', decision: 'approve', basis: await basisOf('ratification') }
  expect(codes(await send(vote, 'u-chen'))).toEqual(['accepted'])
  expect(codes(await send(assess, 'u-tang'))).toEqual(['already_done'])
  const consent = { type: 'consent', givenBy: 'Ms Li', evidence, basis: (await view()).basis }
  expect(codes(await send(consent, 'u-liu'))).toEqual(['accepted'])
  await sweepAll(h.governance)
  expect((await view()).state).toBe('implemented')
})

test('PRJ-03: another leader takes over the team, unless another is named', async () => {
  const { h } = await told(p.active())
  const line = h.governance.project.idOf('line-1')
  const change = (more: object) =>
    h.governance.project.send(line, { type: 'changeLeader', leader: 'u-qian', reason: 'on leave', ...more }, { actor: 'u-lin' })
  expect(codes(await change({}))).toEqual(['accepted'])
  expect((await lineOf(h)).context).toMatchObject({ leader: 'u-qian', team: ['u-weber'] })
  expect(codes(await change({ team: [] }))).toEqual(['accepted'])
  expect((await lineOf(h)).context.team).toEqual([])
})
