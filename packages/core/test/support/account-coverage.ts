import * as c from './account-stories.ts'
import * as a from './admission-stories.ts'
import type { HarnessOptions } from './harness.ts'
import { account, adjustment, appeal, approvalBranches, cast, propose, stagedBranches, sweep } from './stories.ts'
import type { Step, Story } from './story.ts'
import type { Way } from './ways.ts'

/** Children follow as effects, so that something is on its way when the next command comes. */
const slow: HarnessOptions = { ...c.options, store: { without: ['atomicMultiCommit'] } }
const way = (title: string, story: Story, options: HarnessOptions = c.options): Way => ({ title, story, options })
const customer = { isKeyAccount: false, tier: 'C' }
/** A customer that the group has admitted. */
const admittedCustomer: Story = [c.adopt(customer), c.applies, a.register(), a.recommend(), a.vote('u-chen')]
const granted: Story = [appeal('C'), cast(adjustment, 'appeal', 'u-chen', 'approve'), sweep('40d')]
const overruled: Story = [
  { on: 'review' },
  propose('B'),
  cast(adjustment, 'review', 'u-chen', 'approve'),
  adjustment('u-chen', { type: 'override', to: 'A', until: '2026-12-31', reason: 'strategic' }),
  cast(adjustment, 'decision', 'u-brandt', 'approve'),
  sweep(),
  sweep('40d'),
]
const inApproval = (approval: string): Story => [cast(adjustment, approval, 'u-chen', 'approve')]
const late = { finance: { ...a.findings.finance, overdueDays: 90 } }

/** Where an open adjustment stands when the customer is blacklisted. */
const open: { readonly [state: string]: Story } = {
  collecting: [{ on: 'review' }],
  inReview: [{ on: 'review' }, propose('B')],
  notPassed: [
    { on: 'review' },
    propose('B'),
    cast(adjustment, 'review', 'u-chen', 'reject'),
    cast(adjustment, 'review', 'u-brandt', 'reject'),
  ],
  inDecision: [{ on: 'review' }, propose('B'), ...inApproval('review')],
  announcing: [{ on: 'review' }, propose('B'), ...inApproval('review'), ...inApproval('decision')],
  appealed: [...c.decided('B'), sweep('40d'), appeal('A')],
}

const gamma: Step = c.adopt({ accountId: 'gamma', name: 'Gamma', tier: 'C' }, 'gamma')

