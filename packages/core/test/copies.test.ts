import { expect, test } from 'vitest'
import { tellCopied } from '../src/definition/approval-machine.ts'
import { definitions } from '../src/runtime/runtime.ts'
import * as c from './support/account-stories.ts'
import * as a from './support/admission-stories.ts'
import { collect, createHarness, type HarnessOptions, type PolicyPatch } from './support/harness.ts'
import * as p from './support/project-stories.ts'
import { play, type Story } from './support/story.ts'
import * as s from './support/stories.ts'

const { adjustment, complaint } = s

/** Every scheme of the policy sends its copies to finance and to the lawyers. */
function withCopies(policy: PolicyPatch): PolicyPatch {
  const schemes = Object.entries(policy['approval'] as Record<string, PolicyPatch>)
  return {
    ...policy,
    approval: Object.fromEntries(schemes.map(([name, scheme]) => [name, { ...scheme, copy: ['finance.head', 'legal.head'] }])),
  }
}

/** Who got which copy of which approval, in the order of the journals. */
async function copiesOf(story: Story, { policy = {}, ...options }: HarnessOptions): Promise<readonly string[]> {
  const h = createHarness({ ...options, policy: withCopies(policy) })
  await play(h, story)
  const copies: string[] = []
  for await (const { instanceId } of h.store.find({}))
    for (const { effects } of await collect(h.store.history(instanceId)))
      for (const { type, params } of effects) {
        const { message, to, data } = params as { message?: string; to?: string[]; data?: { approval?: string } }
        if (type !== 'notify' || message?.startsWith('copyOf') !== true) continue
        expect(to).toEqual(['finance.head', 'legal.head'])
        copies.push(`${String(data?.approval)}: ${message}`)
      }
  return copies
}

const both = (of: (actor: string) => Story[number]): Story => [of('u-chen'), of('u-brandt')]
const inComplaint = (approval: string, decision: string) => (actor: string) => s.cast(complaint, approval, actor, decision)
const inAdjustment = (approval: string, decision: string) => (actor: string) => s.cast(adjustment, approval, actor, decision)
const onPlan = (decision: string) => (actor: string) => p.voteOnPlan(actor, decision)
const onChange = (approval: string, decision: string) => (actor: string) => p.vote(actor, approval, decision)
const handled: HarnessOptions = { policy: s.twoHands }
const reviewed: HarnessOptions = { start: s.august, policy: s.twoHands }
const projects: HarnessOptions = { policy: p.oneHand }
const extension: Story = [...s.investigating(), s.extensionAsked]
const dear: Story = [...s.planning(), s.dearPlan]
const admitted: HarnessOptions = { policy: a.oneHand }
const inDecision: Story = [...s.inReview(), s.vote('u-chen', 'review')]
const kept: Story = [...inDecision, ...both(inAdjustment('decision', 'reject'))]

