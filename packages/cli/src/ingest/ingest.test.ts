import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { fileURLToPath } from 'node:url'
import type { Locale } from '@ka-governance/core'
import { afterEach, describe, expect, it } from 'vitest'
import { assetPath } from '../assets.ts'
import { BrokenFileError, type RejectedRow } from './finding.ts'
import { ingest } from './ingest.ts'
import { loadMapping, parseMapping } from './load-mapping.ts'
import type { Portfolio } from './portfolio.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

const mapping = (extra = '', orders = ''): string => `
id: test
title: { en: Test, zh-CN: 测试 }
timeZone: Asia/Shanghai
currency: CNY
dates: { from: 2000-01-01, to: 2030-12-31 }
accounts: { files: [accounts.csv], columns: { id: id, name: name } }
orders: { files: [orders.csv], columns: { account: account, order: order, date: date, amount: amount, currency: currency }${orders} }
${extra}`

interface Read {
  readonly portfolio: Portfolio
  readonly rejected: RejectedRow[]
}

async function read(
  files: { readonly [name: string]: string | Uint8Array },
  yaml = mapping(),
  locale: Locale = 'en',
): Promise<Read> {
  const dir = await mkdtemp(join(tmpdir(), 'ka-ingest-'))
  folders.push(dir)
  for (const [name, content] of Object.entries(files)) await writeFile(join(dir, name), content)
  const rejected: RejectedRow[] = []
  const portfolio = await ingest({
    dir,
    mappings: [parseMapping(yaml, 'test.yaml')],
    locale,
    onRejected: (row) => void rejected.push(row),
  })
  for (const t of portfolio.tallies) {
    expect(t.used + t.rejected + Object.values(t.ignored).reduce((a, b) => a + b, 0)).toBe(t.rows)
  }
  return { portfolio, rejected }
}

async function broken(files: { readonly [name: string]: string | Uint8Array }, yaml?: string): Promise<BrokenFileError> {
  const error = await read(files, yaml).then(
    () => null,
    (e: unknown) => e,
  )
  expect(error).toBeInstanceOf(BrokenFileError)
  return error as BrokenFileError
}

const accounts = 'id,name\n1,Acme\n2,Beta\n'
const head = 'account,order,date,amount,currency\n'
const reasons = (rejected: readonly RejectedRow[]): string[] =>
  rejected.map((r) => `${String(r.line)} ${r.code}${r.column === undefined ? '' : ` ${r.column}`}`)

