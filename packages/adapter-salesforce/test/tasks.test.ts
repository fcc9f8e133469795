// Effects that become tasks of people in the transaction of their entry: exactly one each, or none and the effect waits.
import { createSalesforceDirectory, type SalesforceMapping } from '@ka-governance/adapter-salesforce'
import {
  createStaticDirectory,
  demoDirectory,
  formatOptionsOf,
  StoreError,
  type Commit,
  type Directory,
  type JsonValue,
} from '@ka-governance/core'
import { makeCommit } from '@ka-governance/core/conformance'
import { describe, expect, test } from 'vitest'
import { policyWith, wholeJournal } from '../../core/test/support/harness.ts'
import * as s from '../../core/test/support/stories.ts'
import { play } from '../../core/test/support/story.ts'
import { judged } from '../src/commit.ts'
import { resolveMapping } from '../src/options.ts'
import { nothingLeftOut, requestsOf } from '../src/requests.ts'
import { commitRows, haltedAnswers } from './commit-rows.ts'
import type { FakeObject, FakeOrg, FakeRule } from './fake/org.ts'
import { createPeopledFake } from './fake/people.ts'
import { createFakeSalesforce, passingFaults, type FakeSalesforce } from './fake/server.ts'
import { governedOn } from './governed.ts'
import { storeOn } from './subject.ts'

const policy = policyWith({ directory: demoDirectory })
const task = { locale: 'zh-CN', timeZone: 'Asia/Shanghai', words: formatOptionsOf(policy) } as const
const effects = { notify: { task }, clockRung: { task }, createTask: { task } }
const directory = createStaticDirectory(policy)
const slugs: SalesforceMapping = { accounts: { id: 'Slug__c', parent: null }, people: { id: 'FederationIdentifier' }, effects }

/** Everybody of the demonstration has a user. */
function withUsers(fake: FakeSalesforce): FakeSalesforce {
  for (const person of Object.keys(demoDirectory.people))
    fake.org.create('User', { Name: person, FederationIdentifier: person, LanguageLocaleKey: 'zh_CN' }, 0)
  return fake
}
const peopleIn = (org: FakeOrg) => (id: unknown) => org.row('User', String(id))?.['FederationIdentifier']
const pendingIn = (org: FakeOrg) =>
  org.rows('KagEffect__c').map((row) => `${String(row['EffectKey__c'])} ${String(row['Type__c'])}`)

/** A commit with one effect. */
function commitWith(type: string, params: JsonValue, over: Partial<Commit['projection']> = {}, seq = 1): Commit {
  const commit = makeCommit({ instanceId: 'cmp-1', seq, kind: 'complaint', effects: [type] })
  const told = commit.entry.effects.map((effect) => ({ ...effect, params }))
  return { ...commit, entry: { ...commit.entry, effects: told }, projection: { ...commit.projection, ...over } }
}

/** A new complaint that tells one person one thing after the other. */
function telling(
  instanceId: string,
  messages: readonly string[],
  types: readonly string[] = messages.map(() => 'notify'),
): Commit {
  const commit = makeCommit({ instanceId, kind: 'complaint', effects: types })
  const told = commit.entry.effects.map((effect, k) => ({
    ...effect,
    params: { to: ['person:u-liu'], message: messages[k] ?? '' },
  }))
  return { ...commit, entry: { ...commit.entry, effects: told } }
}

function storeWith(
  over: {
    readonly mapping?: SalesforceMapping
    readonly directory?: Directory | null
    readonly rules?: readonly FakeRule[]
  } = {},
  objects: { readonly [object: string]: Partial<FakeObject> } = {},
) {
  const fake = withUsers(createFakeSalesforce({ extra: { Task: { rules: over.rules ?? [] }, ...objects } }))
  const people = over.directory === undefined ? directory : over.directory
  const store = storeOn(fake, {
    mapping: { records: { account: null }, people: { id: 'FederationIdentifier' }, effects, ...over.mapping },
    ...(people === null ? {} : { directory: people }),
  })
  return { fake, store, tasks: () => fake.org.rows('Task'), pending: () => pendingIn(fake.org) }
}

