import { faultScript } from '@ka-governance/adapter-memory'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  defaultHost,
  erasedText,
  formatEffect,
  formatRefusal,
  type Delivery,
  type Governance,
  type JournalEntry,
} from '../src/index.ts'
import { sealedToken } from '../src/errors/index.ts'
import { complaintWorkflow } from '../src/workflows/complaint/index.ts'
import { definitions } from '../src/runtime/runtime.ts'
import { commitmentOf, sealCommand } from '../src/runtime/personal.ts'
import { codes, collect, createHarness, journals, ok, sweepAll, type Harness, type HarnessOptions } from './support/harness.ts'
import { startProcess } from './support/process.ts'
import { rawDocuments, rawText } from './support/raw.ts'
import { states } from './support/states.ts'
import * as s from './support/stories.ts'
import { complaintForm, play, type Story } from './support/story.ts'

/** Literals that stand nowhere else. */
const personal = {
  contact: 'Ms Li Xiaomei, 139-1234-5678',
  matter: 'MATTER the flange of line 3 cracked',
  expectedSolution: 'EXPECTED a new flange by Friday',
}
const said = {
  part: 'PART late as well',
  missing: 'MISSING two flanges',
  saidBy: 'Mr Zhang of the night shift',
  note: 'NOTE called back at nine',
  question: 'which batch?',
  answer: 'ANSWER batch 7 of Mr Zhang',
  again: 'AGAIN it cracked',
  withdrawn: 'WITHDRAWN by Ms Li herself',
}

/** A complaint in which every personal field is filled in once, those that the customer says last among them. */
const story: Story = [
  ...s.investigating(personal),
  s.complaint('u-okafor', { type: 'split', parts: [{ matter: said.part, sites: ['SITE north'] }], reason: 'two matters' }),
  s.complaint('u-peters', { type: 'waitForCustomer', reason: 'customerAnswer', question: said.question }),
  s.complaint('u-huang', { type: 'customerReplied', answer: said.answer }),
  s.determine(),
  s.plan(),
  s.complete(),
  s.complaint('u-huang', { type: 'recordContact', channel: 'email', at: '@now', outcome: 'reached', note: said.note }),
  { ...s.partlySatisfied, command: { ...s.partlySatisfied.command, saidBy: said.saidBy, missing: said.missing } },
  s.plan(),
  s.complete(),
  s.satisfied({ saidBy: said.saidBy }),
  s.archive,
  s.complaint('u-huang', { type: 'reopen', reason: said.again, evidence: [{ uri: 'call:2' }] }, { after: '2d' }),
  s.complaint('u-huang', { type: 'withdraw', saidBy: said.withdrawn, evidence: [{ uri: 'mail:1' }] }),
]
const literals = [
  ...Object.values(personal),
  said.part,
  said.missing,
  said.saidBy,
  said.note,
  said.answer,
  said.again,
  said.withdrawn,
]
const realSalt = (h: Harness): Governance => h.another({ host: { clock: h.clock.now, newId: defaultHost.newId } })

async function told(options: HarnessOptions = {}): Promise<{ readonly h: Harness; readonly id: string }> {
  const h = createHarness(options)
  const { id } = await play(h, story)
  await sweepAll(h.governance)
  return { h, id: id() }
}

