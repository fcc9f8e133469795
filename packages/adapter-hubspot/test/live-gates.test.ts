// The script that asks a live portal, against portals that behave in one way or the other: it must tell them apart, and leave nothing behind.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { formatVerdict, gates, tryGates, type GateOptions } from '../scripts/gates/run.ts'
import { createFakeHubSpot, type FakeHubSpot } from './fake/server.ts'
import { tablesOf } from '../../../test/support/tables-of.ts'

const tableUnder = tablesOf('docs/adapters/hubspot.md')

function testPortal(): FakeHubSpot {
  const fake = createFakeHubSpot()
  fake.definitions.account.accountType = 'DEVELOPER_TEST'
  return fake
}

const optionsOn = (fake: FakeHubSpot, over: Partial<GateOptions> = {}): GateOptions => ({
  client: fake.source,
  fetch: fake.fetch,
  now: fake.clock.now,
  sleep: fake.clock.sleep,
  jitter: () => 0.5,
  ...over,
})

async function answersOn(fake: FakeHubSpot) {
  const run = await tryGates(optionsOn(fake))
  if (run.status === 'refused') throw new Error(run.reason)
  return { ...run, answers: Object.fromEntries(run.verdicts.map(({ number, answer }) => [number, answer])) }
}

/** What a portal holds that is not in the recycle bin. */
const contents = ({ portal }: FakeHubSpot) => ({
  types: portal.types.map(({ name }) => name),
  records: portal.types.flatMap(({ name }) => portal.ofType(name).filter(({ archived }) => !archived)).length,
  properties: portal.types.flatMap(({ name, properties }) =>
    [...properties.values()].filter(({ archived }) => archived !== true).map((property) => `${name}.${property.name}`),
  ),
  groups: portal.types.map(({ groups }) => [...groups.keys()]),
})

/** What the fake does unless it is told otherwise. */
const usual = {
  ...{
    '1': true,
    '2': true,
    '3': true,
    '4': true,
    '5a': true,
    '5b': true,
    '5c': false,
    '5d': true,
    '5e': true,
    '6a': true,
    '6b': true,
    '6c': true,
  },
  ...{ '7a': true, '7b': true, '8': true, '9': false, '10a': true, '10b': true, '10c': true, '11': null },
}

describe('gates against a portal', () => {
  test('every gate gets its verdict, and says what it decides', async () => {
    const fake = testPortal()
    const { answers, verdicts, left } = await answersOn(fake)
    expect(answers).toEqual(usual)
    expect(left).toEqual([])
    expect(verdicts.map(({ number }) => number)).toEqual(gates.map(({ number }) => number))
    for (const verdict of verdicts) {
      const gate = gates.find(({ number }) => number === verdict.number)
      if (verdict.answer !== null) expect(verdict.decides).toBe(verdict.answer ? gate?.yes : gate?.no)
      expect(formatVerdict(verdict).split('\n')).toHaveLength(3)
    }
    expect(verdicts.find(({ number }) => number === '1')?.saw).toContain('custom object: 1 created, 19 taken')
  })

  test.each<readonly [string, (fake: FakeHubSpot) => void, Partial<Record<keyof typeof usual, boolean | null>>]>([
    [
      'archived records give up their values',
      ({ portal }) => void (portal.behaviour.archivedKeepValues = false),
      { '5b': false, '5c': false },
    ],
    ['a refused create leaves a record', ({ portal }) => void (portal.behaviour.leaveHalfRecords = true), { '4': false }],
    [
      'one conflict refuses its batch',
      ({ portal }) => void (portal.behaviour.conflictInBatch = 'whole'),
      { '7a': false, '7b': false },
    ],
    [
      'tickets cannot be made for a reason of their own',
      ({ portal }) =>
        void portal.behaviour.rules.push(({ type }) =>
          type === 'tickets' ? { code: 'MISSING_REQUIRED_PROPERTY', properties: ['content'] } : null,
        ),
      { '1': null },
    ],
    [
      'the id of a record that was merged leads nowhere',
      ({ portal }) => {
        const { find } = portal
        portal.find = (type, id, idProperty, archived) => {
          const found = find(type, id, idProperty, archived)
          return found !== null && idProperty == null && found.id !== id ? null : found
        }
      },
      { '5e': false },
    ],
    ['the index is a minute behind', ({ portal }) => void (portal.behaviour.lagMs = 60_000), { '10b': false }],
    ['definitions are shown late', ({ portal }) => void (portal.behaviour.definitionLagMs = 700), {}],
    [
      'one request is answered with 423',
      (fake) => {
        let times = 0
        fake.script = ({ path }) => (path.endsWith('/batch/upsert') && (times += 1) === 1 ? 'locked' : null)
      },
      { '7b': false, '10c': false },
    ],
    [
      'uniqueness is not kept among creates that meet',
      (fake) => {
        const { create } = fake.portal
        let k = 0
        // One of them is not seen by the others: its value is set a moment afterwards.
        fake.portal.create = (type, properties) => {
          const { gate_key, ...rest } = properties as { readonly gate_key?: string }
          if (gate_key === undefined || (k += 1) !== 3) return create(type, properties)
          const written = create(type, rest)
          written.record.values = new Map([...written.record.values, ['gate_key', gate_key]])
          return written
        }
      },
      { '1': false },
    ],
  ])('%s: the verdict says so, the others stay', async (_, behave, different) => {
    const fake = testPortal()
    behave(fake)
    expect((await answersOn(fake)).answers).toEqual({ ...usual, ...different })
  })

  test('records can be erased for good where the portal says so', async () => {
    const fake = testPortal()
    fake.script = ({ method, path, body }) => {
      if (method === 'POST' && path.endsWith('/schemas'))
        fake.portal.behaviour.erasable = [(JSON.parse(body ?? '') as { name: string }).name]
      return null
    }
    expect((await answersOn(fake)).answers).toEqual({ ...usual, '5c': true })
  })
})

