import { describe, expect, test } from 'vitest'
import { createHarness, wholeJournal } from '../../core/test/support/harness.ts'
import { longStories } from '../../core/test/support/long-stories.ts'
import { play } from '../../core/test/support/story.ts'
import { governedOn } from './governed.ts'

describe('the same story gives the same journal on memory and on Salesforce, byte for byte', () => {
  test.each(longStories)('%s', async (_, story, options) => {
    const memory = createHarness(options)
    await play(memory, story)
    const { harness, fake } = governedOn(options)
    await play(harness, story)
    const [here, there] = [await wholeJournal(memory.store), await wholeJournal(harness.store)]
    expect(Object.keys(there).length).toBeGreaterThan(0)
    expect(JSON.stringify(there)).toBe(JSON.stringify(here))
    expect((await harness.governance.verifyJournal()).problems).toEqual([])
    expect(await harness.governance.effects.dead()).toEqual([])
    // People see complaints as cases, in the state of the head.
    for (const row of fake.org.rows('Case')) {
      const head = (await harness.governance.complaint.get(String(row['KagInstanceKey__c'])))?.state
      expect(row['KagState__c']).toBe(head)
    }
    // Accounts carry their tier and their standing.
    for (const row of fake.org.rows('Account')) {
      const ledger = await harness.governance.account.get(harness.governance.account.idOf(String(row['Slug__c'])))
      if (ledger !== null)
        expect([row['KagTier__c'], row['KagStanding__c']]).toEqual([ledger.projection.fields['tier'] ?? null, ledger.state])
    }
  })
})
