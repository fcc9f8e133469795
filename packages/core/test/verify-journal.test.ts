import { describe, expect, test } from 'vitest'
import { hashOfEntry, type JournalEntry } from '../src/index.ts'
import { canonicalJson, sha256Hex } from '../src/rules/index.ts'
import { collect, createHarness, type Harness } from './support/harness.ts'
import * as s from './support/stories.ts'
import { play, type Story } from './support/story.ts'
import { received } from './support/told.ts'

describe('verifyJournal names what was tampered with [architecture rule 7]', () => {
  /** Second entry: the rungs of twenty days that nobody did anything. */
  const story: Story = [...s.received(), s.sweep('20d'), ...s.archived().slice(2)]
  /** The journal as a forger would leave it. */
  const forged = async (forge: (entries: JournalEntry[]) => JournalEntry[]) => {
    const h = createHarness()
    const played = await play(h, story)
    const id = played.id()
    const entries = forge(structuredClone(await collect(h.store.history(id))))
    const store: Harness['store'] = {
      ...h.store,
      history: (of, from = 1) =>
        of === id
          ? (async function* () {
              yield* entries.slice(from - 1)
            })()
          : h.store.history(of, from),
    }
    const heads = [{ instanceId: id, seq: entries.length, hash: (await collect(h.store.history(id))).at(-1)?.hash ?? '' }]
    const { problems } = await h.another({ store }).verifyJournal({ instanceId: id })
    return { h, id, store, heads, problems: problems.map((p) => `${String(p.seq)} ${p.problem}`) }
  }
  /** An entry as a forger sees it: anything may be written into it. */
  interface Forged {
    key: string
    instanceId: string
    at: number
    to: string
    from: string
    inputs: unknown[]
    settled: unknown[]
    effects: unknown[]
    actor: { id: string }
    command: { cause?: string; saidBy?: string }
  }
  const at = (k: number, change: (entry: Forged) => void) => (entries: JournalEntry[]) => {
    change(entries[k - 1] as unknown as Forged)
    return entries
  }
  /** A careful forger, who computes every hash of the chain anew. */
  const rehashed = (forge: (entries: JournalEntry[]) => JournalEntry[]) => (entries: JournalEntry[]) => {
    let previousHash = ''
    return forge(entries).map((entry) => {
      const { hash: _, ...body } = { ...entry, previousHash }
      previousHash = sha256Hex(canonicalJson(body))
      return { ...body, hash: previousHash }
    })
  }

  test('untouched', async () => {
    expect((await forged((e) => e)).problems).toEqual([])
  })
  test.each<[string, (e: JournalEntry[]) => JournalEntry[], string[]]>([
    [
      'another actor',
      at(3, (e) => {
        e.actor.id = 'u-garcia'
      }),
      ['3 wrong_hash'],
    ],
    [
      'another instant',
      at(4, (e) => {
        e.at += 1
      }),
      ['4 wrong_hash', '4 replay_differs'],
    ],
    [
      'another command',
      at(5, (e) => {
        e.command.cause = 'misuse'
      }),
      ['5 wrong_hash', '5 replay_differs'],
    ],
    [
      'an effect left out',
      at(3, (e) => {
        e.effects.pop()
      }),
      ['3 wrong_hash', '3 replay_differs'],
    ],
    [
      'a key of another place',
      at(3, (e) => {
        e.key = `${e.instanceId}-000009`
      }),
      ['3 wrong_key', '3 wrong_hash'],
    ],
    ['an entry cut out', (e) => [...e.slice(0, 2), ...e.slice(3)], ['3 missing_entry', '3 snapshot_differs']],
    [
      'inputs lost',
      at(3, (e) => {
        e.inputs = []
      }),
      ['3 wrong_hash', '3 replay_failed'],
    ],
  ])('%s', async (_, forge, expected) => {
    const { problems } = await forged(forge)
    for (const problem of expected.slice(0, 2)) if (!problem.endsWith('snapshot_differs')) expect(problems).toContain(problem)
  })
  test.each<[string, (e: JournalEntry[]) => JournalEntry[], string]>([
    [
      'another target state',
      at(3, (e) => {
        e.to = 'investigating'
      }),
      '3 replay_differs',
    ],
    [
      'another source state',
      at(4, (e) => {
        e.from = 'received'
      }),
      '4 replay_differs',
    ],
    [
      'an effect added',
      at(3, (e) => {
        e.effects.push({ id: `${e.key}-e9`, type: 'tellCustomer', params: { message: 'sorry' } })
      }),
      '3 replay_differs',
    ],
    [
      'a deadline that never was missed',
      at(2, (e) => {
        e.settled = []
      }),
      '2 replay_differs',
    ],
    [
      'another verdict of the customer',
      at(8, (e) => {
        e.command.saidBy = 'Mr Wang'
      }),
      '8 replay_differs',
    ],
  ])('with every hash made anew: %s', async (_, forge, expected) => {
    const { problems, h, id, store, heads } = await forged(rehashed(forge))
    expect(problems).toContain(expected)
    // Against a head kept elsewhere no forger helps.
    const { problems: known } = await h.another({ store }).verifyJournal({ heads })
    expect(known.map((p) => [p.instanceId, p.problem])).toContainEqual([id, 'head_missing'])
  })
  test('a tail cut off and an instance that is gone show against heads kept elsewhere', async () => {
    const { h, id, store, heads } = await forged((e) => e.slice(0, -2))
    const gone = { instanceId: 'cmp-gone', seq: 3, hash: 'f'.repeat(64) }
    const head = { ...heads[0]!, seq: (await collect(h.store.history(id))).length }
    const { problems } = await h.another({ store }).verifyJournal({ heads: [head, gone] })
    expect(problems.map((p) => `${p.instanceId} ${p.problem}`)).toEqual(
      expect.arrayContaining([`${id} head_missing`, `${id} snapshot_differs`, 'cmp-gone instance_missing']),
    )
  })
  test('hashOfEntry is what the entry carries', async () => {
    const { h, id } = await received()
    for (const entry of await collect(h.store.history(id))) expect(hashOfEntry(entry, sha256Hex)).toBe(entry.hash)
  })
})
