import * as a from './admission-stories.ts'
import { factsOf } from './facts.ts'
import type { HarnessOptions, PolicyPatch } from './harness.ts'
import { byManagerAndFinance } from './schemes.ts'
import { account, adjustment, august, cast, propose, sweep, twoHands } from './stories.ts'
import type { Step, Story } from './story.ts'

/** The parts of an account's life: commands as a caller writes them, by somebody who may send them. */
export const evidence = [{ uri: 'file:1' }]
/** Every approval by one of the two company managers, the resolution to blacklist and the admission among them. */
export const oneHand: PolicyPatch = {
  ...twoHands,
  approval: { ...(twoHands['approval'] as PolicyPatch), ...a.oneHand.approval },
}
/** The resolution to blacklist by a manager, then by finance. */
export const twoStages: PolicyPatch = { approval: byManagerAndFinance('blacklist') }
const names = ['acme', 'beta', 'gamma']
export const facts = Object.fromEntries(names.map((name) => [name, factsOf(name)]))
export const options: HarnessOptions = { start: august, policy: oneHand, facts }

/** Acme, a key account with a contract that ends on the last day of 2026. */
export const contract = { reference: 'KA-1', from: '2025-01-01', to: '2026-12-31' }
export const adopt = (form: object = {}, name?: string): Step => ({
  on: 'adopt',
  command: form as never,
  ...(name === undefined ? {} : { name }),
})
export const contracted = (form: object = {}): Story => [adopt({ contract, ...form })]
/** A second account, under its own name. */
export const beta = (form: object = {}): Step => adopt({ accountId: 'beta', name: 'Beta', tier: 'C', ...form }, 'beta')
/** Acme last, so that commands without a name go there. */
export const withBeta = (form: object = {}, second: object = {}): Story => [beta(second), adopt({ tier: 'C', ...form })]

export const renew = account('u-liu', { type: 'renew', contract: { ...contract, reference: 'KA-2', to: '2028-12-31' }, evidence })
export const suspend = account('u-wang', { type: 'suspend', reason: 'unpaid', evidence })
export const resume = account('u-wang', { type: 'resume', reason: 'paid' })
export const end = (lastDay = '2026-12-31', more: Partial<Step> = {}): Step =>
  account('u-wang', { type: 'endByCustomer', reason: 'moved away', evidence, lastDay }, more)
export const stopExit = account('u-chen', { type: 'stopExit', reason: 'they stay' })
export const completeExit = {
  type: 'completeExit',
  receivablesSettled: true,
  complaintsClosed: true,
  projectsClosed: true,
  consignedStockReturned: true,
  noticeGiven: true,
  evidence,
}
export const checklist = account('u-wang', completeExit)
export const readmit = (actor = 'u-wang', more: Partial<Step> = {}): Step =>
  account(actor, { type: 'readmit', reason: 'new owners', evidence }, more)
export const handover = (form: object = {}): Step =>
  account('u-wang', { type: 'handover', interim: 'u-wang', reason: 'left', ...form })
export const nameManager = account('u-wang', { type: 'nameManager', to: 'u-smith' })
export const motion = account('u-wang', { type: 'proposeBlacklisting', reason: 'fraud', evidence })
export const resolve = (decision = 'approve', actor = 'u-chen'): Step => cast(account, 'blacklist', actor, decision)
export const blacklisted: Story = [motion, resolve()]
export const merge = (into = 'beta'): Step => account('u-wang', { type: 'merge', into, reason: 'one company', evidence })
export const split = (instances: readonly string[] = []): Step =>
  account('u-wang', { type: 'split', accountId: 'gamma', name: 'Gamma', instances, reason: 'two companies', evidence })
export const join = (parentId: string | null = 'beta'): Step =>
  account('u-wang', { type: 'changeParent', parentId, reason: 'bought' })
export const requalify = (form: object = {}): Step => account('u-liu', { type: 'requalify', ...a.findings, ...form })
export const applies = a.apply({ accountId: 'acme', name: 'Acme' })

/** The review of acme ends with a proposal that management follows. */
export const decided = (to: string): Story => [
  { on: 'review' },
  propose(to),
  cast(adjustment, 'review', 'u-chen', 'approve'),
  cast(adjustment, 'decision', 'u-chen', 'approve'),
]
export const exitDecided: Story = [...decided('exit'), sweep('40d')]
export const exited: Story = [adopt({ tier: 'C' }), end('2026-08-03'), sweep('1d'), checklist]
/** The contract and its grace have run out. */
export const lapsed: Story = [...contracted(), sweep('190d')]
