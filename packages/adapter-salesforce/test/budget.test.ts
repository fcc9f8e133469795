// What governance costs an org: calls and rows, counted. The page for administrators states these numbers, and is compared with them here.
import { createProvisioner, createSalesforceStore } from '@ka-governance/adapter-salesforce'
import { createVirtualClock } from '@ka-governance/adapter-memory'
import { createGovernance, demoDirectory, loadPolicy, presets } from '@ka-governance/core'
import { makeCommit } from '@ka-governance/core/conformance'
import { expect, test } from 'vitest'
import { tablesOf } from '../../../test/support/tables-of.ts'
import { createFakeSalesforce } from './fake/server.ts'
import { portfolio } from './portfolio.ts'

const tableUnder = tablesOf('docs/adapters/salesforce.md')

function governed(start = '2026-03-02T09:00:00+08:00') {
  const clock = createVirtualClock(start)
  const fake = createFakeSalesforce()
  const accountId = fake.org.create('Account', { Name: 'Acme' }, clock.now())
  const facts = { object: 'Opportunity', date: 'CloseDate', amount: 'Amount', currency: 'CNY', where: 'IsWon = true' }
  const store = createSalesforceStore({
    connection: fake.session,
    fetch: fake.fetch,
    sleep: async () => undefined,
    mapping: { facts },
  })
  const policy = loadPolicy({ ...presets.manufacturerCn, directory: demoDirectory })
  const governance = createGovernance({
    store,
    policy,
    host: { clock: clock.now },
    handlers: { default: () => Promise.resolve() },
  })
  const calls = async (work: () => Promise<unknown>): Promise<number> => {
    const before = fake.log.length
    await work()
    return fake.log.length - before
  }
  return { clock, fake, store, governance, accountId, calls }
}

const complaint = (accountId: string, receivedAt: number) =>
  ({
    accountId,
    matter: 'Flange of lot 7 cracked',
    contact: 'Ms Li',
    expectedSolution: 'Replacement',
    channel: 'hotline',
    severity: 'major',
    about: 'product',
    receivedAt,
  }) as const

type Governed = ReturnType<typeof governed>

async function opened({ governance, accountId, clock }: Governed): Promise<string> {
  await governance.account.adopt({ accountId, name: 'Acme', isKeyAccount: true, tier: 'B' }, { actor: 'u-liu' })
  return (await governance.complaint.open(complaint(accountId, clock.now()), { actor: 'u-huang' })).id
}

/** From the call to the archive: eight commands, the opening among them. */
async function closed(all: Governed): Promise<string> {
  const { governance, clock } = all
  const id = await opened(all)
  type Command = Parameters<typeof governance.complaint.send>[1]
  const send = async (actor: string, command: Command): Promise<void> => {
    expect(await governance.complaint.send(id, command, { actor })).toMatchObject({ ok: true })
  }
  await send('u-huang', { type: 'forward', department: 'product' })
  await send('u-peters', { type: 'accept' })
  const evidence = [{ uri: 'lab:17' }]
  await send('u-qian', { type: 'determine', cause: 'Casting flaw', responsibleParty: 'Foundry', evidence })
  await send('u-peters', { type: 'plan', measures: 'Replace lot 7' })
  await send('u-peters', { type: 'complete', result: 'Replaced', customerToldAt: clock.now() })
  const basis = (await governance.complaint.get(id))?.basis ?? ''
  await send('u-huang', { type: 'customerSatisfied', saidBy: 'Ms Li', evidence, basis })
  await send('u-garcia', { type: 'archive', lessons: 'X-ray', prevention: { measure: 'X-ray', owner: 'u-tang' } })
  return id
}

