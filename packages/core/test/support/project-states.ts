import * as p from './project-stories.ts'
import { sweep } from './stories.ts'
import type { Step } from './story.ts'
import { reachedWith } from './ways.ts'

const reached = reachedWith({ policy: p.oneHand })

/** A way to every state of a project. */
export const projectStates = [
  reached('planning', p.planning()),
  reached('inReview', p.inReview()),
  reached('active', p.active()),
  reached('active', p.assessing()),
  reached('closed', [...p.active(), p.closeProject]),
  reached('cancelled', [...p.active(), p.cancelProject]),
]

/** A way to every state of a change, and to those of its conditions that decide what is possible. */
export const projectChangeStates = [
  reached('drafting', p.drafting()),
  reached('assessing', p.assessing()),
  reached('assessing', p.assessing({ ...p.moreWelders, ...p.twoLines })),
  reached('inApproval', p.inApproval()),
  reached('inEmergency', p.inEmergency()),
  reached('awaitingCustomer', p.awaitingCustomer()),
  reached('approved', p.approved()),
  reached('approved', [...p.approved(), ...p.other({ qualityStandard: 'ISO 3834-2' }), sweep()]),
  reached('implementing', p.implementing()),
  reached('ratifying', p.ratifying()),
  reached('ratifying', p.inRatification()),
  reached('implemented', p.implemented()),
  reached('rollingBack', p.rollingBack()),
  reached('rollingBack', p.rollbackFailed()),
  reached('rollingBack', p.inAcceptance()),
  reached('closed', [...p.implemented(), p.verify()]),
  reached('rejected', [...p.awaitingCustomer(), p.refuseConsent()]),
  reached('withdrawn', [...p.drafting(), p.withdraw]),
  reached('expired', [...p.drafting(), sweep('100d')]),
  reached('superseded', [...p.drafting(), p.supersede]),
  reached('rolledBack', p.rolledBack()),
]

const hash = 'a'.repeat(64)
/** One well-formed command of every type, by somebody who may send it somewhere. */
export const projectCommands: readonly Step[] = [
  p.register(),
  p.project('u-lin', { type: 'changeLeader', leader: 'u-qian', reason: 'on leave' }),
  p.project('u-lin', {
    type: 'applyChange',
    by: 'chg-x',
    baseVersion: 1,
    contentHash: hash,
    content: p.plan,
    approvedAs: 'minor',
  }),
  p.project('u-lin', { type: 'ratifyBaseline', by: 'chg-x', version: 1, content: p.plan }),
  p.closeProject,
  p.cancelProject,
]
export const projectChangeCommands: readonly Step[] = [
  p.apply(),
  p.emergency(),
  p.amend(),
  p.change(p.leader, { type: 'reassess' }),
  p.assess(),
  p.consent(),
  p.refuseConsent(),
  p.implement(),
  p.change('u-lin', { type: 'confirmImplementation', version: 2 }),
  p.change('u-lin', { type: 'declineImplementation', version: 2 }),
  p.verify(),
  p.verify(false),
  p.withdraw,
  p.supersede,
  p.change('u-lin', { type: 'changedBack', by: 'chg-x' }),
  p.change('u-lin', { type: 'changeBackFailed', by: 'chg-x', outcome: 'rejected' }),
  p.retryRollback,
  p.acceptAsIs,
]
