// Stories that lead through whole workflows, for tests that play the same on other stores or under faults.
import { defaultHost } from '../../src/index.ts'
import * as c from './account-stories.ts'
import * as a from './admission-stories.ts'
import type { HarnessOptions } from './harness.ts'
import * as q from './policy-stories.ts'
import * as p from './project-stories.ts'
import type { Story } from './story.ts'
import * as s from './stories.ts'

const { adjustment, complaint, sweep } = s
const later = { version: '1.2', effectiveFrom: '2026-03-17' }

/** Split into child complaints, a second round, the follow-up's end. */
export const complaintStory: Story = [
  ...s.investigating(),
  complaint('u-okafor', { type: 'split', parts: [{ matter: 'late' }, { matter: 'dirty' }], reason: 'three matters' }),
  sweep('1h'),
  s.determine(),
  s.plan(),
  s.complete(),
  s.dissatisfied,
  s.plan(),
  s.complete(),
  sweep('3d'),
  s.satisfied(),
]
/** A claim, a tier change that open complaints hear of, an appeal that needs the claim, an override that lapses. */
export const adjustmentStory: Story = [
  { on: 'adopt', command: { tier: 'C' } },
  { on: 'open' },
  { on: 'review' },
  sweep(),
  s.propose('B'),
  s.vote('u-chen', 'review'),
  adjustment('u-chen', { type: 'override', to: 'A', until: '2026-12-31', reason: 'strategic' }),
  s.vote('u-brandt', 'decision'),
  sweep('31d'),
  s.appeal('B'),
  sweep(),
  s.vote('u-brandt', 'appeal', 'sendBack'),
  s.vote('u-chen', 'appeal', 'sendBack'),
  sweep('1d'),
  { on: 'review', command: { onDemand: 'dispute' } },
  sweep('150d'),
]

/** From the plan to a change that is implemented, found wrong and changed back. */
export const projectStory: Story = [...p.rolledBack(), p.verify(true, { name: 'back' })]

/** A customer that is admitted, reviewed to another tier, leaves and comes back. */
export const accountStory: Story = [
  c.adopt({ isKeyAccount: false, tier: 'C' }),
  c.applies,
  sweep(),
  a.register(),
  a.recommend(),
  a.vote('u-chen'),
  sweep(),
  a.assignTeam(),
  a.sign({ signedOn: '2026-08-03', from: '2026-08-03', to: '2028-08-02' }),
  sweep(),
  ...c.decided('B').flatMap((step) => [step, sweep()]),
  sweep('40d'),
  c.end('2026-09-30'),
  sweep('30d'),
  c.checklist,
  c.readmit('u-wang', { after: '200d' }),
]
/** Two customers in one record, each with its complaint. */
export const splitStory: Story = [
  c.adopt({ tier: 'C' }),
  { on: 'open' },
  { on: 'open' },
  c.split([`cmp-${defaultHost.sha256('complaint\nstep-1').slice(0, 20)}`]),
  sweep('1h'),
]
/** A first version and the one after it, from their drafts into force; a third one that is withdrawn. */
export const policyStory: Story = [
  q.openVersion(),
  q.checkDraft(),
  q.whatIf(),
  q.submit(),
  q.vote(),
  sweep(),
  sweep('1d'),
  q.openVersion('1.1'),
  q.checkDraft(q.next),
  q.whatIf({ ...q.next, against: {} }),
  q.submit(),
  q.vote(),
  q.openVersion('1.2'),
  q.checkDraft(later),
  q.whatIf({ ...later, against: {} }),
  q.submit(),
  q.vote(),
  sweep(),
  q.withdraw(),
  sweep(),
  sweep('30d'),
]

/** All of them, each with what its harness needs. */
export const longStories: readonly (readonly [title: string, story: Story, options: HarnessOptions])[] = [
  ['complaint with children', complaintStory, {}],
  ['adjustment with its ledger', adjustmentStory, { start: s.august, policy: s.twoHands }],
  ['admission with its ledger', a.admissionStory, { policy: a.oneHand }],
  ['project change with its ledger, and back', projectStory, { policy: p.oneHand }],
  ['account through admission, tier, exit and return', accountStory, c.options],
  ['split of an account', splitStory, c.options],
  ['versions of a policy with their ledger', policyStory, { policy: q.oneHand }],
]
