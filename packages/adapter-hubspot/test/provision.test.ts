import { formatStateName, listStates } from '@ka-governance/core'
import { describe, expect, test } from 'vitest'
import { definitionsOf } from '../src/metadata/definitions.ts'
import { resolveMapping, type HubSpotMapping } from '../src/options.ts'
import { objects } from '../src/schema.ts'
import { createFakeHubSpot, type FakeHubSpot } from './fake/server.ts'
import { createMemoryJournal } from './memory-journal.ts'
import { provisionerOf } from './portal.ts'

const writes = (fake: FakeHubSpot) => fake.log.filter(({ method }) => method !== 'GET')

describe('provisioning', () => {
  test('what a bare portal lacks is made, once; a second run makes nothing', async () => {
    const fake = createFakeHubSpot()
    const provisioner = provisionerOf(fake)
    const before = await provisioner.plan()
    expect(before.filter(({ property, pipeline }) => property === undefined && pipeline === undefined)).toEqual(
      [
        ...Object.keys(objects).map((name) => ({ object: `kag_${name}` })),
        { object: 'tickets', group: 'kag_governance' },
        { object: 'companies', group: 'kag_governance' },
      ].map((each) => ({ ...each, what: 'missing', details: [] })),
    )
    expect(writes(fake)).toEqual([])

    const first = await provisioner.apply()
    expect(first).toMatchObject({ before, after: [], problems: [] })
    expect(first.made).toBe(writes(fake).length)
    const sofar = writes(fake).length
    expect(await provisioner.apply()).toEqual({ before: [], made: 0, after: [], problems: [], pipelines: first.pipelines })
    expect(writes(fake).length).toBe(sofar)
    expect(await provisioner.pipelines()).toEqual(first.pipelines)
  })

  test('every kind has a pipeline of cases with a stage for each state; complaints have one of tickets, too', async () => {
    const fake = createFakeHubSpot()
    const { pipelines } = await provisionerOf(fake).apply()
    expect(Object.keys(pipelines.cases).sort()).toEqual([...listStates().keys()].sort())
    expect(Object.keys(pipelines.records)).toEqual(['complaint'])
    for (const [kind, states] of listStates())
      expect(Object.keys(pipelines.cases[kind]?.stages ?? {})).toEqual(states.map(({ state }) => state))
    const line = fake.portal.typeOf('tickets').pipelines.find(({ id }) => id === pipelines.records['complaint']?.id)
    expect(line?.stages.map(({ label, metadata }) => [label, metadata['ticketState']])).toEqual(
      (listStates().get('complaint') ?? []).map(({ state, isClosed }) => [
        formatStateName(state, 'en', 'complaint'),
        isClosed ? 'CLOSED' : 'OPEN',
      ]),
    )
    expect(new Set(line?.stages.map(({ id }) => id)).size).toBe(line?.stages.length)
  })

  test('labels are in one language, and what was made in the other one is known', async () => {
    const fake = createFakeHubSpot()
    const chinese = provisionerOf(fake, { locale: 'zh-CN' })
    const { pipelines } = await chinese.apply()
    expect(fake.portal.typeOf('p_kag_event').labels).toEqual({ singular: '日志记录', plural: '日志记录' })
    expect(fake.portal.typeOf('tickets').pipelines[0]?.label).toBe('KA客户投诉')
    expect(await provisionerOf(fake).apply()).toMatchObject({ made: 0, pipelines })
  })

  test('pipelines and stages that an admin calls otherwise are known by the ids of the mapping, and not made a second time', async () => {
    const fake = createFakeHubSpot()
    const { pipelines } = await provisionerOf(fake).apply()
    const { pipelines: lines } = fake.portal.typeOf('tickets')
    const [line] = lines
    if (line === undefined) throw new Error('no pipeline')
    lines[0] = {
      ...line,
      label: 'Beschwerden',
      stages: line.stages.map((stage, k) => (k === 0 ? { ...stage, label: 'Eingegangen' } : stage)),
    }
    const provisioner = provisionerOf(fake, { mapping: { pipelines } })
    expect(await provisioner.plan()).toEqual([])
    expect(await provisioner.check()).toEqual([])
    expect(await provisioner.apply()).toMatchObject({ made: 0, after: [], pipelines })
    expect(lines.length).toBe(1)
  })

  test('a property, an option or a stage that somebody removed is made again; others of theirs stay', async () => {
    const fake = createFakeHubSpot()
    const provisioner = provisionerOf(fake)
    await provisioner.apply()
    const command = fake.portal.typeOf('p_kag_command')
    const status = command.properties.get('kag_status')
    if (status === undefined) throw new Error('no status')
    const theirs = { label: 'On hold', value: 'hold', displayOrder: 9 }
    command.properties.set('kag_status', { ...status, options: [...(status.options ?? []).slice(1), theirs] })
    fake.portal.typeOf('companies').properties.delete('kag_tier')
    const [line] = fake.portal.typeOf('tickets').pipelines
    if (line === undefined) throw new Error('no pipeline')
    fake.portal.typeOf('tickets').pipelines[0] = { ...line, stages: line.stages.slice(1) }
    expect(await provisioner.plan()).toEqual([
      {
        object: 'kag_command',
        property: 'kag_status',
        what: 'missing',
        details: [{ property: 'option', needed: 'new', actual: false }],
      },
      { object: 'companies', property: 'kag_tier', what: 'missing', details: [] },
      { object: 'tickets', pipeline: 'KA complaints', stage: 'Received', what: 'missing', details: [] },
    ])
    expect(await provisioner.apply()).toMatchObject({ made: 3, after: [], problems: [] })
    expect(command.properties.get('kag_status')?.options?.map(({ value }) => value)).toEqual([
      'accepted',
      'refused',
      'failed',
      'hold',
      'new',
    ])
  })

  test('what HubSpot cannot change is told and left alone: another type, values that are not unique, an archived name that came back', async () => {
    const fake = createFakeHubSpot()
    const line = { label: 'x', groupName: 'information', createdAt: '2026-01-01T00:00:00.000Z' }
    fake.portal.typeOf('companies').properties.set('kag_tier', { ...line, name: 'kag_tier', type: 'number', fieldType: 'number' })
    const key = { ...line, name: 'kag_instance_id', type: 'string', fieldType: 'text', archived: true } as const
    fake.portal.typeOf('tickets').properties.set('kag_instance_id', key)
    const { after } = await provisionerOf(fake).apply()
    expect(after).toEqual([
      {
        object: 'tickets',
        property: 'kag_instance_id',
        what: 'different',
        details: [{ property: 'hasUniqueValue', needed: true, actual: false }],
      },
      {
        object: 'companies',
        property: 'kag_tier',
        what: 'different',
        details: [{ property: 'type', needed: 'string', actual: 'number' }],
      },
    ])
    const findings = await provisionerOf(fake).check()
    expect(findings.filter(({ code }) => code === 'different').map(({ path }) => path)).toEqual([
      'tickets.kag_instance_id',
      'companies.kag_tier',
    ])
  })

  test('a native property that is archived is restored by being made', async () => {
    const fake = createFakeHubSpot()
    await provisionerOf(fake).apply()
    const { properties } = fake.portal.typeOf('companies')
    const tier = properties.get('kag_tier')
    if (tier === undefined) throw new Error('no tier')
    properties.set('kag_tier', { ...tier, archived: true })
    expect(await provisionerOf(fake).apply()).toMatchObject({ made: 1, after: [] })
  })

  test('the types that the mapping writes to, and no others, get properties and pipelines', async () => {
    const mapping: HubSpotMapping = {
      prefix: 'gov',
      records: {
        complaint: null,
        account: null,
        admission: { type: '0-3', by: { unique: 'gov_instance_id' }, properties: { dealname: { projection: 'instanceId' } } },
      },
    }
    const { native, pipelines, schemas } = definitionsOf(resolveMapping(mapping), 'en')
    expect(native.map(({ type, properties }) => [type, properties.map(({ name }) => name)])).toEqual([
      ['deals', ['gov_instance_id']],
    ])
    expect(pipelines.filter(({ of }) => of === 'records').map(({ kind, type }) => [kind, type])).toEqual([['admission', 'deals']])
    expect(schemas.map(({ name }) => name)).toContain('gov_event')
    const fake = createFakeHubSpot()
    expect(await provisionerOf(fake, { mapping }).apply()).toMatchObject({ after: [], problems: [] })
    expect(fake.portal.typeOf('tickets').pipelines).toEqual([])
    const stages = fake.portal.typeOf('deals').pipelines[0]?.stages ?? []
    expect(new Set(stages.map(({ metadata }) => metadata['probability']))).toEqual(new Set(['0.0', '0.1']))
  })

  test('where the host keeps the journal, the portal needs no custom objects, no rights on them and no pipelines for them', async () => {
    const fake = createFakeHubSpot()
    const provisioner = provisionerOf(fake, { journal: createMemoryJournal(fake.clock.now) })
    const { after, problems, pipelines } = await provisioner.apply()
    expect({ after, problems, cases: pipelines.cases }).toEqual({ after: [], problems: [], cases: {} })
    expect(Object.keys(pipelines.records)).toEqual(['complaint'])
    expect(fake.portal.types.filter(({ custom }) => custom)).toEqual([])
    expect(fake.log.filter(({ path }) => path.includes('schemas') || path.includes('p_kag'))).toEqual([])
    const { runtime, provisioning } = provisioner.scopes()
    expect([...runtime, ...provisioning].filter((scope) => scope.includes('custom'))).toEqual([])
    expect(await provisionerOf(fake, { journal: createMemoryJournal(fake.clock.now), mapping: { pipelines } }).check()).toEqual(
      [],
    )
  })

  test('no two stages of a pipeline have one name, in either language, and definitions keep the limits of a portal', () => {
    for (const locale of ['en', 'zh-CN'] as const) {
      const { pipelines, schemas, native } = definitionsOf(resolveMapping(), locale)
      for (const { label, stages } of pipelines) {
        expect(new Set(stages.map((stage) => stage.label)).size, label).toBe(stages.length)
        expect(stages.length).toBeLessThanOrEqual(100)
      }
      expect(schemas.length).toBeLessThanOrEqual(10)
      for (const { properties } of [...schemas, ...native]) {
        expect(properties.filter(({ hasUniqueValue }) => hasUniqueValue === true).length).toBeLessThanOrEqual(10)
        expect(new Set(properties.map(({ name }) => name)).size).toBe(properties.length)
        for (const { name } of properties) expect(name).toMatch(/^[a-z][a-z0-9_]*$/)
      }
    }
  })
})

