import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Baseline, JournalEntry, ProjectChangeContext, ProjectContext } from '../src/index.ts'
import { advance } from '../src/runtime/advance.ts'
import { definitions } from '../src/runtime/runtime.ts'
import { contentHash } from '../src/baselines/index.ts'
import { projectLedgerId } from '../src/definition/instance-id.ts'
import { canonicalJson, sha256Hex } from '../src/rules/index.ts'
import { createWorkingCalendar, type CalendarDocument } from '../src/calendar/index.ts'
import { codes, collect, createHarness, sweepAll, type Harness, type HarnessOptions } from './support/harness.ts'
import * as p from './support/project-stories.ts'
import { sweep } from './support/stories.ts'
import { record } from './support/recorded.ts'
import { createSession, play, type Step, type Story } from './support/story.ts'

const oneHand: HarnessOptions = { policy: p.oneHand }
const apart: HarnessOptions = { policy: p.oneHand, store: { without: ['atomicMultiCommit'] } }
const line = projectLedgerId('line-1')
const hashOf = (value: unknown): string => sha256Hex(canonicalJson(value as never))
const ledgerOf = async (h: Harness): Promise<ProjectContext> => {
  const view = await h.governance.project.get(line)
  if (view === null) throw new Error('no project')
  return view.context
}
const statesOf = async (h: Harness): Promise<readonly string[]> =>
  (await collect(h.store.find({ kind: 'project-change' }))).map((found) => found.state)

const typeOf = ({ command }: JournalEntry): string | undefined => (command as { readonly type?: string } | undefined)?.type

/** The whole point [CHG-02]: every version of a baseline goes back to the plan's approval or to a change that was approved on the version before, with that content. */
async function expectEveryVersionApproved(h: Harness): Promise<void> {
  const applied: JournalEntry[] = []
  for (const entry of await collect(h.store.history(line))) if (typeOf(entry) === 'applyChange') applied.push(entry)
  const ledger = await ledgerOf(h)
  const taken = ledger.versions.filter(({ approvedAs }) => approvedAs !== 'plan')
  expect(new Set(taken.map(({ by }) => by)).size).toBe(taken.length)
  for (const { version, by, contentHash: hash } of taken) {
    const history = await collect(h.store.history(by ?? ''))
    const implemented = history.find((e) => e.effects.some((x) => applied.some((a) => a.idempotencyKey === x.id)))
    expect(implemented === undefined ? null : typeOf(implemented)).toBe('implement')
    const before = history.slice(0, history.indexOf(implemented as JournalEntry))
    const decided = before.findLast((e) => (e.inputs[0] as { approval?: { outcome?: string } }).approval?.outcome === 'approved')
    expect(decided).toBeDefined()
    const { context } = (await h.governance.projectChange.get(by ?? '')) ?? {}
    const change = context as ProjectChangeContext
    expect([change.measured?.contentHash, change.measured?.baseVersion, change.appliedVersion ?? version]).toEqual([
      hash,
      version - 1,
      version,
    ])
    expect(contentHash(change.content as Baseline, hashOf)).toBe(hash)
  }
  expect(ledger.versions.map(({ version }) => version)).toEqual(ledger.versions.map((_, i) => i + 1))
  expect(contentHash(ledger.baseline as Baseline, hashOf)).toBe(ledger.versions.at(-1)?.contentHash)
  expect((await h.governance.verifyJournal()).problems).toEqual([])
}

const twoApproved: Story = [...p.approved(), ...p.other({ qualityStandard: 'ISO 3834-2' }).slice(0, -1)]
const implementOther = p.implement({ name: 'other' })