describe('rows that cannot be used', () => {
  const withBrokenOrders = {
    'accounts.csv': accounts,
    'orders.csv': [
      `\ufeff${head}1,o1,2024-01-02,10.00,CNY`,
      '1,o2,2024-02-30,10.00,CNY',
      '1,o3,1899-01-01,10.00,CNY',
      '1,o4,2024-01-02,1O.00,CNY',
      '1,o5,2024-01-02,10.00,XQZ',
      '9,o6,2024-01-02,10.00,CNY',
      '1,o7,2024-01-02',
      '1,o8,2024-01-02,10.00,CNY,extra',
      ',o9,2024-01-02,10.00,CNY',
      '1,o\u0000,2024-01-02,10.00,CNY',
      '1,"o11,2024-01-02,10.00,CNY',
      '1,o12,2024-01-02,99999999999999999.00,CNY',
      '',
      '2,o13,2024-01-03,"1,000.10",',
      '2,o1,2024-01-04,5.00,EUR',
      '1,o1,2024-01-02,1.00,EUR',
    ].join('\n'),
  }
  it('are rejected with line, column and reason, and the others are read', async () => {
    const { portfolio, rejected } = await read(withBrokenOrders)
    expect(reasons(rejected).sort()).toEqual(
      [
        '3 date_malformed date',
        '4 date_out_of_range date',
        '5 number_malformed amount',
        '6 currency_unknown currency',
        '7 account_unknown account',
        '8 field_count',
        '9 field_count',
        '10 value_missing account',
        '11 control_character',
        '12 quote_malformed',
        '13 number_out_of_range amount',
        '17 conflicting_rows currency',
      ].sort(),
    )
    for (const row of rejected) expect(row.remedy).not.toBe('')
    expect(portfolio.accounts.map((a) => a.purchases.map((p) => p.minor))).toEqual([[1000], [100_010, 500]])
  })

  it('say why in the language that was asked for: the same rows, the same numbers', async () => {
    const [english, chinese] = [await read(withBrokenOrders), await read(withBrokenOrders, mapping(), 'zh-CN')]
    expect(reasons(chinese.rejected)).toEqual(reasons(english.rejected))
    const numbers = (row: RejectedRow | undefined): readonly string[] => row?.message.match(/\d[\d-]*/gu) ?? []
    chinese.rejected.forEach((row, index) => {
      for (const text of [row.message, row.remedy]) {
        expect(text).toMatch(/\p{Script=Han}/u)
        expect(text).not.toMatch(/[A-Za-z]{2,}[ ,;]+[A-Za-z]{2,}/)
      }
      for (const number of numbers(english.rejected[index])) expect(row.message).toContain(number)
    })
    expect(chinese.portfolio.rejected).toEqual(chinese.rejected)
  })

  it('bytes of another encoding are named, and read when the encoding is stated', async () => {
    const gb = Uint8Array.from([...Buffer.from('id,name\n1,'), 0xbb, 0xaa, 0xc8, 0xf1, ...Buffer.from('\n2,ok\n')])
    const { rejected, portfolio } = await read({ 'accounts.csv': gb, 'orders.csv': head })
    expect(reasons(rejected)).toEqual(['2 bad_encoding name'])
    expect(portfolio.accounts.map((a) => a.name)).toEqual(['ok'])
    const stated = mapping().replace('files: [accounts.csv],', 'files: [accounts.csv], encoding: gb18030,')
    expect((await read({ 'accounts.csv': gb, 'orders.csv': head }, stated)).portfolio.accounts.map((a) => a.name)).toEqual([
      '华锐',
      'ok',
    ])
  })

  it('the same account twice: once where the rows agree, rejected where they do not', async () => {
    const { portfolio, rejected } = await read({ 'accounts.csv': `${accounts}1,Acme\n2,Gamma\n`, 'orders.csv': head })
    expect(reasons(rejected)).toEqual(['5 conflicting_rows id'])
    expect(portfolio.tallies[0]).toMatchObject({ rows: 4, used: 2, rejected: 1, ignored: { duplicate: 1 } })
  })

  it('names such as __proto__ are only names', async () => {
    const yaml = mapping().replace('{ id: id, name: name }', '{ id: __proto__, name: constructor }')
    const { portfolio } = await read(
      {
        'accounts.csv': '__proto__,constructor\n__proto__,toString\n',
        'orders.csv': `${head}__proto__,__proto__,2024-01-01,1.00,CNY\n`,
      },
      yaml,
    )
    expect(portfolio.accounts).toHaveLength(1)
    expect(portfolio.accounts[0]).toMatchObject({
      accountId: '__proto__',
      name: 'toString',
      purchases: [{ orderId: '__proto__', minor: 100 }],
    })
    expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined()
  })
})

describe('files that cannot be used', () => {
  it('names every missing column, with the nearest one', async () => {
    const error = await broken({ 'accounts.csv': 'ID,title\n1,x\n', 'orders.csv': head })
    expect(error.findings.map((f) => [f.code, f.file, f.line, f.column])).toEqual([
      ['column_missing', 'accounts.csv', 1, 'id'],
      ['column_missing', 'accounts.csv', 1, 'name'],
    ])
    expect(error.findings[0]?.remedy).toBe('did you mean "ID"?')
  })

  it.each([
    ['header_duplicate', 'id,name,id\n1,x,2\n'],
    ['file_empty', ''],
    ['delimiter_mismatch', 'id;name;x\n1;2;3\n'],
    ['encoding_mismatch', Uint8Array.from([0xff, 0xfe, 0x69, 0x00])],
    ['quote_not_closed', '"id,name\n'],
  ])('%s', async (code, content) => {
    const error = await broken({ 'accounts.csv': content, 'orders.csv': head })
    expect(error.findings.map((f) => f.code)).toEqual([code])
  })

  it('a damaged or cut-off archive', async () => {
    const whole = gzipSync(`id,name\n${Array.from({ length: 5000 }, (_, i) => `${String(i)},n${String(i * 7919)}`).join('\n')}`)
    expect(
      (await broken({ 'accounts.csv.gz': whole.subarray(0, whole.length - 20), 'orders.csv': head })).findings[0]?.code,
    ).toBe('gzip_broken')
    expect((await broken({ 'accounts.csv.gz': Buffer.from('no archive'), 'orders.csv': head })).findings[0]?.code).toBe(
      'gzip_broken',
    )
    expect((await read({ 'accounts.csv.gz': whole, 'orders.csv': head })).portfolio.accounts).toHaveLength(5000)
  })

  it('a file that is not there', async () => {
    expect((await broken({ 'orders.csv': head })).findings[0]).toMatchObject({ code: 'file_missing', file: 'accounts.csv' })
  })
})

