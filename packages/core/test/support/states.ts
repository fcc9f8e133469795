import { accountCommands, accountStates } from './account-states.ts'
import { blacklisted, checklist, oneHand } from './account-stories.ts'
import { admissionCommands, admissionStates } from './admission-states.ts'
import type { HarnessOptions } from './harness.ts'
import { policyCommands, policyStates, publicationCommands, publicationStates } from './policy-states.ts'
import { publication } from './policy-stories.ts'
import { projectChangeCommands, projectChangeStates, projectCommands, projectStates } from './project-states.ts'
import { change, project } from './project-stories.ts'
import type { Step, Story } from './story.ts'
import * as s from './stories.ts'
import type { Reached } from './ways.ts'

export type Kind = 'admission' | 'complaint' | 'adjustment' | 'account' | 'project' | 'change' | 'publication' | 'policy'

const inAugust: HarnessOptions = { start: s.august }
const twoHands: HarnessOptions = { ...inAugust, policy: s.twoHands }
const reviewed: Story = [...s.inReview(), s.vote('u-wang', 'review'), s.vote('u-okafor', 'review')]
const decided: Story = [...reviewed, s.vote('u-chen', 'decision')]
const exitDecided: Story = [...s.inReview('exit'), s.vote('u-chen', 'review'), s.vote('u-chen', 'decision'), s.sweep('40d')]

export const states: { readonly [K in Kind]: readonly Reached[] } = {
  admission: admissionStates,
  project: projectStates,
  change: projectChangeStates,
  publication: publicationStates,
  policy: policyStates,
  complaint: [
    { state: 'received', story: s.received(), options: {} },
    { state: 'assigned', story: s.assigned(), options: {} },
    {
      state: 'disputed',
      story: [...s.assigned(), s.complaint('u-peters', { type: 'disputeAssignment', reason: 'not ours' })],
      options: {},
    },
    { state: 'investigating', story: [...s.investigating(), s.extensionAsked], options: {} },
    { state: 'planning', story: s.planning(), options: {} },
    { state: 'handling', story: [...s.planning(), s.dearPlan], options: {} },
    { state: 'handling', story: s.handling(), options: {} },
    { state: 'confirming', story: s.confirming(), options: {} },
    { state: 'inCommittee', story: s.inCommittee(), options: {} },
    { state: 'reviewing', story: s.reviewing(), options: {} },
    { state: 'archived', story: s.archived(), options: {} },
    {
      state: 'notUpheld',
      story: [
        ...s.investigating(),
        s.complaint('u-qian', { type: 'notUphold', reasons: 'misuse', evidence: [{ uri: 'lab:2' }], customerToldAt: '@now' }),
      ],
      options: {},
    },
    {
      state: 'withdrawn',
      story: [...s.received(), s.complaint('u-huang', { type: 'withdraw', saidBy: 'Ms Li', evidence: [{ uri: 'mail:1' }] })],
      options: {},
    },
    { state: 'duplicate', story: [...s.received(), s.complaint('u-huang', { type: 'markDuplicate', of: 'cmp-1' })], options: {} },
    {
      state: 'closedWithoutSatisfaction',
      story: [...s.inCommittee(), s.cast(s.complaint, 'dissatisfaction', 'u-chen', 'approve')],
      options: { policy: s.twoHands },
    },
  ],
  adjustment: [
    { state: 'collecting', story: s.collecting(), options: inAugust },
    { state: 'inReview', story: s.inReview(), options: inAugust },
    { state: 'notPassed', story: [...s.inReview(), s.vote('u-wang', 'review', 'reject')], options: inAugust },
    { state: 'inDecision', story: reviewed, options: inAugust },
    { state: 'announcing', story: decided, options: inAugust },
    { state: 'applied', story: [...decided, s.sweep('40d')], options: inAugust },
    {
      state: 'kept',
      story: [...reviewed, s.vote('u-chen', 'decision', 'reject'), s.vote('u-brandt', 'decision', 'reject')],
      options: inAugust,
    },
    { state: 'closedUnchanged', story: s.collecting('B'), options: inAugust },
    { state: 'appealed', story: [...s.collecting('B'), s.appeal('C')], options: inAugust },
    { state: 'discontinued', story: [...s.collecting(), ...blacklisted], options: { ...inAugust, policy: oneHand } },
  ],
  account: [
    { state: 'ka', story: s.adopted, options: inAugust },
    { state: 'customer', story: [{ on: 'adopt', command: { isKeyAccount: false } }], options: inAugust },
    { state: 'exiting', story: exitDecided, options: twoHands },
    { state: 'exited', story: [...exitDecided, checklist], options: twoHands },
    ...accountStates,
  ],
}

