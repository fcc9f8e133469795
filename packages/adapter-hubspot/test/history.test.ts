// Journals as they are read: by keys, page by page, while others write.
import { makeCommit } from '@ka-governance/core/conformance'
import { expect, test } from 'vitest'
import { collect } from '../../core/test/support/harness.ts'
import { preparedPortal } from './governed-portal.ts'
import { mapping, storeOn } from './subject.ts'

const seqs = async (entries: AsyncIterable<{ readonly seq: number }>): Promise<readonly number[]> =>
  (await collect(entries)).map(({ seq }) => seq)

async function written(entries: number) {
  const fake = preparedPortal(mapping)
  const store = storeOn(fake)
  for (let seq = 1; seq <= entries; seq += 1) await store.commit([makeCommit({ instanceId: 'cmp-1', seq })])
  return { fake, store }
}

test('whoever wants one entry asks for one', async () => {
  const { fake, store } = await written(3)
  const before = fake.log.length
  for await (const { seq } of store.history('cmp-1', 2)) {
    expect(seq).toBe(2)
    break
  }
  expect(fake.log.slice(before).map(({ path }) => path)).toEqual(['/crm/objects/2026-09/p_kag_event/batch/read'])
})

test.each([1, 9, 10, 11, 25])('all of %i entries are read, from any of them', async (entries) => {
  const { store } = await written(entries)
  const all = Array.from({ length: entries }, (_, k) => k + 1)
  expect(await seqs(store.history('cmp-1'))).toEqual(all)
  for (const from of [1, entries, entries + 1]) expect(await seqs(store.history('cmp-1', from))).toEqual(all.slice(from - 1))
})

test('an entry that is written behind the last page is read, too, and is no gap', async () => {
  const { fake, store } = await written(2)
  let isWritten = false
  const reader = storeOn(fake, {
    fetch: async (input, init) => {
      if (!isWritten && (input instanceof Request ? input.url : input.toString()).includes('kag_case/batch/read')) {
        isWritten = true
        await store.commit([makeCommit({ instanceId: 'cmp-1', seq: 3 })])
      }
      return fake.fetch(input, init)
    },
  })
  expect(await seqs(reader.history('cmp-1'))).toEqual([1, 2, 3])
  expect(isWritten).toBe(true)
})
