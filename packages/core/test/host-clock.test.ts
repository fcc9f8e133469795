import { expect, test } from 'vitest'
import { projectionSchema } from '../src/ports/index.ts'
import { collect, createHarness, ok, wholeJournal } from './support/harness.ts'
import { complaintForm } from './support/story.ts'

test('a clock that tells parts of a millisecond writes whole ones, so that what was written can be read', async () => {
  const h = createHarness()
  const g = h.another({ host: { clock: () => h.clock.now() + 0.1829 } })
  ok(await g.account.adopt({ accountId: 'acme', name: 'Acme', isKeyAccount: true, tier: 'B' }, { actor: 'u-liu' }))
  ok(await g.complaint.open(complaintForm(h.clock.now()), { actor: 'u-huang' }))
  h.clock.advance(5 * 86_400_000)
  await g.sweep()
  const entries = Object.values(await wholeJournal(h.store)).flat()
  expect(entries.length).toBeGreaterThan(2)
  expect(entries.filter(({ at }) => !Number.isInteger(at))).toEqual([])
  for (const projection of await collect(h.store.find({}))) expect(projectionSchema.safeParse(projection).error).toBeUndefined()
})
