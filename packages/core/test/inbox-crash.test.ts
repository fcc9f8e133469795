import { createMemoryStore, faultScript, type Fault, type FaultScript, type MemoryCommand } from '@ka-governance/adapter-memory'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isGovernanceError, type StoreCapabilities } from '../src/index.ts'
import { collect, createHarness, journals, sweepAll, type Harness } from './support/harness.ts'
import { startProcess } from './support/process.ts'
import * as s from './support/stories.ts'
import { complaintForm, play } from './support/story.ts'

interface Office {
  readonly h: Harness
  readonly faults: FaultScript
  readonly id: string
}

/** A complaint, and rows of every fate; of some of one instance the first is refused and would be allowed after the second. */
async function office(without: readonly (keyof StoreCapabilities)[] = []): Promise<Office> {
  const faults = faultScript()
  const h = createHarness({ start: s.august, policy: s.twoHands, store: { faults, without } })
  const id = (await play(h, s.received())).id()
  const rows: readonly MemoryCommand[] = [
    { kind: 'complaint', instanceId: id, command: 'accept', actor: 'u-peters' },
    { kind: 'complaint', instanceId: id, command: 'forward', form: { department: 'product' }, actor: 'u-huang' },
    { kind: 'complaint', command: 'open', form: complaintForm(h.clock.now()), actor: 'u-huang', locale: 'zh_CN' },
    { kind: 'complaint', instanceId: id, command: 'accept', form: '{', actor: 'u-peters' },
    { kind: 'complaint', instanceId: id, command: 'accept', actor: 'u-peters' },
    { kind: 'tier-adjustment', form: { accountId: 'acme', cycle: '2026-H1' }, actor: 'u-novak' },
  ]
  for (const row of rows) h.memory.inbox.submit(row)
  return { h, faults, id }
}

const answers = ({ memory }: Harness): readonly unknown[] =>
  [...memory.client.table('commands').rows()].map(({ id, status, form, tries }) => ({
    id,
    status,
    form,
    tries,
    answer: memory.inbox.answerTo(id),
  }))

describe('a crash at any store call loses nothing, doubles nothing, and changes no answer', () => {
  test.each([
    ['commits together', ['leases'] as const],
    ['commits one by one', ['leases', 'atomicMultiCommit'] as const],
  ])('%s', async (_, without) => {
    const undisturbed = await office(without)
    const begun = undisturbed.faults.count()
    await undisturbed.h.another().inbox.process()
    const calls = undisturbed.faults.calls.slice(begun).map(({ method }) => method)
    const [said, untilThen] = [answers(undisturbed.h), await journals(undisturbed.h.memory)]
    expect(said.map((row) => (row as { status: string }).status)).toEqual([
      'refused',
      'accepted',
      'accepted',
      'failed',
      'accepted',
      'accepted',
    ])
    await sweepAll(undisturbed.h.governance)
    const done = await journals(undisturbed.h.memory)
    expect(Object.keys(done).length).toBeGreaterThanOrEqual(Object.keys(untilThen).length)

    for (const [k, method] of calls.entries())
      for (const fault of ['crashBefore', 'crashAfter'] as const) {
        const where = `${fault} ${method}, call ${String(k + 1)}`
        const { h, faults } = await office(without)
        faults.at(faults.count() + k + 1, fault)
        const first = startProcess(h)
        await first.governance.inbox.process().catch((error: unknown) => {
          if (!first.crashed()) throw error
        })
        expect([where, first.crashed()]).toEqual([where, true])
        expect([where, (await h.another().inbox.process()).left]).toEqual([where, []])
        expect([where, answers(h)]).toEqual([where, said])
        await sweepAll(h.governance)
        expect([where, await journals(h.memory)]).toEqual([where, done])
      }
    expect(calls.length).toBeGreaterThan(15)
  })
})

describe('several workers over a store that fails', () => {
  const row = fc.record({
    about: fc.constantFrom<'first' | 'second' | 'none'>('first', 'second', 'none'),
    command: fc.constantFrom(
      { command: 'forward', form: { department: 'product' }, actor: 'u-huang' },
      { command: 'accept', actor: 'u-peters' },
      { command: 'contain', form: { measure: 'stop' }, actor: 'u-peters' },
      { command: 'contain', form: '{"measure":', actor: 'u-peters' },
      { command: 'archive', form: {}, actor: 'u-stranger' },
    ),
  })
  const happens: readonly (Fault | null)[] = [
    'outage',
    'throttled',
    'lostAnswer',
    'lostRequest',
    null,
    null,
    { slow: 3 },
    { slow: 11 },
  ]
  const faults = fc.array(fc.constantFrom(...happens), { minLength: 5, maxLength: 40 })

  test('every row has one answer, which is what the journal says; rows of one instance keep their order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), faults, faults, async (rows, ...plans) => {
        const h = createHarness()
        await play(h, [...s.adopted, { on: 'open', name: 'first' }, { on: 'open', name: 'second' }])
        const [first = '', second = ''] = (await collect(h.store.find({ kind: 'complaint' }))).map(({ instanceId }) => instanceId)
        const targets = { first, second, none: 'cmp-none' }
        const { inbox } = h.memory
        const ids = rows.map(({ about, command }) => inbox.submit({ kind: 'complaint', instanceId: targets[about], ...command }))

        const workers = plans.map((plan) => {
          const script = faultScript()
          script.when(({ number }) => plan[number - 1] ?? null)
          return h.another({ store: createMemoryStore({ client: h.memory.client, clock: h.clock.now, faults: script }) })
        })
        const tired = (error: unknown): void => {
          if (!isGovernanceError(error)) throw error
        }
        for (let round = 0; round < 12; round += 1)
          await Promise.all(workers.map((worker) => worker.inbox.process({ tries: 50 }).then(() => undefined, tired)))
        expect((await h.governance.inbox.process()).left).toEqual([])

        const entries = (await Promise.all([first, second].map((id) => collect(h.store.history(id))))).map((list) =>
          list.flatMap(({ idempotencyKey }) => (idempotencyKey.startsWith('inbox-') ? [idempotencyKey.slice(6)] : [])),
        )
        for (const list of entries) expect(list).toEqual([...new Set(list)].sort())
        const carriedOut = new Set(entries.flat())
        for (const id of ids) {
          const answer = inbox.answerTo(id)
          expect([id, answer?.status === 'accepted']).toEqual([id, carriedOut.has(id)])
          expect(answer?.status).not.toBe('pending')
        }
        expect((await h.governance.verifyJournal()).problems).toEqual([])
      }),
      { numRuns: 40 },
    )
  })
})

