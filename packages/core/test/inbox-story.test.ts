import { expect, test } from 'vitest'
import { createHarness, journals } from './support/harness.ts'
import { play } from './support/story.ts'
import { rowStories, throughInbox, withIdsOf } from './support/through-inbox.ts'

test.each(rowStories)(
  '%s: left in the inbox, the story gives the journal that it gives through the API',
  async (_, story, options) => {
    const keys = new Map<string, string>()
    const left = createHarness(options)
    const governance = throughInbox(left, keys)
    await play(left, story, 'step', governance)
    expect(keys.size).toBeGreaterThan(4)
    expect(await left.memory.inbox.pending({ limit: 1 })).toEqual([])

    const sent = createHarness(options)
    await play(sent, story, 'step', withIdsOf(sent, keys))
    expect(await journals(left.store)).toEqual(await journals(sent.store))
    expect((await left.governance.verifyJournal()).problems).toEqual([])
    expect(await left.governance.effects.dead()).toEqual([])
  },
)
