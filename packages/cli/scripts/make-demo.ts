/**
 * Writes the demonstration portfolio: `node packages/cli/scripts/make-demo.ts`. Everything is invented and comes from one seed, so the files are
 * the same on every machine. The stories below are chosen so that every tier and most rules of the manufacturer preset show.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { presets } from '@ka-governance/core'
import { format, resolveConfig } from 'prettier'
import { stringify } from 'yaml'
import { draw } from '../src/run/seeded.ts'
import {
  changes,
  moreAccounts,
  moreJudgements,
  moreOrders,
  projects,
  prospects,
  relations,
  type OrderStory,
} from './demo-stories.ts'

const seed = 'demo-2025'
const out = (name: string): string => fileURLToPath(new URL(`../assets/demo/${name}`, import.meta.url))
const day = 86_400_000
const first = Date.UTC(2022, 6, 1)
const last = Date.UTC(2025, 11, 31)

/** Half-years since July 2022: 0 … 6. */
type Story = {
  /** Net sales a year in CNY at the start. */
  readonly yearly: number
  /** Orders a year at the start. */
  readonly orders: number
  /** Factor of the amount and of the number of orders by half-year. */
  readonly amount?: readonly number[]
  readonly count?: readonly number[]
  readonly tier: 'A' | 'B' | 'C' | 'D' | ''
  /** potential, influence, willingness, loyalty */
  readonly judged: readonly [number, number, number, number] | null
  readonly since: string
  readonly says?: readonly (readonly [condition: string, on: string])[]
  readonly trend?: readonly [factor: string, trend: 'up' | 'flat' | 'down', from: string]
  readonly late?: number
  readonly starts?: number
  readonly parent?: number
  readonly complaints: number
}

const flat = (n: number): readonly number[] => [n, n, n, n, n, n, n]
const steadyA = (yearly: number, since: string, complaints = 3): Story => ({
  yearly,
  orders: 32,
  tier: 'A',
  judged: [86, 84, 85, 86],
  since,
  complaints,
})
const steadyB = (yearly: number, since: string, complaints = 3): Story => ({
  yearly,
  orders: 17,
  tier: 'B',
  judged: [68, 64, 70, 66],
  since,
  complaints,
})
const steadyC = (yearly: number, since: string, complaints = 2): Story => ({
  yearly,
  orders: 7,
  tier: 'C',
  judged: [48, 44, 52, 50],
  since,
  complaints,
})
const steadyD = (yearly: number, since: string, complaints = 1): Story => ({
  yearly,
  orders: 3,
  tier: 'D',
  judged: [32, 25, 38, 30],
  since,
  complaints,
})