describe.each([
  ['a store that commits together', oneHand],
  ['a store that commits one by one', apart],
])('two changes approved on one baseline, on %s [CHG-02]', (_, options) => {
  test('the second is told in time, measured anew, approved anew', async () => {
    const h = createHarness(options)
    const refused = [...twoApproved, implementOther, sweep(), { ...p.implement(), refused: ['baseline_changed'] }]
    const played = await play(h, refused)
    const last = played.results.at(-1)
    expect(last?.ok === false && last.refusals).toMatchObject([
      { rule: 'mayImplementOnCurrentBaseline', required: 1, actual: 2, remedy: { kind: 'send', command: 'reassess' } },
    ])
    const id = played.id('change')
    const send = (command: object, actor: string) => h.governance.projectChange.send(id, command as never, { actor })
    expect(codes(await send({ type: 'reassess' }, p.leader))).toEqual(['accepted'])
    const { context, state } = (await h.governance.projectChange.get(id)) ?? {}
    expect([state, context?.consent, context?.approvals, context?.assessments]).toEqual(['assessing', null, {}, []])
    // Its own wish is carried over; what the other change has put in force stays.
    expect(context?.content).toEqual({ ...p.plan, ...p.moreWelders, qualityStandard: 'ISO 3834-2' })
    expect(context?.measured?.diff.map((entry) => entry.path)).toEqual(['resources.welders'])
    // What the group said to the old difference is no vote on the new one.
    expect(codes(await send({ type: 'vote', approval: 'change', decision: 'approve', basis: 'x' }, 'u-chen'))).toEqual([
      'command_not_available',
    ])
    await expectEveryVersionApproved(h)
  })

  test('whatever the order of their steps and of the sweeps, one is implemented on that baseline and never both', async () => {
    const { played, fresh } = await record(twoApproved, options)
    const both = new Set<string>()
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('change', 'other', 'sweep', 'tick'), { minLength: 2, maxLength: 8 }),
        async (order) => {
          const h = await fresh()
          const basis = async (id: string) => (await h.governance.projectChange.get(id))?.basis ?? ''
          const [a, b] = [played.id('change'), played.id('other')]
          const seen = { change: await basis(a), other: await basis(b) }
          const running: Promise<unknown>[] = []
          for (const [k, what] of [...order, 'change' as const, 'other' as const].entries())
            if (what === 'tick') await Promise.resolve()
            else if (what === 'sweep') running.push(h.another().sweep())
            else
              running.push(
                h
                  .another()
                  .projectChange.send(
                    what === 'change' ? a : b,
                    { type: 'implement', note: 'done', evidence: [{ uri: 'file:1' }], basis: seen[what] },
                    { actor: p.leader, idempotencyKey: `k-${String(k)}` },
                  ),
              )
          await Promise.all(running)
          await sweepAll(h.governance)
          const states = (await statesOf(h)).toSorted()
          expect(states).toEqual(['approved', 'implemented'])
          expect((await ledgerOf(h)).version).toBe(2)
          await expectEveryVersionApproved(h)
          both.add((await h.governance.projectChange.get(a))?.state ?? '')
        },
      ),
      { numRuns: 25 },
    )
    // Either of them can be the first.
    expect(both.size).toBe(2)
  })
})

test('a follow-up that was lost is brought forward once, however often anybody sweeps', async () => {
  const h = createHarness(apart)
  await play(h, p.implementing())
  // Only the change's own entry is durable so far.
  expect((await ledgerOf(h)).version).toBe(1)
  expect(await statesOf(h)).toEqual(['implementing'])
  await Promise.all([h.another().sweep(), h.another().sweep(), h.another().sweep()])
  await sweepAll(h.governance)
  await sweepAll(h.governance)
  expect((await ledgerOf(h)).version).toBe(2)
  expect(await statesOf(h)).toEqual(['implemented'])
  expect(await h.governance.effects.dead()).toEqual([])
  await expectEveryVersionApproved(h)
})

