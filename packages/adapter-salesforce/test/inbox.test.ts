import { createGovernance, demoDirectory, loadPolicy, presets, type Governance } from '@ka-governance/core'
import { createVirtualClock } from '@ka-governance/adapter-memory'
import { createProvisioner, type SalesforceMapping } from '@ka-governance/adapter-salesforce'
import { describe, expect, test } from 'vitest'
import { createHarness, journals } from '../../core/test/support/harness.ts'
import { complaintForm, play } from '../../core/test/support/story.ts'
import { rowStories, throughInbox, withIdsOf, type PeoplesSide } from '../../core/test/support/through-inbox.ts'
import { governedObjects } from './fake/objects.ts'
import { RowError } from './fake/org.ts'
import { createFakeSalesforce, passingFaults, type FakeSalesforce } from './fake/server.ts'
import { governedOn, type Governed } from './governed.ts'
import { inboxWitness, storeOn } from './subject.ts'

const people: SalesforceMapping = { people: { id: 'FederationIdentifier' }, accounts: { id: 'Name' }, records: { account: null } }

interface Office {
  readonly fake: FakeSalesforce
  readonly governance: Governance
  readonly id: string
  /** A row of a user; answers its id. */
  readonly leave: (user: string, fields: { readonly [field: string]: unknown }) => string
  readonly row: (id: string) => { readonly [field: string]: unknown }
}

/** An org with an open complaint, and people whose federation ids are those of the policy's directory. */
async function office(): Promise<Office> {
  const clock = createVirtualClock('2026-03-02T09:00:00+08:00')
  const fake = createFakeSalesforce()
  const users = new Map<string, string>()
  fake.org.create('Account', { Name: 'acme' }, 0)
  const governance = createGovernance({
    store: storeOn(fake, { mapping: people }),
    policy: loadPolicy({ ...presets.manufacturerCn, directory: demoDirectory }),
    host: { clock: clock.now },
    handlers: { default: () => Promise.resolve() },
  })
  const form = { accountId: 'acme', name: 'Acme', isKeyAccount: true, tier: 'B' } as const
  await governance.account.adopt(form, { actor: 'u-liu' })
  const { id } = await governance.complaint.open({ ...complaintForm(clock.now()), severity: 'major' }, { actor: 'u-huang' })
  return {
    fake,
    governance,
    id,
    leave: (user, fields) => {
      const values = { Name: user, FederationIdentifier: user, LanguageLocaleKey: 'zh_CN' }
      const by = users.get(user) ?? fake.org.create('User', values, 0)
      users.set(user, by)
      return fake.org.create('KagCommand__c', fields, clock.now(), by)
    },
    row: (rowId) => fake.org.row('KagCommand__c', rowId) ?? {},
  }
}

const forward = (id: string) => ({
  Kind__c: 'complaint',
  InstanceKey__c: id,
  Command__c: 'forward',
  Payload__c: '{"department":"product"}',
})

