import type { CalendarIssueData } from '../../calendar/index.ts'
import type {
  CommandReadingData,
  FormatName,
  NotPlain,
  ReadingData,
  ReadingText,
  TextsOf,
  ValueKind,
  YamlSlip,
} from '../../policy/index.ts'
import type { Catalogue } from '../catalogue.ts'

/** What stands in a document as it is written there is quoted, as are the words to write. */
const listed = (names: readonly string[]): string => `“${names.join('”、“')}”`

const kinds: Readonly<Record<string, string>> = {
  string: '文本',
  number: '数字',
  int: '整数',
  boolean: '“true”（是）或“false”（否）',
  object: '一组“名称: 值”',
  record: '一组“名称: 值”',
  array: '列表',
  tuple: '列表',
}
const wanted = (expected: string): string => (Object.hasOwn(kinds, expected) ? kinds[expected] : undefined) ?? '一个值'

const actualKinds: Readonly<Record<ValueKind, string>> = {
  nothing: '空值',
  text: '文本',
  number: '数字',
  boolean: '是或否',
  list: '列表',
  map: '一组“名称: 值”',
}

const notPlain: Readonly<Record<NotPlain, string>> = {
  hole: '列表中的空位',
  accessor: '存取器',
  symbolKey: '以符号为名称的项',
  notFinite: '无穷大或不是数的值',
  instance: '类的实例',
  refusing: '无法读取的对象',
  throwing: '读取时出错的对象',
  function: '函数',
  symbol: '符号',
  bigint: '大整数',
  undefined: '空值',
}

const formats: { readonly [F in FormatName]: string } = {
  id: '编号：以小写字母开头，其后为字母、数字或“-”',
  role: '角色，例如：“accountManager”、“product”、“product.head”',
  date: '1900年至2199年之间的日期，例如：“2026-01-01”',
  currency: 'ISO 4217规定的币种代码，例如：“CNY”',
  rate: '数字，或分数，例如：“1/3”',
  policyId: '只含小写字母、数字和“-”的编号',
  version: '版本号，例如：“3”、“1.4.0”',
  itemId: '编号：只含字母、数字、“_”和“-”',
  instanceId: '流程单编号：只含a–z、0–9和“-”，最多80个字符',
  condition: '条件编号，例如：“c1”',
  sha256: 'SHA-256校验值：64个字符，只含0–9和a–f',
  instant: '1990年至2199年之间的时间，以自1970年起的毫秒数表示',
}
const formatOf = (format: FormatName): string => (Object.hasOwn(formats, format) ? formats[format] : '规定的形式')

const closing = '请补上引号、括号、冒号或所需的空格；含有“:”“#”“[”“]”或引号的文本须加引号'
const quoting = '请更正此处；含有“:”“#”“[”“]”或引号的文本须加引号'
const anchors = '请删除此处的“&”“*”或“!”标记，直接写出值'
const slips: { readonly [S in YamlSlip]: ReadingText } = {
  ALIAS_PROPS: ['引用（*）上不能再有标记', anchors],
  BAD_ALIAS: ['引用或锚点的名称有误', anchors],
  BAD_COLLECTION_TYPE: ['类型标记与内容不符', anchors],
  BAD_DIRECTIVE: ['“%”开头的指令有误', '请删除此行'],
  BAD_DQ_ESCAPE: ['双引号内有无效的转义', '请更正“\\”及其后的字符，或改用单引号'],
  BAD_INDENT: ['缩进不一致，或括号没有闭合', '请用空格与上下行对齐，并闭合括号'],
  BAD_PROP_ORDER: ['标记的位置不对', anchors],
  BAD_SCALAR_START: ['值不能以此字符开头', '请给该文本加上引号'],
  BLOCK_AS_IMPLICIT_KEY: ['同一行中有两层“名称: 值”，或列表不能作名称', '请分行书写，或给该文本加上引号'],
  BLOCK_IN_FLOW: ['括号内不能使用按缩进书写的内容', '请在括号内用逗号分隔，或不用括号'],
  DUPLICATE_KEY: ['名称重复', '请删除其中一项'],
  IMPOSSIBLE: ['书写有误', quoting],
  KEY_OVER_1024_CHARS: ['名称超过1024个字符', '请缩短名称'],
  MISSING_CHAR: ['缺少引号、括号、冒号、逗号或空格', closing],
  MULTILINE_IMPLICIT_KEY: ['名称跨越了多行，或缺少冒号', '请将名称和冒号写在同一行'],
  MULTIPLE_ANCHORS: ['一个值有多个锚点', anchors],
  MULTIPLE_DOCS: ['此处开始了第二份文档', '每个文件只写一份制度：请删除“---”及其前后多余的内容'],
  MULTIPLE_TAGS: ['一个值有多个类型标记', anchors],
  NON_STRING_KEY: ['名称不是文本', '请在冒号前写上名称'],
  RESOURCE_EXHAUSTION: ['嵌套过深', '请检查括号和缩进'],
  TAB_AS_INDENT: ['缩进使用了制表符', '请用空格缩进'],
  TAG_RESOLVE_FAILED: ['类型标记无法识别', anchors],
  UNEXPECTED_TOKEN: ['此处出现了多余的字符', quoting],
}
const slipOf = (slip: YamlSlip): ReadingText => (Object.hasOwn(slips, slip) ? slips[slip] : slips.IMPOSSIBLE)

