import type { PolicyPatch } from './harness.ts'
import { byManagerAndFinance, byOneManager } from './schemes.ts'
import { cast, sendTo, sweep } from './stories.ts'
import type { DraftPatch, WhatIfPatch } from './policy-drafts.ts'
import type { Step, Story } from './story.ts'

/** The parts of a publication: each leads from the one before to the state it is named after. */
export const drafter = 'u-liu'
export const publication = sendTo('publication')

/** In force from the day after the stories begin; one of the two company managers decides. */
export const oneHand: PolicyPatch = {
  effectiveFrom: '2026-03-03',
  approval: byOneManager('policy'),
}
export const staged: PolicyPatch = { ...oneHand, approval: byManagerAndFinance('policy') }

export const openVersion = (version = '1.0', more: Partial<Step> = {}): Step => ({
  on: 'openVersion',
  actor: drafter,
  command: { version },
  ...more,
})
/** The draft, as the command itself: for harnesses that send commands. */
export const check = (draft: DraftPatch = {}, more: Partial<Step> = {}): Step =>
  publication(drafter, { type: 'check', draft }, { after: '10m', ...more })
export const recordWhatIf = (whatIf: WhatIfPatch = {}, more: Partial<Step> = {}): Step =>
  publication(drafter, { type: 'recordWhatIf', whatIf }, { after: '10m', ...more })
/** The same by their verbs. */
export const checkDraft = (draft: DraftPatch = {}, more: Partial<Step> = {}): Step => ({
  on: 'checkDraft',
  actor: drafter,
  command: { ...draft },
  after: '10m',
  ...more,
})
export const whatIf = (of: WhatIfPatch = {}, more: Partial<Step> = {}): Step => ({
  on: 'whatIf',
  actor: drafter,
  command: { ...of },
  after: '10m',
  ...more,
})
export const submit = (more: Partial<Step> = {}): Step => publication(drafter, { type: 'submit' }, { after: '10m', ...more })
export const vote = (actor = 'u-chen', decision = 'approve', more: Partial<Step> = {}): Step =>
  cast(publication, 'policy', actor, decision, {}, { after: '10m', ...more })
export const withdraw = (more: Partial<Step> = {}): Step =>
  publication('u-lin', { type: 'withdraw', reason: 'not now' }, { after: '10m', ...more })

export const drafting = (): Story => [openVersion()]
export const checked = (): Story => [...drafting(), check(), recordWhatIf()]
export const inApproval = (): Story => [...checked(), submit()]
export const scheduled = (): Story => [...inApproval(), vote()]
/** Version 1.0 governs since 3 March. */
export const inForce = (): Story => [...scheduled(), sweep('1d')]

/** A tighter hand-off, from some later day on. */
export const next: DraftPatch = {
  version: '1.1',
  effectiveFrom: '2026-03-10',
  patch: { complaint: { handoff: { amount: 2, unit: 'workingHours' } } },
}
const first: DraftPatch = { version: '1.0' }
/** From a version in force to the next one, submitted. */
export const nextInApproval = (draft: DraftPatch = next, before: DraftPatch = first): Story => [
  openVersion(draft.version),
  check(draft),
  recordWhatIf({ ...draft, against: before }),
  submit(),
]
export const nextScheduled = (draft: DraftPatch = next): Story => [...nextInApproval(draft), vote()]
export const named = (name: string, steps: Story): Story => steps.map((step) => (step.on === 'sweep' ? step : { ...step, name }))
