import { describe, expect, test } from 'vitest'
import type { AccountContext, InstanceView, Result } from '../src/index.ts'
import { codes, createHarness, sweepAll, type Harness, type HarnessOptions } from './support/harness.ts'
import * as a from './support/admission-stories.ts'
import * as c from './support/account-stories.ts'
import * as p from './support/project-stories.ts'
import { sweep } from './support/stories.ts'
import { play } from './support/story.ts'

const ledgerOf = async (h: Harness, of: string): Promise<InstanceView<AccountContext>> => {
  const found = await h.governance.account.get(h.governance.account.idOf(of))
  if (found === null) throw new Error(`no ledger of ${of}`)
  return found
}
const merge = (h: Harness, from: string, into: string): Promise<Result> =>
  h.governance.account.send(
    h.governance.account.idOf(from),
    { type: 'merge', into, reason: 'one company', evidence: [{ uri: 'file:1' }] },
    { actor: 'u-wang' },
  )
const apart: HarnessOptions = { ...c.options, store: { without: ['atomicMultiCommit'] } }
const newco = { accountId: 'newco', name: 'Newco', leadSource: 'fair' }

describe.each([
  ['a store that commits together', c.options],
  ['a store that commits one by one', apart],
])('mergers on %s', (_, options) => {
  test('I-33: what is on its way to an account that is merged itself reaches the last survivor', async () => {
    const h = createHarness(options)
    const story = [
      c.adopt({ accountId: 'gamma', name: 'Gamma', tier: 'C' }),
      c.beta(),
      c.adopt({ tier: 'C' }),
      { on: 'open' } as const,
    ]
    const played = await play(h, story)
    // Nobody sweeps in between.
    expect(codes(await merge(h, 'acme', 'beta'))).toEqual(['accepted'])
    expect(codes(await merge(h, 'beta', 'gamma'))).toEqual(['accepted'])
    await sweepAll(h.governance)
    expect((await h.governance.complaint.get(played.id('complaint')))?.accountId).toBe('gamma')
    const { absorbed } = (await ledgerOf(h, 'gamma')).context
    expect(absorbed).toContain('beta')
    expect(await h.governance.effects.dead()).toEqual([])
    expect((await h.governance.verifyJournal()).problems).toEqual([])
  })

  test('I-33: the group’s tier is no dead letter at a member that is blacklisted or merged', async () => {
    const h = createHarness(options)
    await play(h, [
      c.adopt({ accountId: 'gamma', name: 'Gamma', tier: 'C' }),
      c.adopt({ tier: 'C' }),
      c.adopt({ accountId: 'beta', name: 'Beta', tier: 'C', parentId: 'acme' }),
      sweep(),
      ...c.blacklisted,
    ])
    expect((await ledgerOf(h, 'beta')).state).toBe('blacklisted')
    await play(h, [...c.decided('A').flatMap((step) => [step, sweep()]), sweep('40d')], 'again')
    expect((await ledgerOf(h, 'acme')).context.tier).toBe('A')
    expect((await ledgerOf(h, 'beta')).state).toBe('blacklisted')
    expect(await h.governance.effects.dead()).toEqual([])
  })
})

describe('groups have one level, however an account gets into one [I-33]', () => {
  test('I-33: nobody is its own parent', async () => {
    const h = createHarness(c.options)
    const first = await h.governance.admission.open({ ...newco, parentId: 'newco' }, { actor: 'u-liu' })
    await h.governance.admission.send(first.admission, { type: 'withdraw', saidBy: 'Mr Hu', reason: 'later' }, { actor: 'u-liu' })
    await sweepAll(h.governance)
    const second = await h.governance.admission.open({ ...newco, parentId: 'newco' }, { actor: 'u-liu' })
    expect(codes(second)).toEqual(['accepted'])
    await sweepAll(h.governance)
    expect((await ledgerOf(h, 'newco')).context).toMatchObject({ group: null, members: [] })
    expect(await h.governance.effects.dead()).toEqual([])
  })

  test('I-33: an account that leads a group joins none by applying', async () => {
    const h = createHarness(c.options)
    await play(h, [
      c.adopt(),
      c.adopt({ accountId: 'beta', name: 'Beta', isKeyAccount: false, tier: 'C' }),
      c.adopt({ accountId: 'gamma', name: 'Gamma', isKeyAccount: false, tier: 'C', parentId: 'beta' }),
    ])
    const form = { accountId: 'beta', name: 'Beta', leadSource: 'fair', parentId: 'acme' }
    expect(codes(await h.governance.admission.open(form, { actor: 'u-liu' }))).toEqual(['accepted'])
    expect((await ledgerOf(h, 'beta')).context).toMatchObject({ group: null, members: ['gamma'] })
    expect((await ledgerOf(h, 'acme')).context.members).toEqual([])
  })

  test('ADJ-01, decision tier.level: members of a group whose leader is gone are reviewed by themselves', async () => {
    const h = createHarness(c.options)
    const member = { accountId: 'beta', name: 'Beta', tier: 'C', parentId: 'acme' }
    await play(h, [c.adopt({ tier: 'C' }), c.adopt(member), sweep()])
    const review = () => h.governance.tierAdjustment.open({ accountId: 'beta', cycle: '2026-H1' }, { actor: 'u-novak' })
    expect(codes(await review())).toEqual(['value_not_allowed'])
    const lead = h.governance.account.idOf('acme')
    const form = { type: 'proposeBlacklisting', reason: 'fraud', evidence: [{ uri: 'file:1' }] } as const
    expect(codes(await h.governance.account.send(lead, form, { actor: 'u-wang' }))).toEqual(['accepted'])
    const basis = (await h.governance.account.get(lead))?.approvals['blacklist']?.basis ?? ''
    const vote = { type: 'vote', approval: 'blacklist', decision: 'approve', basis } as const
    expect(codes(await h.governance.account.send(lead, vote, { actor: 'u-chen' }))).toEqual(['accepted'])
    expect((await ledgerOf(h, 'acme')).state).toBe('blacklisted')
    expect(codes(await review())).toEqual(['accepted'])
  })
})