/** Calls for one window of a review, once the policy is published. */
async function reviewOfMany(size: number): Promise<number> {
  const { governance, accountIds, calls } = await portfolio(size + 1, 10)
  const review = async (accounts: readonly string[]): Promise<void> => {
    for await (const { status } of governance.review({ cycle: '2026-H1', actor: 'u-novak', accounts }))
      expect(['opened', 'unchanged']).toContain(status)
  }
  await review(accountIds.slice(0, 1))
  const { writes, others } = await calls(() => review(accountIds.slice(1)))
  expect(writes).toBe(1)
  return writes + others
}

test('calls: the page states what is counted', async () => {
  const all = governed()
  const { fake, store, governance, calls } = all
  const id = await opened(all)
  await governance.sweep()
  const nothing = await calls(() => governance.sweep())
  const command = await calls(() =>
    governance.complaint.send(id, { type: 'forward', department: 'product' }, { actor: 'u-huang' }),
  )
  expect(fake.org.rows('KagEffect__c')).toHaveLength(1)
  const half = governed('2026-08-03T09:00:00+08:00')
  await half.governance.account.adopt(
    { accountId: half.accountId, name: 'Acme', isKeyAccount: true, tier: 'B' },
    { actor: 'u-liu' },
  )
  await half.governance.sweep()
  const reviewed = await half.calls(async () => {
    for await (const { status } of half.governance.review({ cycle: '2026-H1', actor: 'u-novak', accounts: [half.accountId] }))
      expect(status).toBe('unchanged')
  })
  const fromInside = async (): Promise<number> => {
    const by = fake.org.create('User', { Name: 'Peters', FederationIdentifier: 'u-peters' }, 0)
    fake.org.create('KagCommand__c', { Kind__c: 'complaint', InstanceKey__c: id, Command__c: 'accept' }, 0, by)
    const mapping = { people: { id: 'FederationIdentifier' } }
    const inside = createGovernance({
      store: createSalesforceStore({ connection: fake.session, fetch: fake.fetch, mapping }),
      policy: governance.policy.own,
      host: { clock: all.clock.now },
    })
    // A process that has run for a while has put its policy into the registry.
    await inside.complaint.send(id, { type: 'accept' }, { actor: 'u-xu' })
    return calls(async () => {
      expect(await inside.inbox.process()).toMatchObject({ accepted: 1 })
    })
  }
  const counted = {
    'a command': command,
    'a command that is refused': await calls(() => governance.complaint.send(id, { type: 'accept' }, { actor: 'u-xu' })),
    'reading one instance': await calls(() => store.load(id)),
    'writing one instance': await calls(() => store.commit([makeCommit({ instanceId: 'one' })])),
    'writing 750 instances at once': await calls(() =>
      store.commit(Array.from({ length: 750 }, (_, k) => makeCommit({ instanceId: `many-${String(k)}` }))),
    ),
    'a sweep with nothing to do': nothing,
    'a sweep with one message to deliver': await calls(() => governance.sweep()),
    'the review of one account, with its purchases': reviewed,
    'a poll of the inbox that finds nothing': await calls(() => governance.inbox.process()),
    'a poll of the inbox with one command': await fromInside(),
    'the review of 75 accounts': await reviewOfMany(75),
    'a preflight': await calls(() => createProvisioner({ connection: fake.session, fetch: fake.fetch }).check()),
  }
  expect(Object.fromEntries(tableUnder('Calls').map(([what = '', number = '']) => [what, Number(number)]))).toEqual(counted)
})

test('rows: the page states what is counted', async () => {
  const [short, long] = [governed(), governed()]
  const ids = [await opened(short), await closed(long)]
  await long.governance.sweep()
  const counted = ['KagInstance__c', 'KagEvent__c', 'KagEffect__c', 'KagDocument__c', 'Case'].map((object) => [
    object,
    ...[short, long].map(({ fake }, k) =>
      String(fake.org.rows(object).filter((row) => (row['InstanceKey__c'] ?? row['KagInstanceKey__c']) === ids[k]).length),
    ),
  ])
  expect(tableUnder('Rows').map((cells) => cells.slice(0, 3))).toEqual(counted)
})
