import type { Catalogue, LocalTime } from '../catalogue.ts'

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const two = (n: number): string => String(n).padStart(2, '0')
const joined = (items: readonly string[], word: string): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1) ?? ''}`
const plural = (amount: string, unit: string): string => `${amount} ${unit}${amount === '1' ? '' : 's'}`

export const grammar: Catalogue['grammar'] = {
  quote: (text) => `“${text}”`,
  any: (items) => joined(items, 'or'),
  all: (items) => joined(items, 'and'),
  series: (items) => items.join(', '),
  more: (count) => `${String(count)} more`,
  pair: (name, value) => `${name}: ${value}`,
  remark: (text) => ` (${text})`,
  sentence: (text) => (/[.!?…]”?$/.test(text) ? text : `${text}.`).replace(/^[a-z]/, (first) => first.toUpperCase()),
  sentences: (texts) => texts.join(' '),
  yes: 'yes',
  no: 'no',
  nothing: 'nothing',
  erased: '(erased)',
  sealed: '(personal text, kept apart)',
  date: ({ year, month, day, weekday }: LocalTime, named) =>
    `${named ? `${weekdays[weekday] ?? ''} ` : ''}${String(day)} ${months[month - 1] ?? ''} ${String(year)}`,
  time: ({ hour, minute, second }, seconds) => `${two(hour)}:${two(minute)}${seconds ? `:${two(second)}` : ''}`,
  dateTime: (date, time) => `${date}, ${time}`,
  money: (amount, currency) => `${currency} ${amount}`,
  duration: (hours, minutes, seconds) =>
    [hours === null ? '' : `${hours} h`, minutes === null ? '' : `${minutes} min`, seconds === null ? '' : `${seconds} s`]
      .filter((part) => part !== '')
      .join(' '),
  budget: {
    workingHours: (n) => plural(n, 'working hour'),
    elapsedHours: (n) => plural(n, 'hour'),
    workingDays: (n) => plural(n, 'working day'),
    calendarDays: (n) => plural(n, 'calendar day'),
  },
  days: (n) => plural(n, 'day'),
  tier: (tier) => (tier === 'exit' ? 'end of the KA relation' : `tier ${tier}`),
  role: (name) => (name === 'everybody' ? name : `the ${name}`),
  departmentRole: { head: (department) => `head of the ${department}`, member: (department) => `member of the ${department}` },
  refusal: ({ rule, source, what, remedy }) =>
    `${rule}${source === '' ? '' : ` [${source}]`}: ${what}.${remedy === null ? '' : ` ${remedy}`}`,
}