describe('personal texts stand in documents of their own [SEC-02]', () => {
  test('no journal, snapshot, projection or effect holds one; all are in the documents', async () => {
    const { h } = await told()
    const raw = rawText(h.memory)
    expect(raw).toContain('which batch?')
    for (const literal of literals) {
      expect(raw).not.toContain(literal)
      expect(rawDocuments(h.memory)).toContain(literal)
    }
    for await (const { fields } of h.store.find({})) expect(JSON.stringify(fields)).not.toContain('sealed:')
    expect((await h.governance.verifyJournal()).problems).toEqual([])
  })

  test('a view shows them opened; the journal answers tokens', async () => {
    const { h, id } = await told()
    const view = await h.governance.complaint.get(id)
    expect(view?.context).toMatchObject({ ...personal, verdicts: [{ saidBy: said.saidBy, reason: said.missing }, {}] })
    const [first] = await collect(h.governance.complaint.history(id))
    expect((first?.command as { contact?: string } | undefined)?.contact).toMatch(/^sealed:[0-9a-f]{64}$/)
  })

  test('a part of a split seals its own copy, and keeps its sites readable', async () => {
    for (const without of [[], ['atomicMultiCommit']] as const) {
      const { h, id } = await told({ store: { without } })
      const views = await Promise.all(
        (await collect(h.store.find({ kind: 'complaint' }))).map((p) => h.governance.complaint.get(p.instanceId)),
      )
      const part = views.find((v) => v?.id !== id)
      expect(part?.context).toMatchObject({ matter: said.part, contact: personal.contact, sites: ['SITE north'], relatedTo: id })
      const ids = async (of: string) => (await h.store.personal.read(of)).map((d) => d.documentId)
      const own = new Set(await ids(id))
      expect((await ids(part?.id ?? '')).filter((each) => own.has(each))).toEqual([])
    }
  })

  /** No workflow writes personal texts into notices so far; here one does. */
  async function withPersonalNotice(handle: (d: Delivery) => Promise<void>) {
    const h = createHarness()
    const { id } = await play(h, s.received(personal))
    const [entry] = await collect(h.store.history(id()))
    const contact = (entry?.command as { contact: string }).contact
    const pending = h.store.effects.pending
    const effects: typeof h.store.effects = {
      ...h.store.effects,
      pending: async (q) =>
        (await pending(q)).map((p) =>
          p.effect.type === 'notify' ? { ...p, effect: { ...p.effect, params: { to: [], message: 'x', data: [contact] } } } : p,
        ),
    }
    return h.another({ store: { ...h.store, effects }, handlers: { default: handle } })
  }

  test('handlers get opened texts', async () => {
    const seen: Delivery[] = []
    const g = await withPersonalNotice((d) => Promise.resolve(void seen.push(d)))
    await g.effects.deliver()
    expect(seen.find((d) => d.type === 'notify')?.params).toMatchObject({ data: [personal.contact] })
  })

  test('what a handler says about its failure is kept without the texts that it was given', async () => {
    const g = await withPersonalNotice((d) =>
      d.type === 'notify' ? Promise.reject(new Error(`${'x'.repeat(480)} no mail to ${personal.contact}`)) : Promise.resolve(),
    )
    const { failed } = await g.effects.deliver()
    expect(failed).not.toEqual([])
    for (const { reason } of failed) expect(reason).toMatch(/^Error: x+ no mail to/)
    expect(JSON.stringify(failed)).not.toContain(personal.contact.slice(0, 5))
  })

  test('those who answer for them list them, the barred never [CON-01]', async () => {
    const h = createHarness()
    const { id } = await play(h, s.received({ ...personal, named: ['u-qian'] }))
    const texts = await h.governance.complaint.personalTexts(id(), { actor: 'u-lin' })
    expect(texts.map(({ field, text, seq }) => [field, text, seq]).sort()).toEqual(
      Object.entries(personal)
        .map(([field, text]) => [field, text, 1])
        .sort(),
    )
    await expect(h.governance.complaint.personalTexts(id(), { actor: 'u-qian' })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await h.governance.complaint.personalTexts('cmp-none')).toEqual([])
    await expect(h.governance.tierAdjustment.personalTexts(id())).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('tokens', () => {
  const host = { newSalt: () => 'salt', sha256: defaultHost.sha256 }

  test('whatever stands in a marked field is sealed whole and opens to itself, look-alikes of tokens too', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 5 }), fc.string(), (texts, other) => {
        const command = { type: 'x', texts, other, deep: { a: [{ b: other }], n: 1, no: null } }
        const { command: sealed, documents } = sealCommand(
          command,
          ['texts', 'deep', 'absent'],
          { instanceId: 'i-1', seq: 3 },
          host,
        )
        expect(documents.map((d) => d.text)).toEqual([...texts, other])
        expect(sealed['other']).toBe(other)
        expect(sealed['texts']).toEqual(documents.slice(0, -1).map((d) => sealedToken(d.documentId)))
        expect(sealed['deep']).toEqual({ a: [{ b: sealedToken(documents.at(-1)?.documentId ?? '') }], n: 1, no: null })
        for (const document of documents) expect(commitmentOf(document, host.sha256)).toBe(document.documentId)
      }),
    )
  })

  test('a commitment is bound to instance and field, and unguessable without its salt', () => {
    const at = { instanceId: 'i-1', field: 'contact', salt: 's', text: 'Ms Li' }
    const ids = [at, { ...at, instanceId: 'i-2' }, { ...at, field: 'matter' }, { ...at, salt: 't' }, { ...at, text: 'Mr Li' }]
    expect(new Set(ids.map((d) => commitmentOf(d, host.sha256))).size).toBe(ids.length)
    const salts = Array.from({ length: 100 }, () => defaultHost.newSalt())
    expect(new Set(salts).size).toBe(100)
    for (const salt of salts) expect(salt).toMatch(/^[0-9a-f]{32}$/)
  })

  test('a text that looks like a token: kept in a marked field, refused elsewhere, even a real one', async () => {
    const h = createHarness()
    const { id } = await play(h, s.received(personal))
    const [document] = await h.store.personal.read(id())
    const token = sealedToken(document?.documentId ?? '')
    const opened = ok(
      await h.governance.complaint.open({ ...complaintForm(h.clock.now()), contact: token }, { actor: 'u-huang' }),
    )
    expect((await h.governance.complaint.get(opened.id))?.context.contact).toBe(token)
    const sent = h.governance.complaint.send(id(), { type: 'contain', measure: token }, { actor: 'u-huang' })
    await expect(sent).rejects.toMatchObject({ code: 'invalid_command', findings: [{ path: 'measure' }] })
    const literal = ok(await h.governance.complaint.send(id(), { type: 'contain', measure: `${token}!` }, { actor: 'u-huang' }))
    expect((literal.entry.command as { measure: string }).measure).toBe(`${token}!`)
  })

  test('the command hash of an entry does not give a text away: it is made of the sealed command', async () => {
    const h = createHarness()
    await play(h, s.adopted)
    const hashes = new Set<string>()
    for (const key of ['a', 'b']) {
      const { entry } = ok(
        await realSalt(h).complaint.open(
          { ...complaintForm(h.clock.now()), ...personal },
          { actor: 'u-huang', idempotencyKey: key },
        ),
      )
      hashes.add(entry.commandHash)
    }
    expect(hashes.size).toBe(2)
  })

  test('every mark names a field of its command', () => {
    for (const { kind, commands } of Object.values(definitions))
      for (const [type, spec] of Object.entries(commands)) {
        const { shape } = spec.schema as unknown as { shape: object }
        const absent = (spec.personal ?? []).filter((field) => !Object.hasOwn(shape, field))
        // The two unhappy verdicts share their marks.
        expect([kind, type, absent.filter((field) => !['missing', 'reason'].includes(field))]).toEqual([kind, type, []])
      }
    expect(Object.entries(complaintWorkflow.commands).filter(([, spec]) => spec.personal).length).toBeGreaterThan(8)
  })

  test('long texts and broken ones are refused before they are sealed', async () => {
    const h = createHarness()
    await play(h, s.adopted)
    for (const contact of ['x'.repeat(10_000_000), 'half \ud83d', '\u0000'])
      await expect(
        h.governance.complaint.open({ ...complaintForm(h.clock.now()), contact }, { actor: 'u-huang' }),
      ).rejects.toMatchObject({ code: 'invalid_command' })
    expect(rawDocuments(h.memory)).toBe('[]')
  })
})