describe('what it leaves behind', () => {
  test('nothing', async () => {
    const fake = testPortal()
    fake.portal.create('tickets', { subject: 'of a customer', hs_pipeline_stage: '1' })
    const before = contents(fake)
    await answersOn(fake)
    expect(contents(fake)).toEqual(before)
  })

  test('nothing either when gates fail: each is not settled, with what went wrong, and the others are tried', async () => {
    const fake = testPortal()
    const before = contents(fake)
    fake.script = ({ path }) => (path.endsWith('/search') ? 'unavailable' : path.endsWith('/merge') ? 'daily' : null)
    const { verdicts, answers } = await answersOn(fake)
    expect(answers).toEqual({ ...usual, '5d': null, '5e': null, '10b': null })
    expect(verdicts.find(({ number }) => number === '10b')?.decides).toMatch(/^not settled/)
    expect(contents(fake)).toEqual(before)
  })

  test('nothing when it cannot even begin', async () => {
    const fake = testPortal()
    const before = contents(fake)
    fake.script = ({ method, path }) => (method === 'POST' && path.endsWith('/properties/2026-09/tickets') ? 'daily' : null)
    await expect(tryGates(optionsOn(fake))).rejects.toMatchObject({ code: 'throttled' })
    expect(contents(fake)).toEqual(before)
    fake.script = ({ method, path }) =>
      (method === 'POST' && path.endsWith('/properties/2026-09/tickets')) || (method === 'DELETE' && path.includes('/schemas/'))
        ? 'daily'
        : null
    await expect(tryGates(optionsOn(fake))).rejects.toMatchObject({
      ...{ message: expect.stringMatching(/^left behind: custom object/) as string, cause: { code: 'throttled' } },
    })
  })

  test('nothing of what was made without an answer', async () => {
    const fake = testPortal()
    const before = contents(fake)
    let tickets = 0
    fake.script = ({ method, path }) => {
      if (method !== 'POST') return null
      if (/\/(schemas|properties\/2026-09\/(tickets|tasks))$/.test(path))
        return fake.log.at(-1)?.path === path ? null : 'cutAfter'
      return path.endsWith('/objects/2026-09/tickets') && (tickets += 1) <= 20 ? 'cutAfter' : null
    }
    const { answers, left } = await answersOn(fake)
    expect(answers).toEqual({ ...usual, '1': null })
    expect(left).toEqual([])
    expect(contents(fake)).toEqual(before)
  })

  test('what cannot be taken away of a single gate is named, and changes no verdict', async () => {
    const fake = testPortal()
    fake.script = ({ method, path }) => (method === 'DELETE' && path.includes('/notes/groups/') ? 'daily' : null)
    const { answers, left } = await answersOn(fake)
    expect(answers).toEqual(usual)
    expect(left).toEqual([expect.stringMatching(/^group kag_gate_.* of notes: /)])
  })

  test('what cannot be taken away is named', async () => {
    const fake = testPortal()
    fake.script = ({ method, path }) => (method === 'DELETE' && path.includes('/schemas/') ? 'daily' : null)
    const run = await tryGates(optionsOn(fake))
    expect(run).toMatchObject({ status: 'tried', left: [expect.stringMatching(/^custom object kag_gate_/) as string] })
  })
})

describe('where it does nothing', () => {
  test('in an account that is in use, unless it is told to', async () => {
    const fake = createFakeHubSpot()
    expect(await tryGates(optionsOn(fake))).toEqual({
      ...{ status: 'refused', reason: 'the account is STANDARD, not a test account or a sandbox' },
    })
    expect(fake.log.map(({ method }) => method)).toEqual(['GET'])
    expect(await tryGates(optionsOn(fake, { anyAccount: true }))).toMatchObject({ status: 'tried' })
  })

  test('without a token, and says so', () => {
    const script = fileURLToPath(new URL('../scripts/live-gates.ts', import.meta.url))
    const { HUBSPOT_LIVE_TOKEN: _, ...env } = process.env
    const { status, stdout } = spawnSync(process.execPath, [script], { env, encoding: 'utf8' })
    expect([status, stdout]).toEqual([0, 'nothing was tried: HUBSPOT_LIVE_TOKEN is not set\n'])
  })
})

test('the page for administrators has the gates as the script asks them', () => {
  const plain = (text: string): string => text.replaceAll('`', '')
  expect(tableUnder('Gates')).toEqual(gates.map(({ number, question, yes, no }) => [number, question, yes, no].map(plain)))
})
