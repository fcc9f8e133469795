import type { SalesforceMapping } from '@ka-governance/adapter-salesforce'
import type { Projection } from '@ka-governance/core'
import { makeChain, makeCommit } from '@ka-governance/core/conformance'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { governed } from './drifting.ts'

describe('what is no drift', () => {
  test('a record that stands behind, is blocked, or is asked for by another number', async () => {
    const { fake, store, accountId, byHand } = governed()
    const [first, second] = makeChain('cmp-1', 2, { accountId })
    if (first === undefined || second === undefined) throw new Error('two')
    await store.commit([first])
    await store.commit([second])
    byHand('Case', String(fake.org.rows('Case')[0]?.['Id']), { KagState__c: 'other' })
    const ask = async (projection: Projection) => (await store.drift?.([projection]))?.length
    expect(await ask(second.projection)).toBe(1)
    expect(await ask(first.projection)).toBe(0)
    expect(await ask({ ...second.projection, seq: 3 })).toBe(0)
    expect(await ask({ ...second.projection, instanceId: 'cmp-9' })).toBe(0)
    const [row] = fake.org.rows('KagInstance__c')
    fake.org.update('KagInstance__c', String(row?.['Id']), { Blocked__c: 'no' })
    expect(await ask(second.projection)).toBe(0)
    fake.org.update('KagInstance__c', String(row?.['Id']), { Blocked__c: null, RecordSeq__c: 1 })
    expect(await ask(second.projection)).toBe(0)
  })

  test('dues that newer calendar data would move, and an owner that a newer version would name: the record shows what was written', async () => {
    const { store, accountId } = governed()
    const commit = makeCommit({ instanceId: 'cmp-1', accountId, nextDueAt: 1_800_000_000_000 })
    await store.commit([commit])
    expect(await store.drift?.([{ ...commit.projection, nextDueAt: 1_800_000_500_000, owner: 'sales.head' }])).toEqual([])
    // What no calendar can say otherwise is governed by the projection alone.
    expect(await store.drift?.([{ ...commit.projection, state: 'elsewhere' }])).toHaveLength(2)
  })

  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }).filter((each) => each.isWellFormed()),
    fc.constantFrom(
      '',
      ' ',
      ' x ',
      'a\r\nb',
      '\ttab\t',
      'x'.repeat(300),
      `${'y'.repeat(254)}  z`,
      'é\u0301',
      '\u0085\u2028',
      '\ufeffx',
    ),
  )
  const value = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null))
  const instant = fc.integer({ min: 0, max: 4_000_000_000_000 })
  const projections = fc.record({
    state: text,
    open: fc.boolean(),
    nextDueAt: fc.option(instant),
    openedAt: instant,
    updatedAt: instant,
    owner: fc.option(text),
    nextDue: fc.option(text),
    fields: fc.record({ name: fc.oneof(text, fc.constant(null)), count: fc.option(fc.integer()), flag: fc.boolean() }),
    value,
  })
  const fields = {
    T1__c: { projection: 'state' },
    T2__c: { projection: 'owner' },
    T3__c: { projection: 'nextDue' },
    T4__c: { field: 'name' },
    T5__c: { field: 'missing' },
    N1__c: { field: 'count' },
    B1__c: { projection: 'open' },
    B2__c: { field: 'flag' },
    D1__c: { instant: 'nextDueAt' },
    D2__c: { instant: 'openedAt' },
    D3__c: { instant: 'updatedAt' },
    P1__c: { state: { open: 'Open', closed: 'Closed' } },
    AccountId: { projection: 'accountId' },
    C1__c: { value: ' constant ' },
  } as const satisfies NonNullable<NonNullable<SalesforceMapping['records']>[string]>['fields']
  const caseFields = Object.fromEntries(
    Object.keys(fields)
      .filter((name) => name !== 'AccountId')
      .map((name) => [
        name,
        {
          type: { T: 'string', N: 'double', B: 'boolean', D: 'datetime', P: 'picklist', C: 'string' }[name[0] ?? 'T'] as 'string',
        },
      ]),
  )

  test('whatever the mapping writes and the org keeps of it', async () => {
    const mapping = {
      records: { complaint: { object: 'Case', by: { externalId: 'KagInstanceKey__c' }, fields }, account: null },
    } as const
    const { store, accountId, fake } = governed(mapping, { Case: { fields: caseFields } })
    let n = 0
    let written = 0
    await fc.assert(
      fc.asyncProperty(projections, async ({ value: _, fields: own, ...parts }) => {
        n += 1
        const commit = makeCommit({ instanceId: `cmp-${String(n)}`, accountId })
        const projection: Projection = { ...commit.projection, ...parts, fields: own }
        const [outcome] = await store.commit([{ ...commit, projection }])
        if (outcome?.status !== 'committed' || outcome.projection !== 'written') return
        written += 1
        expect(await store.drift?.([projection])).toEqual([])
        // Any one of them changed by hand is told, under its name.
        const row = fake.org.rows('Case').find((each) => each['KagInstanceKey__c'] === `cmp-${String(n)}`)
        fake.org.update('Case', String(row?.['Id']), {
          T4__c: 'changed by hand',
          D2__c: '1999-01-01T00:00:00.000+0000',
          B1__c: !parts.open,
        })
        const [drift] = (await store.drift?.([projection])) ?? []
        expect(drift?.differences.map(({ field }) => field).sort()).toEqual(['B1__c', 'D2__c', 'T4__c'])
      }),
      { numRuns: 150 },
    )
    expect(written).toBeGreaterThan(100)
  })
})