describe('sending again', () => {
  const form = (h: Harness, change: object = {}) => ({ ...complaintForm(h.clock.now()), ...personal, ...change })
  const open = (h: Harness, change?: object) =>
    realSalt(h).complaint.open(form(h, change), { actor: 'u-huang', idempotencyKey: 'call-1' })

  test('the same command finds its first outcome though salts are fresh; another payload is refused', async () => {
    const h = createHarness()
    await play(h, s.adopted)
    const first = ok(await open(h))
    expect(await open(h)).toMatchObject({ ok: true, duplicate: true, entry: first.entry })
    for (const change of [{ contact: 'Mr Wu' }, { severity: 'critical' }, { sites: ['north'] }])
      expect(codes(await open(h, change))).toEqual(['idempotency_key_reused'])
    expect(await h.store.personal.read(first.id)).toHaveLength(3)
  })

  test('where a text was erased meanwhile it counts as the same, and nothing else does', async () => {
    const h = createHarness()
    await play(h, s.adopted)
    const { id } = ok(await open(h))
    ok(await h.governance.complaint.send(id, { type: 'redact', fields: ['contact'], reason: 'asked' }, { actor: 'u-lin' }))
    expect(await open(h)).toMatchObject({ ok: true, duplicate: true })
    expect(codes(await open(h, { contact: 'somebody else' }))).toEqual(['accepted'])
    expect(codes(await open(h, { matter: 'something else' }))).toEqual(['idempotency_key_reused'])
    expect(rawDocuments(h.memory)).not.toContain('somebody else')
  })

  test('a part that is delivered again after its parent was erased is known as the same', async () => {
    const faults = faultScript()
    const h = createHarness({ store: { without: ['atomicMultiCommit'], faults } })
    const { id } = await play(h, [
      ...s.received(personal),
      s.complaint('u-okafor', { type: 'split', parts: [{ matter: said.part, sites: ['SITE north'] }], reason: 'two matters' }),
    ])
    // The part is opened, and the process dies before the parent's effect is acknowledged.
    faults.when(({ method }) => (method === 'effects.ack' ? 'crashBefore' : null))
    await expect(startProcess(h).governance.effects.deliver()).rejects.toThrow('simulated crash')
    while ((await collect(h.store.find({ kind: 'complaint' }))).length < 2)
      await startProcess(h, { handlers: {} })
        .governance.effects.deliver()
        .catch(() => undefined)
    faults.when(() => null)
    ok(await h.governance.complaint.send(id(), { type: 'redact', reason: 'asked' }, { actor: 'u-lin' }))
    await sweepAll(h.governance)
    expect(await h.governance.effects.dead()).toEqual([])
    expect(await collect(h.store.find({ kind: 'complaint' }))).toHaveLength(2)
    expect((await h.governance.verifyJournal()).problems).toEqual([])
  })
})