const evidence = [{ uri: 'file:1' }]
const approvalCommands = (target: typeof s.complaint, approval: string, voter: string): readonly Step[] => [
  target(voter, { type: 'vote', approval, decision: 'approve', basis: '@approval' }),
  target(voter, { type: 'addApprover', approval, person: 'u-xu', reason: 'knows it' }),
  target(voter, { type: 'transferVote', approval, to: 'u-ivanova', reason: 'on leave' }),
  target(voter, { type: 'copyTo', approval, people: ['u-liu'] }),
  target(voter, { type: 'recuse', approval, reason: 'related' }),
  target('u-lin', { type: 'replaceElector', approval, person: voter, to: 'u-ivanova', reason: 'left' }),
  target('u-he', { type: 'giveOpinion', approval, opinion: 'neutral', comment: 'fine' }),
]

const own: { readonly [K in Kind]: readonly Step[] } = {
  publication: [...publicationCommands, ...approvalCommands(publication, 'policy', 'u-chen')],
  policy: policyCommands,
  admission: admissionCommands,
  project: [...projectCommands, ...approvalCommands(project, 'plan', 'u-chen')],
  change: [
    ...projectChangeCommands,
    ...approvalCommands(change, 'change', 'u-chen'),
    ...approvalCommands(change, 'emergency', 'u-chen'),
    ...approvalCommands(change, 'ratification', 'u-chen'),
    ...approvalCommands(change, 'acceptance', 'u-chen'),
  ],
  complaint: [
    s.complaint('u-huang', { type: 'forward', department: 'product' }),
    s.complaint('u-peters', { type: 'accept' }),
    s.complaint('u-peters', { type: 'disputeAssignment', reason: 'not ours' }),
    s.complaint('u-okafor', { type: 'assign', department: 'production', reason: 'made there' }),
    s.complaint('u-huang', { type: 'callMeeting', heldAt: '@now', departments: ['product', 'technical'], minutes: 'agreed' }),
    s.complaint('u-huang', { type: 'contain', measure: 'stop shipping' }),
    s.complaint('u-okafor', { type: 'reclassify', severity: 'critical', reason: 'line stopped' }),
    s.complaint('u-okafor', { type: 'split', parts: [{ matter: 'late delivery' }], reason: 'two matters' }),
    s.determine(),
    s.complaint('u-qian', { type: 'notUphold', reasons: 'misuse', evidence, customerToldAt: '@now' }),
    s.complaint('u-rossi', { type: 'reportRework', result: 'passed' }),
    s.complaint('u-liu', { type: 'decideReturn', disposition: 'scrap', reason: 'beyond repair' }),
    s.plan(),
    s.complete(),
    s.complaint('u-huang', { type: 'recordContact', channel: 'email', at: '@now', outcome: 'notReached' }),
    s.satisfied(),
    s.partlySatisfied,
    s.dissatisfied,
    s.archive,
    s.complaint('u-liu', { type: 'checkPrevention', effective: true, finding: 'no cracks' }),
    s.complaint('u-huang', { type: 'reopen', reason: 'cracked again', evidence }),
    s.complaint('u-huang', { type: 'withdraw', saidBy: 'Ms Li', evidence }),
    s.complaint('u-huang', { type: 'markDuplicate', of: 'cmp-1' }),
    s.extensionAsked,
    s.complaint('u-peters', { type: 'reportProgress', toldAt: '@now', note: 'started' }),
    s.complaint('u-peters', { type: 'waitForCustomer', reason: 'customerAnswer', question: 'which batch?' }),
    s.complaint('u-huang', { type: 'customerReplied', answer: 'batch 7' }),
    s.complaint('u-huang', { type: 'tierChanged', tier: 'A' }),
    ...approvalCommands(s.complaint, 'extension', 'u-okafor'),
    ...approvalCommands(s.complaint, 'compensation', 'u-meyer'),
    ...approvalCommands(s.complaint, 'dissatisfaction', 'u-wang'),
  ],
  adjustment: [
    s.propose('B'),
    s.adjustment('u-wu', { type: 'revise', reason: 'more facts' }),
    s.adjustment('u-novak', { type: 'forwardWithDissent', reason: 'strategy' }),
    s.adjustment('u-wu', { type: 'closeNotPassed', reason: 'agreed' }),
    s.adjustment('u-chen', { type: 'override', to: 'D', until: '2026-12-31', reason: 'strategic' }),
    s.appeal('A'),
    s.adjustment('u-chen', { type: 'effectDelivered', effectId: 'x-1' }),
    s.adjustment('u-chen', { type: 'close', because: 'ended' }),
    ...approvalCommands(s.adjustment, 'review', 'u-wang'),
    ...approvalCommands(s.adjustment, 'decision', 'u-chen'),
    ...approvalCommands(s.adjustment, 'appeal', 'u-chen'),
  ],
  account: [
    s.account('u-novak', { type: 'openAdjustment', cycle: '2026-H1', instanceId: 'tier-acme-2026-h1' }),
    s.account('u-novak', { type: 'claimAdjustment', by: 'tier-x' }),
    s.account('u-novak', { type: 'releaseAdjustment', by: 'tier-x' }),
    s.account('u-novak', { type: 'changeTier', by: 'tier-x', cycle: '2026-H1', to: 'A' }),
    s.account('u-novak', { type: 'lapseOverride' }),
    s.account('u-novak', { type: 'startExit', by: 'tier-x', cycle: '2026-H1' }),
    checklist,
    s.account('u-chen', { type: 'stopExit', reason: 'they stay' }),
    ...accountCommands,
    ...approvalCommands(s.account, 'blacklist', 'u-chen'),
  ],
}