describe('a row of a user', () => {
  test('is carried out as that user, and answered in their language, with state, due date and entry', async () => {
    const { governance, id, leave, row } = await office()
    const left = leave('u-huang', { ...forward(id), ExpectedSeq__c: 1 })
    expect(row(left)).toMatchObject({ Status__c: 'new', Name: 'GC-0000000001' })
    expect(await governance.inbox.process()).toMatchObject({ accepted: 1 })
    expect(row(left)).toMatchObject({
      Status__c: 'accepted',
      AnsweredKey__c: id,
      EventKey__c: `${id}-000002`,
      State__c: 'assigned',
      NextDueAt__c: '2026-03-02T05:12:00.000+0000',
      Payload__c: null,
    })
    expect(row(left)['Answer__c']).toMatch(/^已办理：“转交责任部门”/)
    expect((await governance.complaint.get(id))?.version).toBe(2)
  })

  test('names its own language where it wants another one', async () => {
    const { governance, id, leave, row } = await office()
    const left = leave('u-xu', { ...forward(id), Locale__c: 'en' })
    expect(await governance.inbox.process()).toMatchObject({ refused: 1 })
    expect(row(left)).toMatchObject({ Status__c: 'refused', EventKey__c: null, Payload__c: '{"department":"product"}' })
    expect(row(left)['Answer__c']).toMatch(/^Refused by the policy\. Nothing was changed\.\n- /)
  })

  test('of a user whom the company gave no id is nobody’s', async () => {
    const { fake, governance, id, row } = await office()
    const by = fake.org.create('User', { Name: 'Robot' }, 0)
    const left = fake.org.create('KagCommand__c', forward(id), 0, by)
    expect(await governance.inbox.process()).toMatchObject({ failed: 1 })
    expect(row(left)).toMatchObject({ Status__c: 'failed' })
  })

  test('by record ids where the mapping names no field', async () => {
    const fake = createFakeSalesforce()
    const { author, submit } = inboxWitness(fake.org)
    await submit({ kind: 'complaint', instanceId: 'cmp-1', command: 'accept', form: '', expectedVersion: null })
    const [row] = (await storeOn(fake).inbox?.pending({ limit: 5 })) ?? []
    expect(row).toMatchObject({ actor: author, locale: 'zh_CN', expectedVersion: null, at: Date.UTC(2026, 0, 5) + 1000 })
  })
})

describe('what the org itself keeps', () => {
  const refused = (work: () => void): string => {
    try {
      work()
    } catch (error) {
      if (error instanceof RowError) return error.message
      throw error
    }
    return 'allowed'
  }

  test('nobody makes a row that has an answer, and nobody changes what was asked or answered', async () => {
    const { fake, governance, id, leave } = await office()
    expect(refused(() => leave('u-huang', { ...forward(id), Status__c: 'accepted' }))).toMatch(/^KAG-NEW/)
    const left = leave('u-huang', forward(id))
    const edit = (fields: object): string => refused(() => fake.org.update('KagCommand__c', left, { ...fields }))
    for (const fields of [
      { InstanceKey__c: 'cmp-other' },
      { Command__c: 'archive' },
      { Kind__c: 'account' },
      { ExpectedSeq__c: 7 },
    ])
      expect(edit(fields)).toMatch(/^KAG-ANSWERED/)
    await governance.inbox.process()
    for (const fields of [{ Payload__c: '{}' }, { Answer__c: 'no' }, { Status__c: 'new' }, { Status__c: 'refused' }])
      expect(edit(fields)).toMatch(/^KAG-ANSWERED/)
    const wrong = leave('u-xu', forward(id))
    await governance.inbox.process()
    const forged = refused(() => fake.org.update('KagCommand__c', wrong, { Status__c: 'accepted', EventKey__c: null }))
    expect(forged).toMatch(/^KAG-ANSWERED/)
  })

  test('a button that is pressed twice makes one row', async () => {
    const { id, leave } = await office()
    leave('u-huang', { ...forward(id), RequestKey__c: 'flow-17' })
    expect(refused(() => leave('u-huang', { ...forward(id), RequestKey__c: 'flow-17' }))).toMatch(/^duplicate value/)
    expect(refused(() => leave('u-huang', forward(id)))).toBe('allowed')
    expect(refused(() => leave('u-huang', forward(id)))).toBe('allowed')
  })
})

describe('the preflight', () => {
  const check = async (fake: FakeSalesforce, id: string): Promise<readonly (readonly [string, string])[]> => {
    const options = { connection: fake.session, fetch: fake.fetch, mapping: { people: { id } } }
    return (await createProvisioner(options).check()).map(({ path, code }) => [path, code])
  }

  test('tells when the author of a row, or their language, cannot be read', async () => {
    expect(await check(createFakeSalesforce(), 'FederationIdentifier')).toEqual([])
    expect(await check(createFakeSalesforce(), 'Badge__c')).toEqual([['mapping.people.id', 'missing']])
    expect(await check(createFakeSalesforce(), 'Name')).toEqual([['mapping.people.id', 'not_unique']])
    const { User: _, ...objects } = governedObjects()
    expect(await check(createFakeSalesforce({ objects }), 'Id')).toEqual([
      ['mapping.people.id', 'missing'],
      ['User', 'missing'],
    ])
  })

  test('tells when a rule that keeps rows as they are is off', async () => {
    const objects = governedObjects()
    const command = objects['KagCommand__c']
    if (command === undefined) throw new Error('no inbox')
    const fake = createFakeSalesforce({
      objects: { ...objects, KagCommand__c: { ...command, ruleNames: ['KagBeginsUnanswered'] } },
    })
    expect(await check(fake, 'Id')).toEqual([['KagCommand__c.KagCommandStays', 'rule_inactive']])
  })
})

