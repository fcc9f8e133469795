import { expect, test } from 'vitest'
import { createMemoryStore, createVirtualClock } from '@ka-governance/adapter-memory'
import { createGovernance, demoDirectory, loadPolicy, presets, type Result } from '@ka-governance/core'

const ok = (r: Result): Extract<Result, { ok: true }> => {
  if (!r.ok) throw new Error(JSON.stringify(r.refusals, null, 1))
  return r
}

test('a complaint from the message to the archive', async () => {
  const clock = createVirtualClock(Date.UTC(2026, 2, 2, 1, 0))
  const store = createMemoryStore({ clock: clock.now, accounts: [{ accountId: 'acme', name: 'Acme', region: null, parentId: null }] })
  const policy = loadPolicy({ ...presets.manufacturerCn, directory: demoDirectory })
  const governance = createGovernance({ store, policy, host: { clock: clock.now }, handlers: { default: () => Promise.resolve() } })
  ok(await governance.account.adopt({ accountId: 'acme', name: 'Acme', isKeyAccount: true, tier: 'B', manager: 'u-liu' }, { actor: 'u-liu' }))
  const opened = ok(
    await governance.complaint.open(
      {
        accountId: 'acme', matter: 'cracked flange', contact: 'Ms Li', expectedSolution: 'replacement',
        channel: Object.keys(policy.complaint.channels)[0] ?? '', severity: policy.complaint.severities[0]?.id ?? '', about: 'product', receivedAt: clock.now(),
      },
      { actor: 'u-huang' },
    ),
  )
  const id = opened.id
  const send = async (command: Parameters<typeof governance.complaint.send>[1], actor: string) => ok(await governance.complaint.send(id, command, { actor }))
  clock.advance(3_600_000)
  await send({ type: 'forward', department: 'product' }, 'u-huang')
  await send({ type: 'accept' }, 'u-peters')
  await send({ type: 'determine', cause: 'casting', responsibleParty: 'foundry', evidence: [{ uri: 'lab:1' }] }, 'u-qian')
  await send({ type: 'requestExtension', reason: 'lab', customerToldAt: clock.now() }, 'u-peters')
  const view = await governance.complaint.get(id)
  const voted = await governance.complaint.send(id, { type: 'vote', approval: 'extension', decision: 'approve', basis: view?.approvals['extension']?.basis ?? '' }, { actor: 'u-okafor' })
  ok(voted)
  await send({ type: 'plan', measures: 'replace' }, 'u-peters')
  await send({ type: 'complete', result: 'replaced', customerToldAt: clock.now() }, 'u-peters')
  const basis = (await governance.complaint.get(id))?.basis ?? ''
  const refused = await governance.complaint.send(id, { type: 'customerSatisfied', saidBy: 'Ms Li', evidence: [{ uri: 'call:7' }], basis }, { actor: 'u-peters' })
  expect(refused.ok).toBe(false)
  await send({ type: 'customerSatisfied', saidBy: 'Ms Li', evidence: [{ uri: 'call:7' }], basis }, 'u-huang')
  await send({ type: 'archive', lessons: 'check castings', prevention: { measure: 'x-ray', owner: 'u-tang' } }, 'u-garcia')
  const done = await governance.complaint.get(id)
  expect(done?.state).toBe('archived')
  clock.advance(400 * 86_400_000)
  const swept = await governance.sweep()
  expect(swept.failed).toEqual([])
  const report = await governance.verifyJournal()
  expect(report.problems).toEqual([])
  const options = await governance.complaint.options(id, { actor: 'u-huang' })
  expect(options?.find((o) => o.command === 'checkPrevention')?.status).toBe('needsInput')
})
