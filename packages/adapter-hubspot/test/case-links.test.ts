// Cases are linked with their company and their ticket by labels of ours, where the mapping asks for it.
import { createVirtualClock } from '@ka-governance/adapter-memory'
import { createGovernance, demoDirectory, loadPolicy, presets } from '@ka-governance/core'
import { describe, expect, test } from 'vitest'
import type { HubSpotMapping } from '../src/options.ts'
import { createFakeHubSpot, type Fault, type FakeHubSpot } from './fake/server.ts'
import { createMemoryJournal } from './memory-journal.ts'
import { clientOf, provisionerOf } from './portal.ts'
import { storeOn } from './subject.ts'

const linking: HubSpotMapping = { associations: true, records: { account: null } }

/** What a portal calls the links between a case and records of a type. */
async function labelsOf(fake: FakeHubSpot, to: string): Promise<readonly unknown[]> {
  const body = await clientOf(fake).get(`/crm/associations/{version}/p_kag_case/${to}/labels`)
  return (body as { readonly results: readonly { readonly label: string | null }[] }).results.map(({ label }) => label)
}

async function removeLabels(fake: FakeHubSpot, to: string): Promise<void> {
  const path = `/crm/associations/{version}/p_kag_case/${to}/labels`
  const { results } = (await clientOf(fake).get(path)) as {
    readonly results: readonly { readonly label: string | null; readonly typeId: number }[]
  }
  for (const { label, typeId } of results) if (label !== null) await clientOf(fake).send('DELETE', `${path}/${String(typeId)}`)
}

describe('provisioning of the labels', () => {
  test('is for the types that the mapping has, once, in one language, and knows the other one', async () => {
    const fake = createFakeHubSpot()
    const provisioner = provisionerOf(fake, { mapping: linking })
    expect((await provisioner.plan()).filter(({ association }) => association !== undefined)).toEqual(
      ['companies', 'tickets'].map((association) => ({ object: 'kag_case', association, what: 'missing', details: [] })),
    )
    expect(await provisioner.apply()).toMatchObject({ after: [], problems: [] })
    expect(await labelsOf(fake, 'companies')).toEqual([null, 'KA company'])
    expect(await labelsOf(fake, 'tickets')).toEqual([null, 'KA ticket'])
    expect(await labelsOf(fake, 'deals')).toEqual([null])
    const chinese = provisionerOf(fake, { mapping: linking, locale: 'zh-CN' })
    expect(await chinese.apply()).toMatchObject({ made: 0, after: [], problems: [] })
    await removeLabels(fake, 'companies')
    expect((await provisioner.check()).find(({ path }) => path === 'kag_case.companies')).toMatchObject({
      code: 'missing',
      message: 'links from kag_case to companies have no label of ours',
    })
    expect(await chinese.apply()).toMatchObject({ made: 1, after: [], problems: [] })
    expect(await labelsOf(fake, 'companies')).toEqual([null, 'KA客户'])
  })

  test('makes nothing twice where definitions are shown late and answers are lost', async () => {
    const fake = createFakeHubSpot()
    fake.portal.behaviour.definitionLagMs = 700
    fake.script = ({ method, path }) => (method === 'POST' && path.includes('labels') ? lostOnce() : null)
    let lost = false
    const lostOnce = (): Fault | null => {
      if (lost) return null
      lost = true
      return 'cutAfter'
    }
    expect(await provisionerOf(fake, { mapping: linking }).apply()).toMatchObject({ after: [], problems: [] })
    expect([lost, await labelsOf(fake, 'companies'), await labelsOf(fake, 'tickets')]).toEqual([
      true,
      [null, 'KA company'],
      [null, 'KA ticket'],
    ])
  })

  test('that the portal refuses is a problem with its name, and holds up nothing else', async () => {
    const fake = createFakeHubSpot()
    await provisionerOf(fake).apply()
    for (let k = 0; k < 10; k += 1)
      await clientOf(fake).send('POST', '/crm/associations/{version}/p_kag_case/companies/labels', {
        name: `theirs_${String(k)}`,
        label: `Theirs ${String(k)}`,
      })
    const { problems, after } = await provisionerOf(fake, { mapping: linking }).apply()
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(['kag_case.companies'])
    expect(after.map(({ association }) => association)).toEqual(['companies'])
  })

  test('asks for rights on both ends of a link; without the option for nothing', () => {
    const scopes = (mapping: HubSpotMapping) => provisionerOf(createFakeHubSpot(), { mapping }).scopes()
    const records = { account: null, complaint: null }
    const [without, withLinks] = [scopes({ records }), scopes({ records, associations: true })]
    const more = (of: 'runtime' | 'provisioning') => withLinks[of].filter((scope) => !without[of].includes(scope))
    expect(more('runtime')).toEqual(['crm.objects.companies.write'])
    expect(more('provisioning')).toEqual([
      'crm.objects.companies.read',
      'crm.objects.companies.write',
      'crm.schemas.companies.read',
      'crm.schemas.companies.write',
    ])
  })

  test('is told to be of no use where the host keeps the cases', async () => {
    const fake = createFakeHubSpot()
    const provisioner = provisionerOf(fake, { mapping: linking, journal: createMemoryJournal(fake.clock.now) })
    expect(await provisioner.apply()).toMatchObject({ after: [], problems: [] })
    expect((await provisioner.check()).map(({ path, code }) => `${path} ${code}`)).toContain('mapping.associations not_used')
  })
})