describe('nobody writes a baseline by hand [CHG-02]', () => {
  const applyChange = (context: ProjectContext) => ({
    type: 'applyChange',
    by: 'chg-x',
    baseVersion: context.version,
    contentHash: contentHash({ ...p.plan, ...p.twoLines }, hashOf),
    content: { ...p.plan, ...p.twoLines },
    approvedAs: 'major',
  })
  test.each(['observe', 'warn', 'enforce'] as const)('%s', async (mode) => {
    const h = createHarness({ policy: p.oneHand, mode: { project: mode, 'project-change': mode } })
    const played = await play(h, p.implementing())
    const hands: readonly [kind: 'project' | 'projectChange', id: string, command: object][] = [
      ['project', line, applyChange(await ledgerOf(h))],
      ['project', line, { type: 'ratifyBaseline', by: 'chg-x', version: 1, content: p.plan }],
      ['projectChange', played.id('change'), { type: 'confirmImplementation', version: 9 }],
      ['projectChange', played.id('change'), { type: 'declineImplementation', version: 9 }],
    ]
    for (const [kind, id, command] of hands)
      for (const actor of ['u-chen', 'u-lin', p.leader]) {
        const sent = await h.governance[kind].send(id, command as never, { actor })
        expect(codes(sent)).toEqual(['role_required'])
      }
    await expect(h.governance.project.send(line, applyChange(await ledgerOf(h)) as never, { actor: 'system' })).rejects.toThrow(
      'actor',
    )
    expect((await ledgerOf(h)).version).toBe(2)
    await expectEveryVersionApproved(h)
  })

  test('no policy can give it to anybody', async () => {
    const authority = {
      'project.applyChange': ['companyManagement'],
      'project-change.confirmImplementation': ['companyManagement'],
    }
    const h = createHarness({ policy: { ...p.oneHand, authority } })
    await play(h, p.active())
    const sent = await h.governance.project.send(line, applyChange(await ledgerOf(h)) as never, { actor: 'u-chen' })
    expect(codes(sent)).toEqual(['role_required'])
    expect(!sent.ok && sent.refusals[0]?.required).toEqual([])
  })

  test('nor does a change that is observed only come through on another baseline', async () => {
    const h = createHarness({ policy: p.oneHand, mode: { project: 'observe', 'project-change': 'observe' } })
    const played = await play(h, [...twoApproved, implementOther, sweep()])
    const basis = (await h.governance.projectChange.get(played.id('change')))?.basis ?? ''
    const implement = { type: 'implement' as const, note: 'x', evidence: [{ uri: 'file:1' }], basis }
    expect(codes(await h.governance.projectChange.send(played.id('change'), implement, { actor: p.leader }))).toContain(
      'baseline_changed',
    )
    expect((await ledgerOf(h)).version).toBe(2)
  })
})

describe('implementation believes the approval, not the state [CHG-02]', () => {
  const tampered: { readonly [what: string]: (context: ProjectChangeContext) => Partial<ProjectChangeContext> } = {
    'another content': () => ({ content: { ...p.plan, ...p.twoLines } }),
    'another content with its own hash': ({ measured }) => ({
      content: { ...p.plan, ...p.twoLines },
      measured: measured && { ...measured, contentHash: contentHash({ ...p.plan, ...p.twoLines }, hashOf) },
    }),
    'another class': ({ measured }) => ({ measured: measured && { ...measured, class: 'major' } }),
    'other assessments': () => ({ assessments: [] }),
    'no approval': () => ({ approvals: {} }),
    'the approval of an emergency for one that is none': ({ approvals }) => ({
      emergency: { why: 'x' },
      approvals: { emergency: approvals.change } as never,
    }),
    'no consent': () => ({ consent: null }),
  }
  test.each(['nothing', ...Object.keys(tampered)])('%s', async (what) => {
    const h = createHarness(oneHand)
    const played = await play(h, p.approved())
    const stored = await h.store.load(played.id('change'))
    const instance = JSON.parse(stored?.snapshot ?? '') as { context: ProjectChangeContext }
    const context = { ...instance.context, ...tampered[what]?.(instance.context) }
    const definition = definitions['project-change']
    if (definition === undefined) throw new Error('no definition')
    const { version, baseline, groupBaseline, leader, team, name } = await ledgerOf(h)
    const result = advance(
      definition,
      { ...instance, context } as never,
      { type: 'implement', note: 'x', evidence: [{ uri: 'file:1' }], basis: 'x' },
      {
        at: h.clock.now(),
        actor: { id: p.leader, roles: ['product'] },
        policy: h.policy,
        calendar: createWorkingCalendar(h.policy.calendars['main'] as CalendarDocument),
        calendarId: 'main',
        facts: {
          project: {
            projectId: 'line-1',
            accountId: 'acme',
            name,
            status: 'active',
            version,
            baseline,
            groupBaseline,
            leader,
            team,
          },
        },
        hashOf,
        mode: 'observe',
      },
    )
    if (what === 'nothing') expect(result.ok).toBe(true)
    else expect(result.ok ? [] : result.refusals.map((r) => r.code)).toContain('approval_missing')
  })
})