const counting = ({ limit, of }: ReadingData['tooBig']): string =>
  `${String(limit)}${of === 'characters' ? '个字符' : of === 'entries' ? '项' : ''}`
/** Numbers are smaller or greater; what is counted is fewer or more. */
const least = ({ of }: ReadingData['tooSmall']): string => (of === null ? '小于' : '少于')
const most = ({ of }: ReadingData['tooBig']): string => (of === null ? '大于' : '超过')
const sized = (bounded: string, { of }: ReadingData['tooBig']): string => `请填写${bounded}的${of === null ? '数' : '内容'}`

/** A question after which of several names was meant. */
const meant = (near: string): string => `是否应为“${near}”？`

const ofReading: TextsOf<ReadingData> = {
  sourceTooLong: ({ characters, limit }) => [
    `共${String(characters)}个字符，制度最多${String(limit)}个字符`,
    '请核对这是否为制度文件；人员名录和节假日列表较长时请另行存放',
  ],
  notJson: ({ format }) => [`不是有效的${format}文本`, '请更正此处的括号、引号或逗号'],
  yamlSlip: ({ slip }) => slipOf(slip),
  tooDeep: ({ depth }) => [`嵌套超过${String(depth)}层`, '制度不到十层，请检查此处的缩进'],
  tooManyValues: ({ limit }) => [`超过${String(limit)}个值`, '人员名录和节假日列表较长时请另行存放'],
  textTooLong: ({ limit }) => [`文本超过${String(limit)}个字符`, '请缩短'],
  tooManyAliases: ({ limit }) => [`引用（*）超过${String(limit)}处`, '请直接写出各值'],
  aliasUnknown: ({ name }) => [`引用“*${name}”之前没有相应的值`, `请引用在此行之前已写完的锚点，或直接写出值`],
  keyNoText: () => ['名称不是文本', '请在冒号前写上名称'],
  keyTwice: () => ['名称重复', '请删除其中一项'],
  keyReserved: () => ['该名称由程序语言保留，不能使用', '请改用其他名称，或删除该项'],
  notPlain: ({ what }) => [
    `${Object.hasOwn(notPlain, what) ? notPlain[what] : '此值'}不是普通数据`,
    '只能使用文本、数字、是或否、空值、列表和普通对象',
  ],
  numberNotFinite: () => ['不是有限的数', '请填写普通的数字'],
  unset: () => ['尚未填写', '请以实际的值替换“[X]”'],
  missing: ({ expected, rows }) => ['缺失', rows.length === 0 ? `请补上${wanted(expected)}` : `请按模板补上：${rows.join('、')}`],
  choiceMissing: ({ choices }) => ['缺失', `可填：${listed(choices)}`],
  wrongType: ({ expected, actual }) => [
    `此处是${Object.hasOwn(actualKinds, actual) ? actualKinds[actual] : '其他内容'}，应为${wanted(expected)}`,
    expected === 'string' && actual === 'number' ? '请加上引号，以作为文本读取' : `请改为${wanted(expected)}`,
  ],
  unknownKey: ({ near, known }) => [
    '没有这一项',
    typeof near !== 'string' ? `请删除${known.length === 0 ? '' : `；此处可用：${listed(known)}`}` : meant(near),
  ],
  noForm: () => ['不符合任何允许的形式', '请更正此值'],
  noChoice: ({ near, choices }) => ['不是可选项之一', `${near === null ? '' : meant(near)}可填：${listed(choices)}`],
  tooSmall: (data) => [
    `${data.inclusive ? least(data) : '不大于'}${counting(data)}`,
    sized(`${data.inclusive ? `不${least(data)}` : '大于'}${counting(data)}`, data),
  ],
  tooBig: (data) => [
    `${data.inclusive ? most(data) : '不小于'}${counting(data)}`,
    sized(`${data.inclusive ? `不${most(data)}` : '小于'}${counting(data)}`, data),
  ],
  badName: ({ format, choices }) => [
    '不能用作名称',
    format !== null ? `应为${formatOf(format)}` : choices.length > 0 ? `可用：${listed(choices)}` : '请改用其他名称',
  ],
  badFormat: ({ format }) => {
    const form = format === null ? '规定的形式' : formatOf(format)
    return [`应为${form}`, '请按此更正']
  },
  noSuchDay: () => ['没有这一天', '请填写存在的日期'],
  noMoney: ({ example }) => [`不是金额，应写成“${example}”的形式`, '请更正金额'],
  notAllowed: () => ['不是允许的值', '请更正此值'],
  moreFindings: ({ count }) => [`另有至少${String(count)}个问题未列出`, '请更正已列出的问题后重新检查，并核对这是否为制度文件'],
}

