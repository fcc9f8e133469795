// An answer that was lost: what was sent may still land, and nothing that is said of a later try is an answer to it.
import { makeCommit } from '@ka-governance/core/conformance'
import { describe, expect, test } from 'vitest'
import { type FakeHubSpot, type Fault } from './fake/server.ts'
import { preparedPortal } from './governed-portal.ts'
import { isCreate } from './portal.ts'
import { createWitness, mapping, storeOn } from './subject.ts'

/** The first create of an entry meets one fault, every later one another; where `journal` says so, each question to the journal too. */
function losing(first: Fault, later: Fault | null, journal: Fault | null = null): FakeHubSpot {
  const fake = preparedPortal(mapping)
  let creates = 0
  fake.script = ({ method, path }) => {
    if (method === 'POST' && isCreate(path)) return (creates += 1) === 1 ? first : later
    return journal !== null && creates > 0 && path.includes('p_kag_event') ? journal : null
  }
  return fake
}

const one = makeCommit({ instanceId: 'a' })
const two = ['a', 'b'].map((instanceId) => makeCommit({ instanceId }))
const statuses = (outcomes: readonly { readonly status: string }[]) => outcomes.map(({ status }) => status)

describe('after it no error is told as one', () => {
  test.each(['daily', 'unauthorized', 'cutBefore', 'html', 'locked', 'migration'] as const)(
    '%s at every later try',
    async (fault) => {
      expect(statuses(await storeOn(losing('cutBefore', fault)).commit([one]))).toEqual(['unknown'])
      expect(statuses(await storeOn(losing('cutBefore', fault)).commit(two))).toEqual(['unknown', 'unknown'])
    },
  )

  test('nor what the portal has against a later try', async () => {
    const fake = losing('cutBefore', null)
    fake.portal.behaviour.rules = [
      ({ type }) => (type === 'kag_event' ? { code: 'MISSING_REQUIRED_PROPERTY', properties: ['somebody_added'] } : null),
    ]
    expect(statuses(await storeOn(fake).commit([one]))).toEqual(['unknown'])
  })

  test('nor that the journal does not answer', async () => {
    const fake = losing('cutAfter', null, 'unavailable')
    expect(statuses(await storeOn(fake).commit([one]))).toEqual(['unknown'])
    fake.script = null
    expect(statuses(await storeOn(fake).commit([one]))).toEqual(['duplicate'])
  })
})

test('a refusal of the first try is an error: nothing was stored', async () => {
  const store = storeOn(losing('daily', 'daily'))
  await expect(store.commit([one])).rejects.toMatchObject({ code: 'throttled' })
  await expect(store.commit(two)).rejects.toMatchObject({ code: 'throttled' })
})

test.each(['cutAfter', 'cutBefore', 'later', 'htmlAfter', 'gatewayTimeout', 'midBody', 'empty'] as const)(
  '%s: the same entry is sent again until the journal has it, once',
  async (fault) => {
    const fake = losing(fault, null)
    expect(statuses(await storeOn(fake).commit([one]))).toEqual(['committed'])
    expect(await createWitness(fake.portal).countEvents('a')).toBe(1)
    const many = losing(fault, null)
    expect(statuses(await storeOn(many).commit(two))).toEqual(['committed', 'committed'])
    expect(await createWitness(many.portal).countEvents('b')).toBe(1)
  },
)

test('an answer that another process’s entry is there is a conflict, also after a lost one', async () => {
  const fake = losing('cutBefore', null)
  const rival = makeCommit({ instanceId: 'a', idempotencyKey: 'rival' })
  const [mine] = await Promise.all([
    storeOn(fake).commit([one]),
    storeOn({ ...fake, script: null }, { fetch: fake.fetch }).commit([rival]),
  ])
  const [theirs] = await storeOn(fake).commit([rival])
  expect([mine[0]?.status, theirs?.status].sort()).toEqual(['conflict', 'duplicate'])
  expect(await createWitness(fake.portal).countEvents('a')).toBe(1)
})

describe('uniqueness that was not tried under load is not believed', () => {
  test('two who were both told that they made the entry: one of them hears of the conflict', async () => {
    const fake = preparedPortal(mapping)
    const store = storeOn(fake)
    const rival = makeCommit({ instanceId: 'a', idempotencyKey: 'rival' })
    let answered = false
    const lying = storeOn(fake, {
      fetch: async (input, init) => {
        const url = input instanceof Request ? input.url : String(input)
        if (!isCreate(new URL(url).pathname) || answered) return fake.fetch(input, init)
        answered = true
        await store.commit([rival])
        // Told as made, though the key was taken.
        return new Response(JSON.stringify({ id: '1', properties: {}, archived: false }), { status: 201 })
      },
    })
    expect(await lying.commit([one])).toEqual([{ status: 'conflict', headSeq: null }])
    const believing = storeOn(fake, { confirm: false })
    expect(statuses(await believing.commit([makeCommit({ instanceId: 'b' })]))).toEqual(['committed'])
  })
})
