// What a sweep makes of effects and instances that fail: each fails for itself, and nothing behind it waits.
import { faultScript } from '@ka-governance/adapter-memory'
import { describe, expect, test } from 'vitest'
import { StoreError, type GovernanceStore, type JsonValue, type PendingEffect } from '../src/index.ts'
import { collect, createHarness, sweepAll, type Harness } from './support/harness.ts'
import { duration, play } from './support/story.ts'
import * as s from './support/stories.ts'

const split = s.complaint('u-okafor', {
  type: 'split',
  parts: [{ matter: 'late' }, { matter: 'dirty' }],
  reason: 'three matters',
})

/** Three messages about a complaint, then the commands that make its parts: none of them carried out yet. */
async function parted(wrap: (store: GovernanceStore) => GovernanceStore = (store) => store) {
  const faults = faultScript()
  const h = createHarness({ store: { faults, without: ['atomicMultiCommit'] }, wrap })
  await play(h, [...s.received(), split])
  return { h, faults }
}

const complaints = async (h: Harness): Promise<number> => (await collect(h.store.find({ kind: 'complaint' }))).length

describe('instances that cannot be settled', () => {
  async function due(broken: number, whole: number): Promise<Harness> {
    const isBroken = new Set<string>()
    const h = createHarness({
      wrap: ({ loadMany: _, ...store }) => ({
        ...store,
        load: (id) =>
          isBroken.has(id) ? Promise.reject(new StoreError('corrupt_record', `${id} cannot be read`)) : store.load(id),
      }),
    })
    await play(h, s.adopted)
    for (let k = 0; k < broken + whole; k += 1) {
      const { id } = await play(h, [{ on: 'open', after: '1m' }], `due-${String(k)}`)
      if (k < broken) isBroken.add(id())
    }
    h.clock.advance(duration('1d'))
    return h
  }

  test('do not use up what a sweep may settle, though they are due first in every one', async () => {
    const h = await due(3, 2)
    const swept = await h.governance.sweep({ limit: 2, effects: 0 })
    expect([swept.settled, swept.failed.length, swept.more]).toEqual([2, 3, true])
  })

  test('end a sweep all the same when there are ten times as many as it may settle', async () => {
    const h = await due(12, 1)
    const swept = await h.governance.sweep({ limit: 1, effects: 0 })
    expect([swept.settled, swept.failed.length, swept.more]).toEqual([0, 10, true])
  })
})

describe('commands that wait', () => {
  test('an instance hears of the command that it waits for before the commands behind it, for every width', async () => {
    const told = async (width: number): Promise<readonly string[]> => {
      let change = (pending: readonly PendingEffect[]): readonly PendingEffect[] => pending
      const h = createHarness({
        start: s.august,
        wrap: ({ agenda: _, ...store }) => ({
          ...store,
          effects: { ...store.effects, pending: async (query) => change(await store.effects.pending(query)) },
        }),
      })
      const votes = [...['u-wang', 'u-okafor'].map((who) => s.vote(who, 'review')), s.vote('u-chen', 'decision')]
      const played = await play(h, [...s.collecting(), { on: 'open' }, s.propose('B'), ...votes, s.sweep()])
      const adjustment = played.id('adjustment')
      h.clock.advance(duration('40d'))
      await h.governance.sweep({ effects: 0 })
      // It waits for a command to an instance that nobody else touches; behind it stands one that ends the waiting.
      const sends = (item: PendingEffect, params: JsonValue): PendingEffect => ({ ...item, effect: { ...item.effect, params } })
      change = (pending) =>
        pending.flatMap((item) => {
          if (item.instanceId !== adjustment || item.effect.type !== 'command') return []
          const { awaited: _, ...effect } = item.effect
          const command = { type: 'close', because: 'ended' }
          return [
            sends(item, { kind: 'complaint', instanceId: played.id(), command: { type: 'tierChanged', tier: 'A' } }),
            sends(
              { ...item, effect: { ...effect, id: `${effect.id}9` } },
              { kind: 'tier-adjustment', instanceId: adjustment, command },
            ),
          ]
        })
      await h.governance.sweep({ width })
      return (await collect(h.store.history(adjustment))).slice(-2).map(({ to }) => to)
    }
    expect(await told(1)).toEqual(['announcing', 'applied'])
    expect(await told(75)).toEqual(await told(1))
  })

  test('one whose outcome stays unknown fails for itself and waits for its next try; the others are carried out', async () => {
    /** The part that is lost: the one that is written first. */
    let lost = ''
    const { h } = await parted((store) => ({
      ...store,
      commit: async (commits) => {
        if (lost === 'next') lost = commits[0]?.entry.instanceId ?? ''
        return commits.some(({ entry }) => entry.instanceId === lost)
          ? commits.map(() => ({ status: 'unknown', reason: 'no answer' }))
          : store.commit(commits)
      },
    }))
    lost = 'next'
    const { effects } = await h.governance.sweep()
    expect(effects.failed.map(({ reason }) => reason)).toEqual(Array(2).fill(expect.stringContaining('is not known')))
    expect([effects.delivered, effects.dead, await complaints(h)]).toEqual([3, [], 1])
    // Only the one that was lost by itself waits.
    expect((await h.governance.sweep()).effects).toMatchObject({ failed: [], dead: [] })
    expect(await complaints(h)).toBe(2)
    expect((await h.governance.sweep()).effects).toMatchObject({ failed: [] })
    expect(await complaints(h)).toBe(2)
    lost = ''
    h.clock.advance(duration('1m'))
    await sweepAll(h.governance)
    expect(await complaints(h)).toBe(3)
  })

  test('a race that was lost too often is tried once more by itself', async () => {
    const { h, faults } = await parted()
    const before = faults.count('commit')
    faults.when(({ method }) => (method === 'commit' && faults.count('commit') <= before + 8 ? 'conflict' : null))
    expect((await h.governance.sweep()).effects).toMatchObject({ failed: [], dead: [] })
    expect(await complaints(h)).toBe(3)
  })

  test('a store that is down ends the sweep, after the messages that are older', async () => {
    const { h, faults } = await parted()
    faults.when(({ method }) => (method === 'load' || method === 'loadMany' ? 'outage' : null))
    await expect(h.governance.sweep()).rejects.toMatchObject({ code: 'unavailable' })
    expect(h.told.map(({ type }) => type)).toEqual(['fileDocument', 'fileDocument', 'notify'])
    faults.when(() => null)
    await sweepAll(h.governance)
    expect(new Set(h.told.map(({ id }) => id)).size).toBe(h.told.length)
    expect(await complaints(h)).toBe(3)
  })
})