test('what the ledger is sent with another content than the approved one is refused and waits for an operator', async () => {
  const h = createHarness(apart)
  await play(h, p.active())
  const definition = definitions['project']
  const stored = await h.store.load(line)
  if (definition === undefined || stored === null) throw new Error('no project')
  const env = {
    at: h.clock.now(),
    actor: { id: 'system', roles: ['system'] },
    policy: h.policy,
    calendar: createWorkingCalendar(h.policy.calendars['main'] as CalendarDocument),
    calendarId: 'main',
    facts: {},
    hashOf,
    mode: 'observe',
  } as const
  const instance = JSON.parse(stored.snapshot) as never
  const hash = contentHash(p.plan, hashOf)
  for (const command of [
    {
      type: 'applyChange',
      by: 'chg-x',
      baseVersion: 1,
      contentHash: hash,
      content: { ...p.plan, ...p.twoLines },
      approvedAs: 'minor',
    },
    { type: 'ratifyBaseline', by: 'chg-x', version: 1, content: { ...p.plan, ...p.twoLines } },
    { type: 'ratifyBaseline', by: 'chg-x', version: 7, content: p.plan },
  ]) {
    const result = advance(definition, instance, command, env)
    expect(result.ok ? [] : result.refusals.map((r) => r.code)).toEqual(['basis_changed'])
  }
})

describe('the group’s own baseline [decision 10]', () => {
  const implementedAs = (content: object, name: string): Story => [
    p.openChange({ name }),
    p.apply(content, {}, { name }),
    p.assess('cost', { name }),
    p.vote('u-chen', 'change', 'approve', { name }),
    p.consent({ name }),
    p.implement({ name }),
    sweep(),
  ]
  const budget = (minor: number) => ({ budget: { currency: 'CNY', minor } })
  test('small steps cannot add up unseen: the class is measured from what the group approved itself', async () => {
    const h = createHarness(oneHand)
    const played = await play(h, [
      ...p.active(),
      ...implementedAs(budget(102_000_000), 'one'),
      ...implementedAs(budget(103_000_000), 'two'),
      ...implementedAs(budget(104_000_000), 'three'),
      ...implementedAs(budget(105_000_000), 'four'),
    ])
    const classes = await Promise.all(
      ['one', 'two', 'three', 'four'].map(
        async (name) => (await h.governance.projectChange.get(played.id(name)))?.context.measured?.class,
      ),
    )
    // Two and one percent are minor, four in all are major; what the group has approved is the base of the next.
    expect(classes).toEqual(['minor', 'minor', 'major', 'minor'])
    expect(await ledgerOf(h)).toMatchObject({ version: 5, groupVersion: 4, groupBaseline: budget(104_000_000) })
    await expectEveryVersionApproved(h)
  })
  const steps: readonly Step[] = [p.vote('u-chen', 'ratification'), p.consent()]
  test('an emergency counts as approved by the group when it is ratified, and not before', async () => {
    const h = createHarness(oneHand)
    const session = createSession(h)
    let k = 0
    for (const step of p.inRatification()) await session.play(step, `step-${String(k++)}`)
    expect(await ledgerOf(h)).toMatchObject({ version: 2, groupVersion: 1 })
    for (const step of steps) await session.play(step, `step-${String(k++)}`)
    await sweepAll(h.governance)
    expect(await ledgerOf(h)).toMatchObject({ version: 2, groupVersion: 2, groupBaseline: p.moreWelders })
  })
})