describe('calls', () => {
  test('a poll is one query; a page of rows is answered in one call; a row that is gone stops no other', async () => {
    const { fake, governance, id, leave, row } = await office()
    const calls = async (): Promise<readonly string[]> => {
      const before = fake.log.length
      await governance.inbox.process()
      return fake.log.slice(before).map(({ method, path, body }) => (/KagCommand__c/.test(`${path}${body ?? ''}`) ? method : '-'))
    }
    expect(await calls()).toEqual(['GET'])
    const rows = Array.from({ length: 12 }, (_, k) => leave('u-huang', { ...forward(`cmp-${String(k)}`), Payload__c: '{' }))
    const kept = leave('u-huang', forward(id))
    const gone = rows[3] ?? ''
    fake.script = ({ body }) => {
      if (body?.includes('/composite/sobjects') === true && fake.org.row('KagCommand__c', gone) !== null)
        fake.org.remove('KagCommand__c', gone)
      return null
    }
    expect((await calls()).filter((call) => call !== '-')).toEqual(['GET', 'POST'])
    expect(row(kept)['Status__c']).toBe('accepted')
    expect(rows.filter((each) => row(each)['Status__c'] === 'failed')).toHaveLength(11)
  })

  test('a rule of an administrator that forbids an answer is an error with its words, and the other answers are written', async () => {
    const fake = createFakeSalesforce({
      extra: {
        KagCommand__c: { rules: [(row) => (row['Kind__c'] === 'x' && row['Status__c'] !== 'new' ? 'Not on Sundays' : null)] },
      },
    })
    const [store, witness] = [storeOn(fake), inboxWitness(fake.org)]
    const submit = async (kind: string): Promise<string> =>
      witness.submit({ kind, instanceId: null, command: 'open', form: '', expectedVersion: null })
    const [x, y] = [await submit('x'), await submit('y')]
    const answer = {
      status: 'failed',
      text: 'no',
      instanceId: null,
      entryKey: null,
      state: null,
      nextDueAt: null,
      tries: 1,
    } as const
    const written = store.inbox?.answer([
      { ...answer, id: x },
      { ...answer, id: y },
    ])
    await expect(written).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('Not on Sundays') as string,
    })
    expect([(await witness.read(x))?.status, (await witness.read(y))?.status]).toEqual(['pending', 'failed'])
  })

  test('hostile texts stay texts, in queries and in answers', async () => {
    const fake = createFakeSalesforce()
    const [store, witness] = [storeOn(fake), inboxWitness(fake.org)]
    const id = await witness.submit({
      kind: "c' OR Name != '",
      instanceId: null,
      command: '',
      form: '<b>',
      expectedVersion: null,
    })
    expect(await store.inbox?.pending({ limit: 5, after: "x' OR Name != '" })).toEqual([])
    const text = `${'长'.repeat(29_999)}😀`
    await store.inbox?.answer([
      { id, status: 'failed', text, instanceId: null, entryKey: null, state: 's'.repeat(200), nextDueAt: null, tries: 1 },
    ])
    const said = (await witness.read(id))?.text ?? ''
    expect(said.startsWith('长'.repeat(29_999))).toBe(true)
    expect(said.isWellFormed()).toBe(true)
  })
})