describe('a task in the place of a message', () => {
  test('is made in the commit’s own call, for whom the effect names, about the record, in the org’s language', async () => {
    const { fake, store, tasks, pending } = storeWith()
    await store.commit([commitWith('notify', { to: ['person:u-liu'], message: 'complaintReceived' })])
    const before = fake.log.length
    const dueAt = Date.UTC(2026, 2, 2, 17)
    const [outcome] = await store.commit([
      commitWith('clockRung', { to: 'customerService.head', clock: 'receipt', kind: 'warn', dueAt }, {}, 2),
    ])
    expect(outcome).toEqual({ status: 'committed', projection: 'written' })
    // The first time the org is asked for the user, and known from then on.
    expect(fake.log.length - before).toBe(2)
    const [case_] = fake.org.rows('Case')
    expect(
      tasks().map((row) => [row['Subject'], peopleIn(fake.org)(row['OwnerId']), row['WhatId'], row['ActivityDate']]),
    ).toEqual([
      ['通知刘洋 Liu Yang：收到客户投诉。', 'u-liu', case_?.['Id'], undefined],
      [expect.stringContaining('2026年3月3日 01:00'), 'u-okafor', case_?.['Id'], '2026-03-03'],
    ])
    expect(tasks().map((row) => [row['Description'], row['Status']])).toEqual([
      ['cmp-1-000001', 'Not Started'],
      ['cmp-1-000002', 'Not Started'],
    ])
    expect(pending()).toEqual([])
    await store.commit([commitWith('notify', { to: ['person:u-okafor'], message: 'complaintReceived' }, {}, 3)])
    expect(fake.log.length - before).toBe(3)
  })

  test('goes to each who holds the role once, never to those who are to be left out [CON-01]', async () => {
    const { fake, store, tasks } = storeWith()
    const to = ['serviceRepresentative', 'person:u-garcia', 'owner', 'department']
    await store.commit([
      commitWith(
        'notify',
        { to, message: 'complaintReceived', except: ['u-huang'] },
        { owner: 'person:u-xu', fields: { department: 'legal' } },
      ),
    ])
    expect(
      tasks()
        .map((row) => peopleIn(fake.org)(row['OwnerId']))
        .sort(),
    ).toEqual(['u-garcia', 'u-ivanova', 'u-xu'])
    expect(new Set(tasks().map((row) => row['KagEffectKey__c'])).size).toBe(3)
  })

  test('goes to somebody else where the mapping says so, with fields of its own', async () => {
    const calls = { task: { ...task, to: ['accountManager'], fields: { Priority: 'High' } } }
    const { fake, store, tasks } = storeWith({ mapping: { effects: { tellCustomer: calls } } })
    await store.commit([commitWith('tellCustomer', { message: 'resultReported' })])
    expect(tasks().map((row) => [peopleIn(fake.org)(row['OwnerId']), row['Priority']])).toEqual([
      ['u-liu', 'High'],
      ['u-smith', 'High'],
    ])
  })

  test('is about the account where the instance has no record, or the record is refused', async () => {
    const rule: FakeRule = (row) => (row['KagState__c'] === 'refused' ? 'no' : null)
    const { fake, store, tasks } = storeWith({}, { Case: { rules: [rule] } })
    const accountId = fake.org.create('Account', { Name: 'Acme' }, 0)
    const [outcome] = await store.commit([
      commitWith('notify', { to: ['person:u-liu'], message: 'complaintReceived' }, { accountId, state: 'refused' }),
    ])
    expect(outcome).toMatchObject({ status: 'committed', projection: 'blocked' })
    expect(tasks().map((row) => row['WhatId'])).toEqual([accountId])
  })
})

test('roles come from the org’s own directory, people are users by their record id', async () => {
  const fake = createPeopledFake()
  const owner = fake.org.create('User', { Name: 'Liu', IsActive: true }, 0)
  const accountId = fake.org.create('Account', { Name: 'Acme', OwnerId: owner }, 0)
  const connection = { connection: fake.session, fetch: fake.fetch }
  const people = createSalesforceDirectory({ ...connection, roles: { accountManager: { accountField: 'OwnerId' } } })
  const store = storeOn(fake, { mapping: { effects }, directory: people })
  const message = 'complaintReceived'
  await store.commit([commitWith('notify', { to: ['accountManager'], message }, { accountId })])
  await store.commit([commitWith('notify', { to: ['person:u-liu'], message }, { accountId }, 2)])
  expect(fake.org.rows('Task').map((row) => [row['OwnerId'], row['KagEffectKey__c']])).toEqual([
    [owner, `cmp-1-000001-e1:${owner}`],
  ])
  expect(pendingIn(fake.org)).toEqual(['cmp-1-000002-e1 notify'])
})

