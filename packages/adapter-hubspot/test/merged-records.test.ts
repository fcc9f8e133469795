// Somebody merges records that are governed: the portal tells of it, and of companies the ledgers follow by a command.
import { createVirtualClock } from '@ka-governance/adapter-memory'
import { createGovernance, demoDirectory, loadPolicy, presets, type Drift } from '@ka-governance/core'
import { expect, test } from 'vitest'
import { preparedPortal } from './governed-portal.ts'
import { clicked, office } from './office.ts'
import { storeOn } from './subject.ts'

test('two governed companies that were merged are found with both ids and the command that follows; then only one is left [I-33]', async () => {
  const mapping = { records: { complaint: null } }
  const clock = createVirtualClock('2026-03-02T09:00:00+08:00')
  const fake = preparedPortal(mapping, { start: clock.now() })
  const store = storeOn(fake, { mapping })
  const governance = createGovernance({
    store,
    policy: loadPolicy({ ...presets.manufacturerCn, directory: demoDirectory }),
    host: { clock: clock.now },
    handlers: { default: () => Promise.resolve() },
  })
  const [gone = '', kept = ''] = ['Acme', 'Bolt'].map((name) => fake.portal.create('companies', { name }).record.id)
  for (const [accountId, tier] of [
    [gone, 'B'],
    [kept, 'A'],
  ] as const)
    await governance.account.adopt({ accountId, name: accountId, isKeyAccount: true, tier }, { actor: 'u-liu' })
  const found = async () => {
    const all: Drift[] = []
    for await (const drift of governance.drift.find()) all.push(drift)
    return all.flatMap(({ accountId, records }) =>
      records.flatMap(({ object, id, differences }) =>
        differences.map((each) => [accountId, object, id, each.field, each.shown, each.bypassed.map(({ command }) => command)]),
      ),
    )
  }
  expect(await found()).toEqual([])
  fake.portal.merge('companies', kept, gone)
  expect(await found()).toEqual([[gone, 'companies', gone, 'hs_object_id', kept, ['account.merge']]])

  const merged = await governance.account.send(
    `account-${gone}`,
    { type: 'merge', into: kept, reason: 'one customer', evidence: [{ uri: 'file:1' }] },
    { actor: 'u-wang' },
  )
  expect(merged).toMatchObject({ ok: true })
  // What it wrote landed on the other one, which its own ledger puts right when it hears of the merger.
  const blocked = () => fake.portal.find('kag_case', `account-${gone}`, 'kag_instance_id')?.values.get('kag_blocked')
  expect(blocked()).toBe(`${gone} of companies went into ${kept}`)
  await governance.sweep({ untilIdle: true })
  const shown = fake.portal.find('companies', kept)?.values
  expect([shown?.get('kag_tier'), shown?.get('kag_standing')]).toEqual(['A', 'ka'])
  expect(await found()).toEqual([])
})

test('merges of companies and tickets are named with both ids and what to do; of other types, or in another portal, not', async () => {
  const all = await office()
  const merge = clicked(all, 'forward', {
    what: 'merge',
    property: null,
    value: '',
    objectTypeId: '0-2',
    mergedInto: '77',
    mergedFrom: ['12'],
  })
  const others = [
    { ...merge, objectTypeId: '0-1' },
    { ...merge, portalId: '1' },
    { ...merge, mergedInto: null, mergedFrom: [] },
  ]
  const { left, merged } = await all.intake.take([merge, { ...merge, objectTypeId: '0-5' }, ...others])
  expect([left, merged.map(({ path, code, message }) => `${path} ${code}: ${message}`)]).toEqual([
    0,
    ['companies.12 merged: the record 12 went into 77', 'tickets.12 merged: the record 12 went into 77'],
  ])
  expect(merged.map(({ remedy }) => /merge with|drift\.find/.exec(remedy)?.[0])).toEqual(['merge with', 'drift.find'])
})
