import { createMemoryStore, createRawWitness } from '@ka-governance/adapter-memory'
import { recordLimits, type Commit } from '@ka-governance/core'
import { makeCommit } from '@ka-governance/core/conformance'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toAccount, toAccountRow, toCommitRows, toEntry, toFacts, toInstanceRow, toProjection } from '../src/mapping.ts'

const commit = makeCommit({ instanceId: 'cmp-1', effects: ['notify'], nextDueAt: 7 })

test('an entry, a snapshot and a projection come back as they were', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), fc.string({ unit: 'grapheme' }), (value, text) => {
      const command = JSON.parse(JSON.stringify({ value, text })) as Record<string, never>
      const given = makeCommit({ instanceId: 'cmp-1', command, snapshot: JSON.stringify(command) })
      const rows = toCommitRows(given)
      expect(toEntry(rows.event)).toEqual(given.entry)
      expect(rows.snapshot).toBe(given.snapshot)
      expect(toProjection(toInstanceRow(rows, rows.visible))).toEqual(given.projection)
      expect(toProjection(toInstanceRow(rows, null))).toEqual(given.projection)
    }),
  )
})

test('columns are taken from the projection, and from nothing while it is hidden', () => {
  const rows = toCommitRows(commit)
  expect(toInstanceRow(rows, rows.visible)).toMatchObject({
    accountId: 'acc-of-nobody',
    open: true,
    state: 'open',
    visibleSeq: 1,
    dueAt: 7,
  })
  expect(toInstanceRow(rows, null)).toMatchObject({ visible: null, visibleSeq: 0, dueAt: 7 })
})

describe('a commit that does not fit together is refused before anything is stored', () => {
  const { entry, projection } = commit
  const long = 'x'.repeat(recordLimits.entry)
  test.each<[name: string, change: Partial<Commit>, expected: object]>([
    ['id', { entry: { ...entry, instanceId: 'CMP 1' } }, { code: 'invalid_input' }],
    ['key', { entry: { ...entry, key: 'cmp-1-000002' } }, { code: 'invalid_input' }],
    ['projection of another number', { projection: { ...projection, seq: 2 } }, { code: 'invalid_input' }],
    ['projection of another instance', { projection: { ...projection, instanceId: 'cmp-2' } }, { code: 'invalid_input' }],
    ['half a pair in the entry', { entry: { ...entry, command: ['\ude00'] } }, { code: 'invalid_input' }],
    ['half a pair in the snapshot', { snapshot: '"\ud83d"' }, { code: 'invalid_input' }],
    ['half a pair in the projection', { projection: { ...projection, owner: '\ud83dx' } }, { code: 'invalid_input' }],
    [
      'long entry',
      { entry: { ...entry, command: long } },
      { code: 'too_large', details: { what: 'entry', limit: recordLimits.entry } },
    ],
    [
      'long snapshot',
      { snapshot: long + long },
      { code: 'too_large', details: { what: 'snapshot', limit: recordLimits.snapshot } },
    ],
  ])('%s', async (_, change, expected) => {
    const store = createMemoryStore()
    await expect(store.commit([{ ...commit, ...change }])).rejects.toMatchObject(expected)
    expect(createRawWitness(store.client).countEvents('cmp-1')).toBe(0)
  })

  test('text *about* a half pair is only text', () => {
    const value = { a: '\\ud83d', b: '\\\\ud83d', c: '😀' }
    expect(toEntry(toCommitRows({ ...commit, entry: { ...entry, command: value } }).event).command).toEqual(value)
  })
})

test('an account without facts has empty ones', () => {
  const account = { accountId: 'a', name: 'A', region: null, parentId: null }
  expect(toFacts(toAccountRow(account))).toEqual({})
  expect(toAccount(toAccountRow({ ...account, facts: [1] }))).toEqual(account)
})