describe('orders', () => {
  it('sums lines to orders exactly, and takes credit notes back from the order that they belong to', async () => {
    const yaml = mapping('', ', returns: { orderPrefix: C }').replace('amount: amount,', 'quantity: q, unitPrice: p,')
    const lines =
      'account,order,date,q,p,currency\n1,10,2024-01-05,3,0.10,\n1,10,2024-01-05,1,0.20,\n1,C11,2024-02-01,-5,0.10,\n1,12,2024-03-01,4,0,\n'
    const { portfolio } = await read({ 'accounts.csv': accounts, 'orders.csv': lines }, yaml)
    expect(portfolio.accounts[0]?.purchases).toEqual([
      { date: '2024-01-05', orderId: '10', minor: 50, currency: 'CNY', kind: 'order' },
      { date: '2024-02-01', orderId: '10', minor: -50, currency: 'CNY', kind: 'return', originalDate: '2024-01-05' },
    ])
    expect(portfolio.tallies[1]?.ignored).toEqual({ 'zero-value': 1 })
    expect(portfolio.coverage).toEqual({ from: '2024-01-05', to: '2024-02-02' })
  })
})

describe('currencies', () => {
  it('funds and test codes are refused, whatever the runtime knows: their amounts would be wrong by their decimals', async () => {
    const codes = ['CLF', 'UYW', 'UYI', 'XDR', 'XTS', 'CNH', 'cny']
    const rows = ['CNY', ...codes].map((code, i) => `1,${String(i)},2024-01-05,1.50,${code}\n`).join('')
    const { portfolio, rejected } = await read({ 'accounts.csv': accounts, 'orders.csv': head + rows })
    expect(portfolio.accounts[0]?.purchases.map((p) => p.currency)).toEqual(['CNY'])
    expect(rejected.map((row) => [row.code, row.value])).toEqual(codes.map((code) => ['currency_unknown', code]))
  })
})

describe('an event log', () => {
  const log = `
complaints:
  shape: log
  files: [log.csv]
  columns: { id: n, account: caller, received: opened, resolved: resolved, closed: closed, state: state, sequence: mod, changed: updated }
  states: { resolved: [Resolved], closed: [Closed], waitingForCustomer: [Waiting] }
  unknownAccount: create
`
  const header = 'n,caller,state,mod,opened,updated,resolved,closed\n'
  const local = (at: number | null | undefined): string | null =>
    at == null ? null : new Date(at + 8 * 3_600_000).toISOString().slice(0, 16)

  it('is put into the order of its sequence, not of its times', async () => {
    const { portfolio } = await read(
      {
        'accounts.csv': accounts,
        'orders.csv': head,
        'log.csv': `${header}I1,x,Closed,9,2024-01-01T08:00,2024-01-05T09:00,2024-01-04T10:00,2024-01-05T09:00
I1,x,New,0,2024-01-01T08:00,2024-01-01T08:05,2024-01-04T10:00,2024-01-05T09:00
I1,x,Resolved,2,2024-01-01T08:00,2024-01-02T10:00,2024-01-04T10:00,2024-01-05T09:00
I1,x,Active,3,2024-01-01T08:00,2024-01-01T23:00,2024-01-04T10:00,2024-01-05T09:00
I1,x,Waiting,4,2024-01-01T08:00,2024-01-03T08:00,2024-01-04T10:00,2024-01-05T09:00
I1,x,Resolved,5,2024-01-01T08:00,2024-01-04T10:00,2024-01-04T10:00,2024-01-05T09:00
I2,x,Active,1,2024-01-02T08:00,2024-01-02T09:00,,
`,
      },
      mapping(log),
    )
    const [one, two] = portfolio.complaints
    expect(one?.rounds.map((r) => [local(r.resolvedAt), local(r.reopenedAt)])).toEqual([
      ['2024-01-02T10:00', '2024-01-02T10:00'],
      ['2024-01-04T10:00', null],
    ])
    expect(one).toMatchObject({ reopenings: 1, finished: true, derived: [] })
    expect(one?.waits.map((w) => [local(w.from), local(w.to)])).toEqual([['2024-01-03T08:00', '2024-01-04T10:00']])
    expect(two).toMatchObject({ rounds: [], finished: false, closedAt: null, derived: ['never-closes'] })
  })

  it('uses the change of state where no time of resolution is recorded, and says so', async () => {
    const { portfolio } = await read(
      {
        'accounts.csv': accounts,
        'orders.csv': head,
        'log.csv': `${header}I1,x,New,0,2024-01-01T08:00,2024-01-01T08:00,,2024-01-03T08:00\nI1,x,Resolved,1,2024-01-01T08:00,2024-01-02T08:00,,2024-01-03T08:00\n`,
      },
      mapping(log),
    )
    expect(local(portfolio.complaints[0]?.rounds[0]?.resolvedAt)).toBe('2024-01-02T08:00')
    expect(portfolio.notes).toContainEqual({ code: 'resolution-from-state-change', count: 1, file: 'log.csv' })
  })
})

