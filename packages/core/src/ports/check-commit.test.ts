import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeCommit } from '../conformance/index.ts'
import { checkCommit, recordLimits, storableJson, type Commit } from './index.ts'

const good = makeCommit({ instanceId: 'cmp-1', seq: 2, personal: ['a text'] })
const withEntry = (over: Partial<Commit['entry']>): Commit => ({ ...good, entry: { ...good.entry, ...over } })
const withText = (text: string): Commit => ({ ...good, personal: (good.personal ?? []).map((each) => ({ ...each, text })) })
const finding = (path: string, code: string) => ({ code: 'invalid_input', findings: [expect.objectContaining({ path, code })] })
const half = 'broken \ud83d'

test('a commit whose parts belong together is answered as its texts', () => {
  const { entry, projection, personal } = checkCommit(good)
  expect([JSON.parse(entry), JSON.parse(projection)]).toEqual([good.entry, good.projection])
  expect(personal.map(({ json }) => JSON.parse(json) as unknown)).toEqual(good.personal)
})

describe('what no store takes', () => {
  test.each<readonly [string, Commit, string, string]>([
    ['an id that is none', withEntry({ instanceId: 'A/B' }), 'entry.instanceId', 'format'],
    ['the key of another entry', withEntry({ key: 'cmp-1-000003' }), 'entry.key', 'mismatch'],
    ['a projection of an older state', { ...good, projection: { ...good.projection, seq: 1 } }, 'projection.seq', 'mismatch'],
    [
      'a projection of another instance',
      { ...good, projection: { ...good.projection, instanceId: 'cmp-2' } },
      'projection.seq',
      'mismatch',
    ],
    [
      'a text of another entry',
      { ...good, personal: makeCommit({ instanceId: 'cmp-1', seq: 1, personal: ['x'] }).personal ?? [] },
      'personal',
      'mismatch',
    ],
    [
      'a text of another instance',
      { ...good, personal: makeCommit({ instanceId: 'cmp-2', seq: 2, personal: ['x'] }).personal ?? [] },
      'personal',
      'mismatch',
    ],
    ['half a character in the entry', withEntry({ command: { type: 'x', text: half } }), 'cmp-1-000002', 'not_unicode'],
    ['half a character in the snapshot', { ...good, snapshot: `"${half}"` }, 'cmp-1-000002', 'not_unicode'],
    [
      'half a character in the projection',
      { ...good, projection: { ...good.projection, owner: half } },
      'cmp-1-000002',
      'not_unicode',
    ],
    ['half a character in a personal text', withText(half), 'cmp-1-000002', 'not_unicode'],
  ])('%s', (_, commit, path, code) => {
    expect(() => checkCommit(commit)).toThrow(expect.objectContaining(finding(path, code)) as Error)
  })

  test('an id of any length is shown in few characters', () => {
    const id = 'x'.repeat(10_000)
    expect(() => checkCommit(withEntry({ instanceId: id }))).toThrow(
      expect.objectContaining({
        findings: [expect.objectContaining({ message: `${'x'.repeat(100)} is no instance id` })],
      }) as Error,
    )
  })
})

describe('limits hold to the character', () => {
  const entryOf = (characters: number): Commit => {
    const bare = JSON.stringify(withEntry({ command: { type: 'x', text: '' } }).entry).length
    return withEntry({ command: { type: 'x', text: 'x'.repeat(characters - bare) } })
  }
  test.each<readonly ['entry' | 'snapshot' | 'document', (characters: number) => Commit]>([
    ['entry', entryOf],
    ['snapshot', (characters) => ({ ...good, snapshot: 'x'.repeat(characters) })],
    ['document', (characters) => withText('x'.repeat(characters))],
  ])('%s', (what, of) => {
    const limit = recordLimits[what]
    expect(() => checkCommit(of(limit))).not.toThrow()
    expect(() => checkCommit(of(limit + 1))).toThrow(
      expect.objectContaining({
        code: 'too_large',
        details: expect.objectContaining({ what, characters: limit + 1, limit }) as object,
      }) as Error,
    )
  })
})

test('JSON to be stored comes back to the character, or is refused: never changed on the way', () => {
  const unit = fc.constantFrom('\\', 'u', 'd83d', '\ud83d', '\ude00', '龘', '"', 'a')
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 10 }), (parts) => {
      const text = parts.join('')
      if (text.isWellFormed()) expect(JSON.parse(storableJson({ text }, 'here'))).toEqual({ text })
      else expect(() => storableJson({ text }, 'here')).toThrow(expect.objectContaining(finding('here', 'not_unicode')) as Error)
    }),
  )
})
