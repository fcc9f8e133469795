import type { Governance, PolicyPublicationState, Result } from '../../src/index.ts'
import { createHarness, type HarnessOptions } from './harness.ts'
import { oneHand } from './policy-stories.ts'
import { play, type Story } from './story.ts'

/** A story of publications, told, and what tests ask afterwards. */
export async function told(story: Story, options: HarnessOptions = { policy: oneHand }) {
  const h = createHarness(options)
  const played = await play(h, story)
  const { policy } = h.governance
  const state = async (version: string): Promise<PolicyPublicationState | undefined> =>
    (await policy.get(policy.idOf(h.policy.id, version)))?.state as PolicyPublicationState | undefined
  return { h, played, policy, state, id: played.id('publication') }
}

/** A vote on what stands there now. */
export const vote = async (g: Governance, id: string, actor: string, decision = 'approve'): Promise<Result> => {
  const basis = (await g.policy.get(id))?.approvals['policy']?.basis ?? ''
  return g.policy.send(
    id,
    { type: 'vote', approval: 'policy', decision: decision as 'approve', comment: 'seen', basis },
    { actor },
  )
}
