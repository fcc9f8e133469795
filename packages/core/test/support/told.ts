import { isGovernanceError, type GovernanceError, type InstanceView, type InvalidInputError } from '../../src/index.ts'
import type { AccountContext } from '../../src/ledgers/account/types.ts'
import type { ComplaintContext } from '../../src/workflows/complaint/types.ts'
import type { TierAdjustmentContext } from '../../src/workflows/tier-adjustment/types.ts'
import { codes, collect, createHarness, type Harness, type HarnessOptions } from './harness.ts'
import { createSession, duration, play, type Played, type Step, type Story } from './story.ts'
import * as s from './stories.ts'

/** Goes on where a story ended; answers `['accepted']` or the codes of the refusal, and nothing of a sweep. */
type Next = (step: Step) => Promise<readonly string[]>

async function tell(
  story: Story,
  options: HarnessOptions,
): Promise<{ readonly h: Harness; readonly played: Played; readonly step: Next }> {
  const h = createHarness(options)
  const played = await play(h, story)
  const session = createSession(h)
  for (const [name, of] of Object.entries(played.ids)) session.ids.set(name, of)
  let n = 0
  const step: Next = async (next) => {
    if (next.after !== undefined) h.clock.advance(duration(next.after))
    const result = await session.play(next, `next-${String((n += 1))}`)
    return result === null ? [] : codes(result)
  }
  return { h, played, step }
}

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
    ledger: async () => (await h.governance.account.get('account-acme')) as InstanceView<AccountContext>,
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
