import type { z } from 'zod'
import { say, type InWords, type Said } from '../said.ts'
import { shorten } from './finding.ts'
import type { MappingFinding } from './mapping-error.ts'

/** What the schema wants beyond a kind of value; the English text is the message of its check. */
export const wants = {
  dateFormat: say(
    'a date format needs yyyy (or yy), and MM with dd, e.g. "yyyy-MM-dd HH:mm" or "iso"',
    '日期格式应含yyyy（或yy）、MM和dd，例如“yyyy-MM-dd HH:mm”或“iso”',
  ),
  timeZone: say('an IANA time zone such as Asia/Shanghai', 'IANA时区，例如Asia/Shanghai'),
  reason: say('a short word such as postage', '简短的英文词，例如postage'),
  fileName: say('a file name, not a path', '文件名，不含路径'),
  amount: say(
    'state either `amount`, or `quantity` with `unitPrice`',
    '请填写amount，或同时填写quantity和unitPrice，二者只取其一',
  ),
  id: say('small letters, digits and -', '小写字母、数字和-'),
  currency: say('an ISO 4217 code such as CNY', 'ISO 4217货币代码，例如CNY'),
  fiscalYearStart: say('a month and the first, e.g. 07-01', '某月一日，例如07-01'),
  sections: say('state at least one of accounts, orders, complaints', 'accounts、orders、complaints至少填写一项'),
} as const

const kinds: { readonly [kind: string]: readonly [wanted: Said, example: string] } = {
  string: [say('a text', '文本'), '"text"'],
  number: [say('a number', '数字'), '1'],
  int: [say('a whole number', '整数'), '1'],
  boolean: [say('true or false', 'true或false'), 'true'],
  array: [say('a list', '列表'), '[one, other]'],
  record: [say('words, each with a value', '词及其对应值'), '{ theirs: ours }'],
  object: [say('keys with their values', '下级各项'), '{ key: value }'],
  date: [say('a day', '日期'), '2026-01-31'],
}

/** What stands there in a mapping that can be used. */
const examples: { readonly [key: string]: string } = {
  id: 'own-shop',
  title: '{ en: Own shop, zh-CN: 自有门店 }',
  en: 'Own shop',
  'zh-CN': '自有门店',
  timeZone: 'Asia/Shanghai',
  currency: 'CNY',
  files: '[orders.csv]',
  dateFormat: 'yyyy-MM-dd',
  coverage: '{ from: 2025-01-01, to: 2025-12-31 }',
  ignore: '[{ column: Type, in: [shipping], reason: postage }]',
  reason: 'postage',
  encoding: 'utf-8',
  fiscalYearStart: '07-01',
}

/** Columns by the section that they belong to. */
const columns: { readonly [section: string]: string } = {
  accounts: '{ id: Customer no, name: Customer }',
  orders: '{ account: Customer no, date: Order date, amount: Total }',
}

function exampleAt(path: readonly PropertyKey[], kind: string): Said {
  const [last, above] = [String(path.at(-1) ?? ''), path.at(-2)]
  // An account's id is a column; only that of the mapping itself has the form of an id.
  if (last === 'column' || above === 'columns')
    return say(
      'write the name of the column as in the first row of the file, e.g. Order date',
      '请填写文件首行中的列名，例如Order date',
    )
  const [from, name] = last === 'columns' ? [columns, String(above)] : [examples, last]
  const example = above === 'files' ? 'orders.csv' : Object.hasOwn(from, name) ? from[name] : kinds[kind]?.[1]
  return example === undefined
    ? say('see the README, section "Mapping files"', '请参阅README中的“Mapping files”一节')
    : say(`write e.g. ${example}`, `例如：${example}`)
}

const valueAt = (root: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined), root)

const join = (values: readonly unknown[]): Said => {
  const shown = values.map((value) => JSON.stringify(value))
  return say(shown.join(', '), shown.join('、'))
}

/** The size that a text, a list or a number may have. */
function boundOf(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): Said {
  const [least, n] = issue.code === 'too_small' ? [true, String(issue.minimum)] : [false, String(issue.maximum)]
  const [en, zh] = least ? ['at least', '至少'] : ['at most', '至多']
  if (issue.origin === 'string') return say(`a text of ${en} ${n} characters`, `${zh}${n}个字符的文本`)
  if (issue.origin === 'array') return say(`a list of ${en} ${n} entries`, `${zh}${n}项的列表`)
  return say(`a number of ${en} ${n}`, `${zh}为${n}的数`)
}

/** What an issue of the schema wants, and of which kind that is. */
function wantedBy(issue: z.core.$ZodIssue): readonly [wanted: Said, kind: string] {
  if (issue.code === 'invalid_type') return [kinds[issue.expected]?.[0] ?? say(issue.expected, issue.expected), issue.expected]
  if (issue.code === 'too_small' || issue.code === 'too_big') return [boundOf(issue), issue.origin]
  // A union by a word lists the words that there are.
  const options = issue.code === 'invalid_value' ? issue.values : 'options' in issue ? issue.options : null
  if (Array.isArray(options)) {
    const { en, 'zh-CN': zh } = join(options)
    return [options.length === 1 ? say(en, zh) : say(`one of ${en}`, `以下之一：${zh}`), '']
  }
  if (issue.code === 'invalid_format' && issue.format === 'date') return [say('a day', '日期'), 'date']
  return [Object.values(wants).find(({ en }) => en === issue.message) ?? say('another value', '其他值'), '']
}

/** What is wrong with a mapping at one place: what is wanted there, what stands there instead, and what could. */
export function tellIssue(issue: z.core.$ZodIssue, mapping: unknown): InWords<MappingFinding> {
  const path = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys') {
    const { en, 'zh-CN': zh } = join(issue.keys)
    return {
      path,
      message: say(`no such key: ${en}`, `没有这一项：${zh}`),
      remedy: say(`remove ${en}, or correct the spelling`, `请删除${zh}，或更正拼写`),
    }
  }
  const [wanted, kind] = wantedBy(issue)
  const found = valueAt(mapping, issue.path)
  const remedy = exampleAt(issue.path, kind)
  if (issue.code === 'custom' && typeof found === 'object') return { path, message: wanted, remedy }
  if (found === undefined) return { path, message: say(`missing: ${wanted.en}`, `缺失：应为${wanted['zh-CN']}`), remedy }
  const shown = shorten(JSON.stringify(found), 60)
  return { path, message: say(`wanted: ${wanted.en}; found: ${shown}`, `应为${wanted['zh-CN']}，实为${shown}`), remedy }
}