test('a message of the ledger is about the account itself', async () => {
  const fake = withUsers(createFakeSalesforce())
  const accountId = fake.org.create('Account', { Name: 'Acme' }, 0)
  const store = storeOn(fake, { mapping: { people: { id: 'FederationIdentifier' }, effects }, directory })
  const commit = commitWith('notify', { to: ['person:u-liu'], message: 'tierChanged' }, { kind: 'account', accountId })
  await store.commit([{ ...commit, entry: { ...commit.entry, kind: 'account' } }])
  expect(fake.org.rows('Task').map((row) => row['WhatId'])).toEqual([accountId])
})

describe('the effect stays pending, and the command succeeds', () => {
  const message = 'complaintReceived'
  test.each<[string, JsonValue, Parameters<typeof storeWith>[0], number]>([
    ['when a person has no user', { to: ['person:u-liu', 'person:nobody'], message }, {}, 2],
    ['when nobody holds the role', { to: ['nightWatch'], message }, {}, 1],
    ['when everybody is to be left out', { to: ['person:u-liu'], message, except: ['u-liu'] }, {}, 1],
    [
      'when they are too many',
      { to: ['kaGroup.member'], message },
      { mapping: { effects: { notify: { task: { ...task, most: 4 } } } } },
      1,
    ],
    ['when nobody is named', { message }, {}, 1],
    ['when there is no directory for a role', { to: ['finance.head'], message }, { directory: null }, 1],
    [
      'when the directory does not answer',
      { to: ['finance.head'], message },
      { directory: { ...directory, members: () => Promise.reject(new StoreError('unavailable', 'down')) } },
      1,
    ],
    [
      'when the org refuses the task, with one call more',
      { to: ['person:u-liu'], message },
      { rules: [() => 'no tasks here'] },
      3,
    ],
  ])('%s', async (_, params, over, calls) => {
    const { fake, store, tasks, pending } = storeWith(over)
    const [outcome] = await store.commit([commitWith('notify', params)])
    expect(outcome).toEqual({ status: 'committed', projection: 'written' })
    expect(tasks()).toEqual([])
    expect(pending()).toEqual(['cmp-1-000001-e1 notify'])
    expect(fake.log).toHaveLength(calls)
    const [waiting] = await store.effects.pending({ limit: 10 })
    expect(waiting?.effect.params).toEqual(params)
  })

  test('when the instance waits for it', async () => {
    const { store, tasks, pending } = storeWith()
    const commit = commitWith('notify', { to: ['person:u-liu'], message })
    const awaited = commit.entry.effects.map((effect) => ({ ...effect, awaited: true }))
    await store.commit([{ ...commit, entry: { ...commit.entry, effects: awaited } }])
    expect([tasks(), pending()]).toEqual([[], ['cmp-1-000001-e1 notify']])
  })

  test('only the one that is refused: the others become tasks', async () => {
    const { store, tasks, pending } = storeWith({ rules: [(row) => (String(row['Subject']).includes('签收') ? 'no' : null)] })
    const types = ['notify', 'notify', 'fileDocument']
    await store.commit([telling('cmp-1', ['complaintReceived', 'complaintForwarded', 'complaintRecord'], types)])
    expect(tasks().map((row) => String(row['KagEffectKey__c']).split(':')[0])).toEqual(['cmp-1-000001-e1'])
    expect(pending()).toEqual(['cmp-1-000001-e2 notify', 'cmp-1-000001-e3 fileDocument'])
  })

  test('rather than make a command too large for a call', async () => {
    const { fake, store, tasks, pending } = storeWith()
    const [outcome] = await store.commit([
      telling(
        'cmp-1',
        Array.from({ length: 30 }, () => message),
      ),
    ])
    expect(outcome).toMatchObject({ status: 'committed' })
    expect([tasks().length, pending().length, fake.log.length]).toEqual([0, 30, 2])
  })

  test('when the answer does not name the record that the task is about', () => {
    const given = resolveMapping({ effects })
    const rows = commitRows({
      effects: [{ EffectKey__c: 'cmp-1-000001-e1' }],
      native: [{ effectId: 'cmp-1-000001-e1', object: 'Task', rows: [{ Subject: 'x' }], about: { record: true, account: null } }],
    })
    const requests = requestsOf([rows], given.names, nothingLeftOut)
    expect(requests.at(-1)?.request.body).toMatchObject({ WhatId: '@{record0.id}' })
    const halted = haltedAnswers(requests, 'Invalid reference specified.')
    const verdict = judged(requests, halted, nothingLeftOut)
    expect(verdict).toMatchObject({ is: 'without', without: { native: new Set(['cmp-1-000001-e1']) } })
    if (verdict.is !== 'without') throw new Error('no verdict')
    expect(judged(requestsOf([rows], given.names, verdict.without), halted.slice(0, -1), verdict.without)).toEqual({ is: 'busy' })
  })
})