test('ADJ-01: nobody opens a review under the name of another account’s', async () => {
  const h = createHarness(c.options)
  await play(h, c.withBeta())
  const send = (instanceId: string, more: object = {}) =>
    h.governance.account.send(
      'account-acme',
      { type: 'openAdjustment', cycle: '2026-H1', instanceId, ...more },
      { actor: 'u-novak' },
    )
  expect(codes(await send('tier-beta-2026-h1'))).toEqual(['value_not_allowed'])
  expect(codes(await send('tier-acme-2025-h2'))).toEqual(['value_not_allowed'])
  expect(codes(await send('tier-beta-od1', { onDemand: 'a dispute' }))).toEqual(['already_done'])
  const own = await h.governance.tierAdjustment.open({ accountId: 'beta', cycle: '2026-H1' }, { actor: 'u-novak' })
  expect(codes(own)).toEqual(['accepted'])
})

test('I-33: a project and its changes are split off together, or not at all', async () => {
  const h = createHarness({ policy: p.oneHand })
  const played = await play(h, p.approved())
  const line = h.governance.project.idOf('line-1')
  const change = played.id('change')
  const split = (instances: readonly string[]) =>
    h.governance.account.send(
      'account-acme',
      { type: 'split', accountId: 'gamma', name: 'Gamma', instances, reason: 'two companies', evidence: [{ uri: 'file:1' }] },
      { actor: 'u-wang' },
    )
  const refused = await split([line])
  expect(refused.ok ? [] : refused.refusals).toMatchObject([{ code: 'field_missing', required: change }])
  expect(codes(await split([change]))).toEqual(['field_missing'])
  expect(codes(await split([line, change]))).toEqual(['accepted'])
  await sweepAll(h.governance)
  expect((await h.governance.project.get(line))?.accountId).toBe('gamma')
  expect((await h.governance.projectChange.get(change))?.accountId).toBe('gamma')
  // The project still sees what is open on it.
  expect(codes(await h.governance.project.send(line, p.closeProject.command as never, { actor: p.leader }))).toEqual([
    'open_elsewhere',
  ])
})

test('I-37: a renewal that fell due while the relation was about to end is asked for when it goes on', async () => {
  const h = createHarness(c.options)
  const asked = () => h.told.filter(({ params }) => (params as { message?: string }).message === 'renewalDue').length
  await play(h, [...c.contracted(), c.end('2026-12-01'), sweep('100d')])
  expect(asked()).toBe(0)
  const stopped = await h.governance.account.send('account-acme', { type: 'stopExit', reason: 'they stay' }, { actor: 'u-chen' })
  expect(codes(stopped)).toEqual(['accepted'])
  await sweepAll(h.governance)
  expect(asked()).toBe(1)
})

test('I-33: a customer is not merged into a relation that has ended, while a prospect may be', async () => {
  const h = createHarness(c.options)
  await play(h, c.exited)
  const o = { actor: 'u-liu' }
  await h.governance.account.adopt({ accountId: 'beta', name: 'Beta', isKeyAccount: false, tier: 'C' }, o)
  const refused = await merge(h, 'beta', 'acme')
  expect(refused.ok ? [] : refused.refusals).toMatchObject([{ actual: 'exited', remedy: { kind: 'send', command: 'readmit' } }])
  const { admission } = await h.governance.admission.open(newco, o)
  await h.governance.admission.send(admission, { type: 'withdraw', saidBy: 'Mr Hu', reason: 'later' }, o)
  await sweepAll(h.governance)
  expect(codes(await merge(h, 'newco', 'acme'))).toEqual(['accepted'])
})

test.each([
  ['ka-77', 'letters'],
  ['ＫＡ-77', 'width'],
  [' KA - 77 ', 'blanks'],
  ['KA–77', 'another dash'],
  ['KA77', 'no dash'],
])('ADM-05: %s is the credit code KA-77: %s make no other customer', async (creditCode) => {
  const h = createHarness(c.options)
  await play(h, [c.adopt({ creditCode: 'KA-77' })])
  expect(codes(await h.governance.admission.open({ ...newco, creditCode }, { actor: 'u-liu' }))).toEqual(['open_elsewhere'])
})

test('ADM-07: a condition that is still owed after the signing has somebody who owes it', async () => {
  const h = createHarness({ policy: a.oneHand })
  const played = await play(h, [...a.established([a.due(50)]), sweep('60d')])
  const rung = h.told.filter(({ type, params }) => type === 'clockRung' && (params as { clock?: string }).clock === 'conditions')
  expect(rung.map(({ params }) => (params as { owner?: string }).owner)).toEqual(['person:u-smith', 'person:u-smith'])
  const { governance } = h
  await governance.admission.send(
    played.id('admission'),
    { type: 'meetCondition', condition: 'c1', evidence: [{ uri: 'file:1' }] },
    { actor: 'u-smith' },
  )
  expect((await governance.admission.get(played.id('admission')))?.projection.owner).toBeNull()
})
