import { createProvisioner, type EffectsMapping, type HubSpotMapping } from '@ka-governance/adapter-hubspot'
import { expect, describe, test } from 'vitest'
import { resolveMapping } from '../src/options.ts'
import type { FakeHubSpot } from './fake/server.ts'
import { preparedPortal } from './governed-portal.ts'
import { mapping as plain } from './subject.ts'

const wording = { locale: 'en', timeZone: 'Asia/Shanghai' } as const
const task = (over: object = {}): EffectsMapping => ({ notify: { task: { ...wording, ...over } } })

describe('a mapping of effects', () => {
  test.each([
    ['a type of the runtime’s own', { command: { task: wording } }, 'mapping.effects.command'],
    ['a zone that is none', task({ timeZone: 'Asia/Nowhere' }), 'mapping.effects.notify.task.timeZone'],
    ['the same of a note', { notify: { note: { ...wording, timeZone: '' } } }, 'mapping.effects.notify.note.timeZone'],
    ['a property that is none', task({ properties: { 'X y': '1' } }), 'mapping.effects.notify.task.properties'],
    ['a property that is filled in', task({ properties: { hubspot_owner_id: '1' } }), 'mapping.effects.notify.task.properties'],
  ] as const)('%s is named with its place', (_, effects, path) => {
    expect(() => resolveMapping({ effects })).toThrow(
      expect.objectContaining({ code: 'invalid_input', findings: [expect.objectContaining({ path })] }) as Error,
    )
  })

  test('an id of people that is none is named', () => {
    const people = { id: 'name' } as unknown as NonNullable<HubSpotMapping['people']>
    expect(() => resolveMapping({ people })).toThrow(
      expect.objectContaining({ findings: [expect.objectContaining({ path: 'mapping.people.id', code: 'person_id' })] }) as Error,
    )
  })

  test('asks for the rights that it needs, and for no others', () => {
    const scopes = (effects?: EffectsMapping) => {
      const mapping = effects === undefined ? plain : { ...plain, effects }
      const { runtime } = createProvisioner({ client: { accessToken: '' }, mapping }).scopes()
      return runtime.filter((scope) => /contacts|owners/.test(scope))
    }
    const contacts = ['crm.objects.contacts.read', 'crm.objects.contacts.write']
    expect([scopes(), scopes({ file: { note: wording } }), scopes(task())]).toEqual([
      [],
      contacts,
      [...contacts, 'crm.objects.owners.read'],
    ])
  })

  test('the preflight finds properties that are not there, and types that cannot be linked', async () => {
    const mapping = { ...plain, effects: task({ properties: { hs_task_priority: 'HIGH', cost_centre: '7' } }) }
    const findingsOn = async (fake: FakeHubSpot) => {
      const connection = { client: fake.source, fetch: fake.fetch, now: fake.clock.now, sleep: fake.clock.sleep }
      const found = await createProvisioner({ ...connection, mapping }).check()
      return found.filter(({ path }) => path.startsWith('tasks')).map(({ path, code }) => `${path} ${code}`)
    }
    expect(await findingsOn(preparedPortal(mapping))).toEqual(['tasks.cost_centre missing'])
    const apart = preparedPortal(mapping)
    apart.portal.typeOf('p_kag_effect').associated.delete('0-27')
    expect(await findingsOn(apart)).toEqual(['tasks.cost_centre missing', 'tasks.p_kag_effect missing'])
  })
})
