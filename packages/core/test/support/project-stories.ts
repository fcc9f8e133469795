import { plan } from '../../src/baselines/testing/arbitraries.ts'
import type { PolicyPatch } from './harness.ts'
import { byManagerAndFinance, byOneManager } from './schemes.ts'
import { adopted, cast, sendTo, sweep, type Send } from './stories.ts'
import type { Step, Story } from './story.ts'

/** The parts of projects and their changes: each leads from the one before to the state it is named after. Commands as a caller writes them. */
export const project = sendTo('project')
export const change = sendTo('change')
/** The change back of the change that was opened last. */
export const back: Send = (actor, command, more = {}) => change(actor, command, { name: 'back', ...more })

const evidence = [{ uri: 'file:1' }]
export const leader = 'u-peters'
export const member = 'u-weber'

export { plan }
/** Touches cost alone. */
export const moreWelders = { resources: [{ name: 'crane' }, { name: 'welders', amount: '6' }] }
export const twoLines = { scope: 'two lines' }

export const openProject = (form: object = {}): Step => ({ on: 'openProject', actor: 'u-liu', command: form as never })
export const planning = (): Story => [...adopted, openProject()]
export const register = (content: object = {}, actor = leader): Step =>
  project(actor, { type: 'registerBaseline', content: { ...plan, ...content } }, { after: '1h' })
export const inReview = (): Story => [...planning(), register()]
export const voteOnPlan = (actor: string, decision = 'approve'): Step =>
  cast(project, 'plan', actor, decision, {}, { after: '10m' })
/** With `oneHand`: u-chen decides everything. */
export const active = (): Story => [...inReview(), voteOnPlan('u-chen')]
export const closeProject = project(leader, {
  type: 'closeProject',
  selfChecked: true,
  summaryReport: evidence,
  acceptanceReport: evidence,
  acceptedBy: 'Ms Li',
  lessons: 'order the crane earlier',
})
export const cancelProject = project('u-lin', { type: 'cancelProject', reason: 'the customer builds no line' })

export const openChange = (more: Partial<Step> = {}): Step => ({ on: 'openChange', actor: leader, after: '1h', ...more })
export const drafting = (): Story => [...active(), openChange()]
export const apply = (content: object = moreWelders, more: object = {}, at: Partial<Step> = {}): Step =>
  change(
    leader,
    {
      type: 'apply',
      reason: 'the site is larger',
      content: { ...plan, ...content },
      departments: ['product', 'technical'],
      ...more,
    },
    { after: '1h', ...at },
  )
export const emergency = (content: object = moreWelders): Step => apply(content, { emergency: { why: 'the crane is down' } })
export const assess = (dimension = 'cost', more: Partial<Step> = {}): Step =>
  change('u-tang', { type: 'assess', dimension, impact: 'two more welders', magnitude: 'low' }, { after: '1h', ...more })
export const vote = (actor: string, approval = 'change', decision = 'approve', more: Partial<Step> = {}): Step =>
  cast(change, approval, actor, decision, {}, { after: '10m', ...more })
const said = { givenBy: 'Ms Li', statement: 'fine with us', evidence, basis: '@basis' }
export const consent = (more: Partial<Step> = {}): Step => change('u-liu', { type: 'consent', ...said }, { after: '1h', ...more })
export const refuseConsent = (more: Partial<Step> = {}): Step =>
  change('u-liu', { type: 'refuseConsent', ...said }, { after: '1h', ...more })
export const implement = (more: Partial<Step> = {}): Step =>
  change(leader, { type: 'implement', note: 'done', evidence, basis: '@basis' }, { after: '1h', ...more })
export const verify = (ok = true, more: Partial<Step> = {}): Step =>
  change('u-tang', { type: 'verify', ok, findings: 'looked', evidence, basis: '@basis' }, { after: '1h', ...more })
export const withdraw: Step = change(leader, { type: 'withdraw', reason: 'no longer needed' })
export const supersede: Step = change(leader, { type: 'supersede', by: 'chg-other', reason: 'a better one' })
export const amend = (content: object = twoLines): Step =>
  change(leader, { type: 'amend', reason: 'larger still', content: { ...plan, ...content }, departments: ['product'] })

export const assessing = (content: object = moreWelders): Story => [...drafting(), apply(content)]
export const inApproval = (): Story => [...assessing(), assess()]
export const awaitingCustomer = (): Story => [...inApproval(), vote('u-chen')]
export const approved = (): Story => [...awaitingCustomer(), consent()]
export const implementing = (): Story => [...approved(), implement()]
export const implemented = (): Story => [...implementing(), sweep()]
export const inEmergency = (): Story => [...drafting(), emergency()]
export const approvedEmergency = (): Story => [...inEmergency(), vote('u-chen', 'emergency')]
export const ratifying = (): Story => [...approvedEmergency(), implement(), sweep()]
export const inRatification = (): Story => [...ratifying(), assess()]
/** A change back is under way. */
export const rollingBack = (): Story => [...implemented(), verify(false), sweep()]
/** The change back was withdrawn. */
export const rollbackFailed = (): Story => [
  ...rollingBack(),
  back(leader, { type: 'withdraw', reason: 'it works after all' }),
  sweep(),
]
export const acceptAsIs: Step = change('u-lin', { type: 'acceptAsIs', reason: 'it works after all' }, { after: '1h' })
export const retryRollback: Step = change('u-lin', { type: 'retryRollback', reason: 'it must go' }, { after: '1h' })
export const inAcceptance = (): Story => [...rollbackFailed(), acceptAsIs]
/** The change back all the way to the ledger. */
export const changeBack = (): Story => [
  assess('cost', { name: 'back' }),
  vote('u-chen', 'change', 'approve', { name: 'back' }),
  consent({ name: 'back' }),
  implement({ name: 'back' }),
  sweep(),
]
export const rolledBack = (): Story => [...rollingBack(), ...changeBack()]

/** Another change, all the way to the ledger. */
export const other = (content: object): Story => [
  openChange({ name: 'other' }),
  apply(content, {}, { name: 'other' }),
  ...Object.keys(content).map((field) =>
    assess(field === 'scope' ? 'scope' : field === 'qualityStandard' ? 'quality' : field === 'endDate' ? 'schedule' : 'cost', {
      name: 'other',
    }),
  ),
  vote('u-chen', 'change', 'approve', { name: 'other' }),
  consent({ name: 'other' }),
  implement({ name: 'other' }),
]

const schemes = ['plan', 'changeMinor', 'changeMajor', 'changeEmergency', 'ratification']
export const oneHand: PolicyPatch = { approval: byOneManager(...schemes) }
export const staged: PolicyPatch = { approval: byManagerAndFinance(...schemes) }
/** Nothing that the customer has signed. */
export const unsigned: PolicyPatch = { ...oneHand, change: { consentFor: [] } }
