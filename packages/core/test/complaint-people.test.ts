import { describe, expect, test } from 'vitest'
import { codes, collect, createHarness, sweepAll } from './support/harness.ts'
import * as s from './support/stories.ts'
import { complaintForm, play, type Step } from './support/story.ts'
import { toldComplaint } from './support/told.ts'

const { complaint } = s

describe('people who are complained about', () => {
  const about = { named: ['u-liu'] }
  test('CON-01: a complaint against the account manager goes to the head of the KA department; the manager has no part in it', async () => {
    const { step, view, h } = await toldComplaint(s.investigating(about))
    await step(s.determine({ goodsReturned: true }))
    await step(s.plan())
    const decide = (actor: string): Step => complaint(actor, { type: 'decideReturn', disposition: 'scrap', reason: 'x' })
    expect(await step(decide('u-liu'))).toEqual(['role_required', 'person_barred'])
    expect(await step(decide('u-smith'))).toEqual(['role_required'])
    expect(await step(decide('u-sun'))).toEqual(['accepted'])
    expect((await view()).context.managerNamed).toBe(true)
    await sweepAll(h.governance)
    const toldAtOpening = h.told.find(
      (d) => d.type === 'notify' && (d.params as { message: string }).message === 'complaintReceived',
    )
    expect((toldAtOpening?.params as { to: string[] }).to).not.toContain('accountManager')
    expect((toldAtOpening?.params as { to: string[] }).to).toContain('keyAccounts.head')
  })
  test('CON-01: barred from every act and every office: as a handler, as owner of the prevention, as voter, by a delegate, from opening it', async () => {
    const named = { named: ['u-peters', 'u-wang', 'u-tang', 'u-huang'] }
    const policy = { directory: { delegations: [{ from: 'u-peters', to: 'u-zhao', since: '2026-01-01', until: '2026-12-31' }] } }
    const { step } = await toldComplaint(
      [
        { on: 'adopt' },
        { on: 'open', actor: 'u-garcia', command: named },
        complaint('u-garcia', { type: 'forward', department: 'product' }),
      ],
      { policy },
    )
    expect(await step(complaint('u-peters', { type: 'accept' }))).toEqual(['person_barred'])
    expect(await step(complaint('u-zhao', { type: 'accept' }, { onBehalfOf: 'u-peters' }))).toEqual(['person_barred'])
    expect(await step(complaint('u-zhao', { type: 'accept', handler: 'u-peters' }))).toEqual(['person_barred'])
    expect(await step(complaint('u-zhao', { type: 'accept' }))).toEqual(['accepted'])
    for (const next of [s.determine(), { ...s.plan(), actor: 'u-zhao' }, { ...s.complete(), actor: 'u-zhao' }])
      expect(await step(next)).toEqual(['accepted'])
    for (const next of [
      { ...s.dissatisfied, actor: 'u-garcia' },
      { ...s.plan(), actor: 'u-zhao' },
      { ...s.complete(), actor: 'u-zhao' },
      { ...s.dissatisfied, actor: 'u-garcia' },
    ])
      expect(await step(next)).toEqual(['accepted'])
    expect(await step(s.cast(complaint, 'dissatisfaction', 'u-wang', 'approve'))).toContain('person_barred')
    expect(
      await step(complaint('u-lin', { type: 'addApprover', approval: 'dissatisfaction', person: 'u-tang', reason: 'knows' })),
    ).toEqual(['person_barred'])
    const h = createHarness()
    await play(h, s.adopted)
    expect(
      codes(await h.governance.complaint.open({ ...complaintForm(h.clock.now()), named: ['u-huang'] }, { actor: 'u-huang' })),
    ).toEqual(['person_barred'])
  })
  test('CON-01: kept from every record too: nothing is shown to them, and notices say whom to leave out', async () => {
    const { view, h } = await toldComplaint(s.investigating(about))
    const { id } = await view()
    const forbidden = { code: 'forbidden', details: { instanceId: id, actor: 'u-liu', clause: 'CON-01' } }
    await expect(h.governance.complaint.get(id, { actor: 'u-liu' })).rejects.toMatchObject(forbidden)
    await expect(collect(h.governance.complaint.history(id, { actor: 'u-liu' }))).rejects.toMatchObject(forbidden)
    expect((await h.governance.complaint.get(id, { actor: 'u-huang' }))?.id).toBe(id)
    expect(await h.governance.complaint.get('cmp-nowhere', { actor: 'u-liu' })).toBeNull()
    await sweepAll(h.governance)
    const notices = h.told.filter((d) => d.type === 'notify' && d.instanceId === id)
    expect(notices.length).toBeGreaterThan(0)
    for (const notice of notices) expect((notice.params as { except?: string[] }).except).toEqual(['u-liu'])
  })
  test('CPL-08, CPL-12: a product complaint reaches its parties and manufacturing; another one does not', async () => {
    const toldOf = async (form: object): Promise<readonly string[]> => {
      const { h } = await toldComplaint(s.investigating(form))
      await sweepAll(h.governance)
      const notice = h.told.find((d) => d.type === 'notify' && (d.params as { message: string }).message === 'complaintReceived')
      return (notice?.params as { to: readonly string[] }).to
    }
    expect(await toldOf({ about: 'product' })).toEqual([
      'owner',
      'keyAccounts.head',
      'accountManager',
      'production',
      'salesBackOffice',
      'regionalManager',
      'salesVicePresident',
    ])
    expect(await toldOf({ about: 'delivery' })).toEqual(['owner', 'keyAccounts.head', 'accountManager'])
  })
  test('CON-01: the prevention has an owner who is not named', async () => {
    const { step } = await toldComplaint(s.reviewing({ named: ['u-tang'] }))
    expect(await step(s.archive)).toEqual(['person_barred'])
  })
})

