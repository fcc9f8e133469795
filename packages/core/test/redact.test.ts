import { createRawWitness, faultScript } from '@ka-governance/adapter-memory'
import { describe, expect, test } from 'vitest'
import {
  defaultHost,
  erasedText,
  formatEffect,
  formatEntry,
  formatRefusal,
  type GovernanceStore,
  type KnownHead,
} from '../src/index.ts'
import { commitmentOf } from '../src/runtime/personal.ts'
import { definitions } from '../src/runtime/runtime.ts'
import { codes, collect, createHarness, journals, ok, sweepAll, type Harness, type HarnessOptions } from './support/harness.ts'
import { startProcess } from './support/process.ts'
import { rawDocuments, rawText } from './support/raw.ts'
import * as s from './support/stories.ts'
import { play } from './support/story.ts'

const personal = { contact: 'Ms Li Xiaomei, 139-1234-5678', matter: 'MATTER it cracked', expectedSolution: 'EXPECTED a new one' }
const redact = { type: 'redact', reason: 'the customer asked for it' } as const
const asHead = { actor: 'u-lin' }

async function filed(options: HarnessOptions = {}): Promise<{ readonly h: Harness; readonly id: string }> {
  const h = createHarness(options)
  const { id } = await play(h, s.assigned(personal))
  await sweepAll(h.governance)
  return { h, id: id() }
}

