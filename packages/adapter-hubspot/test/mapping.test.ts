import { makeCommit } from '@ka-governance/core/conformance'
import type { Projection } from '@ka-governance/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { longText, longTextIn } from '../src/long-text.ts'
import { columns, cut, dueKey, projectionWrites } from '../src/mapping.ts'
import { resolveMapping, type HubSpotMapping } from '../src/options.ts'
import { longestValue } from '../src/schema.ts'

const anything = fc.string({ unit: 'binary', maxLength: 60 }).filter((text) => text.isWellFormed())
const of = { what: 'entry', key: 'cmp-1' } as const
const projectionOf = (plan: Partial<Parameters<typeof makeCommit>[0]> = {}, more: Partial<Projection> = {}): Projection => ({
  ...makeCommit({ instanceId: 'cmp-1', ...plan }).projection,
  ...more,
})

describe('long texts', () => {
  test('come back to the character, whatever they hold and wherever they are cut', () => {
    fc.assert(
      fc.property(fc.jsonValue(), anything, fc.integer({ min: 0, max: 4 }), (value, text, k) => {
        fc.pre(JSON.stringify(value).isWellFormed())
        const filler = [' ', '😀', '+', '\u2028', 'a'][k] ?? ''
        const json = JSON.stringify({ value, long: filler.repeat(longestValue), text: `${text}\u007f\u0085\ufeff\\u2028` })
        const values = longText('p', 12, json, of)
        expect(longTextIn(values, 'p', 12)).toBe(json)
        for (const each of Object.values(values)) {
          expect(each.length).toBeLessThanOrEqual(longestValue)
          expect(each.isWellFormed() && each === each.trim()).toBe(true)
          expect(each).not.toMatch(/[\u007f-\u009f\u2028\u2029\ufeff]/)
        }
      }),
      { numRuns: 20 },
    )
  })

  test('fill exactly as many properties as they need, and empty the others', () => {
    const json = (length: number): string => `"${'x'.repeat(length - 2)}"`
    expect(Object.values(longText('p', 3, json(longestValue), of)).map(({ length }) => length)).toEqual([longestValue, 0, 0])
    expect(Object.values(longText('p', 3, json(longestValue + 1), of)).map(({ length }) => length)).toEqual([longestValue, 3, 0])
    expect(Object.keys(longText('p', 3, '{}', of))).toEqual(['p', 'p_2', 'p_3'])
    const most = 2 * longestValue - 2
    expect(longTextIn(longText('p', 2, json(most), of), 'p', 2)).toBe(json(most))
    expect(() => longText('p', 2, json(most + 1), of)).toThrow(expect.objectContaining({ code: 'too_large' }) as Error)
  })

  test('of which a part is lost or another one are none', () => {
    const values = longText('p', 3, JSON.stringify('x'.repeat(2 * longestValue)), of)
    expect(Object.values(values).every((each) => each !== '')).toBe(true)
    for (const lost of ['p', 'p_2', 'p_3']) expect(longTextIn({ ...values, [lost]: null }, 'p', 3)).toBeNull()
    expect(longTextIn({ ...values, p_2: 'somebody wrote here' }, 'p', 3)).toBeNull()
    expect(longTextIn({}, 'p', 3)).toBeNull()
  })

  test('text about an escape stays text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('\\', '+', 'u0040', 'u2028', '\u2028', 'u', '"', '\u0085', 'a'), { maxLength: 12 }),
        (parts) => {
          const json = JSON.stringify(parts.join(''))
          expect(longTextIn(longText('p', 1, json, of), 'p', 1)).toBe(json)
        },
      ),
    )
  })
})

describe('keys', () => {
  const id = fc.stringMatching(/^[a-z0-9-]{1,20}$/)
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

  test('what is due sorts by its instant, then by its id', () => {
    const at = fc.integer({ min: 0, max: 3e12 })
    fc.assert(
      fc.property(fc.tuple(at, id), fc.tuple(at, id), ([a, x], [b, y]) => {
        expect(order(dueKey(a, x), dueKey(b, y))).toBe(Math.sign(a - b) || order(x, y))
      }),
    )
  })

  test('a text is cut between characters', () => {
    expect([cut('a😀b', 2), cut('a😀b', 3), cut('\ud83d', 5)]).toEqual(['a', 'a😀', '\ufffd'])
  })
})

