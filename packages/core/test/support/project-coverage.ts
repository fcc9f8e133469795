import type { HarnessOptions } from './harness.ts'
import * as p from './project-stories.ts'
import { approvalBranches, stagedBranches, sweep } from './stories.ts'
import type { Step, Story } from './story.ts'
import type { Way } from './ways.ts'

const { change, project, back } = p
const unsigned: HarnessOptions = { policy: p.unsigned }
const changeLeader = project('u-lin', { type: 'changeLeader', leader: 'u-qian', team: [], reason: 'on leave' })

/** Whatever may follow from an approval: branches of one stage, and of two. */
function ofApproval(approval: string, opener: Story, send: typeof change): Way[] {
  return [
    ...Object.entries(approvalBranches(send, approval)).map(([branch, steps]) => ({
      title: `${approval}: ${branch}`,
      story: [...opener, ...steps],
    })),
    ...Object.entries(stagedBranches(send, approval)).map(([branch, steps]) => ({
      title: `${approval}: ${branch}`,
      story: [...opener.flatMap(inTwoStages), ...steps],
      options: { policy: p.staged },
    })),
  ]
}
/** Where u-chen decides alone, finance follows. */
const inTwoStages = (step: Step): Story =>
  step.command?.type === 'vote' && step.actor === 'u-chen' ? [step, { ...step, actor: 'u-meyer' }] : [step]

const projects: readonly Way[] = [
  { title: 'from the need to the acceptance', story: [...p.active(), p.closeProject] },
  { title: 'cancelled while planning', story: [...p.planning(), p.cancelProject] },
  { title: 'cancelled in review', story: [...p.inReview(), p.cancelProject] },
  { title: 'cancelled when active', story: [...p.active(), p.cancelProject] },
  { title: 'another leader, at any time', story: [...p.planning(), changeLeader, p.register({}, 'u-qian'), changeLeader] },
  { title: 'another leader of an active project', story: [...p.active(), changeLeader] },
  {
    title: 'another plan while the group reviews',
    story: [...p.inReview(), p.register({ scope: 'two lines' }), p.voteOnPlan('u-chen')],
  },
  ...ofApproval('plan', p.inReview(), project),
]

/** States from which a change can still be given up. */
const open: { readonly [state: string]: Story } = {
  drafting: p.drafting(),
  assessing: p.assessing(),
  inApproval: p.inApproval(),
  inEmergency: p.inEmergency(),
  awaitingCustomer: p.awaitingCustomer(),
  approved: p.approved(),
}
const reassess = change(p.leader, { type: 'reassess' })
const moved = p.other({ qualityStandard: 'ISO 3834-2' })

const replaced = { type: 'replaceElector', approval: 'acceptance', person: 'u-brandt', to: 'u-ivanova', reason: 'left' }