/** Commands that every kind takes; an account goes nowhere. */
const common = (kind: Kind): readonly Step[] => {
  const on = kind
  const redact: Step = { on, actor: 'u-lin', command: { type: 'redact', reason: 'the customer asked for it' } }
  const relocate: Step = { on, actor: 'u-lin', command: { type: 'relocate', accountId: 'other' } }
  const migrate: Step = {
    on,
    actor: 'u-lin',
    command: {
      type: 'migrate',
      policy: { id: 'manufacturer-cn', version: '9.9', hash: 'a'.repeat(64) },
      reason: 'a new version',
    },
  }
  const resolveDrift: Step = {
    on,
    actor: 'u-lin',
    command: { type: 'resolveDrift', decision: 'repair', basis: 'a'.repeat(64), reason: 'changed by hand' },
  }
  if (kind === 'publication' || kind === 'policy') return [migrate, resolveDrift]
  return kind === 'account' ? [redact, migrate, resolveDrift] : [redact, relocate, migrate, resolveDrift]
}

/** One well-formed command of every type, by somebody who may send it somewhere. */
export const commands = Object.fromEntries(
  Object.entries(own).map(([kind, steps]) => [kind, [...steps, ...common(kind as Kind)]]),
) as unknown as { readonly [K in Kind]: readonly Step[] }
