import { describe, expect, test } from 'vitest'
import * as c from '../../core/test/support/account-stories.ts'
import * as a from '../../core/test/support/admission-stories.ts'
import { createHarness, type HarnessOptions } from '../../core/test/support/harness.ts'
import {
  accountStory,
  adjustmentStory,
  complaintStory,
  policyStory,
  projectStory,
  splitStory,
} from '../../core/test/support/long-stories.ts'
import * as q from '../../core/test/support/policy-stories.ts'
import * as p from '../../core/test/support/project-stories.ts'
import * as s from '../../core/test/support/stories.ts'
import { play, type Story } from '../../core/test/support/story.ts'
import { governedOn, wholeJournal } from './governed.ts'

const stories: readonly (readonly [string, Story, HarnessOptions])[] = [
  ['complaint with children', complaintStory, {}],
  ['adjustment with its ledger', adjustmentStory, { start: s.august, policy: s.twoHands }],
  ['admission with its ledger', a.admissionStory, { policy: a.oneHand }],
  ['project change with its ledger, and back', projectStory, { policy: p.oneHand }],
  ['account through admission, tier, exit and return', accountStory, c.options],
  ['split of an account', splitStory, c.options],
  ['versions of a policy with their ledger', policyStory, { policy: q.oneHand }],
]

describe('the same story gives the same journal on memory and on Salesforce, byte for byte', () => {
  test.each(stories)('%s', async (_, story, options) => {
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
