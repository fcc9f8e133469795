import * as p from './policy-stories.ts'
import { sweep } from './stories.ts'
import type { Step } from './story.ts'
import { reachedWith } from './ways.ts'

const reached = reachedWith({ policy: p.oneHand })

/** A way to every state of a publication. */
export const publicationStates = [
  reached('drafting', p.drafting()),
  reached('drafting', [...p.inForce(), p.openVersion('1.1')]),
  reached('checked', p.checked()),
  reached('inApproval', p.inApproval()),
  reached('inApproval', [...p.inForce(), ...p.nextInApproval()]),
  reached('scheduled', p.scheduled()),
  reached('scheduled', [...p.inForce(), ...p.nextScheduled()]),
  reached('inForce', p.inForce()),
  reached('superseded', [...p.inForce(), ...p.named('1.1', p.nextScheduled()), sweep('7d')]),
  reached('withdrawn', [...p.scheduled(), p.withdraw()]),
  reached('rejected', [...p.inApproval(), p.vote('u-chen', 'reject'), p.vote('u-brandt', 'reject')]),
]

/** A way to every state of a policy's ledger. */
export const policyStates = [
  reached('waiting', p.scheduled()),
  reached('governing', p.inForce()),
  reached('governing', [...p.inForce(), ...p.nextScheduled()]),
]

/** One well-formed command of every type, by somebody who may send it somewhere. */
export const publicationCommands: readonly Step[] = [
  p.check(),
  p.check(p.next),
  p.recordWhatIf(),
  p.recordWhatIf({ ...p.next, against: { version: '1.0' } }),
  p.submit(),
  p.withdraw(),
  p.publication('u-lin', { type: 'takeForce', since: 1_772_500_000_000 }),
  p.publication('u-lin', { type: 'supersede', by: 'pol-x', version: '1.2', until: 1_772_500_000_000 }),
  p.publication('u-lin', { type: 'declineSchedule', because: 'day_taken' }),
]
/** Nobody schedules but an approved publication; that opens the ledger, and is no command of the table. */
export const policyCommands: readonly Step[] = [{ on: 'policy', actor: 'u-lin', command: { type: 'unschedule', by: 'pol-x' } }]