/** Stories that together walk every state and every transition of the account ledger, and the ends of adjustments that they bring. */
export const accountCoverage: readonly Way[] = [
  way('contract renewed, noticed and lapsed', [...c.contracted(), c.renew, sweep('1000d')]),
  way('suspended and resumed', [...c.contracted(), c.suspend, c.resume]),
  way('requalified, and reminded of it', [...c.contracted({ contract: undefined }), c.requalify(), sweep('400d')]),
  way('no longer qualified: reviewed on demand', [c.adopt({ tier: 'B' }), c.requalify(late), sweep()]),
  way('no longer qualified while a review is open', [c.adopt({ tier: 'C' }), { on: 'review' }, c.requalify(late)]),
  way('ended by the customer', [...c.exited, c.readmit('u-wang', { after: '190d' }), c.applies]),
  way('a customer ends the relation while it is reviewed', [c.adopt(customer), { on: 'review' }, c.end()]),
  way('a contract lapses while the relation ends', [...c.contracted(), c.end('2027-06-30'), sweep('190d'), c.stopExit]),
  way('a suspended account’s exit is stopped', [c.adopt({ tier: 'C' }), c.suspend, ...c.exitDecided, c.stopExit]),
  way('a suspended account’s appeal is granted', [c.adopt({ tier: 'D' }), c.suspend, ...c.exitDecided, ...granted]),
  way('an admitted customer’s exit is stopped', [...admittedCustomer, ...c.exitDecided, c.stopExit]),
  way('an admitted customer’s appeal is granted', [
    c.adopt({ ...customer, tier: 'D' }),
    ...admittedCustomer.slice(1),
    ...c.exitDecided,
    ...granted,
  ]),
  way('a customer applies in vain', [c.adopt(customer), c.applies, a.withdraw, sweep()]),
  way('a customer does not sign', [...admittedCustomer, a.withdraw, sweep()]),
  way('a prospect applies again', [c.applies, a.withdraw, sweep(), c.applies]),
  way('handed over, then named', [c.adopt(), c.handover(), sweep('20d'), c.nameManager]),
  way('a group of companies', [...c.withBeta(), c.join(), sweep(), c.join(null), sweep()]),
  way('a group leads its members to another tier', [
    ...c.withBeta(),
    c.beta({ accountId: 'gamma', name: 'Gamma', parentId: 'acme' }),
    c.adopt({ accountId: 'delta', name: 'Delta' }),
  ]),
  way('a prospect is merged', [...c.withBeta().slice(0, 1), c.applies, a.withdraw, sweep(), c.merge()]),
  way('a customer is merged', [...c.withBeta(customer), c.merge(), sweep()]),
  way('a key account is merged', [...c.withBeta(), c.merge(), sweep()]),
  way('an ending relation is merged', [...c.withBeta(), c.end(), c.merge()]),
  way('a former customer is merged', [c.beta(), ...c.exited, c.merge()]),
  way('a customer is split', [c.adopt(customer), c.split(), sweep()]),
  way('a key account is split', [c.adopt(), c.split(), sweep()]),
  way('more than a page moves to the survivor', [
    ...c.withBeta(),
    ...Array.from({ length: 41 }, () => ({ on: 'open' as const })),
    c.merge(),
    sweep(),
  ]),
  way('more than a page hears of a tier', [
    c.adopt({ tier: 'C' }),
    ...Array.from({ length: 81 }, () => ({ on: 'open' as const })),
    ...c.decided('B'),
    sweep('40d'),
  ]),
  way('an override lapses as the account is merged', [
    c.beta(),
    c.adopt({ tier: 'C' }),
    ...overruled,
    { ...c.merge(), after: '200d' },
    sweep(),
  ]),
  way('blacklisted and readmitted', [c.adopt(), ...c.blacklisted, c.readmit('u-lin', { after: '740d' })]),
  way('a member leaves a blacklisted group', [
    ...c.withBeta(),
    c.join(),
    sweep(),
    account('u-sun', { type: 'proposeBlacklisting', reason: 'fraud', evidence: c.evidence }, { name: 'beta' }),
    { ...c.resolve(), name: 'beta' },
    c.join(null),
  ]),
  way(
    'an admission is withdrawn as the customer is blacklisted',
    [c.applies, sweep(), c.motion, a.withdraw, c.resolve(), sweep()],
    slow,
  ),
  way(
    'an adjustment ends as the customer is blacklisted',
    [
      c.adopt({ tier: 'C' }),
      { on: 'review' },
      sweep(),
      propose('B'),
      cast(adjustment, 'review', 'u-chen', 'approve'),
      c.motion,
      cast(adjustment, 'decision', 'u-chen', 'reject'),
      cast(adjustment, 'decision', 'u-brandt', 'reject'),
      c.resolve(),
      sweep(),
    ],
    slow,
  ),
  way('news of a lapsed override is under way as the customer is blacklisted', [
    c.adopt({ tier: 'C' }),
    ...Array.from({ length: 81 }, () => ({ on: 'open' as const })),
    ...overruled,
    c.motion,
    { ...c.resolve(), after: '200d' },
    sweep(),
  ]),
  way(
    'news of the group is under way as a member is blacklisted',
    [...c.withBeta(), c.motion, c.join(), c.resolve(), sweep()],
    slow,
  ),
  way(
    'news of the group is under way as a member is merged',
    [gamma, ...c.withBeta(), c.join('gamma'), c.merge(), sweep()],
    slow,
  ),
  way(
    'the survivor is merged itself before it hears',
    [gamma, ...c.withBeta(), c.merge(), { ...c.merge('gamma'), name: 'beta' }, sweep()],
    slow,
  ),
  ...Object.entries(open).map(([state, story]) =>
    way(`an adjustment ${state} is discontinued`, [c.adopt({ tier: 'C' }), ...story, ...c.blacklisted]),
  ),
  ...Object.entries(approvalBranches(account, 'blacklist')).map(([branch, steps]) =>
    way(`resolution: ${branch}`, [c.adopt(), c.motion, ...steps]),
  ),
  ...Object.entries(stagedBranches(account, 'blacklist')).map(([branch, steps]) =>
    way(`resolution: ${branch}`, [c.adopt(), c.motion, ...steps], {
      ...c.options,
      policy: c.twoStages,
    }),
  ),
]