test('many at once: each with its task, in the calls of before', async () => {
  const { fake, store, tasks, pending } = storeWith()
  await store.commit([commitWith('notify', { to: ['person:u-liu'], message: 'complaintReceived' })])
  const before = fake.log.length
  const commits = Array.from({ length: 60 }, (_, k) => telling(`cmp-b${String(k)}`, ['complaintReceived']))
  const outcomes = await store.commit(commits)
  expect(outcomes.every(({ status }) => status === 'committed')).toBe(true)
  expect([tasks().length, pending().length, fake.log.length - before]).toEqual([61, 0, 1])
  const cases = new Set(fake.org.rows('Case').map((row) => row['Id']))
  expect(new Set(tasks().map((row) => row['WhatId']))).toEqual(cases)
})

test('of many at once one whose task is refused lands without it, the others with theirs', async () => {
  const { store, tasks, pending } = storeWith({ rules: [(row) => (row['Description'] === 'cmp-b2-000001' ? 'no' : null)] })
  const commits = Array.from({ length: 4 }, (_, k) => telling(`cmp-b${String(k)}`, ['complaintReceived']))
  expect((await store.commit(commits)).map(({ status }) => status)).toEqual(commits.map(() => 'committed'))
  expect(
    tasks()
      .map((row) => row['Description'])
      .sort(),
  ).toEqual(['cmp-b0-000001', 'cmp-b1-000001', 'cmp-b3-000001'])
  expect(pending()).toEqual(['cmp-b2-000001-e1 notify'])
})

describe('exactly one task an effect', () => {
  const story = [...s.confirming(), s.dissatisfied, s.sweep('3d'), s.sweep('6d')]
  const governed = () => {
    const all = governedOn({}, { mapping: slugs, directory })
    withUsers(all.fake)
    return all
  }
  const keys = (fake: FakeSalesforce) =>
    fake.org
      .rows('Task')
      .map((row) => String(row['KagEffectKey__c']))
      .sort()

  test('the journal of a complaint is that of one without tasks, and each message is told once', async () => {
    const plain = governedOn({})
    await play(plain.harness, story)
    const { harness, fake } = governed()
    await play(harness, story)
    expect(JSON.stringify(await wholeJournal(harness.store))).toBe(JSON.stringify(await wholeJournal(plain.harness.store)))
    const native = new Set(keys(fake).map((key) => key.split(':')[0]))
    const told = [...new Set(harness.told.map(({ id }) => id))]
    expect(native.size).toBeGreaterThan(2)
    expect(told.filter((id) => native.has(id))).toEqual([])
    expect([...native, ...told].sort()).toEqual(plain.harness.told.map(({ id }) => id).sort())
  })

  test.each(passingFaults)('with a fault at every request: %s', { timeout: 120_000 }, async (fault) => {
    const plain = governed()
    await play(plain.harness, story)
    const expected = keys(plain.fake)
    expect(new Set(expected).size).toBe(expected.length)
    for (let number = 1; number <= plain.fake.log.length; number += 4) {
      const { harness, fake } = governed()
      fake.script = (request) => (request.number === number ? fault : null)
      await play(harness, story)
      // A directory or a list of users that does not answer leaves effects to handlers; nothing is told twice or not at all.
      const native = new Set(keys(fake).map((key) => key.split(':')[0] ?? ''))
      expect(new Set(keys(fake)).size).toBe(keys(fake).length)
      const both = [...native, ...new Set(harness.told.map(({ id }) => id))]
      const wanted = [...new Set(expected.map((key) => key.split(':')[0] ?? '')), ...plain.harness.told.map(({ id }) => id)]
      expect(both.sort(), `${fault} at ${String(number)}`).toEqual(wanted.sort())
    }
  })

  test('of several writers one lands, with its task; the others leave none', async () => {
    const { fake, store, tasks } = storeWith()
    const racing = ['a', 'b', 'c'].map((idempotencyKey) => {
      const commit = commitWith('notify', { to: ['person:u-liu'], message: 'complaintReceived' })
      return { ...commit, entry: { ...commit.entry, idempotencyKey } }
    })
    const outcomes = await Promise.all(racing.map((commit) => store.commit([commit])))
    expect(
      outcomes
        .flat()
        .map(({ status }) => status)
        .sort(),
    ).toEqual(['committed', 'conflict', 'conflict'])
    expect(tasks()).toHaveLength(1)
    expect(fake.org.rows('KagEvent__c')).toHaveLength(1)
  })
})