describe('redact [SEC-02]', () => {
  test('erases all: nothing is left to be read or guessed, the journal lists it, chain and replay verify', async () => {
    const { h, id } = await filed()
    const before = await collect(h.store.history(id))
    const result = ok(await h.governance.complaint.send(id, redact, asHead))
    expect(result.entry).toMatchObject({ from: 'assigned', to: 'assigned', command: redact })
    expect((result.entry.inputs[0] as { documents: string[] }).documents).toHaveLength(3)
    expect(result.entry.effects).toMatchObject([{ type: 'eraseDocuments', params: { count: 3 } }])
    expect(createRawWitness(h.memory.client).documents(id)).toEqual([])
    for (const text of Object.values(personal)) expect(rawText(h.memory) + rawDocuments(h.memory)).not.toContain(text)
    expect(await h.store.effects.pending({ limit: 10, instanceId: id })).toEqual([])
    const view = await h.governance.complaint.get(id)
    expect(view?.context).toMatchObject({ contact: erasedText, matter: erasedText, expectedSolution: erasedText })
    expect(await collect(h.store.history(id))).toEqual([...before, result.entry])
    expect((await h.governance.verifyJournal()).problems).toEqual([])
    expect(formatEffect(result.entry.effects[0]!, 'en')).toBe('Erase personal texts: 3.')
    expect(formatEntry(result.entry, 'zh-CN')).toContain('删除个人信息')
  })

  test('an erased text cannot be guessed: what the journal keeps fits no salt but the one that is gone', async () => {
    const h = createHarness()
    await play(h, s.adopted)
    const g = h.another({ host: { clock: h.clock.now } })
    const { id, entry } = ok(
      await g.complaint.open(
        { ...personal, accountId: 'acme', channel: 'hotline', severity: 'major', about: 'product', receivedAt: h.clock.now() },
        { actor: 'u-huang', idempotencyKey: 'call-1' },
      ),
    )
    const [document] = (await h.store.personal.read(id)).filter((d) => d.field === 'contact')
    if (document === undefined) throw new Error('sealed')
    ok(await g.complaint.send(id, redact, asHead))
    const raw = rawText(h.memory)
    expect(raw).not.toContain(document.salt)
    const { text, field } = document
    for (const salt of ['', 'salt', id, entry.key, entry.idempotencyKey, entry.hash])
      expect(raw).not.toContain(commitmentOf({ instanceId: id, field, salt, text }, defaultHost.sha256))
    expect(raw).not.toContain(defaultHost.sha256(text))
    expect((await g.verifyJournal()).problems).toEqual([])
  })

  test('only some: by document, by field, by a part of a field', async () => {
    const { h, id } = await filed()
    const [one] = (await h.governance.complaint.personalTexts(id)).filter((t) => t.field === 'matter')
    ok(await h.governance.complaint.send(id, { ...redact, documents: [one?.documentId ?? ''] }, asHead))
    expect((await h.governance.complaint.get(id))?.context).toMatchObject({ ...personal, matter: erasedText })
    const parts = [{ matter: 'FIRST' }, { matter: 'SECOND' }]
    ok(await h.governance.complaint.send(id, { type: 'split', parts, reason: 'three' }, { actor: 'u-okafor' }))
    ok(await h.governance.complaint.send(id, { ...redact, fields: ['parts.1', 'contact'] }, asHead))
    const left = await h.governance.complaint.personalTexts(id)
    expect(left.map((t) => t.field).sort()).toEqual(['expectedSolution', 'parts.0.matter'])
    // The parts are complaints of their own, with texts of their own.
    expect(rawDocuments(h.memory)).toContain('SECOND')
    expect((await h.governance.verifyJournal()).problems).toEqual([])
  })

  test('refusals: nothing there, not these, not by everybody, in no mode otherwise', async () => {
    const { h, id } = await filed({ mode: { complaint: 'observe' } })
    const send = async (command: object, actor = 'u-lin') =>
      codes(await h.governance.complaint.send(id, { ...redact, ...command }, { actor }))
    const gone = '0'.repeat(64)
    expect(await send({ fields: ['answer'] })).toEqual(['nothing_to_change'])
    expect(await send({ documents: [gone] })).toEqual(['nothing_to_change'])
    const [there] = await h.governance.complaint.personalTexts(id)
    expect(await send({ documents: [there?.documentId ?? '', gone] })).toEqual(['not_found_in_instance'])
    expect(await send({}, 'u-huang')).toEqual(['role_required'])
    expect(await h.governance.complaint.personalTexts(id)).toHaveLength(3)
    expect(await send({})).toEqual(['accepted'])
    expect(await send({})).toEqual(['nothing_to_change'])
    const options = await h.governance.complaint.options(id, { actor: 'u-lin' })
    const option = options?.find((o) => o.command === 'redact')
    expect(option).toMatchObject({ status: 'refused', clause: 'SEC-02' })
    expect(option?.refusals.map((r) => formatRefusal(r, 'en')).join()).toContain('nothing to be erased')
    await expect(send({ documents: ['x'] })).rejects.toMatchObject({ code: 'invalid_command' })
  })

  test('the policy says who may, for one kind or for all', async () => {
    const { h, id } = await filed({ policy: { authority: { '*.redact': ['customerService'] } } })
    expect(codes(await h.governance.complaint.send(id, { ...redact, fields: ['contact'] }, asHead))).toEqual(['role_required'])
    ok(await h.governance.complaint.send(id, { ...redact, fields: ['contact'] }, { actor: 'u-huang' }))
    const own = await filed({ policy: { authority: { '*.redact': ['customerService'], 'complaint.redact': ['legal.head'] } } })
    expect(codes(await own.h.governance.complaint.send(own.id, redact, { actor: 'u-huang' }))).toEqual(['role_required'])
    ok(await own.h.governance.complaint.send(own.id, redact, { actor: 'u-he' }))
  })

  test('a named person does not erase what is said of them [CON-01]', async () => {
    const h = createHarness()
    const { id } = await play(h, s.received({ ...personal, named: ['u-lin'] }))
    expect(codes(await h.governance.complaint.send(id(), redact, asHead))).toContain('person_barred')
    expect(await h.store.personal.read(id())).toHaveLength(3)
  })

  test('works in closed states, and later texts are sealed anew', async () => {
    const h = createHarness()
    const { id } = await play(h, s.archived(personal))
    ok(await h.governance.complaint.send(id(), redact, asHead))
    const evidence = [{ uri: 'call:2' }]
    ok(await h.governance.complaint.send(id(), { type: 'reopen', reason: 'AGAIN', evidence }, { actor: 'u-huang' }))
    expect((await h.governance.complaint.personalTexts(id())).map((t) => t.text)).toEqual(['AGAIN'])
    expect((await h.governance.verifyJournal()).problems).toEqual([])
  })

  test('takes along what commits that did not land left behind, and nothing that may still land', async () => {
    const { h, id } = await filed({ store: { without: ['atomicDocuments'] } })
    const [known] = await h.store.personal.read(id)
    if (known === undefined) throw new Error('sealed')
    // What a process left that wrote its documents and crashed, and what one writes at this moment.
    const rows = h.memory.client.table('documents')
    const stray = (documentId: string, seq: number) =>
      rows.insert({ id: documentId, instanceId: id, documentId, seq, document: JSON.stringify({ ...known, documentId, seq }) })
    stray('1'.repeat(64), 2)
    stray('2'.repeat(64), 4)
    ok(await h.governance.complaint.send(id, { ...redact, fields: ['matter'] }, asHead))
    const left = (await h.store.personal.read(id)).map((d) => d.documentId)
    expect(left).not.toContain('1'.repeat(64))
    expect(left).toContain('2'.repeat(64))
  })
})

