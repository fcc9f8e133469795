// A row is carried out as whoever made it, so nobody else may have had a hand in it: the org's rules keep its short fields, and no rule can compare its form.
import { createGovernance, demoDirectory, loadPolicy, presets } from '@ka-governance/core'
import { beforeEach, describe, expect, test } from 'vitest'
import { createFakeSalesforce, type FakeSalesforce } from './fake/server.ts'
import { inboxWitness, storeOn } from './subject.ts'

const at = Date.UTC(2026, 0, 6)
const left = { kind: 'complaint', instanceId: 'cmp-1', command: 'accept', form: '{"a":1}', expectedVersion: null } as const

describe('a row that somebody changed', () => {
  let fake: FakeSalesforce
  let row: string
  let admin: string
  const pending = async (store = storeOn(fake)) => (await store.inbox?.pending({ limit: 5 })) ?? []
  const change = (fields: object, by?: string): void => {
    fake.org.update('KagCommand__c', row, { ...fields }, at, by)
  }
  beforeEach(async () => {
    fake = createFakeSalesforce()
    row = await inboxWitness(fake.org).submit(left)
    admin = fake.org.create('User', { Name: 'Admin' }, 0)
  })

  test.each([{ Payload__c: '{"a":2}' }, { Payload__c: '{"a":2}', Tries__c: 1 }, { Locale__c: 'en' }])(
    '%j is told',
    async (fields) => {
      expect(await pending()).toMatchObject([{ form: '{"a":1}' }])
      expect((await pending())[0]).not.toHaveProperty('changedByAnother')
      change(fields, admin)
      expect(await pending()).toMatchObject([{ changedByAnother: true }])
    },
  )

  test('the service itself and the author are nobody else; who the service is, is asked once, and only where another hand shows', async () => {
    const store = storeOn(fake)
    const asked = (): number => fake.log.filter(({ path }) => path.endsWith('/v66.0/')).length
    await pending(store)
    expect(asked()).toBe(0)
    change({ Tries__c: 1 })
    for (const _ of [1, 2]) expect((await pending(store))[0]).not.toHaveProperty('changedByAnother')
    expect(asked()).toBe(1)
    change({ Payload__c: '{"a":2}' }, String(fake.org.row('KagCommand__c', row)?.['CreatedById']))
    expect((await pending(store))[0]).not.toHaveProperty('changedByAnother')
  })

  test('where the org does not say who the service is, another hand is taken for a stranger’s', async () => {
    change({ Tries__c: 1 })
    const silent: typeof fetch = async (input, init) =>
      new URL(input instanceof Request ? input.url : input).pathname.endsWith('/v66.0/')
        ? Response.json({ identity: 'https://login.example/id/other' })
        : fake.fetch(input, init)
    expect(await pending(storeOn(fake, { fetch: silent }))).toMatchObject([{ changedByAnother: true }])
  })

  test.each([
    ['zh_CN', '提交后被他人修改。请重新提交'],
    ['en_US', 'changed by somebody else after it was left'],
  ])('is answered in %s, and not carried out', async (language, words) => {
    fake.org.update('User', String(fake.org.row('KagCommand__c', row)?.['CreatedById']), { LanguageLocaleKey: language })
    change({ Payload__c: '{"a":2}' }, admin)
    const policy = loadPolicy({ ...presets.manufacturerCn, directory: demoDirectory })
    const governance = createGovernance({ store: storeOn(fake), policy, host: { clock: () => at } })
    expect(await governance.inbox.process()).toMatchObject({ failed: 1 })
    expect(fake.org.row('KagCommand__c', row)).toMatchObject({ Status__c: 'failed', Payload__c: '{"a":2}' })
    expect(fake.org.row('KagCommand__c', row)?.['Answer__c']).toContain(words)
  })
})
