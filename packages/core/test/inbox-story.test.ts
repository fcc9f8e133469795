import { expect, test } from 'vitest'
import { defaultHost } from '../src/index.ts'
import * as c from './support/account-stories.ts'
import * as a from './support/admission-stories.ts'
import { createHarness, journals, type HarnessOptions } from './support/harness.ts'
import { accountStory, adjustmentStory, complaintStory, projectStory } from './support/long-stories.ts'
import * as p from './support/project-stories.ts'
import * as s from './support/stories.ts'
import { check, createSession, duration, type Session, type Story } from './support/story.ts'
import { throughInbox } from './support/through-inbox.ts'

const stories: readonly (readonly [string, Story, HarnessOptions])[] = [
  ['complaint with children', complaintStory, {}],
  ['adjustment with its ledger', adjustmentStory, { start: s.august, policy: s.twoHands }],
  ['admission with its ledger', a.admissionStory, { policy: a.oneHand }],
  ['project change with its ledger, and back', projectStory, { policy: p.oneHand }],
  ['account through admission, tier, exit and return', accountStory, c.options],
]

async function tell(session: Session, story: Story, clock: { readonly advance: (ms: number) => unknown }): Promise<void> {
  for (const [i, step] of story.entries()) {
    if (step.after !== undefined) clock.advance(duration(step.after))
    check(step, await session.play(step, `step-${String(i)}`), i)
  }
}

test.each(stories)(
  '%s: left in the inbox, the story gives the journal that it gives through the API',
  async (_, story, options) => {
    const keys = new Map<string, string>()
    const left = createHarness(options)
    const governance = throughInbox(left, keys)
    await tell(
      createSession(left, () => governance),
      story,
      left.clock,
    )
    expect(keys.size).toBeGreaterThan(4)
    expect(await left.memory.inbox.pending({ limit: 1 })).toEqual([])

    // Ids of what is opened follow from the key: the one under which the row was carried out stands in for the caller's.
    const sent = createHarness(options)
    const sha256 = (text: string): string => {
      const [kind = '', key = ''] = text.split('\n')
      return defaultHost.sha256(keys.has(key) ? `${kind}\n${keys.get(key) ?? ''}` : text)
    }
    let ids = 0
    const api = sent.another({
      host: { clock: sent.clock.now, newId: () => `id-${String((ids += 1))}`, newSalt: () => 'salt', sha256 },
    })
    await tell(
      createSession(sent, () => api),
      story,
      sent.clock,
    )
    expect(await journals(left.store)).toEqual(await journals(sent.store))
    expect((await left.governance.verifyJournal()).problems).toEqual([])
    expect(await left.governance.effects.dead()).toEqual([])
  },
)