const shared = fileURLToPath(new URL('../../../../../shared/data', import.meta.url))
const present = existsSync(join(shared, 'MANIFEST.json'))
if (!present) console.log('sample data absent: the checks against published numbers are skipped')

describe.skipIf(!present)('the sample data give the published numbers', () => {
  const load = async (id: string): Promise<Portfolio> =>
    ingest({ dir: shared, mappings: [await loadMapping(assetPath(`mappings/${id}.yaml`))] })
  const net = (p: Portfolio): number => p.accounts.flatMap((a) => a.purchases).reduce((s, x) => s + x.minor, 0)

  it('AdventureWorks: 1,811 orders, 41,729,847.29 in three fiscal years, eleven months of the last', async () => {
    const p = await load('adventureworks')
    expect(p.accounts).toHaveLength(350)
    expect(p.accounts.filter((a) => a.purchases.length > 0)).toHaveLength(318)
    expect(p.accounts.flatMap((a) => a.purchases)).toHaveLength(1811)
    expect(net(p)).toBe(859_105_551 + 1_552_201_833 + 1_761_677_345)
    expect(p.coverage).toEqual({ from: '2017-07-01', to: '2020-06-01' })
  })

  it('Online Retail: 8,819 orders, 4,155,604.05 net, and two famous customers who gave everything back', async () => {
    const p = await load('online-retail')
    expect(p.accounts.flatMap((a) => a.purchases).filter((x) => x.kind === 'order')).toHaveLength(8819)
    expect(net(p)).toBe(415_560_405)
    const of = (id: string): number =>
      p.accounts.find((a) => a.accountId === id)?.purchases.reduce((s, x) => s + x.minor, 0) ?? Number.NaN
    expect(of('16446')).toBe(290)
    expect(of('12346')).toBe(0)
  })

  it('ServiceNow: 12,459 incidents less two without a caller; 786 without a time of resolution; one never closes', async () => {
    const p = await load('servicenow')
    expect(p.complaints).toHaveLength(12_457)
    expect(p.tallies[0]).toMatchObject({ rows: 70_660, rejected: 22 })
    expect(p.notes.find((n) => n.code === 'resolution-from-state-change')?.count).toBe(786)
    expect(p.complaints.filter((c) => !c.finished)).toHaveLength(1)
    expect(p.complaints.filter((c) => c.accountId === 'Caller 1904')).toHaveLength(215)
  })

  it('CFPB: companies are accounts, the recorded verdict is kept apart', async () => {
    const p = await load('cfpb')
    expect(p.tallies[0]).toMatchObject({ rows: 1593, used: 1590, rejected: 3 })
    expect(p.accounts).toHaveLength(320)
    expect(p.complaints.filter((c) => c.satisfaction === 'dissatisfied').length).toBeGreaterThan(280)
    expect(p.complaints.filter((c) => c.recordedTimely === false)).toHaveLength(52)
    expect(p.complaints.every((c) => c.closedAt === null)).toBe(true)
  })
})