describe('a crash or a lost answer at any call of `open`', () => {
  const faultsOf = ['crashBefore', 'crashAfter', 'lostAnswer', 'lostRequest', 'outage'] as const
  test.each([[[] as const], [['atomicDocuments'] as const], [['atomicMultiCommit', 'atomicDocuments'] as const]])(
    'the same complaint in the end, each text once (without %j)',
    async (without) => {
      const clean = createHarness({ store: { without } })
      await play(clean, s.adopted)
      const faults = faultScript()
      const counted = createHarness({ store: { without, faults } })
      await play(counted, s.adopted)
      const before = faults.count()
      const form = { ...complaintForm(clean.clock.now()), ...personal }
      const o = { actor: 'u-huang', idempotencyKey: 'call-1' }
      ok(await clean.governance.complaint.open(form, o))
      ok(await counted.governance.complaint.open(form, o))
      const calls = faults.count() - before
      expect(calls).toBeGreaterThan(2)
      for (let call = 1; call <= calls; call += 1)
        for (const fault of faultsOf) {
          const script = faultScript()
          const h = createHarness({ store: { without, faults: script } })
          await play(h, s.adopted)
          script.at(script.count() + call, fault)
          await startProcess(h)
            .governance.complaint.open(form, o)
            .catch(() => undefined)
          const { id } = ok(await h.another().complaint.open(form, o))
          expect([call, fault, (await h.store.personal.read(id)).map((d) => d.text).sort()]).toEqual([
            call,
            fault,
            Object.values(personal).sort(),
          ])
          expect(await journals(h.memory)).toEqual(await journals(clean.memory))
          expect((await h.governance.verifyJournal()).problems).toEqual([])
        }
    },
  )
})