const companies: readonly (readonly [en: string, zh: string, region: string, story: Story])[] = [
  ['Huarui Precision Machinery', '华锐精密机械', 'east', steadyA(24_000_000, '2014-03-01', 4)],
  ['Donghai Bearings', '东海轴承', 'east', { ...steadyA(17_500_000, '2016-05-20'), amount: [1, 1, 1, 1, 1, 1.02, 0.74] }],
  ['Nordwind Turbinen', '北风涡轮', 'overseas', steadyA(13_000_000, '2015-09-01', 5)],
  [
    'Tianhe Rail Vehicles',
    '天河轨道车辆',
    'south',
    {
      ...steadyA(19_000_000, '2013-01-15'),
      amount: [1, 1, 1.05, 1.1, 1.28, 1.45, 1.75],
      count: [1, 1, 1.05, 1.1, 1.3, 1.45, 1.8],
      judged: [92, 93, 90, 95],
      says: [
        ['potentialUp', '2025-11-12'],
        ['loyaltyVeryHigh', '2025-11-12'],
      ],
    },
  ],
  [
    'Xinlong New Energy',
    '鑫隆新能源',
    'south',
    {
      ...steadyA(15_500_000, '2017-02-10', 6),
      amount: [1, 1, 0.98, 0.95, 0.72, 0.66, 0.5],
      count: [1, 1, 1, 0.95, 0.8, 0.7, 0.6],
      says: [
        ['noRecovery', '2025-01-10'],
        ['noRecovery', '2025-12-02'],
      ],
      trend: ['potential', 'down', '2024-11-05'],
    },
  ],
  [
    'Jinling Machine Tools',
    '金陵机床',
    'east',
    {
      ...steadyA(12_800_000, '2018-06-01', 5),
      amount: [1, 1, 1, 1, 0.95, 0.74, 0.7],
      says: [['noRecovery', '2025-12-08']],
      trend: ['potential', 'down', '2025-11-05'],
    },
  ],
  ['Aurora Compressors', '极光压缩机', 'overseas', { ...steadyA(11_200_000, '2019-04-01'), judged: [82, 80, 78, 81] }],
  [
    'Beihe Pumps',
    '北河泵业',
    'north',
    {
      ...steadyB(5_200_000, '2018-04-10', 4),
      amount: [1, 1, 1, 1.05, 1.42, 1.5, 2.1],
      count: [1, 1, 1, 1.1, 1.65, 1.8, 2.0],
      judged: [84, 80, 84, 82],
      says: [
        ['potentialRealised', '2024-12-10'],
        ['goodRelations', '2025-11-20'],
      ],
    },
  ],
  [
    'Lianchuang Robotics',
    '联创机器人',
    'south',
    {
      ...steadyB(4_600_000, '2019-08-01'),
      amount: [1, 1, 1.05, 1.1, 1.2, 1.62, 1.85],
      count: [1, 1, 1, 1, 1.2, 1.75, 2.0],
      judged: [88, 76, 85, 84],
      says: [['potentialRealised', '2025-06-20']],
    },
  ],
  [
    'Meridian Hydraulics',
    '子午液压',
    'overseas',
    {
      ...steadyB(3_900_000, '2017-11-05', 4),
      amount: [1, 1, 1, 0.95, 0.6, 0.55, 0.5],
      count: [1, 1, 1, 0.9, 0.65, 0.6, 0.55],
      late: 9,
      says: [
        ['potentialStagnant', '2024-12-15'],
        ['stabilityWorse', '2024-12-15'],
      ],
    },
  ],
  [
    'Fuyuan Castings',
    '富源铸造',
    'north',
    {
      ...steadyB(3_300_000, '2018-09-12', 5),
      amount: [1, 1, 1, 1, 1, 0.62, 0.55],
      count: [1, 1, 1, 1, 0.95, 0.6, 0.55],
      late: 7,
      says: [['stabilityWorse', '2025-06-15']],
      judged: [58, 52, 48, 50],
    },
  ],
  [
    'Qinghe Valves',
    '清河阀门',
    'north',
    {
      ...steadyB(2_400_000, '2016-03-30'),
      amount: [1, 0.96, 0.9, 0.82, 0.72, 0.64, 0.56],
      count: [1, 0.95, 0.88, 0.8, 0.72, 0.64, 0.56],
      judged: [50, 46, 50, 48],
    },
  ],
  ['Sanjiang Gearboxes', '三江齿轮箱', 'east', steadyB(5_800_000, '2015-10-01', 4)],
  ['Hengtai Cables', '恒泰电缆', 'east', { ...steadyB(4_100_000, '2017-07-18'), amount: [1, 1, 1, 1, 1, 1, 0.68] }],
  ['Oriental Forgings', '东方锻件', 'north', steadyB(3_500_000, '2019-01-08')],
  ['Rheintal Filtertechnik', '莱茵过滤', 'overseas', steadyB(2_900_000, '2018-12-01', 4)],
  ['Yuhang Instruments', '宇航仪表', 'east', { ...steadyB(2_600_000, '2020-02-17'), judged: [74, 58, 66, 70] }],
  ['Kunpeng Marine', '鲲鹏船舶', 'south', steadyB(6_400_000, '2016-08-08', 4)],
  ['Xinda Coatings', '信达涂料', 'south', { ...steadyB(2_100_000, '2020-06-01'), judged: [61, 60, 62, 60] }],
  [
    'Changfeng Motors',
    '长风电机',
    'east',
    {
      ...steadyC(1_150_000, '2019-05-05', 3),
      amount: [1, 1, 1.15, 1.3, 1.7, 2.0, 2.3],
      count: [1, 1, 1.3, 1.5, 2, 2.3, 2.4],
      judged: [72, 62, 70, 68],
    },
  ],
  [
    'Shanyue Mining Supplies',
    '山岳矿业物资',
    'west',
    {
      ...steadyC(1_000_000, '2020-03-01'),
      amount: [1, 1, 1.1, 1.3, 1.55, 1.9, 2.2],
      count: [1, 1, 1.2, 1.5, 1.8, 2.0, 2.2],
      judged: [66, 60, 64, 62],
    },
  ],
  [
    'Baolin Packaging',
    '宝林包装',
    'south',
    {
      ...steadyC(980_000, '2018-02-11', 4),
      amount: [1, 1, 0.95, 0.85, 0.58, 0.5, 0.42],
      says: [
        ['willingnessLower', '2024-12-01'],
        ['complaintsUnresolved', '2025-06-20'],
      ],
      trend: ['willingness', 'down', '2024-11-05'],
    },
  ],
  [
    'Delta Seals',
    '三角密封',
    'overseas',
    { ...steadyC(760_000, '2019-10-10', 3), amount: [1, 1, 1, 0.95, 0.85, 0.6, 0.5], trend: ['potential', 'down', '2025-11-05'] },
  ],
  ['Minghe Electronics', '明和电子', 'south', steadyC(900_000, '2020-09-01')],
  ['Jiayuan Textile Machinery', '嘉元纺机', 'east', steadyC(640_000, '2019-07-07')],
  ['Polaris Lifts', '北极星电梯', 'overseas', { ...steadyC(820_000, '2021-01-20'), judged: null }],
  ['Tongda Logistics Equipment', '通达物流设备', 'north', steadyC(560_000, '2020-11-11', 3)],
  ['Hongyun Ceramics', '鸿运陶瓷', 'south', steadyC(700_000, '2018-08-18')],
  ['Ruixiang Glass', '瑞祥玻璃', 'north', steadyC(480_000, '2021-04-01')],
  ['Wanli Tyres', '万里轮胎', 'west', { ...steadyC(520_000, '2020-05-05'), says: [['goodRelations', '2025-05-01']] }],
  [
    'Silverbrook Tools',
    '银溪工具',
    'overseas',
    {
      ...steadyD(170_000, '2021-03-03'),
      amount: [1, 1, 1.2, 1.6, 2.4, 3, 3.4],
      count: [1, 1, 1.3, 1.7, 2.3, 2.6, 2.8],
      judged: [58, 45, 60, 56],
    },
  ],
  [
    'Lantian Plastics',
    '蓝天塑料',
    'east',
    {
      ...steadyD(150_000, '2020-08-01', 2),
      amount: [1, 1, 1, 1, 0.9, 0.4, 0],
      count: [1, 1, 1, 1, 0.7, 0.3, 0],
      says: [
        ['potentialGone', '2025-06-02'],
        ['relationBreaking', '2025-06-10'],
      ],
    },
  ],
  ['Guangyuan Foods', '广源食品', 'west', steadyD(120_000, '2021-06-06')],
  ['Hexagon Fasteners', '六角紧固件', 'overseas', steadyD(90_000, '2021-09-09')],
  [
    'Fengshou Farm Machinery',
    '丰收农机',
    'north',
    {
      ...steadyD(130_000, '2019-12-12', 2),
      amount: [1, 1, 1, 1, 0.8, 0.35, 0.3],
      count: [1, 1, 1, 1, 0.8, 0.4, 0.4],
      says: [['potentialGone', '2025-06-10']],
    },
  ],
  ['Zhongyuan Paper', '中原纸业', 'north', steadyD(200_000, '2020-01-10')],
  ['Huarui Export', '华锐进出口', 'east', { ...steadyC(880_000, '2017-01-01'), parent: 0 }],
  ['Kunpeng Repair Yard', '鲲鹏修船厂', 'south', { ...steadyC(610_000, '2018-01-01'), parent: 17 }],
  [
    'Xingchen Semiconductors',
    '星辰半导体',
    'south',
    {
      yearly: 6_500_000,
      orders: 26,
      tier: '',
      judged: [90, 62, 84, 78],
      since: '2025-02-03',
      starts: 5,
      amount: flat(1),
      complaints: 2,
    },
  ],
  [
    'Baltic Wind Service',
    '波罗的海风电',
    'overseas',
    { yearly: 1_900_000, orders: 12, tier: '', judged: [70, 50, 72, 66], since: '2024-09-02', starts: 4, complaints: 2 },
  ],
]

