import { describe, expect, test } from 'vitest'
import type { Directory } from './directory.ts'
import { dueOfEffect, effectMappingFindings, peopleForEffect, type EffectScene } from './effect-people.ts'

const scene: EffectScene = {
  entry: { at: 7 },
  projection: { accountId: 'acme', owner: 'legal', fields: { department: 'quality' }, nextDueAt: 5 },
}
/** Two hold each role; nobody is a ghost. */
const directory: Directory = {
  rolesOf: () => Promise.resolve([]),
  members: (role, { accountId }, at) =>
    Promise.resolve(role === 'ghosts' ? [] : [`${role}-1`, `${role}-2-${String(accountId)}-${String(at)}`]),
  delegations: () => Promise.resolve([]),
  superiorOf: () => Promise.resolve(null),
}
const asked = (
  params: Parameters<typeof peopleForEffect>[0]['params'],
  to?: readonly string[],
  over: Partial<EffectScene> = {},
) => peopleForEffect({ params }, { ...scene, ...over }, directory, to)

describe('people for an effect', () => {
  test('are those whom it names, each once, at the instant of the entry', async () => {
    expect(await asked({ to: ['legal', 'person:u-1', 'legal-1'], for: 'person:u-1' })).toEqual([
      'legal-1',
      'legal-2-acme-7',
      'u-1',
      'legal-1-1',
      'legal-1-2-acme-7',
    ])
  })

  test('are whoever has to act, and the department’s; the effect’s own word for the owner comes first', async () => {
    expect(await asked({ to: 'owner' })).toEqual(['legal-1', 'legal-2-acme-7'])
    expect(await asked({ to: 'owner', owner: 'person:u-9' })).toEqual(['u-9'])
    expect(await asked({ to: 'department' })).toEqual(['quality-1', 'quality-2-acme-7'])
  })

  test('are others where the configuration says so, but never who is to be left out [CON-01]', async () => {
    expect(await asked({ to: 'legal', except: ['legal-1'] })).toEqual(['legal-2-acme-7'])
    expect(await asked({ to: 'legal', except: 'u-2' }, ['person:u-2', 'person:u-3'])).toEqual(['u-3'])
  })

  test('are not known where one of those is not', async () => {
    expect(await asked({ to: ['person:u-1', 'ghosts'] })).toBeNull()
    expect(await asked({ to: 'owner', owner: 'owner' })).toBeNull()
    expect(await asked({ to: 'owner' }, undefined, { projection: { ...scene.projection, owner: null } })).toBeNull()
    expect(await asked({ to: 'department' }, undefined, { projection: { ...scene.projection, fields: {} } })).toBeNull()
    expect(await peopleForEffect({ params: { to: 'legal' } }, scene, null)).toBeNull()
    expect(await asked(null)).toEqual([])
  })
})

test('an effect is due with its rung, else with the instance', () => {
  expect([dueOfEffect({ params: { dueAt: 3 } }, scene), dueOfEffect({ params: null }, scene)]).toEqual([3, 5])
})

test('what is wrong with a type or a zone is named with its place', () => {
  expect(effectMappingFindings('notify', 'task', 'Asia/Shanghai')).toEqual([])
  expect(effectMappingFindings('publishPolicy', 'note', "Asia/Nowhere'").map(({ path, code }) => `${path} ${code}`)).toEqual([
    'effects.publishPolicy own_type',
    'effects.publishPolicy.note.timeZone time_zone',
  ])
})
