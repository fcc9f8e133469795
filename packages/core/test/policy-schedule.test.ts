import { describe, expect, test } from 'vitest'
import { StoreError } from '../src/index.ts'
import { codes, collect, ok, type HarnessOptions } from './support/harness.ts'
import { rivals } from './support/policy-coverage.ts'
import { draftOf, pinOfDraft, whatIfOf } from './support/policy-drafts.ts'
import * as p from './support/policy-stories.ts'
import { told, vote } from './support/policy-told.ts'
import { sweep } from './support/stories.ts'
import { play } from './support/story.ts'

const options: HarnessOptions = { policy: p.oneHand }
const by = { actor: p.drafter }

describe('the day', () => {
  test('past or too near: refused as it is submitted, and again as it is approved', async () => {
    const noticed: HarnessOptions = { policy: { ...p.oneHand, publication: { notice: { days: 2 } } } }
    const { id, policy } = await told(p.checked(), noticed)
    expect((await policy.send(id, { type: 'submit' }, by)) as { refusals?: unknown }).toMatchObject({
      refusals: [{ code: 'value_too_small', parameter: 'publication.notice.days', required: '2026-03-04', actual: '2026-03-03' }],
    })
    const { h, id: late, policy: other } = await told(p.inApproval())
    h.clock.advance(2 * 86_400_000)
    expect(codes(await vote(h.governance, late, 'u-chen'))).toEqual(['value_too_small'])
    expect(ok(await vote(h.governance, late, 'u-chen', 'sendBack')).state).toBe('inApproval')
    expect((await other.get(late))?.state).toBe('inApproval')
  })

  test.each([
    ['together', {}],
    ['one by one', { store: { without: ['atomicMultiCommit'] as const } }],
  ])(
    'two versions for one day, approved at once, on a store that commits %s: one has it, and the other is told',
    async (_, store) => {
      const { h } = await told(rivals().slice(0, -2), { ...options, ...store })
      const ids = ['1.1', '1.2'].map((version) => h.governance.policy.idOf(h.policy.id, version))
      const results = await Promise.all(ids.map((id) => vote(h.another(), id, 'u-chen')))
      await play(h, [sweep()], 'settled')
      const states = await Promise.all(ids.map(async (id) => (await h.governance.policy.get(id))?.state))
      const won = states.filter((state) => state === 'scheduled').length
      expect(won).toBe(1)
      for (const [k, result] of results.entries())
        if (!result.ok) expect([states[k], codes(result)]).toEqual(['inApproval', expect.arrayContaining(['day_taken'])])
      const standing = await h.governance.policy.standing(h.policy.id)
      expect(standing?.scheduled.map(({ by: publication }) => publication)).toEqual(
        ids.filter((__, k) => states[k] === 'scheduled'),
      )
      expect((await h.governance.verifyJournal()).problems).toEqual([])
      expect(await h.governance.effects.dead()).toEqual([])
    },
  )

  test.each([
    ['together', {}],
    ['one by one', { store: { without: ['atomicMultiCommit'] as const } }],
  ])(
    'a withdrawal and the day, at any instant around midnight, on a store that commits %s: ledger and publication agree',
    async (_, store) => {
      const midnight = Date.parse('2026-03-03T00:00:00+08:00')
      for (const before of [2, 1, 0, -1]) {
        const { h, id, policy } = await told([...p.scheduled(), sweep()], { ...options, ...store })
        h.clock.set(midnight - before)
        const [withdrawn] = await Promise.all([
          policy.send(id, { type: 'withdraw', reason: 'not now' }, { actor: 'u-lin' }),
          h.another().sweep(),
        ])
        h.clock.advance(3_600_000)
        await play(h, [sweep()], 'settled')
        const inForce = (await policy.standing(h.policy.id))?.inForce ?? null
        const state = (await policy.get(id))?.state
        expect([before, state]).toEqual([before, inForce === null ? 'withdrawn' : 'inForce'])
        if (!withdrawn.ok)
          expect([before, codes(withdrawn)]).toEqual([before, [expect.stringMatching(/too_late|command_not_available/)]])
        if (before <= 0) expect([before, state]).toEqual([before, 'inForce'])
        expect((await h.governance.verifyJournal()).problems).toEqual([])
      }
    },
  )

  test('a version that takes force while the group votes on the next: judged anew, after a move', async () => {
    const later = { version: '1.2', effectiveFrom: '2026-03-20' }
    const { h, policy } = await told([
      ...p.inForce(),
      ...p.named('1.1', p.nextScheduled()),
      ...p.named('1.2', p.nextInApproval(later)),
      sweep('8d'),
    ])
    const id = policy.idOf(h.policy.id, '1.2')
    expect(codes(await vote(h.governance, id, 'u-chen'))).toEqual(['policy_not_in_force'])
    ok(await vote(h.governance, id, 'u-chen', 'sendBack'))
    ok(await vote(h.governance, id, 'u-brandt', 'sendBack'))
    ok(await policy.check(id, draftOf(h, later), by))
    ok(await policy.recordWhatIf(id, whatIfOf(h, { ...later, against: p.next }), by))
    expect(codes(await policy.send(id, { type: 'submit' }, by))).toEqual(['policy_not_in_force'])
    ok(await policy.migrate(id, { actor: 'u-lin', policy: pinOfDraft(h, p.next), reason: 'judged by what holds' }))
    ok(await policy.send(id, { type: 'submit' }, by))
    expect(ok(await vote(h.governance, id, 'u-chen')).state).toBe('scheduled')
  })

  test('a version that takes force before the submission: the same draft is compared with it first', async () => {
    const later = { version: '1.2', effectiveFrom: '2026-03-20' }
    const { h, policy } = await told([
      ...p.inForce(),
      ...p.named('1.1', p.nextScheduled()),
      ...p.named('1.2', [p.openVersion('1.2'), p.check(later)]),
    ])
    const id = policy.idOf(h.policy.id, '1.2')
    expect(codes(await policy.check(id, draftOf(h, later), by))).toEqual(['already_done'])
    await play(h, [sweep('8d')], 'later')
    const pin = pinOfDraft(h, p.next)
    ok(await policy.recordWhatIf(id, whatIfOf(h, { ...later, against: p.next }), by))
    ok(await policy.migrate(id, { actor: 'u-lin', policy: pin, reason: 'judged by what holds' }))
    const stale = await policy.send(id, { type: 'submit' }, by)
    expect(stale.ok ? [] : stale.refusals).toMatchObject([
      { code: 'policy_not_in_force', required: '1.1', actual: '1.0', remedy: { kind: 'send', command: 'check' } },
    ])
    const again = ok(await policy.check(id, draftOf(h, later), by))
    expect(again.entry.inputs[0]).toMatchObject({
      draft: { base: { version: '1.1', hash: pin.hash } },
      // Version 1.1 had tightened the hand-off; the draft does not.
      changes: expect.arrayContaining([expect.objectContaining({ parameter: 'complaint.handoff' })]) as unknown,
    })
    expect((await policy.get(id))?.context.whatIf).not.toBeNull()
    ok(await policy.send(id, { type: 'submit' }, by))
    expect(ok(await vote(h.governance, id, 'u-chen')).state).toBe('scheduled')
  })

  test('changes are those to the version in force, also where the publication is pinned to the one before', async () => {
    const later = { ...p.next, version: '1.2', effectiveFrom: '2026-03-20' }
    const { h, policy } = await told([
      ...p.inForce(),
      ...p.named('1.1', p.nextScheduled()),
      ...p.named('1.2', [p.openVersion('1.2')]),
      sweep('8d'),
    ])
    const id = policy.idOf(h.policy.id, '1.2')
    expect((await policy.get(id))?.policy.version).toBe('1.0')
    const checked = ok(await policy.check(id, draftOf(h, later), by))
    const { changes } = checked.entry.inputs[0] as unknown as { changes: readonly { parameter: string }[] }
    expect(changes.map(({ parameter }) => parameter)).not.toContain('complaint.handoff')
    expect((await policy.get(id))?.context.draft).toMatchObject({ changes: changes.length, base: { version: '1.1' } })
  })

  test('what the ledger declines uses no number: the same one is free for another day and another text', async () => {
    const apart: HarnessOptions = { ...options, store: { without: ['atomicMultiCommit'] } }
    const { h, policy, state } = await told([...rivals(), sweep()], apart)
    expect([await state('1.1'), await state('1.2')]).toEqual(['scheduled', 'checked'])
    const numbers = async () =>
      (await collect(h.store.policies.list(h.policy.id))).map(({ version }) => version).filter((v) => !v.includes('+'))
    expect(await numbers()).not.toContain('1.2')
    expect(await numbers()).toContain('1.1')
    const id = policy.idOf(h.policy.id, '1.2')
    expect((await policy.get(id))?.context.declined).toBe('day_taken')
    const later = { version: '1.2', effectiveFrom: '2026-03-17' }
    ok(await policy.check(id, draftOf(h, later), by))
    ok(await policy.recordWhatIf(id, whatIfOf(h, { ...later, against: {} }), by))
    ok(await policy.send(id, { type: 'submit' }, by))
    expect(ok(await vote(h.governance, id, 'u-chen')).state).toBe('scheduled')
    await play(h, [sweep()], 'settled')
    expect((await policy.standing(h.policy.id))?.scheduled.map(({ version }) => version)).toEqual(['1.1', '1.2'])
    expect(await numbers()).toContain('1.2')
    expect((await h.governance.verifyJournal()).problems).toEqual([])
    expect(await h.governance.effects.dead()).toEqual([])
  })

  test('the registry fails as a version is scheduled: it takes force all the same, and the sweep puts its text there', async () => {
    for (const without of [[], ['atomicMultiCommit']] as const) {
      let broken = true
      const { h, policy } = await told([...p.inApproval(), p.vote()], {
        ...options,
        store: { without },
        wrap: (store) => ({
          ...store,
          policies: {
            ...store.policies,
            put: (record) =>
              broken && record.version === '1.0'
                ? Promise.reject(new StoreError('unavailable', 'down'))
                : store.policies.put(record),
          },
        }),
      })
      const text = async () => (await h.store.policies.get(h.policy.id, '1.0'))?.hash
      await h.governance.sweep().catch(() => undefined)
      expect([without.length, await text()]).toEqual([without.length, undefined])
      expect((await policy.inForce(h.policy.id, Date.parse('2026-03-03T00:00:00+08:00')))?.version).toBe('1.0')
      broken = false
      await play(h, [sweep('1d')], 'later')
      expect(await text()).toBe(pinOfDraft(h, {}).hash)
      expect(await policy.standing(h.policy.id)).toMatchObject({ inForce: { version: '1.0' } })
      expect(await h.governance.effects.dead()).toEqual([])
    }
  })
})
