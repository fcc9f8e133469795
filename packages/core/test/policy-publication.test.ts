import { describe, expect, test } from 'vitest'
import { createHarness, type HarnessOptions } from './support/harness.ts'
import * as p from './support/policy-stories.ts'
import { sweep } from './support/stories.ts'
import { play } from './support/story.ts'

const options: HarnessOptions = { policy: p.oneHand }

describe('publishing a policy [GOV-05]', () => {
  test('from the draft to the version in force, and to the one after it', async () => {
    const h = createHarness(options)
    await play(h, [...p.inForce(), ...p.nextScheduled(), sweep('7d')])
    const { policy } = h.governance
    const id = h.policy.id
    expect((await policy.get(policy.idOf(id, '1.0')))?.state).toBe('superseded')
    expect((await policy.get(policy.idOf(id, '1.1')))?.state).toBe('inForce')
    expect((await policy.inForce(id))?.version).toBe('1.1')
    expect((await h.governance.verifyJournal()).problems).toEqual([])
    expect(await h.governance.effects.dead()).toEqual([])
  })
})
