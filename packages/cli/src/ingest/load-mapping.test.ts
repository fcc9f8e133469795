import { describe, expect, it } from 'vitest'
import { assetPath, shippedMappings } from '../assets.ts'
import { loadMapping, parseMapping } from './load-mapping.ts'
import { MappingError } from './mapping-error.ts'

const good = `
id: own
title: { en: Own, zh-CN: 自有 }
timeZone: Asia/Shanghai
currency: CNY
orders: { files: [o.csv], columns: { account: a, date: d, amount: m } }
`

function findings(yaml: string): string[] {
  try {
    parseMapping(yaml, 'm.yaml')
    return []
  } catch (error) {
    expect(error).toBeInstanceOf(MappingError)
    return (error as MappingError).findings.map((f) => f.path)
  }
}

describe('parseMapping', () => {
  it('takes a small mapping and fills in the defaults', () => {
    expect(parseMapping(good, 'm.yaml')).toMatchObject({
      decimal: '.',
      orders: { dateFormat: 'iso', unknownAccount: 'reject', zero: 'ignore' },
    })
  })

  it.each([
    ['an unknown key', good.replace('amount: m', 'amount: m, colour: c'), ['orders.columns']],
    ['amount and quantity at once', good.replace('amount: m', 'amount: m, quantity: q, unitPrice: p'), ['orders.columns']],
    ['neither', good.replace(', amount: m', ''), ['orders.columns']],
    ['a zone that does not exist', good.replace('Asia/Shanghai', 'Asia/Nowhere'), ['timeZone']],
    ['a currency of two letters', good.replace('CNY', 'CN'), ['currency']],
    ['a format without a day', good.replace('columns:', 'dateFormat: HH:mm, columns:'), ['orders.dateFormat']],
    ['a path instead of a name', good.replace('[o.csv]', '[../o.csv]'), ['orders.files.0']],
    ['several at once', good.replace('CNY', 'CN').replace('Asia/Shanghai', 'x'), ['timeZone', 'currency']],
    ['broken YAML', 'id: [', ['line 1']],
    ['a key twice', `${good}id: again\n`, ['line 7']],
    ['nothing', '', ['']],
    ['aliases', 'a: &a [1]\nb: [*a, *a]\n', ['']],
  ])('names the place of %s', (_what, yaml, paths) => {
    expect(findings(yaml)).toEqual(paths)
  })

  it.each([
    ['id: 3', 'id: own', ['id', 'wanted: a text; found: 3', 'write e.g. own-shop']],
    ['', 'id: own', ['id', 'missing: a text', 'write e.g. own-shop']],
    [
      'timeZone: Nowhere',
      'timeZone: Asia/Shanghai',
      ['timeZone', 'wanted: an IANA time zone such as Asia/Shanghai; found: "Nowhere"', 'write e.g. Asia/Shanghai'],
    ],
    ['currency: CLF', 'currency: CNY', ['currency', 'wanted: an ISO 4217 code such as CNY; found: "CLF"', 'write e.g. CNY']],
    ['currency: UYW', 'currency: CNY', ['currency', 'wanted: an ISO 4217 code such as CNY; found: "UYW"', 'write e.g. CNY']],
    ['files: o.csv', 'files: [o.csv]', ['orders.files', 'wanted: a list; found: "o.csv"', 'write e.g. [orders.csv]']],
    [
      'files: []',
      'files: [o.csv]',
      ['orders.files', 'wanted: a list of at least 1 entries; found: []', 'write e.g. [orders.csv]'],
    ],
    [
      'account: null',
      'account: a',
      [
        'orders.columns.account',
        'wanted: a text; found: null',
        'write the name of the column as in the first row of the file, e.g. Order date',
      ],
    ],
    [
      'zero: maybe, columns',
      'columns',
      ['orders.zero', 'wanted: one of "ignore", "use"; found: "maybe"', 'see the README, section "Mapping files"'],
    ],
    [
      'coverage: { from: 2024-02-30, to: 2024-03-01 }, columns',
      'columns',
      ['orders.coverage.from', 'wanted: a day; found: "2024-02-30"', 'write e.g. 2026-01-31'],
    ],
    [
      'returns: { negative: maybe }, columns',
      'columns',
      ['orders.returns.negative', 'wanted: true or false; found: "maybe"', 'write e.g. true'],
    ],
    [
      'complaints: { shape: x }\norders',
      'orders',
      ['complaints.shape', 'wanted: one of "rows", "log"; found: "x"', 'see the README, section "Mapping files"'],
    ],
    [
      'amount: m, colour: c',
      'amount: m',
      ['orders.columns', 'no such key: "colour"', 'remove "colour", or correct the spelling'],
    ],
    [
      'colums',
      'columns',
      [
        'orders.columns',
        'missing: keys with their values',
        'write e.g. { account: Customer no, date: Order date, amount: Total }',
      ],
    ],
    [
      'accounts: { files: [a.csv] }\norders',
      'orders',
      ['accounts.columns', 'missing: keys with their values', 'write e.g. { id: Customer no, name: Customer }'],
    ],
    [
      '---\norders',
      'orders',
      [
        'line 6',
        'a second document begins here',
        'keep one mapping in a file: delete the line --- and what stands before or behind it',
      ],
    ],
  ] as const)('says of %j what is wanted, what is there and what could be', (bad, instead, told) => {
    const error = ((): unknown => {
      try {
        return parseMapping(good.replace(instead, bad), 'm.yaml')
      } catch (thrown) {
        return thrown
      }
    })()
    expect(error).toBeInstanceOf(MappingError)
    const [first] = (error as MappingError).findings
    expect([first?.path, first?.message, first?.remedy]).toEqual(told)
  })

  it('reads every shipped mapping', async () => {
    const names = shippedMappings()
    expect(names).toEqual(['adventureworks', 'cfpb', 'online-retail', 'servicenow', 'standard'])
    for (const name of names) expect((await loadMapping(assetPath(`mappings/${name}.yaml`))).id).toBe(name)
  })

  it('a file that is not there is a finding', async () => {
    await expect(loadMapping('/nowhere/m.yaml')).rejects.toBeInstanceOf(MappingError)
  })
})