describe('approvals: practice [I-17]', () => {
  test('an elector who leaves is replaced by the substitute; electors are people once', async () => {
    const { step, view } = await toldComplaint([...s.investigating(), s.extensionAsked])
    expect(
      await step(complaint('u-okafor', { type: 'addApprover', approval: 'extension', person: 'u-okafor', reason: 'me again' })),
    ).toEqual(['elector_exists'])
    expect(await step(complaint('u-okafor', { type: 'recuse', approval: 'extension', reason: 'related' }))).toEqual(['accepted'])
    expect((await view()).approvals['extension']?.mayAct.map((a) => a.person)).toEqual(['u-lin'])
    expect(await step(s.cast(complaint, 'extension', 'u-lin', 'approve'))).toEqual(['accepted'])
    expect((await view()).context.extended).toBe(true)
  })
  test('a delegate votes with both names in the journal, whichever way it is said', async () => {
    const policy = { directory: { delegations: [{ from: 'u-okafor', to: 'u-sun', since: '2026-01-01', until: '2026-12-31' }] } }
    for (const way of ['command', 'sender'] as const) {
      const { step, h, id } = await toldComplaint([...s.investigating(), s.extensionAsked], { policy })
      const cast = s.cast(complaint, 'extension', 'u-sun', 'approve', way === 'command' ? { onBehalfOf: 'u-okafor' } : {})
      expect(await step(way === 'sender' ? { ...cast, onBehalfOf: 'u-okafor' } : cast)).toEqual(['accepted'])
      const entry = (await collect(h.governance.complaint.history(id))).at(-1)
      expect(JSON.stringify(entry)).toContain('"chain":["u-okafor","u-sun"]')
      expect(entry?.actor.id).toBe('u-sun')
    }
  })
  test('a vote is bound to what was seen', async () => {
    const { step } = await toldComplaint([...s.investigating(), s.extensionAsked])
    const bound = (basis: string | undefined) =>
      complaint('u-okafor', {
        type: 'vote',
        approval: 'extension',
        decision: 'approve',
        ...(basis === undefined ? {} : { basis }),
      })
    expect(await step(bound(undefined))).toEqual(['basis_required'])
    expect(await step(bound('another'))).toEqual(['basis_changed'])
    expect(await step(s.cast(complaint, 'dissatisfaction', 'u-okafor', 'approve'))).toEqual(['approval_closed'])
    expect(
      await step(complaint('u-okafor', { type: 'vote', approval: 'extension', decision: 'reject', basis: '@approval' })),
    ).toEqual(['field_missing'])
  })
})

test('CPL-16 is served by find: matters, departments and severities stand on every projection', async () => {
  const { h } = await toldComplaint(s.assigned())
  const [shown] = await collect(h.store.find({ kind: 'complaint' }))
  expect(shown?.fields).toMatchObject({ severity: 'minor', about: 'product', department: 'product', tier: 'B', round: 1 })
})
