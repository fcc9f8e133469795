// Records that stand behind their journal are written anew, at whatever end of its life the instance is.
import { describe, expect, test } from 'vitest'
import { faultScript } from '@ka-governance/adapter-memory'
import type { GovernanceStore, Projection } from '../src/index.ts'
import { createHarness } from './support/harness.ts'
import * as s from './support/stories.ts'
import { play } from './support/story.ts'

const withdraw = s.complaint('u-huang', { type: 'withdraw', saidBy: 'Ms Li', evidence: [{ uri: 'mail:1' }] })

/** A search that shows what the head says, as one does whose copy of the record is written though the record itself is refused. */
const withHeads = (store: GovernanceStore): GovernanceStore => ({
  ...store,
  async *find(query) {
    for await (const shown of store.find(query)) {
      const head = (await store.load(shown.instanceId))?.head.seq ?? shown.seq
      yield head === shown.seq ? shown : { ...shown, seq: head, state: 'withdrawn', open: false, nextDueAt: null }
    }
  },
})

describe('reindex', () => {
  test('a record that was refused at the very end is tried again, and one that is well and closed is not', async () => {
    let refused = true
    const projectionRule = ({ state }: Projection) => (refused && state === 'withdrawn' ? 'not today' : null)
    const h = createHarness({ store: { projectionRule }, wrap: withHeads })
    await play(h, [...s.received(), withdraw])
    const [complaint] = (await h.governance.reindex()).blocked
    expect(complaint).toMatch(/^cmp-/)
    refused = false
    expect(await h.governance.reindex()).toMatchObject({ changed: 1, blocked: [] })
    expect((await h.store.load(complaint ?? ''))?.shownSeq).toBe(2)
    // The account alone: the complaint is closed, owes nothing and is shown.
    expect(await h.governance.reindex()).toEqual({ instances: 1, changed: 0, blocked: [] })
  })

  test('heads are read a page at a time', async () => {
    const faults = faultScript()
    const h = createHarness({ store: { faults } })
    await play(h, s.received())
    const before = [faults.count('loadMany'), faults.count('load')]
    expect(await h.governance.reindex()).toEqual({ instances: 2, changed: 0, blocked: [] })
    expect([faults.count('loadMany'), faults.count('load')]).toEqual([(before[0] ?? 0) + 1, before[1]])
  })
})