describe('the case', () => {
  test('has every part of the projection that lists are made of, and the whole of it as text', () => {
    const projection = projectionOf({ nextDueAt: 1_767_600_000_000, accountId: '904' }, { owner: 'u-7' })
    const written = projectionWrites(resolveMapping(), projection).case
    expect(written).toMatchObject({
      kag_instance_id: 'cmp-1',
      kag_title: 'complaint cmp-1',
      kag_kind: 'complaint',
      kag_seq: '1',
      kag_account_id: '904',
      kag_state: 'open',
      kag_open: 'true',
      kag_owner: 'u-7',
      kag_due_ms: '1767600000000',
      kag_due_key: dueKey(1_767_600_000_000, 'cmp-1'),
      kag_due_at: '2026-01-05T08:00:00.000Z',
    })
    expect(JSON.parse(longTextIn(written, 'kag_projection', 2) ?? '')).toEqual(projection)
  })

  test('clears what is no more', () => {
    const { case: written } = projectionWrites(resolveMapping(), projectionOf({}, { owner: null }))
    expect(written).toMatchObject({ kag_owner: '', kag_due_ms: '', kag_due_key: '', kag_due_at: '', kag_projection_2: '' })
  })

  test('stands in its pipeline; a state without a stage leaves it where it is', () => {
    const pipelines = { cases: { complaint: { id: '100', stages: { open: '101' } } } }
    const of = (state: string, kind = 'complaint') =>
      projectionWrites(resolveMapping({ pipelines }), projectionOf({ state, kind })).case
    expect(of('open')).toMatchObject({ hs_pipeline: '100', hs_pipeline_stage: '101' })
    for (const each of [of('elsewhere'), of('constructor'), of('open', 'admission')]) {
      expect(each).not.toHaveProperty('hs_pipeline_stage')
      expect(each).not.toHaveProperty('hs_pipeline')
    }
  })

  test('every text of it fits, whatever comes', () => {
    const long = '😀'.repeat(400)
    const projection = projectionOf({ accountId: long, state: long, kind: long }, { owner: long })
    for (const [name, value] of Object.entries(projectionWrites(resolveMapping(), projection).case))
      if (!name.startsWith('kag_projection')) {
        expect(value.length, name).toBeLessThanOrEqual(columns.title)
        expect(value.isWellFormed()).toBe(true)
      }
  })
})

describe('the native record', () => {
  const visible = (mapping: HubSpotMapping, projection: Projection) =>
    projectionWrites(resolveMapping(mapping), projection).visible

  test('of a complaint is a ticket that is made where it is not there, in its pipeline', () => {
    const pipelines = { records: { complaint: { id: '200', stages: { received: '201' } } } }
    expect(visible({ pipelines }, projectionOf({ state: 'received', nextDueAt: 1_767_600_000_000 }, { owner: null }))).toEqual({
      instanceId: 'cmp-1',
      type: 'tickets',
      by: { unique: 'kag_instance_id', value: 'cmp-1', makes: true },
      properties: {
        subject: 'cmp-1',
        kag_state: 'received',
        kag_due_at: '2026-01-05T08:00:00.000Z',
        kag_has_to_act: '',
        hs_pipeline: '200',
        hs_pipeline_stage: '201',
      },
      company: null,
    })
  })

  test('of a deal stands in a pipeline by the names that deals have for it', () => {
    const records = { admission: { type: 'deals', by: { unique: 'kag_instance_id' }, properties: {} } }
    const pipelines = { records: { admission: { id: '1', stages: { open: '2' } } } }
    expect(visible({ records, pipelines }, projectionOf({ kind: 'admission' }))?.properties).toEqual({
      pipeline: '1',
      dealstage: '2',
    })
  })

  test('of an account is the company itself, which is never made', () => {
    const account = projectionOf({ kind: 'account', state: 'ka', accountId: '904' }, { fields: { tier: 'B' } })
    expect(visible({}, account)).toMatchObject({
      type: 'companies',
      by: { id: '904' },
      properties: { kag_tier: 'B', kag_standing: 'ka', kag_review_due_at: '' },
    })
    expect(visible({ accounts: { id: 'erp_number' } }, account)?.by).toEqual({ unique: 'erp_number', value: '904', makes: false })
  })

  test('is linked with its company when it begins, where the account is the company itself', () => {
    const of = (mapping: HubSpotMapping, plan: object) => visible(mapping, projectionOf({ accountId: '904', ...plan }))?.company
    expect(of({}, {})).toBe('904')
    expect([of({}, { seq: 2 }), of({}, { accountId: 'acme' }), of({}, { kind: 'account' })]).toEqual([null, null, null])
    expect(of({ accounts: { id: 'erp_number' } }, {})).toBeNull()
    const records = { complaint: { type: '2-77', by: { unique: 'kag_instance_id' }, properties: {} } }
    expect(of({ records }, {})).toBeNull()
  })

  test('is none where the mapping has none', () => {
    expect(visible({}, projectionOf({ kind: 'project' }))).toBeNull()
    expect(visible({ records: { complaint: null } }, projectionOf())).toBeNull()
    expect(visible({}, projectionOf({ kind: 'constructor' }))).toBeNull()
  })

  test('takes any of the sources, and leaves what a state does not name as it is', () => {
    const complaint = {
      type: 'tickets',
      by: { unique: 'kag_instance_id' },
      properties: {
        a: { projection: 'open' },
        b: { field: 'severity' },
        c: { field: 'constructor' },
        d: { state: { open: 'HIGH' } },
        e: { state: { closed: 'LOW' } },
        f: { value: 3 },
        g: { value: false },
        h: { instant: 'openedAt' },
        i: { state: {} },
      },
    } as const
    expect(visible({ records: { complaint } }, projectionOf({}, { fields: { severity: 2 } }))?.properties).toEqual({
      a: 'true',
      b: '2',
      c: '',
      d: 'HIGH',
      f: '3',
      g: 'false',
      h: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    })
  })
})