const changes: readonly Way[] = [
  { title: 'from the application to the verification', story: [...p.implemented(), p.verify()] },
  { title: 'without anything that the customer has signed', story: [...p.inApproval(), p.vote('u-chen')], options: unsigned },
  { title: 'the customer refuses', story: [...p.awaitingCustomer(), p.refuseConsent()] },
  {
    title: 'several dimensions',
    story: [...p.assessing({ ...p.twoLines, ...p.moreWelders }), p.assess('scope'), p.assess('cost')],
  },
  ...Object.entries(open).flatMap(([state, story]): Way[] => [
    { title: `withdrawn from ${state}`, story: [...story, p.withdraw] },
    { title: `superseded from ${state}`, story: [...story, p.supersede] },
    { title: `expired from ${state}`, story: [...story, sweep('100d')] },
    ...(state === 'drafting'
      ? []
      : [
          { title: `amended in ${state}`, story: [...story, p.amend()] },
          { title: `measured anew in ${state}`, story: [...story, ...moved, sweep(), reassess] },
        ]),
  ]),
  { title: 'an approved emergency amended', story: [...p.approvedEmergency(), p.amend()] },
  { title: 'an approved emergency measured anew', story: [...p.approvedEmergency(), ...moved, sweep(), reassess] },
  ...ofApproval('change', p.inApproval(), change),
  ...ofApproval('emergency', p.inEmergency(), change),
  ...ofApproval('ratification', p.inRatification(), change),
  ...ofApproval('acceptance', p.inAcceptance(), change).filter(({ title }) => title !== 'acceptance: the electorate changes'),
  {
    title: 'acceptance: the electorate changes, though not by whoever asked',
    story: [
      ...p.inAcceptance(),
      change('u-lin', replaced, { refused: ['maker_is_checker'] }),
      change('u-chen', replaced),
      change('u-he', { type: 'giveOpinion', approval: 'acceptance', opinion: 'concern', comment: 'liability' }),
      change('u-chen', { type: 'copyTo', approval: 'acceptance', people: ['u-liu'] }),
      change('u-chen', { type: 'transferVote', approval: 'acceptance', to: 'u-xu', reason: 'on leave' }),
      p.vote('u-xu', 'acceptance'),
    ],
  },
  {
    title: 'approved by a recusal where nothing was signed',
    story: [
      ...p.inApproval(),
      change('u-chen', { type: 'addApprover', approval: 'change', person: 'u-sun', reason: 'knows the plant' }),
      p.vote('u-chen'),
      change('u-sun', { type: 'recuse', approval: 'change', reason: 'related' }),
    ],
    options: unsigned,
  },
  ...(['vote', 'recuse'] as const).map((by): Way => ({
    title: `sent back once too often, by ${by}`,
    story: [
      ...p.inApproval(),
      p.vote('u-chen', 'change', 'sendBack'),
      ...(by === 'vote'
        ? [p.vote('u-brandt', 'change', 'sendBack')]
        : [change('u-brandt', { type: 'recuse', approval: 'change', reason: 'related' })]),
    ],
    options: { policy: { ...p.oneHand, change: { maxReturns: 0 } } },
  })),
  { title: 'ratified, then consented to', story: [...p.inRatification(), p.vote('u-chen', 'ratification'), p.consent()] },
  { title: 'consented to, then ratified', story: [...p.inRatification(), p.consent(), p.vote('u-chen', 'ratification')] },
  {
    title: 'ratified where nothing was signed',
    story: [...p.inRatification(), p.vote('u-chen', 'ratification')],
    options: unsigned,
  },
  {
    title: 'ratified by a recusal after the consent',
    story: [
      ...p.inRatification(),
      p.consent(),
      change('u-chen', { type: 'addApprover', approval: 'ratification', person: 'u-sun', reason: 'knows the plant' }),
      p.vote('u-chen', 'ratification'),
      change('u-sun', { type: 'recuse', approval: 'ratification', reason: 'related' }),
    ],
  },
  {
    title: 'an emergency of several dimensions',
    story: [
      ...p.drafting(),
      p.emergency({ ...p.twoLines, ...p.moreWelders }),
      p.vote('u-chen', 'emergency'),
      p.implement(),
      sweep(),
      p.assess('scope'),
      p.assess('cost'),
    ],
  },
  { title: 'not ratified in time', story: [...p.ratifying(), sweep('10d')] },
  { title: 'the customer refuses afterwards', story: [...p.ratifying(), p.refuseConsent(), sweep()] },
  { title: 'changed back', story: [...p.rolledBack(), p.verify(true, { name: 'back' })] },
  {
    title: 'the change back fails, and is tried again',
    story: [...p.rollbackFailed(), p.retryRollback, sweep(), ...p.changeBack()],
  },
  { title: 'tried again while the group is asked to let it stay', story: [...p.inAcceptance(), p.retryRollback, sweep()] },
  {
    title: 'nothing left to change back',
    story: [
      ...p.implemented(),
      ...p.other({ ...p.moreWelders, resources: [{ name: 'robot' }] }),
      sweep(),
      p.verify(false),
      sweep(),
    ],
  },
  { title: 'the change back expires', story: [...p.rollingBack(), sweep('100d')] },
  {
    title: 'the change back is rejected by the customer',
    story: [
      ...p.rollingBack(),
      p.assess('cost', { name: 'back' }),
      p.vote('u-chen', 'change', 'approve', { name: 'back' }),
      p.refuseConsent({ name: 'back' }),
      sweep(),
    ],
  },
  {
    title: 'the change back is superseded',
    story: [...p.rollingBack(), back(p.leader, { type: 'supersede', by: 'chg-other', reason: 'a better one' }), sweep()],
  },
]

/** Of two changes on one baseline, sent at once to a store that commits one instance at a time, the ledger declines the second. */
const apart: HarnessOptions = { policy: p.oneHand, store: { without: ['atomicMultiCommit'] } }
/** Records that lag behind: who looks for what is open does not see the change. */
const unseen: HarnessOptions = {
  ...apart,
  wrap: (store) => ({
    ...store,
    find: async function* (query) {
      for await (const found of store.find(query)) if (query.open !== true || found.kind !== 'project-change') yield found
    },
  }),
}
const ends: { readonly [end: string]: Step } = { closed: p.closeProject, cancelled: p.cancelProject }
const late: readonly Way[] = [
  {
    title: 'declined by the ledger',
    story: [...p.approved(), ...p.other({ qualityStandard: 'ISO 3834-2' }), p.implement(), sweep()],
    options: apart,
  },
  ...Object.entries(ends).flatMap(([end, step]): Way[] => [
    { title: `too late for a project that is ${end}`, story: [...p.implementing(), step, sweep()], options: unseen },
    {
      title: `ratified when the project is ${end}`,
      story: [...p.inRatification(), p.consent(), step, p.vote('u-chen', 'ratification'), sweep()],
      options: unseen,
    },
  ]),
]

const oneHand: HarnessOptions = { policy: p.oneHand }
/** Stories that together walk every state and every transition of projects and their changes. */
export const projectCoverage: readonly Way[] = [...projects, ...changes, ...late].map((way) => ({
  ...way,
  options: way.options ?? oneHand,
}))
