import * as a from './admission-stories.ts'
import type { Step } from './story.ts'
import { reachedWith } from './ways.ts'

const reached = reachedWith({ policy: a.oneHand })
const conditions = [a.due(1), a.due(30)]

/** A way to every state of an admission. */
export const admissionStates = [
  reached('registering', a.registering()),
  reached('screening', a.screening()),
  reached('screenedOut', a.screenedOut()),
  reached('inCommittee', a.inCommittee()),
  reached('inCommittee', a.inCommitteeAgain()),
  reached('assigningTeam', a.assigningTeam(conditions)),
  reached('contracting', a.contracting()),
  reached('contracting', a.contracting(conditions)),
  reached('established', a.established([a.due(30)])),
  reached('rejected', a.rejected()),
  reached('withdrawn', [...a.screening(), a.withdraw]),
  reached('expired', a.expired()),
]

const approval = 'admission'
/** One well-formed command of every type, by somebody who may send it somewhere. */
export const admissionCommands: readonly Step[] = [
  a.register(),
  a.recommend(),
  a.recommend(a.late),
  a.revise,
  a.requestException,
  a.conclude,
  a.assignTeam(),
  a.meet(),
  a.waive('c2'),
  a.sign(),
  a.otherTerms,
  a.withdraw,
  a.admission('u-lin', { type: 'accountBlacklisted', by: 'account-newco' }),
  a.vote('u-chen'),
  a.admission('u-chen', { type: 'addApprover', approval, person: 'u-xu', reason: 'knows it' }),
  a.admission('u-chen', { type: 'transferVote', approval, to: 'u-ivanova', reason: 'on leave' }),
  a.admission('u-chen', { type: 'copyTo', approval, people: ['u-liu'] }),
  a.admission('u-chen', { type: 'recuse', approval, reason: 'related' }),
  a.admission('u-lin', { type: 'replaceElector', approval, person: 'u-chen', to: 'u-ivanova', reason: 'left' }),
  a.admission('u-he', { type: 'giveOpinion', approval, opinion: 'neutral', comment: 'fine' }),
]