describe('two writers', () => {
  test('one form sent by two at once under one key: one complaint, one set of texts, with and without atomic documents', async () => {
    // A host whose salts repeat loses secrecy, and nothing else.
    for (const [without, process] of [
      [[], realSalt],
      [['atomicDocuments'], realSalt],
      [['atomicDocuments'], (of: Harness) => of.another()],
      [['atomicDocuments', 'atomicMultiCommit'], (of: Harness) => of.another()],
    ] as const) {
      const h = createHarness({ store: { without } })
      await play(h, s.adopted)
      const form = { ...complaintForm(h.clock.now()), ...personal }
      const results = await Promise.all(
        [1, 2, 3].map(() => process(h).complaint.open(form, { actor: 'u-huang', idempotencyKey: 'call-1' })),
      )
      expect(results.map((r) => r.ok && r.duplicate).sort()).toEqual([false, true, true])
      expect(await h.store.personal.read(results[0]?.id ?? '')).toHaveLength(3)
      expect((await h.governance.verifyJournal()).problems).toEqual([])
    }
  })
})

test('refusals and formatters name no token: opened where the text is there, marked where it is not', async () => {
  expect(formatEffect({ type: 'custom', params: { note: erasedText } }, 'en')).toContain('(erased)')
  expect(formatEffect({ type: 'custom', params: { note: erasedText } }, 'zh-CN')).toContain('已删除')
  const token = sealedToken('0'.repeat(64))
  expect(formatEffect({ type: 'custom', params: { note: token } }, 'en')).toContain('(personal text, kept apart)')
  const refusal = {
    code: 'value_not_allowed',
    rule: 'mayConfirmForSite',
    clause: 'CPL-06',
    required: ['north'],
    actual: token,
  } as const
  expect(formatRefusal(refusal, 'zh-CN')).toContain('个人信息')
  const h = createHarness()
  const entries: JournalEntry[] = []
  const { id } = await play(h, s.received(personal))
  const preview = await h.governance.complaint.preview(
    id(),
    { type: 'withdraw', saidBy: said.withdrawn, evidence: [{ uri: 'm:1' }] },
    { actor: 'u-huang' },
  )
  if (preview.ok) entries.push(...preview.entries)
  expect(JSON.stringify(entries)).toContain('sealed:')
  expect(JSON.stringify(entries)).not.toContain(said.withdrawn)
  expect(rawDocuments(h.memory)).not.toContain(said.withdrawn)
})

describe.each(Object.keys(states) as (keyof typeof states)[])('%s: on the way to every state', (kind) => {
  test('no personal text stands outside of its document, no record shows a token, and every journal verifies', async () => {
    for (const { state, story: way, options } of states[kind]) {
      const h = createHarness(options)
      await play(h, way)
      const raw = rawText(h.memory)
      for await (const { instanceId, fields } of h.store.find({})) {
        expect([state, JSON.stringify(fields).includes('sealed:')]).toEqual([state, false])
        for (const { field, text } of await h.store.personal.read(instanceId))
          expect([state, field, raw.includes(JSON.stringify(JSON.stringify(text)).slice(1, -1))]).toEqual([state, field, false])
      }
      expect((await h.governance.verifyJournal()).problems).toEqual([])
    }
  })
})
