import { expect, test } from 'vitest'
import { defaultHost } from '../src/index.ts'
import { createHarness, journals } from './support/harness.ts'
import { longStories, policyStory, splitStory } from './support/long-stories.ts'
import { throughInbox } from './support/through-inbox.ts'
import { play } from './support/story.ts'

// Publications have no rows; a split names the complaint that it moves by an id which a key of the API gave it.
const stories = longStories.filter(([, story]) => story !== policyStory && story !== splitStory)

test.each(stories)(
  '%s: left in the inbox, the story gives the journal that it gives through the API',
  async (_, story, options) => {
    const keys = new Map<string, string>()
    const left = createHarness(options)
    const governance = throughInbox(left, keys)
    await play(left, story, 'step', governance)
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
    await play(sent, story, 'step', api)
    expect(await journals(left.store)).toEqual(await journals(sent.store))
    expect((await left.governance.verifyJournal()).problems).toEqual([])
    expect(await left.governance.effects.dead()).toEqual([])
  },
)