describe('the preflight', () => {
  const provisioned = async (): Promise<{ readonly fake: FakeHubSpot; readonly mapping: HubSpotMapping }> => {
    const fake = createFakeHubSpot()
    const { pipelines } = await provisionerOf(fake).apply()
    return { fake, mapping: { pipelines } }
  }

  test('finds nothing in a portal that is ready, and reads only', async () => {
    const { fake, mapping } = await provisioned()
    const sofar = writes(fake).length
    expect(await provisionerOf(fake, { mapping, timeZone: 'Europe/Berlin' }).check()).toEqual([])
    expect(writes(fake).length).toBe(sofar)
  })

  test('names what a mapping has and the portal has not, each with what to do', async () => {
    const { fake, mapping } = await provisioned()
    const findings = await provisionerOf(fake, {
      timeZone: 'Asia/Shanghai',
      mapping: {
        pipelines: {
          cases: { ...mapping.pipelines?.cases, complaint: { id: '1', stages: {} } },
          records: { complaint: { id: mapping.pipelines?.records?.['complaint']?.id ?? '', stages: { received: '77' } } },
        },
        accounts: { id: 'domain', region: 'continent' },
        facts: { timeZone: 'UTC', currencyProperty: 'money', onAccount: { overdueDays: 'overdue' } },
        records: {
          complaint: {
            type: 'tickets',
            by: { unique: 'subject' },
            properties: { nowhere: { value: 1 }, hs_createdate: { instant: 'openedAt' } },
          },
          project: { type: 'p_projects', by: 'accountId', properties: { a: { value: 1 } } },
        },
      },
    }).check()
    expect(findings.map(({ path, code, severity = 'error' }) => `${path} ${code} ${severity}`)).toEqual([
      'mapping.pipelines.cases.complaint missing error',
      'mapping.pipelines.records.complaint.received missing error',
      'p_projects missing error',
      'tickets.subject different error',
      'tickets.nowhere missing error',
      'tickets.hs_createdate right_missing error',
      'companies.domain different error',
      'companies.continent missing error',
      'companies.overdue missing error',
      'deals.money missing error',
      'options.timeZone different warning',
    ])
    expect(findings.every(({ remedy }) => remedy.length > 10)).toBe(true)
  })

  test('pipelines that were not given: tickets cannot be made, cases have no stage', async () => {
    const { fake } = await provisioned()
    const findings = await provisionerOf(fake).check()
    expect(findings.filter(({ severity }) => severity !== 'warning').map(({ path }) => path)).toEqual([
      'mapping.pipelines.records.complaint',
    ])
    expect(findings.length).toBe(1 + listStates().size)
  })

  test('records that run out are told in time', async () => {
    const { fake, mapping } = await provisioned()
    const { limits } = fake.definitions
    fake.definitions.limits = (asked) => {
      const reply = limits(asked)
      const body = reply.body as { readonly customObjectTypes?: object }
      if (body.customObjectTypes === undefined) return reply
      return { ...reply, body: { ...body, customObjectTypes: { overallLimit: 1000, overallUsage: 801 } } }
    }
    expect(await provisionerOf(fake, { mapping }).check()).toMatchObject([{ path: 'limits.records', code: 'nearly_used_up' }])
  })

  test('a token that may not is told which scopes it lacks', async () => {
    const { fake, mapping } = await provisioned()
    const body = {
      status: 'error',
      category: 'MISSING_SCOPES',
      message: 'This app is missing scopes',
      errors: [{ message: 'x', context: { requiredGranularScopes: ['crm.schemas.custom.read'] } }],
    }
    const refusing =
      (part: string): typeof fetch =>
      async (input, init) =>
        (input instanceof Request ? input.url : input.toString()).includes(part)
          ? new Response(JSON.stringify(body), { status: 403, headers: { 'content-type': 'application/json' } })
          : fake.fetch(input, init)
    expect(await provisionerOf(fake, { mapping, fetch: refusing('/schemas') }).check()).toMatchObject([
      { path: 'definitions', code: 'right_missing', message: 'the token lacks crm.schemas.custom.read' },
    ])
    expect(await provisionerOf(fake, { mapping, fetch: refusing('/limits/') }).check()).toMatchObject([
      { path: 'limits', code: 'not_checked', severity: 'warning' },
    ])
  })
})

describe('scopes', () => {
  test('name the types that are read and written, and nothing more', () => {
    const { runtime, provisioning, directory } = provisionerOf(createFakeHubSpot()).scopes()
    expect(runtime).toEqual([
      'crm.objects.companies.read',
      'crm.objects.companies.write',
      'crm.objects.custom.read',
      'crm.objects.custom.write',
      'tickets',
    ])
    expect(provisioning).toEqual([
      ...runtime.slice(0, 4),
      'crm.schemas.companies.read',
      'crm.schemas.companies.write',
      'crm.schemas.custom.read',
      'crm.schemas.custom.write',
      'tickets',
    ])
    expect(directory).toEqual(['crm.objects.owners.read'])
    const mapping = { records: { complaint: null, account: null }, facts: { currency: 'EUR', timeZone: 'UTC' } }
    expect(provisionerOf(createFakeHubSpot(), { mapping }).scopes().runtime).toEqual([
      'crm.objects.companies.read',
      'crm.objects.custom.read',
      'crm.objects.custom.write',
      'crm.objects.deals.read',
    ])
  })
})
