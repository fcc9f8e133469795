import { describe, expect, test } from 'vitest'
import { recordLimits, type GovernanceError, type StoredInstance } from '../src/index.ts'
import { sha256Hex } from '../src/rules/index.ts'
import { codes, journals, ok, policyWith, type Harness } from './support/harness.ts'
import { complaintForm } from './support/story.ts'
import { received, thrown } from './support/told.ts'

describe('records that cannot be trusted', () => {
  /** A store whose instances come back changed. */
  const lying = (change: (stored: StoredInstance) => StoredInstance) => {
    let lie = false
    return {
      begin: () => {
        lie = true
      },
      wrap: (store: Harness['store']): Harness['store'] => ({
        ...store,
        load: async (id) => {
          const stored = await store.load(id)
          return stored === null || !lie ? stored : change(stored)
        },
      }),
    }
  }
  test.each<[string, string, (stored: StoredInstance) => StoredInstance]>([
    [
      'a snapshot that its entry does not vouch for',
      'corrupt_record',
      (x) => ({ ...x, snapshot: x.snapshot.replace('hotline', 'polished') }),
    ],
    [
      'a snapshot that is no JSON',
      'corrupt_record',
      (x) => ({ ...x, snapshot: '{', head: { ...x.head, snapshotHash: sha256Hex('{') } }),
    ],
    [
      'a snapshot of a newer version',
      'newer_definition',
      (x) => {
        const snapshot = x.snapshot.replace('"definition":"1"', '"definition":"2"')
        return { ...x, snapshot, head: { ...x.head, snapshotHash: sha256Hex(snapshot) } }
      },
    ],
    [
      'a state that the machine does not have',
      'newer_definition',
      (x) => {
        const snapshot = x.snapshot.replace('"state":"received"', '"state":"pondering"')
        return { ...x, snapshot, head: { ...x.head, snapshotHash: sha256Hex(snapshot) } }
      },
    ],
  ])('%s', async (_, code, change) => {
    const store = lying(change)
    const { h, send } = await received({ wrap: store.wrap })
    const before = await journals(h.store)
    store.begin()
    // The state that is unknown accepts nothing: that is a refusal before it is an error.
    const result = await send({ type: 'withdraw', saidBy: 'Ms Li', evidence: [{ uri: 'x' }] }).then(
      codes,
      (e: unknown) => (e as GovernanceError).code,
    )
    expect(result).toEqual(code === 'newer_definition' && Array.isArray(result) ? ['command_not_available'] : code)
    expect(await journals(h.store)).toEqual(before)
  })

  test('a view cannot be used to change what the runtime remembers', async () => {
    const { h, id, send } = await received()
    ok(await send({ type: 'contain', measure: 'x' }))
    const view = await h.governance.complaint.get(id)
    expect(() => {
      ;(view?.context as { matter: string }).matter = 'nothing happened'
    }).toThrow(TypeError)
    expect((await h.governance.complaint.get(id))?.context.matter).toBe('cracked flange')
  })

  test('an entry over the size limit is refused before it is sent, with the limit', async () => {
    const { h, send } = await received()
    const before = await journals(h.store)
    const evidence = Array.from({ length: 50 }, () => ({ uri: 'm'.repeat(1000) }))
    const error = await thrown(() => send({ type: 'withdraw', saidBy: 'Ms Li', evidence }))
    expect(error).toMatchObject({ code: 'too_large' })
    expect(error.message).toContain(String(recordLimits.entry))
    expect(await journals(h.store)).toEqual(before)
  })

  test('a version of the policy published again with other content', async () => {
    const { h } = await received()
    const changed = policyWith({ complaint: { maxRounds: 3 } })
    const other = h.another({ policy: changed })
    expect(await thrown(() => other.complaint.open(complaintForm(h.clock.now()), { actor: 'u-huang' }))).toMatchObject({
      code: 'invalid_policy',
    })
    // What is open goes on under the version that it was opened under.
    expect((await other.sweep()).failed).toEqual([])
  })

  test('instances keep the policy they were opened under; one that is not in the registry is named', async () => {
    const { h, id } = await received()
    const next = policyWith({ version: '2.0', complaint: { maxRounds: 3 } })
    const later = h.another({ policy: next })
    const view = await later.complaint.get(id)
    expect(view?.policy.version).toBe('1.0')
    ok(await later.complaint.send(id, { type: 'forward', department: 'product' }, { actor: 'u-huang' }))
    const forgetful = h.another({
      policy: next,
      store: { ...h.store, policies: { ...h.store.policies, get: () => Promise.resolve(null) } },
    })
    expect(await thrown(() => forgetful.complaint.get(id))).toMatchObject({ code: 'invalid_policy', details: { version: '1.0' } })
  })
})