describe('hostile rows', () => {
  const cases: readonly (readonly [string, Partial<MemoryCommand>])[] = [
    ['no kind', { kind: '' }],
    ['a kind of Object.prototype', { kind: 'constructor' }],
    ['__proto__ as a kind', { kind: '__proto__' }],
    ['an endless kind', { kind: 'k'.repeat(100_000) }],
    ['no command', { command: '' }],
    ['a command of Object.prototype', { command: 'toString' }],
    ['__proto__ as a command', { command: '__proto__' }],
    ['an instance that is none', { instanceId: "x' OR Name != '" }],
    ['an instance of another kind', { instanceId: 'account-acme' }],
    ['an instance that does not exist', { instanceId: 'cmp-nobody' }],
    ['an opening command for an instance', { command: 'open', form: complaintForm(0) }],
    ['an endless form', { form: `{"measure":"${'x'.repeat(500_000)}"}` }],
    ['a bottomless form', { form: `{"measure":${'['.repeat(20_000)}1${']'.repeat(20_000)}}` }],
    ['a form that sets the prototype', { form: '{"measure":"x","__proto__":{"polluted":true}}' }],
    ['a form that names another command', { form: '{"measure":"x","type":"archive"}' }],
    ['a sealed text where none can stand', { command: 'forward', form: { department: `sealed:${'0'.repeat(64)}` } }],
    ['control characters', { form: { measure: 'a\u0000b' } }],
    ['a version that is none', { expectedVersion: -1 }],
    ['a version that is no number', { expectedVersion: Number.NaN }],
    ['an endless actor', { actor: 'u'.repeat(81) }],
    ['nobody', { actor: '' }],
    ['the runtime itself', { actor: 'system' }],
    ['on behalf of the runtime', { onBehalfOf: 'system' }],
    ['on behalf of nobody', { onBehalfOf: '' }],
  ]

  test.each(cases)('%s: fails with a place, once; nothing is written and the next row is carried out', async (_, change) => {
    const h = createHarness()
    const id = (await play(h, s.investigating())).id()
    const contain: MemoryCommand = {
      kind: 'complaint',
      instanceId: id,
      command: 'contain',
      form: { measure: 'stop' },
      actor: 'u-peters',
    }
    const before = await journals(h.store)
    const row = h.memory.inbox.submit({ ...contain, locale: 'zh_CN', ...change })
    expect(await h.governance.inbox.process()).toMatchObject({ failed: 1, left: [] })
    expect(await journals(h.store)).toEqual(before)
    const { text = '' } = h.memory.inbox.answerTo(row) ?? {}
    expect(text).toMatch(/^无法办理，未作任何更改。\n/)
    expect(text.split('\n').length).toBeGreaterThan(1)
    expect(text.length).toBeLessThan(5000)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    const next = h.memory.inbox.submit(contain)
    expect(await h.governance.inbox.process()).toMatchObject({ accepted: 1 })
    expect(h.memory.inbox.answerTo(next)?.status).toBe('accepted')
  })

  test.each<[string, Partial<MemoryCommand>, string]>([
    [
      'an opening field that is passed over',
      { kind: 'tier-adjustment', form: { accountId: 'acme', cycle: '2026-H1', tier: 'A' } },
      'tier',
    ],
    [
      'an id of one’s own',
      { kind: 'admission', form: { accountId: 'acme', name: 'x', leadSource: 'fair', instanceId: 'adm-1' } },
      'instanceId',
    ],
    [
      'another customer’s project',
      { kind: 'project-change', form: { projectId: 'line-1', title: 'x', accountId: 'bolt' } },
      'accountId',
    ],
    ['nothing to open', { kind: 'policy', form: {} }, 'instanceId'],
    ['a command without its instance', { kind: 'complaint', command: 'forward', form: { department: 'product' } }, 'instanceId'],
  ])('%s: names the place', async (_, command, place) => {
    const h = createHarness()
    await play(h, s.adopted)
    const row = h.memory.inbox.submit({ kind: 'complaint', actor: 'u-novak', ...command })
    expect(await h.governance.inbox.process()).toMatchObject({ failed: 1 })
    expect(h.memory.inbox.answerTo(row)?.text).toContain(`(${place})`)
  })
})
