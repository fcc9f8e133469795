import {
  isGovernanceError,
  type GovernanceError,
  type InstanceView,
  type InvalidInputError,
  type Result,
} from '../../src/index.ts'
import type { AccountContext } from '../../src/ledgers/account/types.ts'
import type { AdmissionContext } from '../../src/workflows/admission/types.ts'
import type { ComplaintContext } from '../../src/workflows/complaint/types.ts'
import type { TierAdjustmentContext } from '../../src/workflows/tier-adjustment/types.ts'
import * as c from './account-stories.ts'
import * as a from './admission-stories.ts'
import { codes, collect, createHarness, refusalsOf, type Harness, type HarnessOptions } from './harness.ts'
import { createSession, duration, play, type Played, type Step, type Story } from './story.ts'
import * as s from './stories.ts'

/** Goes on where a story ended; answers `['accepted']` or the codes of the refusal, and nothing of a sweep. */
type Next = (step: Step) => Promise<readonly string[]>

interface Told {
  readonly h: Harness
  readonly played: Played
  readonly step: Next
  /** The same with the whole result. */
  readonly send: (step: Step) => Promise<Result | null>
}

async function tell(story: Story, options: HarnessOptions): Promise<Told> {
  const h = createHarness(options)
  const played = await play(h, story)
  const session = createSession(h)
  for (const [name, of] of Object.entries(played.ids)) session.ids.set(name, of)
  let n = 0
  const send = async (next: Step): Promise<Result | null> => {
    if (next.after !== undefined) h.clock.advance(duration(next.after))
    return session.play(next, `next-${String((n += 1))}`)
  }
  const step: Next = async (next) => {
    const result = await send(next)
    return result === null ? [] : codes(result)
  }
  return { h, played, step, send }
}

export const ledgerOf = async (h: Harness, accountId = 'acme') =>
  (await h.governance.account.get(`account-${accountId}`)) as InstanceView<AccountContext>

/** Plays a story and shows its complaint. */
export async function toldComplaint(story: Story, options: HarnessOptions = {}) {
  const { h, played, step } = await tell(story, options)
  const id = played.id()
  return { h, id, step, played, view: async () => (await h.governance.complaint.get(id)) as InstanceView<ComplaintContext> }
}

/** Plays a story, in August 2026, and shows its adjustment and the account's ledger. */
export async function toldAdjustment(story: Story, options: HarnessOptions = { start: s.august }) {
  const { h, played, step } = await tell(story, options)
  const id = played.id('adjustment')
  return {
    h,
    id,
    step,
    played,
    view: async () => (await h.governance.tierAdjustment.get(id)) as InstanceView<TierAdjustmentContext>,
    ledger: () => ledgerOf(h),
  }
}

/** Plays a story of acme, beta and gamma, in August 2026, and shows their ledgers. */
export async function toldAccount(story: Story, options: HarnessOptions = c.options) {
  const { h, played, step, send } = await tell(story, options)
  return {
    h,
    step,
    send,
    ids: played.ids,
    ledger: (of?: string) => ledgerOf(h, of),
  }
}

/** Plays a story and shows how its admission and the ledger stand, and what its last step was refused with. */
export async function toldAdmission(story: Story, options: HarnessOptions = { policy: a.oneHand }) {
  const { h, played } = await tell(story, options)
  const id = played.id('admission')
  const view = await h.governance.admission.get(id)
  return {
    h,
    id,
    played,
    view,
    context: view?.context as AdmissionContext,
    ledger: await h.governance.account.get(played.id('account')),
    refusals: refusalsOf(played.results.at(-1)),
  }
}

export const clockOf = (view: InstanceView, name: string) => view.clocks.find((c) => c.name === name)
export const shanghai = (text: string): number => Date.parse(`${text}+08:00`)
export const rungs = async (h: Harness, id: string): Promise<string[]> =>
  (await collect(h.governance.complaint.history(id))).flatMap((e) => e.settled.map((r) => `${r.clock}.${r.kind}`))

/** The SDK's error that a call throws; anything else it throws is thrown on. */
export async function thrown(call: () => Promise<unknown>): Promise<GovernanceError & Partial<InvalidInputError>> {
  try {
    await call()
  } catch (error) {
    if (isGovernanceError(error)) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

/** A complaint that was received, and a way to send it anything. */
export async function received(options: HarnessOptions = {}, story: Story = s.received()) {
  const h = createHarness(options)
  const played = await play(h, story)
  const id = played.id()
  return {
    h,
    id,
    played,
    send: (command: unknown, o: unknown = { actor: 'u-huang' }) => h.governance.complaint.send(id, command as never, o as never),
  }
}
