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

  it('reads every shipped mapping', async () => {
    const names = shippedMappings()
    expect(names).toEqual(['adventureworks', 'cfpb', 'online-retail', 'servicenow', 'standard'])
    for (const name of names) expect((await loadMapping(assetPath(`mappings/${name}.yaml`))).id).toBe(name)
  })

  it('a file that is not there is a finding', async () => {
    await expect(loadMapping('/nowhere/m.yaml')).rejects.toBeInstanceOf(MappingError)
  })
})