describe('a crash or a lost answer at any call of `redact`', () => {
  test.each([[[] as const], [['atomicMultiCommit', 'atomicDocuments', 'atomicProjection'] as const]])(
    'the erasure is done in the end, once ordered (without %j)',
    async (without) => {
      const counted = faultScript()
      const clean = await filed({ store: { without, faults: counted } })
      const before = counted.count()
      ok(await clean.h.governance.complaint.send(clean.id, redact, { ...asHead, idempotencyKey: 'erase' }))
      const calls = counted.count() - before
      expect(calls).toBeGreaterThan(5)
      let left = 0
      for (let call = 1; call <= calls; call += 1)
        for (const fault of ['crashBefore', 'crashAfter', 'lostAnswer', 'lostRequest', 'outage'] as const) {
          const faults = faultScript()
          const { h, id } = await filed({ store: { without, faults } })
          faults.at(faults.count() + call, fault)
          const first = startProcess(h)
          await first.governance.complaint.send(id, redact, { ...asHead, idempotencyKey: 'erase' }).catch(() => undefined)
          const ordered = (await collect(h.memory.history(id))).some((e) => e.idempotencyKey === 'erase')
          left += ordered && (await h.memory.personal.read(id)).length > 0 ? 1 : 0
          ok(await h.another().complaint.send(id, redact, { ...asHead, idempotencyKey: 'erase' }))
          h.clock.advance(60_000)
          await sweepAll(h.another())
          expect([call, fault, await h.memory.personal.read(id)]).toEqual([call, fault, []])
          expect(await journals(h.memory)).toMatchObject({ [id]: (await journals(clean.h.memory))[clean.id] })
          expect((await h.governance.verifyJournal()).problems).toEqual([])
        }
      // Some of these crashes fall between the order and the erasure: there a sweep has to do it.
      expect(left).toBeGreaterThan(0)
    },
  )

  test('two at once: one erases, the other hears that nothing is left, or both do', async () => {
    for (const slow of [0, 3, 20]) {
      const { h, id } = await filed()
      const later = async (): Promise<void> => {
        for (let i = 0; i < slow; i += 1) await Promise.resolve()
      }
      const results = await Promise.all([
        h.another().complaint.send(id, redact, asHead),
        later().then(() => h.another().complaint.send(id, redact, asHead)),
      ])
      const outcomes = results.map(codes).flat()
      expect(outcomes).toContain('accepted')
      expect(outcomes.filter((c) => !['accepted', 'nothing_to_change'].includes(c))).toEqual([])
      expect(await h.store.personal.read(id)).toEqual([])
      expect((await h.governance.verifyJournal()).problems).toEqual([])
    }
  })
})

describe('relocate', () => {
  const withRequest = async (kind: 'complaint' | 'tierAdjustment', h: Harness, id: string, accountId: string) => {
    // Ledgers send it; here a ledger's entry is played by an effect of its own.
    const from = await collect(h.store.history('account-acme'))
    const last = from.at(-1)
    if (last === undefined) throw new Error('adopted')
    const effect = {
      id: `${last.key}-e9`,
      type: 'command',
      params: {
        kind: kind === 'complaint' ? 'complaint' : 'tier-adjustment',
        instanceId: id,
        command: { type: 'relocate', accountId },
      },
    }
    const store: GovernanceStore = {
      ...h.store,
      effects: {
        ...h.store.effects,
        pending: async () => [
          { instanceId: 'account-acme', kind: 'account', seq: last.seq, at: last.at, effect, attempts: 0, retryAt: null },
        ],
      },
    }
    return h.another({ store }).effects.deliver()
  }

  test('instances of every kind go with their account; queries follow, the journal tells', async () => {
    const h = createHarness({ start: s.august })
    const played = await play(h, [...s.inReview(), { on: 'open', command: personal }])
    for (const [kind, id] of [
      ['complaint', played.id()],
      ['tierAdjustment', played.id('adjustment')],
    ] as const) {
      expect(codes(await h.governance[kind].send(id, { type: 'relocate', accountId: 'other' } as never, asHead))).toEqual([
        'role_required',
      ])
      expect(await withRequest(kind, h, id, 'other')).toMatchObject({ delivered: 1, failed: [], dead: [] })
      const view = await h.governance[kind].get(id)
      expect([view?.accountId, view?.context.accountId, view?.projection.accountId]).toEqual(['other', 'other', 'other'])
      // Delivered again it is known.
      expect(await withRequest(kind, h, id, 'other')).toMatchObject({ delivered: 1 })
      expect((await h.governance[kind].get(id))?.version).toBe(view?.version)
    }
    expect((await collect(h.store.find({ accountId: 'other' }))).map((p) => p.kind).sort()).toEqual([
      'complaint',
      'tier-adjustment',
    ])
    expect((await collect(h.store.find({ accountId: 'acme' }))).map((p) => p.kind)).toEqual(['account'])
    expect((await h.governance.verifyJournal()).problems).toEqual([])
  })

  test('every kind but the account itself takes it, and all take redact; what belongs to no account and holds no customer’s text takes neither', () => {
    const policies = ['policy', 'policy-publication']
    for (const { kind, commands } of Object.values(definitions))
      expect([kind, 'relocate' in commands, 'redact' in commands]).toEqual([
        kind,
        kind !== 'account' && !policies.includes(kind),
        !policies.includes(kind),
      ])
  })
})

