import { describe, expect, test } from 'vitest'
import { createHarness, wholeJournal } from '../../core/test/support/harness.ts'
import { longStories } from '../../core/test/support/long-stories.ts'
import { play } from '../../core/test/support/story.ts'
import { governedOn, without } from './governed.ts'

describe('the same story gives the same journal on HubSpot and on a memory that promises as little, byte for byte', () => {
  test.each(longStories)('%s', async (_, story, options) => {
    const memory = createHarness({ ...options, store: { ...options.store, without } })
    await play(memory, story)
    const { harness, fake } = governedOn(options)
    await play(harness, story)
    const [here, there] = [await wholeJournal(memory.store), await wholeJournal(harness.store)]
    expect(Object.keys(there).length).toBeGreaterThan(0)
    expect(JSON.stringify(there)).toBe(JSON.stringify(here))
    expect((await harness.governance.verifyJournal()).problems).toEqual([])
    expect(await harness.governance.effects.dead()).toEqual([])
    // People see complaints as tickets, in the state of the head.
    for (const { values } of fake.portal.ofType('tickets')) {
      const head = (await harness.governance.complaint.get(values.get('kag_instance_id') ?? ''))?.state
      expect(values.get('kag_state')).toBe(head)
    }
    // Companies carry their tier and their standing.
    for (const { values } of fake.portal.ofType('companies')) {
      const ledger = await harness.governance.account.get(harness.governance.account.idOf(values.get('slug') ?? ''))
      if (ledger !== null)
        expect([values.get('kag_tier') ?? '', values.get('kag_standing')]).toEqual([
          ledger.projection.fields['tier'] ?? '',
          ledger.state,
        ])
    }
  })
})