const iso = (t: number): string => new Date(t).toISOString().slice(0, 10)
const csv = (rows: readonly (readonly (string | number)[])[]): string =>
  rows
    .map((r) => r.map((v) => (/[",\n]/.test(String(v)) ? `"${String(v).replaceAll('"', '""')}"` : String(v))).join(','))
    .join('\n') + '\n'
const idOf = (i: number): string => `KH${String(1001 + i)}`
const half = (t: number): number => {
  const d = new Date(t)
  return (d.getUTCFullYear() - 2022) * 2 + (d.getUTCMonth() >= 6 ? 1 : 0) - 1
}
const weekday = (t: number): number => {
  const w = new Date(t).getUTCDay()
  return w === 0 ? t + day : w === 6 ? t - day : t
}

const accounts: (string | number)[][] = [
  [
    'account_id',
    'name',
    'name_zh',
    'region',
    'parent_id',
    'relationship_start',
    'key_account',
    'tier',
    'manager',
    'oldest_overdue_days',
  ],
]
const orders: (string | number)[][] = [['account_id', 'order_id', 'date', 'amount', 'currency']]
const judgements: (string | number)[][] = [['account_id', 'subject', 'value', 'judged_on', 'by', 'trend']]
const payments: (string | number)[][] = [['account_id', 'due', 'paid']]
const complaintRows: { at: number; row: (string | number)[] }[] = []
const judges = ['u-wu', 'u-novak', 'u-liu', 'u-smith'] as const

const matters: readonly (readonly [about: string, matter: string])[] = [
  ['product', '轴承端面划伤，整批待判'],
  ['product', 'Hardness below drawing on 40 of 200 shafts'],
  ['product', '镀层起泡，客户要求返工'],
  ['product', 'Seal leaks after 300 hours on the bench'],
  ['product', '尺寸超差 0.03 毫米，装配困难'],
  ['delivery', '发货短少两箱'],
  ['delivery', 'Third late delivery this quarter'],
  ['delivery', '节前未按约定时间到货'],
  ['delivery', 'Pallets damaged in transit, photographs attached'],
  ['service', '热线无人应答，问题拖延'],
  ['service', 'Commissioning engineer did not come as agreed'],
  ['service', '技术资料与实物不符'],
  ['price', 'Invoice does not show the agreed discount'],
  ['price', '返利计算有误'],
  ['other', '包装标识错误，海关扣留'],
]
/** A quarter of the complaints arrives just before or in holidays, where working time and calendar time differ most. */
const holidays = [
  Date.UTC(2024, 1, 8),
  Date.UTC(2024, 3, 3),
  Date.UTC(2024, 4, 1),
  Date.UTC(2024, 8, 29),
  Date.UTC(2025, 0, 26),
  Date.UTC(2025, 4, 1),
  Date.UTC(2025, 8, 29),
] as const

companies.forEach(([en, zh, region, story], i) => {
  const id = idOf(i)
  const d = draw(seed, id)
  accounts.push([
    id,
    en,
    zh,
    region,
    story.parent === undefined ? '' : idOf(story.parent),
    story.since,
    'yes',
    story.tier,
    d.pick(['u-liu', 'u-smith']),
    story.late === undefined ? 0 : 35,
  ])
  let number = 0
  for (let h = story.starts ?? 0; h < 7; h += 1) {
    const from = Date.UTC(2022 + Math.floor((h + 1) / 2), h % 2 === 0 ? 6 : 0, 1)
    const to = Math.min(Date.UTC(2022 + Math.floor((h + 2) / 2), h % 2 === 0 ? 0 : 6, 1), last)
    const n = Math.round((story.orders / 2) * (story.count?.[h] ?? 1))
    const total = (story.yearly / 2) * (story.amount?.[h] ?? 1) * (1 + 0.02 * d.normal())
    const weights = Array.from({ length: n }, () => Math.exp(0.35 * d.normal()))
    const sum = weights.reduce((a, b) => a + b, 0)
    weights.forEach((w, k) => {
      number += 1
      // One order in each of n equal slots, never in the first week of a year.
      const slot = (to - from) / n
      const date = weekday(Math.floor((from + slot * (k + d.between(0.15, 0.85))) / day) * day)
      const amount = Math.round((total * w) / sum / 10) * 10
      const order = `SO${String(i + 1).padStart(2, '0')}-${String(number).padStart(4, '0')}`
      orders.push([id, order, iso(date), `${String(amount)}.00`, 'CNY'])
      if (d.chance(0.015))
        orders.push([
          id,
          `${order}R`,
          iso(weekday(Math.min(date + 9 * day, last))),
          `-${String(Math.round(amount * 0.2))}.00`,
          'CNY',
        ])
      const due = date + 30 * day
      if (due < last && story.late !== undefined && half(due) >= 4 && d.chance(story.late / 12))
        payments.push([id, iso(due), iso(due + d.int(18, 55) * day)])
    })
  }
  if (story.judged !== null) {
    for (let year = 2022; year <= 2025; year += 1) {
      const on = iso(weekday(Date.UTC(year, 10, d.int(3, 25))))
      if (on < story.since) continue
      ;(['potential', 'influence', 'willingness', 'loyalty'] as const).forEach((factor, k) => {
        const score = Math.max(0, Math.min(100, (story.judged?.[k] ?? 50) + d.int(-3, 4)))
        const trend = story.trend !== undefined && story.trend[0] === factor && on >= story.trend[2] ? story.trend[1] : 'flat'
        judgements.push([id, factor, score, on, judges[(i + k) % judges.length] ?? 'u-wu', trend])
      })
    }
    if (story.since > '2024-06-30') {
      ;(['potential', 'influence', 'willingness', 'loyalty'] as const).forEach((factor, k) =>
        judgements.push([id, factor, story.judged?.[k] ?? 50, iso(Date.parse(story.since) + 20 * day), 'u-wu', 'flat']),
      )
    }
  }
  for (const [condition, on] of story.says ?? []) judgements.push([id, condition, 'yes', on, 'u-novak', ''])

  for (let k = 0; k < story.complaints; k += 1) {
    const c = draw(seed, `${id}-complaint-${String(k)}`)
    const begins = Math.max(Date.UTC(2024, 0, 8), Date.parse(story.since) + 60 * day)
    let at = begins + c.next() * (Date.UTC(2025, 10, 20) - begins)
    if (c.chance(0.3)) at = Math.max(begins, c.pick(holidays) + c.between(0, 3) * day)
    // Between 8 and 18 o'clock in China, mostly on weekdays.
    at = Math.floor(at / day) * day + c.between(0, 10) * 3_600_000
    if (!c.chance(0.12)) at = weekday(Math.floor(at / day) * day) + (at % day)
    at = Math.floor(at / 60_000) * 60_000
    const [about, matter] = matters[c.int(0, matters.length)] ?? ['other', '其他']
    const forwarded = at + c.pick([0.4, 0.8, 1.2, 2, 2.6, 3.4, 5, 22]) * 3_600_000
    const slow = c.chance(0.22)
    const resolved = forwarded + (slow ? c.between(11, 26) : c.between(1.2, 8)) * day
    const closed = resolved + c.between(0.5, 6) * day
    const open = closed > Date.UTC(2025, 11, 28) || c.chance(0.02)
    const says = open
      ? ''
      : c.chance(slow ? 0.35 : 0.08)
        ? 'dissatisfied'
        : c.chance(0.08)
          ? 'partly'
          : c.chance(0.06)
            ? ''
            : 'satisfied'
    const wall = (t: number): string => new Date(Math.floor(t / 60_000) * 60_000 + 8 * 3_600_000).toISOString().slice(0, 16)
    complaintRows.push({
      at,
      row: [
        id,
        matter,
        about,
        c.chance(0.07) ? 'critical' : c.chance(0.25) ? 'major' : 'minor',
        c.pick(['hotline', 'email', 'onlineService', 'group']),
        wall(at),
        wall(forwarded),
        open ? '' : wall(resolved),
        open ? '' : wall(closed),
        c.chance(0.05) ? 1 : 0,
        says,
        c.chance(0.06) ? 'no' : 'yes',
      ],
    })
  }
})
complaintRows.sort((a, b) => a.at - b.at)
const complaints: (string | number)[][] = [
  [
    'complaint_id',
    'account_id',
    'matter',
    'about',
    'severity',
    'channel',
    'received_at',
    'forwarded_at',
    'resolved_at',
    'closed_at',
    'reopenings',
    'customer_says',
    'upheld',
  ],
  ...complaintRows.map(({ row }, i) => [`TS${String(2401 + i)}`, ...row]),
]

/** Orders in equal slots, as above. */
function storyOrders({ account, from, to, yearly, orders: perYear }: OrderStory, index: number): void {
  const d = draw(seed, `orders-${account}-${from}`)
  const [begin, end] = [Date.parse(from), Math.min(Date.parse(to), last)]
  const years = (end - begin) / (365.25 * day)
  const n = Math.max(1, Math.round(perYear * years))
  const weights = Array.from({ length: n }, () => Math.exp(0.35 * d.normal()))
  const sum = weights.reduce((a, b) => a + b, 0)
  weights.forEach((w, k) => {
    const date = weekday(Math.floor((begin + ((end - begin) / n) * (k + d.between(0.15, 0.85))) / day) * day)
    const amount = Math.round((yearly * years * w) / sum / 10) * 10
    orders.push([
      account,
      `SO${account.slice(2)}-${String(index)}${String(k + 1).padStart(3, '0')}`,
      iso(date),
      `${String(amount)}.00`,
      'CNY',
    ])
  })
}
accounts.push(...moreAccounts.map((row) => [...row]))
moreOrders.forEach(storyOrders)
for (const [account, on, scores] of moreJudgements)
  (['potential', 'influence', 'willingness', 'loyalty'] as const).forEach((factor, k) =>
    judgements.push([account, factor, scores[k] ?? 50, on, judges[k] ?? 'u-wu', 'flat']),
  )

// A few rows as real exports have them, so that the data section shows what becomes of such rows.
orders.splice(200, 0, ['KH1002', 'SO02-9001', '2023-02-30', '125000.00', 'CNY'])
orders.splice(600, 0, ['KH9999', 'SO99-0001', '2024-05-06', '48000.00', 'CNY'])
orders.splice(900, 0, ['KH1013', 'SO13-9001', '2024-03-11', '12O000.00', 'CNY'])
orders.splice(1000, 0, ['KH1013', 'SO13-9002', '2024-03-12', '0.00', 'CNY'])
const again = complaints[40]
if (again) complaints.splice(41, 0, [...again])
const wrong = complaints[60]
if (wrong)
  complaints.splice(
    61,
    0,
    wrong.map((v, i) => (i === 0 ? 'TS9001' : i === 7 ? '2023-01-01T08:00' : v)),
  )
// A large order that was given back at once: gross it would look like an A customer.
orders.push(
  ['KH1029', 'SO29-9001', '2025-08-11', '9800000.00', 'CNY'],
  ['KH1029', 'SO29-9001R', '2025-08-14', '-9800000.00', 'CNY'],
)

const head = orders[0] ?? []
const sorted = [
  head,
  ...orders
    .slice(1)
    .sort((a, b) => (String(a[2]) < String(b[2]) ? -1 : String(a[2]) > String(b[2]) ? 1 : String(a[1]) < String(b[1]) ? -1 : 1)),
]
writeFileSync(out('accounts.csv'), csv(accounts))
writeFileSync(out('orders.csv'), csv(sorted))
writeFileSync(out('judgements.csv'), csv(judgements))
writeFileSync(out('payments.csv'), csv(payments))
writeFileSync(out('complaints.csv'), csv(complaints))
writeFileSync(out('prospects.csv'), csv(prospects))
writeFileSync(out('projects.csv'), csv(projects))
writeFileSync(out('changes.csv'), csv(changes))
writeFileSync(out('relations.csv'), csv(relations))
console.log(
  `${String(accounts.length - 1)} accounts, ${String(sorted.length - 1)} orders, ${String(judgements.length - 1)} judgements, ${String(payments.length - 1)} payments, ${String(complaints.length - 1)} complaints, ${String(prospects.length - 1)} applications, ${String(projects.length - 1)} projects, ${String(changes.length - 1)} changes, ${String(relations.length - 1)} events from ${iso(first)} to ${iso(last)}`,
)

// The policy: the manufacturer preset under a name of its own, in force since the first order.
const policy = { ...presets.manufacturerCn, id: 'demo-manufacturer', version: '1.0', effectiveFrom: '2022-07-01' }
const note = '# The policy of the demonstration: the preset manufacturer-cn, complete. Written by scripts/make-demo.ts.\n'
const style = { ...(await resolveConfig(out('policy.yaml'))), parser: 'yaml' }
writeFileSync(out('policy.yaml'), await format(note + stringify(policy, { lineWidth: 130, aliasDuplicateObjects: false }), style))