/** A portal with a complaint of a company; nothing was swept yet. */
async function complained(associations = true) {
  const fake = createFakeHubSpot()
  const { pipelines } = await provisionerOf(fake, { mapping: linking }).apply()
  const clock = createVirtualClock('2026-03-02T09:00:00+08:00')
  const accountId = fake.portal.create('companies', { name: 'Acme' }).record.id
  const governanceOn = (mapping: HubSpotMapping) =>
    createGovernance({
      store: storeOn(fake, {
        mapping: { ...mapping, pipelines },
        confirm: false,
        fetch: (input, init) => fake.fetch(input, init),
      }),
      policy: loadPolicy({ ...presets.manufacturerCn, directory: demoDirectory }),
      host: { clock: clock.now },
      handlers: { default: () => Promise.resolve() },
    })
  const governance = governanceOn({ ...linking, associations })
  await governance.account.adopt({ accountId, name: 'Acme', isKeyAccount: true, tier: 'B' }, { actor: 'u-liu' })
  const form = { matter: 'Cracked', contact: 'Ms Li', expectedSolution: 'Replacement', channel: 'hotline' } as const
  const { id } = await governance.complaint.open(
    { accountId, ...form, severity: 'major', about: 'product', receivedAt: clock.now() },
    { actor: 'u-huang' },
  )
  const caseId = () => fake.portal.find('kag_case', id, 'kag_instance_id')?.id ?? ''
  const shown = async () => {
    const body = await clientOf(fake).associated('p_kag_case', 'companies', [caseId()])
    const tickets = await clientOf(fake).associated('p_kag_case', 'tickets', [caseId()])
    return [body[0], tickets[0]]
  }
  const ticketId = (): string => fake.portal.find('tickets', id, 'kag_instance_id')?.id ?? ''
  const forward = () => governance.complaint.send(id, { type: 'forward', department: 'product' }, { actor: 'u-huang' })
  return { fake, governance, governanceOn, accountId, id, caseId, ticketId, shown, forward }
}

const written = (fake: FakeHubSpot) =>
  fake.log.filter(({ path }) => path.endsWith('/batch/create') && path.includes('/associations/'))

