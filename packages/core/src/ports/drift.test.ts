import { expect, test } from 'vitest'
import { partOfSource, type RecordSource } from './index.ts'

test.each<readonly [RecordSource, string | null]>([
  [{ projection: 'owner' }, 'owner'],
  [{ instant: 'nextDueAt' }, 'nextDueAt'],
  [{ field: 'tier' }, 'fields.tier'],
  [{ state: { closed: '4' } }, 'state'],
  [{ value: 'Web' }, null],
])('the part that %o shows is %s [GOV-06]', (source, part) => {
  expect(partOfSource(source)).toBe(part)
})
