import type { Catalogue, LocalTime } from '../catalogue.ts'

const weekdays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']
const two = (n: number): string => String(n).padStart(2, '0')
const joined = (items: readonly string[], word: string): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join('、')}${word}${items.at(-1) ?? ''}`
const currencies: Readonly<Record<string, string>> = {
  CNY: '元',
  USD: '美元',
  EUR: '欧元',
  GBP: '英镑',
  JPY: '日元',
  HKD: '港元',
}

export const grammar: Catalogue['grammar'] = {
  quote: (text) => `“${text}”`,
  any: (items) => joined(items, '或'),
  all: (items) => joined(items, '和'),
  series: (items) => items.join('、'),
  more: (count) => `其他${String(count)}项`,
  pair: (name, value) => `${name}：${value}`,
  remark: (text) => `（${text}）`,
  sentence: (text) => (/[。！？…]”?$/.test(text) ? text : `${text}。`),
  sentences: (texts) => texts.join(''),
  yes: '是',
  no: '否',
  nothing: '无',
  erased: '（已删除）',
  sealed: '（个人信息，另行保存）',
  date: ({ year, month, day, weekday }: LocalTime, named) =>
    `${String(year)}年${String(month)}月${String(day)}日${named ? `（${weekdays[weekday] ?? ''}）` : ''}`,
  time: ({ hour, minute, second }, seconds) => `${two(hour)}:${two(minute)}${seconds ? `:${two(second)}` : ''}`,
  dateTime: (date, time) => (date.endsWith('）') ? `${date}${time}` : `${date} ${time}`),
  money: (amount, currency) => {
    const unit = Object.hasOwn(currencies, currency) ? currencies[currency] : undefined
    return unit === undefined ? `${currency} ${amount}` : `${amount}${unit}`
  },
  duration: (hours, minutes, seconds) =>
    [hours === null ? '' : `${hours}小时`, minutes === null ? '' : `${minutes}分钟`, seconds === null ? '' : `${seconds}秒`].join(
      '',
    ),
  budget: {
    workingHours: (n) => `${n}个工作小时`,
    elapsedHours: (n) => `${n}个自然小时`,
    workingDays: (n) => `${n}个工作日`,
    calendarDays: (n) => `${n}个自然日`,
  },
  days: (n) => `${n}天`,
  tier: (tier) => (tier === 'exit' ? '终止KA合作' : `${tier}级`),
  role: (name) => name,
  departmentRole: { head: (department) => `${department}负责人`, member: (department) => `${department}成员` },
  refusal: ({ rule, source, what, remedy }) => `${rule}${source === '' ? '' : `[${source}]`}：${what}。${remedy ?? ''}`,
}