test('whatever happens to any request, each row is carried out once and answered with what the journal says', async () => {
  const story = async (script: FakeSalesforce['script'] | 'none'): Promise<{ readonly o: Office; readonly begun: number }> => {
    const o = await office()
    o.leave('u-peters', { ...forward(o.id), Command__c: 'accept', Payload__c: null })
    o.leave('u-huang', forward(o.id))
    o.leave('u-peters', { ...forward(o.id), Command__c: 'accept', Payload__c: null })
    const begun = o.fake.log.length
    o.fake.script =
      script === 'none' || script === null ? null : (request) => script({ ...request, number: request.number - begun })
    for (let round = 0; round < 4; round += 1) await o.governance.inbox.process().catch(() => undefined)
    o.fake.script = null
    return { o, begun }
  }
  const { o: undisturbed, begun: from } = await story('none')
  // Loads and their faults are the store's matter: here are those that read rows, carry out and answer.
  const numbers = undisturbed.fake.log
    .slice(from)
    .flatMap(({ method, path }, k) => (method === 'POST' || path.includes('KagCommand') ? [k + 1] : []))
  expect(numbers.length).toBeGreaterThan(4)
  for (const fault of passingFaults)
    for (const number of numbers) {
      const { o } = await story((request) => (request.number === number ? fault : null))
      const where = `${fault} at request ${String(number)}`
      const rows = o.fake.org.rows('KagCommand__c').map(({ Status__c, EventKey__c }) => [Status__c, EventKey__c])
      expect([where, rows]).toEqual([
        where,
        [
          ['refused', null],
          ['accepted', `${o.id}-000002`],
          ['accepted', `${o.id}-000003`],
        ],
      ])
      expect([where, o.fake.org.rows('KagEvent__c').filter((row) => row['InstanceKey__c'] === o.id).length]).toEqual([where, 3])
    }
}, 120_000)

/** Users of the org who leave rows and read them again. */
function usersOf({ harness, fake }: Governed): PeoplesSide {
  const users = new Map<string, string>()
  const userOf = (person: string): string => {
    const values = { Name: person, FederationIdentifier: person, LanguageLocaleKey: 'en_US' }
    const user = users.get(person) ?? fake.org.create('User', values, 0)
    users.set(person, user)
    return user
  }
  return {
    submit: ({ kind, instanceId = null, command = '', form = '', actor, onBehalfOf = null }) => {
      const fields = {
        Kind__c: kind,
        InstanceKey__c: instanceId,
        Command__c: command,
        Payload__c: typeof form === 'string' ? form : JSON.stringify(form),
        OnBehalfOf__c: onBehalfOf,
      }
      return fake.org.create('KagCommand__c', fields, harness.clock.now(), userOf(actor))
    },
    answerTo: (id) => {
      const row = fake.org.row('KagCommand__c', id) ?? {}
      const text = (name: string): string | null => (typeof row[name] === 'string' ? row[name] : null)
      const status = text('Status__c')
      if (status !== 'accepted' && status !== 'refused' && status !== 'failed') return null
      const [instanceId, entryKey, state] = [text('AnsweredKey__c'), text('EventKey__c'), text('State__c')]
      return { id, status, text: text('Answer__c') ?? '', instanceId, entryKey, state, nextDueAt: null, tries: 0 }
    },
  }
}

test.each(rowStories)(
  '%s: left as rows of the org, the story gives the journal that it gives through the API',
  async (_, story, options) => {
    const keys = new Map<string, string>()
    const mapping = { accounts: { id: 'Slug__c', parent: null }, records: {}, people: { id: 'FederationIdentifier' } }
    const governed = governedOn(options, { mapping })
    const { harness } = governed
    await play(harness, story, 'step', throughInbox(harness, keys, usersOf(governed)))
    expect(keys.size).toBeGreaterThan(4)
    const sent = createHarness(options)
    await play(sent, story, 'step', withIdsOf(sent, keys))
    expect(await journals(harness.store)).toEqual(await journals(sent.store))
    expect((await harness.governance.verifyJournal()).problems).toEqual([])
  },
)
