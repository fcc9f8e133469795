import type { Baseline } from '../../src/index.ts'
import type { PolicyPatch } from './harness.ts'
import { adopted, sweep } from './stories.ts'
import type { Step, Story } from './story.ts'

/** The parts of projects and their changes: each leads from the one before to the state it is named after. Commands as a caller writes them. */
const on =
  (target: 'project' | 'change') =>
  (actor: string, command: NonNullable<Step['command']>, more: Partial<Step> = {}): Step => ({
    on: target,
    actor,
    command,
    ...more,
  })
export const project = on('project')
export const change = on('change')
/** The change back of the change that was opened last. */
export const back = (actor: string, command: NonNullable<Step['command']>, more: Partial<Step> = {}): Step =>
  change(actor, command, { name: 'back', ...more })

const evidence = [{ uri: 'file:1' }]
export const leader = 'u-peters'
export const member = 'u-weber'

/** A plan of one production line. */
export const plan: Baseline = {
  scope: 'one line',
  milestones: [
    { id: 'fat', name: 'factory acceptance', date: '2026-05-15' },
    { id: 'sat', name: 'site acceptance', date: '2026-06-15' },
  ],
  endDate: '2026-06-30',
  resources: [{ name: 'crane' }, { name: 'welders', amount: '4' }],
  qualityStandard: 'ISO 3834-3',
  budget: { currency: 'CNY', minor: 100_000_000 },
}
/** Touches cost alone. */
export const moreWelders = { resources: [{ name: 'crane' }, { name: 'welders', amount: '6' }] }
export const twoLines = { scope: 'two lines' }

export const openProject = (form: object = {}): Step => ({ on: 'openProject', actor: 'u-liu', command: form as never })
export const planning = (): Story => [...adopted, openProject()]
export const register = (content: object = {}, actor = leader): Step =>
  project(actor, { type: 'registerBaseline', content: { ...plan, ...content } }, { after: '1h' })
export const inReview = (): Story => [...planning(), register()]
const cast = (send: typeof change, actor: string, approval: string, decision: string, more: object = {}): Step =>
  send(actor, { type: 'vote', approval, decision, comment: 'seen', basis: '@approval', ...more }, { after: '10m' })
export const voteOnPlan = (actor: string, decision = 'approve'): Step => cast(project, actor, 'plan', decision)
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
export const vote = (actor: string, approval = 'change', decision = 'approve', more: Partial<Step> = {}): Step => ({
  ...cast(change, actor, approval, decision),
  ...more,
})
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

const stage = (id: string, role: string) => ({
  id,
  mode: 'any',
  electors: [role],
  heard: ['legal.head'],
  timeout: { amount: 1, unit: 'workingDays' },
  escalateTo: 'kaGroup.head',
})
const everyScheme = (stages: readonly unknown[]): PolicyPatch =>
  Object.fromEntries(['plan', 'changeMinor', 'changeMajor', 'changeEmergency', 'ratification'].map((name) => [name, { stages }]))

/** Every approval by one of the two company managers. */
export const oneHand: PolicyPatch = { approval: everyScheme([stage('only', 'companyManagement')]) }
/** Every approval by a manager, then by finance. */
export const staged: PolicyPatch = {
  approval: everyScheme([stage('first', 'companyManagement'), stage('second', 'finance.head')]),
}
/** Nothing that the customer has signed. */
export const unsigned: PolicyPatch = { ...oneHand, change: { consentFor: [] } }
