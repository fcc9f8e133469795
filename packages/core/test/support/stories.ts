import type { PolicyPatch } from './harness.ts'
import { byManagerAndFinance, byOneManager } from './schemes.ts'
import type { Story, Step } from './story.ts'

/** Makes the step in which somebody sends a command. */
export type Send = (actor: string, command: NonNullable<Step['command']>, more?: Partial<Step>) => Step

export const sendTo =
  (target: Step['on']): Send =>
  (actor, command, more = {}) => ({ on: target, actor, command, ...more })

/** The parts of stories: each leads from the one before to the state it is named after. Commands as a caller writes them. */
export const complaint = sendTo('complaint')
export const adjustment = sendTo('adjustment')
export const account = sendTo('account')
/** A vote of somebody who has seen what is up for approval. */
export const cast = (
  send: Send,
  approval: string,
  actor: string,
  decision: string,
  more: object = {},
  at: Partial<Step> = {},
): Step => send(actor, { type: 'vote', approval, decision, comment: 'seen', basis: '@approval', ...more }, at)
export const sweep = (after?: string): Step => ({ on: 'sweep', ...(after === undefined ? {} : { after }) })

const evidence = [{ uri: 'lab:1' }]
const told = { customerToldAt: '@now' }

/** The manager of the account, front desk, department, laboratory. */
export const adopted: Story = [{ on: 'adopt' }]
export const received = (form: object = {}): Story => [...adopted, { on: 'open', after: '30m', command: form as never }]
export const assigned = (form: object = {}): Story => [
  ...received(form),
  complaint('u-huang', { type: 'forward', department: 'product' }, { after: '1h' }),
]
export const investigating = (form: object = {}): Story => [
  ...assigned(form),
  complaint('u-peters', { type: 'accept' }, { after: '1h' }),
]
export const determine = (form: object = {}): Step =>
  complaint('u-qian', { type: 'determine', cause: 'casting', responsibleParty: 'foundry', evidence, ...form }, { after: '2h' })
export const planning = (form: object = {}): Story => [...investigating(form), determine()]
export const plan = (form: object = {}): Step =>
  complaint('u-peters', { type: 'plan', measures: 'replace', ...form }, { after: '1h' })
export const handling = (form: object = {}): Story => [...planning(form), plan()]
export const complete = (form: object = {}): Step =>
  complaint('u-peters', { type: 'complete', result: 'replaced', ...told, ...form }, { after: '1h' })
export const confirming = (form: object = {}): Story => [...handling(form), complete()]
export const satisfied = (form: object = {}): Step =>
  complaint('u-huang', { type: 'customerSatisfied', saidBy: 'Ms Li', evidence, basis: '@basis', ...form }, { after: '1h' })
export const dissatisfied: Step = complaint(
  'u-huang',
  { type: 'customerDissatisfied', saidBy: 'Ms Li', reason: 'cracked again', evidence, basis: '@basis' },
  { after: '1h' },
)
export const partlySatisfied: Step = complaint(
  'u-huang',
  { type: 'customerPartlySatisfied', saidBy: 'Ms Li', missing: 'two flanges', evidence, basis: '@basis' },
  { after: '1h' },
)
export const reviewing = (form: object = {}): Story => [...confirming(form), satisfied()]
export const archive: Step = complaint(
  'u-garcia',
  { type: 'archive', lessons: 'inspect castings', prevention: { measure: 'x-ray', owner: 'u-tang' } },
  { after: '1h' },
)
export const archived = (form: object = {}): Story => [...reviewing(form), archive]
export const inCommittee = (): Story => [...confirming(), dissatisfied, plan(), complete(), dissatisfied]
export const extensionAsked: Step = complaint('u-peters', { type: 'requestExtension', reason: 'laboratory', ...told })
export const dearPlan = plan({ compensation: { currency: 'CNY', minor: 6_000_000 } })

/** Adjustments: the harness starts on 3 August 2026 and the account is C with the figures of a B. */
export const collecting = (tier = 'C'): Story => [{ on: 'adopt', command: { tier } }, { on: 'review' }]
export const propose = (to: string): Step =>
  adjustment('u-wu', { type: 'propose', to, reason: 'the numbers', evidence }, { after: '1h' })
export const inReview = (to = 'B', tier = 'C'): Story => [...collecting(tier), propose(to)]
export const vote = (actor: string, approval: string, decision = 'approve', more: object = {}): Step =>
  cast(adjustment, approval, actor, decision, more, { after: '10m' })
export const appeal = (to: string): Step =>
  adjustment('u-smith', { type: 'appeal', by: 'sales', to, reason: 'plans to grow', evidence })

const recuse = (send: Send, approval: string, actor: string): Step => send(actor, { type: 'recuse', approval, reason: 'related' })
const add = (send: Send, approval: string): Step =>
  send('u-chen', { type: 'addApprover', approval, person: 'u-sun', reason: 'knows the plant' })

/** Branches of every approval: who votes, recuses, is added, and so on. Electors of `twoHands` and of the first stage of `staged`: u-chen and u-brandt. */
export function approvalBranches(send: Send, approval: string): { readonly [branch: string]: Story } {
  const voted = (actor: string, decision: string): Step => cast(send, approval, actor, decision)
  return {
    'approved by vote': [voted('u-chen', 'approve')],
    'pending, then rejected by vote': [voted('u-chen', 'reject'), voted('u-brandt', 'reject')],
    'sent back by vote': [voted('u-chen', 'sendBack'), voted('u-brandt', 'sendBack')],
    'pending after a recusal, rejected by the next': [voted('u-chen', 'reject'), recuse(send, approval, 'u-brandt')],
    'sent back by a recusal': [voted('u-chen', 'sendBack'), recuse(send, approval, 'u-brandt')],
    'approved by the recusal of the last missing': [
      add(send, approval),
      voted('u-chen', 'approve'),
      recuse(send, approval, 'u-sun'),
    ],
    'recusal of one of two': [recuse(send, approval, 'u-chen'), voted('u-brandt', 'approve')],
    'the electorate changes': [
      send('u-he', { type: 'giveOpinion', approval, opinion: 'concern', comment: 'liability' }),
      send('u-chen', { type: 'copyTo', approval, people: ['u-liu'] }),
      send('u-chen', { type: 'transferVote', approval, to: 'u-xu', reason: 'on leave' }),
      send('u-lin', { type: 'replaceElector', approval, person: 'u-brandt', to: 'u-ivanova', reason: 'left' }),
      voted('u-xu', 'approve'),
    ],
  }
}

/** Branches of a scheme of two stages: management, then finance. */
export function stagedBranches(send: Send, approval: string): { readonly [branch: string]: Story } {
  const voted = (actor: string, decision: string): Step => cast(send, approval, actor, decision)
  return {
    'the next stage by vote': [voted('u-chen', 'approve'), voted('u-meyer', 'approve')],
    'the next stage by recusal': [add(send, approval), voted('u-chen', 'approve'), recuse(send, approval, 'u-sun')],
    'nobody votes in time': [sweep('10d')],
  }
}

const schemes = ['tierReview', 'tier', 'tierTop', 'extension', 'compensation', 'dissatisfaction']
export const twoHands: PolicyPatch = { approval: byOneManager(...schemes) }
export const staged: PolicyPatch = { approval: byManagerAndFinance(...schemes) }

export const august = '2026-08-03T09:00:00+08:00'