describe('the check of journals, with erasures and heads', () => {
  const headsOf = (h: Harness): Promise<KnownHead[]> => collect(h.governance.heads())
  const problems = async (h: Harness, heads: readonly KnownHead[] = []) =>
    (await h.governance.verifyJournal({ heads })).problems.map((p) => p.problem)

  test('a document that was changed, and one that is gone without an order', async () => {
    const { h, id } = await filed()
    const rows = h.memory.client.table('documents')
    const [row, other] = [...rows.group('instance', id)]
    if (row === undefined || other === undefined) throw new Error('sealed')
    rows.update(row, { document: row.document.replace(/"text":"[^"]*"/, '"text":"Mr Wu"') })
    expect(await problems(h)).toEqual(['document_differs'])
    rows.remove(other)
    expect((await problems(h)).sort()).toEqual(['document_differs', 'document_missing'])
    ok(await h.governance.complaint.send(id, redact, asHead))
    // The order lists what was there; the one that vanished before is still told.
    expect(await problems(h)).toEqual(['document_missing'])
  })

  test('heads taken before and after an erasure hold', async () => {
    const { h, id } = await filed()
    const before = await headsOf(h)
    ok(await h.governance.complaint.send(id, redact, asHead))
    expect(await problems(h, before)).toEqual([])
    expect(await problems(h, await headsOf(h))).toEqual([])
  })

  test('an entry that the record counts is gone: told as missing, not thrown', async () => {
    const { h, id } = await filed()
    const events = h.memory.client.table('events')
    const last = events.get(`${id}-000002`)
    if (last === undefined) throw new Error('two entries')
    events.remove(last)
    expect(await problems(h)).toEqual(['missing_entry'])
  })

  test('a tail cut off with the record put back, seen by the known head only', async () => {
    const faults = faultScript()
    const { h, id } = await filed({ store: { faults } })
    const old = { ...h.memory.client.table('instances').get(id) }
    ok(await h.governance.complaint.send(id, redact, asHead))
    const heads = await headsOf(h)
    const { instances, events } = { instances: h.memory.client.table('instances'), events: h.memory.client.table('events') }
    const row = instances.get(id)
    const last = events.get(`${id}-000003`)
    if (row === undefined || last === undefined) throw new Error('three entries')
    events.remove(last)
    instances.update(row, old)
    // The texts are gone and no entry says why: even without a head that shows.
    expect(await problems(h)).toEqual(['document_missing', 'document_missing', 'document_missing'])
    expect(await problems(h, heads)).toContain('head_missing')
  })

  test('an instance that is gone, and one whose visible record is only blocked', async () => {
    let blocked = false
    const h = createHarness({ store: { projectionRule: () => (blocked ? 'Region must be filled in' : null) } })
    await play(h, s.adopted)
    blocked = true
    const { id } = ok(
      await h.governance.complaint.open(
        { ...personal, accountId: 'acme', channel: 'hotline', severity: 'major', about: 'product', receivedAt: h.clock.now() },
        { actor: 'u-huang' },
      ),
    )
    const head = (await h.store.load(id))?.head
    const known = { instanceId: id, seq: head?.seq ?? 0, hash: head?.hash ?? '' }
    expect(await h.governance.verifyJournal({ heads: [known] })).toMatchObject({ instances: 2, problems: [] })
    expect(await problems(h, [known, { ...known, instanceId: 'cmp-gone' }])).toEqual(['instance_missing'])
    expect(await problems(h, [{ ...known, seq: 9 }])).toEqual(['head_missing'])
  })
})
