import { describe, expect, test } from 'vitest'
import { dayIn } from '../src/native/tasks.ts'
import { resolveMapping } from '../src/options.ts'
import { check, plan } from '../src/provision.ts'
import { governedObjects } from './fake/objects.ts'
import { createFakeSalesforce } from './fake/server.ts'
import { storeOn } from './subject.ts'

const task = { locale: 'zh-CN', timeZone: 'Asia/Shanghai' } as const

describe('the mapping of effects', () => {
  test.each([
    ['what the runtime does itself', { command: { task } }, 'mapping.effects.command'],
    ['a zone that is none', { notify: { task: { ...task, timeZone: "Asia/Nowhere'" } } }, 'mapping.effects.notify.task.timeZone'],
    ['a number of people that is none', { notify: { task: { ...task, most: 0 } } }, 'mapping.effects.notify.task.most'],
    ['a field that is none', { notify: { task: { ...task, fields: { "X'": 1 } } } }, 'mapping.effects.notify.task.fields'],
    [
      'a field that is filled in',
      { notify: { task: { ...task, fields: { OwnerId: 'x' } } } },
      'mapping.effects.notify.task.fields',
    ],
  ] as const)('%s is named with its place', (_, given, path) => {
    expect(() => resolveMapping({ effects: given })).toThrow(
      expect.objectContaining({ code: 'invalid_input', findings: [expect.objectContaining({ path })] }) as Error,
    )
  })

  test('a due instant is a day of the zone', () => {
    const at = Date.UTC(2026, 11, 31, 16)
    expect([dayIn('Asia/Shanghai', at), dayIn('UTC', at), dayIn('America/New_York', Date.UTC(2026, 0, 1, 4))]).toEqual([
      '2027-01-01',
      '2026-12-31',
      '2025-12-31',
    ])
  })

  test('the preflight asks for tasks where there are any, and for nothing of them where there are none', async () => {
    const objects = governedObjects()
    const tasks = objects['Task']
    if (tasks === undefined) throw new Error('no tasks')
    const fields = { ...tasks.fields, Priority: { type: 'string', createable: false, updateable: false } as const }
    const without = Object.fromEntries(Object.entries(fields).filter(([name]) => name !== 'KagEffectKey__c'))
    const fake = createFakeSalesforce({ objects: { ...objects, Task: { ...tasks, createable: false, fields: without } } })
    const { client } = storeOn(fake)
    const given = resolveMapping({ effects: { notify: { task: { ...task, fields: { Priority: 'High', Other__c: 1 } } } } })
    expect(await check(client, resolveMapping())).toEqual([])
    expect(await plan(client, given)).toEqual([{ object: 'Task', field: 'KagEffectKey__c', what: 'missing', details: [] }])
    expect((await check(client, given)).map(({ path, code }) => `${path} ${code}`)).toEqual([
      'Task.KagEffectKey__c missing',
      'Task right_missing',
      'Task.Priority right_missing',
      'Task.Other__c missing',
    ])
  })
})