describe('a case', () => {
  test('is linked by the next sweep, by our labels, once; no command makes a call for it', async () => {
    const [asked, plain] = [await complained(), await complained(false)]
    const { fake, governance, shown, accountId, ticketId, caseId } = asked
    expect(fake.log.length - plain.fake.log.length).toBe(0)
    expect(await shown()).toEqual([[], []])
    await governance.sweep()
    expect(await shown()).toEqual([[accountId], [ticketId()]])
    const body = await clientOf(fake).get(`/crm/objects/{version}/companies/${accountId}/associations/p_kag_case`)
    const linked = (body as { readonly results: readonly { readonly toObjectId: string; readonly associationTypes: unknown }[] })
      .results
    expect(linked.find(({ toObjectId }) => toObjectId === caseId())?.associationTypes).toMatchObject([{ label: 'KA case' }])
    expect(written(fake).length).toBe(2)

    // What a person unlinks stays so, whatever follows.
    await clientOf(fake).send('DELETE', `/crm/objects/{version}/p_kag_case/${caseId()}/associations/companies/${accountId}`)
    await asked.forward()
    await governance.sweep({ untilIdle: true })
    expect(await shown()).toEqual([[], [ticketId()]])
    expect(written(fake).length).toBe(2)
    await plain.governance.sweep()
    expect([await plain.shown(), written(plain.fake)]).toEqual([[[], []], []])
  })

  test('that began before is linked with its next entry', async () => {
    const { fake, governance, governanceOn, shown, accountId, ticketId, id } = await complained(false)
    fake.clock.advance(10 * 60_000)
    await governance.sweep()
    const later = governanceOn(linking)
    await later.sweep()
    expect(await shown()).toEqual([[], []])
    await later.complaint.send(id, { type: 'forward', department: 'product' }, { actor: 'u-huang' })
    await later.sweep()
    expect(await shown()).toEqual([[accountId], [ticketId()]])
  })

  test('that a crash left without a case is linked in the sweep that makes it, however old its entry is', async () => {
    const { fake, governance, shown, accountId, caseId, ticketId } = await complained()
    const record = fake.portal.find('kag_case', caseId())
    if (record !== null) fake.portal.erase(record)
    fake.clock.advance(10 * 60_000)
    await governance.sweep()
    expect(await shown()).toEqual([[accountId], [ticketId()]])
  })

  test.each(['cutBefore', 'cutAfter', 'htmlAfter', 'unavailable', 'locked'] as const)(
    'is linked by the next sweep where HubSpot was not there, which no sweep waits for: %s',
    async (fault) => {
      const { fake, governance, shown, accountId, ticketId } = await complained()
      fake.script = ({ path }) => (path.includes('/associations/') ? fault : null)
      // By now its entries are settled.
      fake.clock.advance(10 * 60_000)
      expect(await governance.sweep()).toBeDefined()
      fake.script = null
      fake.clock.advance(10 * 60_000)
      await governance.sweep()
      expect(await shown()).toEqual([[accountId], [ticketId()]])
    },
  )

  test.each([
    [400, 40],
    [401, 2],
  ])(
    'is linked later where a portal refuses all of many (%i), and a sweep does not ask for each of them',
    async (status, most) => {
      const { fake, governance, shown, accountId } = await complained()
      for (let k = 0; k < 30; k += 1) {
        const { id } = fake.portal.create('companies', { name: 'Bolt' }).record
        await governance.account.adopt({ accountId: id, name: id, isKeyAccount: true, tier: 'B' }, { actor: 'u-liu' })
      }
      const { fetch } = fake
      let asked = 0
      fake.fetch = async (input, init) => {
        if (!(input instanceof Request ? input.url : input.toString()).includes('/companies/batch/create'))
          return fetch(input, init)
        asked += 1
        return new Response('{"status":"error","category":"VALIDATION_ERROR","message":"no"}', { status })
      }
      await governance.sweep()
      expect(asked).toBeGreaterThan(0)
      expect(asked).toBeLessThanOrEqual(most)
      fake.fetch = fetch
      await governance.sweep()
      expect((await shown())[0]).toEqual([accountId])
    },
  )

  test('of a company that is gone is linked with its ticket all the same; where labels are missing or forbidden a sweep goes on', async () => {
    const { fake, governance, shown, accountId, ticketId } = await complained()
    const { fetch } = fake
    fake.fetch = async (input, init) =>
      (input instanceof Request ? input.url : input.toString()).includes('/tickets/labels')
        ? new Response('{"status":"error","category":"MISSING_SCOPES","message":"no"}', { status: 403 })
        : fetch(input, init)
    const company = fake.portal.find('companies', accountId)
    if (company !== null) fake.portal.archive(company)
    expect(await governance.sweep()).toBeDefined()
    fake.fetch = fetch
    expect(await shown()).toEqual([[], []])
    await removeLabels(fake, 'companies')
    await governance.sweep()
    expect(await shown()).toEqual([[], [ticketId()]])
  })
})