const object = ({ format, example }: CommandReadingData['formNotJson']): string => `请填写一个${format}对象，例如：“${example}”`

const ofCommand: TextsOf<CommandReadingData> = {
  formNotJson: (data) => [`不是有效的${data.format}文本`, object(data)],
  formNoObject: (data) => [`不是${data.format}对象`, object(data)],
  formTooDeep: ({ depth }) => [`嵌套超过${String(depth)}层`, '任何操作都不需要这样多的层次，请更正'],
  commandMissing: ({ example }) => ['没有填写', `请填写操作的名称，例如：“${example}”`],
  instanceMissing: () => ['没有填写', '请填写该操作所针对的流程单编号'],
  actorMissing: () => ['没有填写', '请由系统管理员为该用户设定制度和人员名录中的编号'],
  noVersion: () => ['不是版本', '请填写所见流程单的记录条数'],
  changedByAnother: () => ['不是提交人留下的内容', '请重新提交'],
  notTakenHere: ({ name, known }) => [
    `“${name}”不在此处受理`,
    known.length === 0 ? '请在相应的程序中办理' : `此处可用：${listed(known)}`,
  ],
  otherCommand: ({ name }) => [`与记录所填的“${name}”不是同一操作`, '请从内容中删去此项'],
  noCommand: () => ['没有指明操作', '请填写操作的名称'],
  unknownCommand: ({ name, near, known }) => [
    `“${name}”不是操作名称`,
    near === null ? `可用：${listed(known.slice(0, 20))}${known.length > 20 ? '等' : ''}` : meant(near),
  ],
  opensNew: ({ name }) => [`“${name}”只用于新建流程单`, '请不要填写流程单编号，或改用其他操作'],
  noPerson: () => ['不是人员编号', '请填写人员编号，1至80个字符，不能是系统本身'],
  unknownField: ({ near, known }) => [
    '没有这一项',
    near !== null ? meant(near) : `请删除${known.length === 0 ? '' : `；此处可用：${listed(known)}`}`,
  ],
  blank: () => ['只有空白', '请填写文字'],
  unprintable: () => ['含有控制字符或残缺的字符', '请删除这些字符'],
  theSystem: () => ['系统本身不是人员', '请填写人员编号'],
  looksSealed: () => ['看似已封存的文本', '请填写文本本身'],
  tooMuch: ({ characters, limit }) => [
    `共${String(characters)}个字符，最多${String(limit)}个字符`,
    '请将长文本和文件另行存放，以附件的链接和校验值提供',
  ],
  givenTwice: ({ name }) => [`“${name}”出现了两次`, '请删除其中一项，或改用其他名称'],
  afterEndDate: () => ['晚于结束日期', '请提前此日期，或推迟结束日期'],
  repairsAll: () => ['恢复时一律全部恢复，不能只选部分字段', '请删除此项'],
  noCycle: ({ example }) => ['没有这个评估周期', `请填写评估周期的编号，例如：“${example}”`],
}

const ofCalendar: TextsOf<CalendarIssueData> = {
  timeOfDay: ({ example }) => ['不是一天中的时刻', `请填写00:00至24:00之间的时刻，例如：“${example}”`],
  localDate: ({ example }) => ['不是1900年至2200年之间存在的日期', `请按“${example}”的形式填写日期`],
  hoursOverlap: ({ interval }) => [`与同一天序号为${String(interval)}的时段重叠`, '请合并这两个时段，或移动其中一个'],
  dateTwice: () => ['该日期重复出现', '请删除其中一项'],
  timeZone: ({ example }) => ['不是可用的时区', `请填写时区名称，例如：“${example}”`],
  coverageReversed: () => ['结束早于开始', '请对调起止日期'],
  holidaySetUnknown: ({ known }) => ['没有该节假日列表，或没有该版本', `可填：${listed(known)}`],
  holidaySetTwice: () => ['该节假日列表重复出现', '请删除其中一项'],
  makeupHoursMissing: () => ['有调休上班日，但没有填写其工作时间', '请补上调休上班日的工作时间，例如与平日相同'],
  noWorkingTime: () => ['日历完全没有工作时间', '请至少为一个工作日填写工作时间'],
  partsUnknown: ({ names }) => [`没有这些项：${listed(names)}`, '请删除，或更正名称'],
  calendarTooLong: ({ limit }) => [`长度超过${String(limit)}`, '请缩短'],
  calendarTooShort: ({ limit }) => [`长度不足${String(limit)}`, '请补全'],
  keyNoDate: ({ format }) => ['名称不是1900年至2200年之间存在的日期', `请按“${format}”的形式填写`],
  noDate: () => ['不是日期', '请删除'],
  partMalformed: () => ['此处的内容不是所需的类型', '请参照日历文件的格式更正'],
}

export const readings: Catalogue['readings'] = { ...ofReading, ...ofCommand, ...ofCalendar }