const cases: readonly (readonly [string, Story, HarnessOptions, readonly string[]])[] = [
  [
    'CPL-05: an extension approved',
    [...extension, inComplaint('extension', 'approve')('u-chen')],
    handled,
    ['extension: copyOfApproval'],
  ],
  [
    'CPL-05: an extension rejected',
    [...extension, ...both(inComplaint('extension', 'reject'))],
    handled,
    ['extension: copyOfRejection'],
  ],
  [
    'CPL-04: a compensation sent back',
    [...dear, ...both(inComplaint('compensation', 'sendBack'))],
    handled,
    ['compensation: copyOfReturn'],
  ],
  [
    'CPL-06: closed without satisfaction',
    [...s.inCommittee(), inComplaint('dissatisfaction', 'approve')('u-chen')],
    handled,
    ['dissatisfaction: copyOfApproval'],
  ],
  [
    'CPL-06: another round',
    [...s.inCommittee(), ...both(inComplaint('dissatisfaction', 'reject'))],
    handled,
    ['dissatisfaction: copyOfRejection'],
  ],
  [
    'ADJ-11, ADJ-12: the review passed, management rejects',
    kept,
    reviewed,
    ['review: copyOfApproval', 'decision: copyOfRejection'],
  ],
  [
    'ADJ-11: the review rejected',
    [...s.inReview(), ...both(inAdjustment('review', 'reject'))],
    reviewed,
    ['review: copyOfRejection'],
  ],
  [
    'ADJ-12: management sends back',
    [...inDecision, ...both(inAdjustment('decision', 'sendBack'))],
    reviewed,
    ['review: copyOfApproval', 'decision: copyOfReturn'],
  ],
  [
    'ADJ-12, I-36: kept as it is, then an appeal granted',
    [...kept, s.appeal('B'), inAdjustment('appeal', 'approve')('u-chen')],
    reviewed,
    ['review: copyOfApproval', 'decision: copyOfRejection', 'appeal: copyOfApproval'],
  ],
  [
    'I-36: an appeal rejected',
    [...kept, s.appeal('B'), ...both(inAdjustment('appeal', 'reject'))],
    reviewed,
    ['review: copyOfApproval', 'decision: copyOfRejection', 'appeal: copyOfRejection'],
  ],
  ['ADM-07: an admission approved', a.assigningTeam(), admitted, ['admission: copyOfApproval']],
  ['ADM-07: an admission rejected', a.rejected(), admitted, ['admission: copyOfRejection']],
  [
    'ADM-07: an admission sent back',
    [...a.inCommittee(), ...both((actor) => a.vote(actor, 'sendBack'))],
    admitted,
    ['admission: copyOfReturn'],
  ],
  [
    'ADM-09: other terms approved',
    [...a.inCommitteeAgain(), a.vote('u-chen')],
    admitted,
    ['admission: copyOfApproval', 'admission: copyOfApproval'],
  ],
  ['I-39: a customer blacklisted', [c.adopt(), ...c.blacklisted], c.options, ['blacklist: copyOfApproval']],
  [
    'I-39: a customer not blacklisted',
    [c.adopt(), c.motion, ...both((actor) => c.resolve('reject', actor))],
    c.options,
    ['blacklist: copyOfRejection'],
  ],
  ['PRJ-06: a plan approved', p.active(), projects, ['plan: copyOfApproval']],
  ['PRJ-06: a plan sent back', [...p.inReview(), ...both(onPlan('sendBack'))], projects, ['plan: copyOfReturn']],
  ['CHG-01: a change approved', p.awaitingCustomer(), projects, ['plan: copyOfApproval', 'change: copyOfApproval']],
  [
    'CHG-01: a change rejected',
    [...p.inApproval(), ...both(onChange('change', 'reject'))],
    projects,
    ['plan: copyOfApproval', 'change: copyOfRejection'],
  ],
  [
    'CHG-01: a change sent back',
    [...p.inApproval(), ...both(onChange('change', 'sendBack'))],
    projects,
    ['plan: copyOfApproval', 'change: copyOfReturn'],
  ],
  [
    'CHG-01: an emergency approved, not ratified',
    [...p.inRatification(), ...both(onChange('ratification', 'reject'))],
    projects,
    ['plan: copyOfApproval', 'emergency: copyOfApproval', 'ratification: copyOfRejection'],
  ],
  [
    'CHG-01: an emergency ratified',
    [...p.inRatification(), onChange('ratification', 'approve')('u-chen')],
    projects,
    ['plan: copyOfApproval', 'emergency: copyOfApproval', 'ratification: copyOfApproval'],
  ],
  [
    'CHG-02: what was to go back may stay',
    [...p.inAcceptance(), onChange('acceptance', 'approve')('u-chen')],
    projects,
    ['plan: copyOfApproval', 'change: copyOfApproval', 'acceptance: copyOfApproval'],
  ],
  [
    'CHG-02: what was to go back may not stay',
    [...p.inAcceptance(), ...both(onChange('acceptance', 'reject'))],
    projects,
    ['plan: copyOfApproval', 'change: copyOfApproval', 'acceptance: copyOfRejection'],
  ],
]

test.each(cases)('I-17: the scheme’s roles get a copy of the decision: %s', async (_, story, options, expected) => {
  expect([...(await copiesOf(story, options))].sort()).toEqual([...expected].sort())
})

test('I-17: a copy names nobody who is barred from the complaint [CON-01]', async () => {
  const h = createHarness({ policy: withCopies(s.twoHands) })
  const played = await play(h, [
    ...s.investigating({ named: ['u-meyer'] }),
    s.extensionAsked,
    inComplaint('extension', 'approve')('u-chen'),
  ])
  const [entry] = (await collect(h.store.history(played.id()))).slice(-1)
  expect(
    entry?.effects.find(({ params }) => (params as { message?: string }).message === 'copyOfApproval')?.params,
  ).toMatchObject({ except: ['u-meyer'] })
})

interface Branch {
  readonly guard?: unknown
  readonly actions?: unknown
}
interface Node {
  readonly on?: { readonly [type: string]: unknown }
  readonly states?: { readonly [name: string]: Node }
}
const branchesOf = ({ on = {}, states = {} }: Node): readonly Branch[] => [
  ...['vote', 'recuse'].flatMap((type) => [on[type] ?? []].flat() as Branch[]),
  ...Object.values(states).flatMap(branchesOf),
]
const decides = ({ guard }: Branch): boolean => !/"(?:pending|nextStage|isPending)"/.test(JSON.stringify(guard ?? null))
const tells = ({ actions }: Branch): boolean => [actions].flat().includes(tellCopied)

// The ledger of a policy takes no votes: its publications do.
const voting = Object.values(definitions).filter((d) => d.kind !== 'policy')

test.each(voting.map((d) => [d.kind, d.machine.config as Node] as const))(
  'I-17: no branch of a vote or a recusal that can decide goes without the copies: %s',
  (_, machine) => {
    // The last branch of some tables is for votes that have decided nothing: it only records.
    const deciding = branchesOf(machine).filter((b) => decides(b) && b.actions !== 'record')
    expect(deciding.length).toBeGreaterThan(0)
    expect(deciding.filter((b) => !tells(b))).toEqual([])
  },
)
