// The objects and fields that the adapter needs, as constants. The mapping writes by them, `provision.ts` makes the metadata of them, the preflight compares
// an org with them: they cannot disagree.

/** What a field is, in the words of Salesforce's metadata. */
export type FieldSpec =
  | {
      readonly type: 'Text'
      readonly length: number
      readonly unique?: true
      readonly externalId?: true
      readonly required?: true
      /** What stands in it when a row is made without it. */
      readonly preset?: string
      readonly label: Labels
    }
  | { readonly type: 'LongTextArea'; readonly length: number; readonly label: Labels }
  | { readonly type: 'Number'; readonly externalId?: true; readonly required?: true; readonly label: Labels }
  | { readonly type: 'Checkbox'; readonly label: Labels }
  | { readonly type: 'DateTime'; readonly label: Labels }
  | {
      readonly type: 'Lookup'
      readonly to: 'Instance'
      readonly required?: true
      readonly label: Labels
    }
/** English and Chinese. */
export interface Labels {
  readonly en: string
  readonly 'zh-CN': string
}

/** A validation rule that Salesforce itself enforces, whoever writes. `{F:name}` and `{P:name}` stand for a field and its value before. */
export interface ValidationSpec {
  readonly name: string
  readonly formula: string
  readonly message: string
}

/** An object of ours. */
export interface ObjectSpec {
  readonly label: Labels
  readonly plural: Labels
  /** Format of the auto number that is the record's name: it rises with every row. */
  readonly autoNumber: string
  readonly fields: { readonly [name: string]: FieldSpec }
  readonly validation: readonly ValidationSpec[]
  /** What the integration user may do with rows; a journal is written once. */
  readonly rights: { readonly edit: boolean; readonly delete: boolean }
  /** Rows belong to whoever made them, and the integration user changes them all the same. */
  readonly ofPeople?: true
  /** Fields that people fill in; the others are the service's. */
  readonly asked?: readonly string[]
}

/** Most characters of a Long Text Area. */
export const longText = 131_072

const text = (label: string, zh: string, length: number) => ({ type: 'Text', length, label: { en: label, 'zh-CN': zh } }) as const
const key = (label: string, zh: string, length: number) =>
  ({ type: 'Text', length, unique: true, externalId: true, required: true, label: { en: label, 'zh-CN': zh } }) as const
const indexed = (label: string, zh: string, length: number) =>
  ({ type: 'Text', length, externalId: true, label: { en: label, 'zh-CN': zh } }) as const
const long = (label: string, zh: string) =>
  ({ type: 'LongTextArea', length: longText, label: { en: label, 'zh-CN': zh } }) as const
const number = (label: string, zh: string) => ({ type: 'Number', label: { en: label, 'zh-CN': zh } }) as const
const indexedNumber = (label: string, zh: string) =>
  ({ type: 'Number', externalId: true, label: { en: label, 'zh-CN': zh } }) as const

/** One row an instance: its head, its snapshot and what people see of it. */
const instance = {
  label: { en: 'Governed instance', 'zh-CN': '管控实例' },
  plural: { en: 'Governed instances', 'zh-CN': '管控实例' },
  autoNumber: 'GI-{000000}',
  fields: {
    InstanceKey: key('Instance', '实例编号', 80),
    /** The id in hexadecimal digits: text order in Salesforce follows a language, and must not decide where a page begins. */
    SortKey: key('Sort key', '排序键', 160),
    Kind: indexed('Kind', '类型', 40),
    Seq: { ...number('Entries', '记录数'), required: true },
    Hash: text('Hash of the last entry', '最后记录哈希', 64),
    EntryAt: number('Instant of the last entry (ms)', '最后记录时刻（毫秒）'),
    SnapshotHash: text('Hash of the snapshot', '快照哈希', 64),
    Snapshot: long('Snapshot', '快照'),
    DueKey: indexedNumber('Due (ms)', '到期时刻（毫秒）'),
    DueAt: { type: 'DateTime', label: { en: 'Due', 'zh-CN': '到期时间' } },
    Visible: long('Visible record', '可见记录'),
    VisibleSeq: number('Entries listed', '已列出记录数'),
    /** Up to which entry the record of the org (case, account) has followed. */
    RecordSeq: number('Entries shown', '已显示记录数'),
    AccountRef: indexed('Account id', '客户编号', 200),
    State: indexed('State', '状态', 80),
    Open: { type: 'Checkbox', label: { en: 'Open', 'zh-CN': '未结' } },
    Owner: text('Has to act', '待办人', 200),
    Blocked: text('Visible record refused because', '可见记录被拒原因', 255),
  },
  validation: [
    {
      name: 'KagEntriesFollow',
      formula: 'OR(AND(ISNEW(), {F:Seq} <> 1), AND(NOT(ISNEW()), ISCHANGED({F:Seq}), {F:Seq} <> {P:Seq} + 1))',
      message: 'KAG-GAP: entries of an instance follow one another',
    },
    {
      name: 'KagNeverBackward',
      formula: 'AND(NOT(ISNEW()), {F:VisibleSeq} < {P:VisibleSeq})',
      message: 'KAG-BACKWARD: the visible record is newer',
    },
  ],
  rights: { edit: true, delete: false },
} as const satisfies ObjectSpec

/** The journal: one row a command, never changed. No lookup to Account, whose rows are locked by everybody. */
const event = {
  label: { en: 'Journal entry', 'zh-CN': '日志记录' },
  plural: { en: 'Journal entries', 'zh-CN': '日志记录' },
  autoNumber: 'GE-{0000000000}',
  fields: {
    EventKey: key('Entry', '记录编号', 90),
    /** sha-256 of instance and idempotency key, which has no length limit. */
    CommandKey: key('Command key', '命令键', 64),
    Instance: {
      type: 'Lookup',
      to: 'Instance',
      required: true,
      label: { en: 'Instance', 'zh-CN': '实例' },
    },
    InstanceKey: indexed('Instance id', '实例编号', 80),
    Seq: { ...number('Number', '序号'), required: true },
    Command: text('Command', '命令', 80),
    ActorId: text('Actor', '操作人', 200),
    At: { type: 'DateTime', label: { en: 'At', 'zh-CN': '时间' } },
    Entry: long('Entry', '记录'),
  },
  validation: [
    {
      name: 'KagJournalIsWrittenOnce',
      formula: 'NOT(ISNEW())',
      message: 'KAG-IMMUTABLE: journal entries are never changed',
    },
  ],
  rights: { edit: false, delete: false },
} as const satisfies ObjectSpec

/** What is still to be carried out. */
const effect = {
  label: { en: 'Pending effect', 'zh-CN': '待执行事项' },
  plural: { en: 'Pending effects', 'zh-CN': '待执行事项' },
  autoNumber: 'GF-{0000000000}',
  fields: {
    EffectKey: key('Effect', '事项编号', 100),
    InstanceKey: indexed('Instance id', '实例编号', 80),
    Type: indexed('Type', '类型', 80),
    /** `pending` or `dead`. */
    Status: indexed('Status', '状态', 10),
    Attempts: number('Attempts', '尝试次数'),
    RetryAt: number('Not before (ms)', '最早重试时刻（毫秒）'),
    Reason: long('Given up because', '放弃原因'),
    Effect: long('Effect', '事项'),
  },
  validation: [],
  rights: { edit: true, delete: true },
} as const satisfies ObjectSpec

/** Texts of customers, the only rows of an instance that are ever erased. */
const document = {
  label: { en: 'Personal document', 'zh-CN': '个人信息文本' },
  plural: { en: 'Personal documents', 'zh-CN': '个人信息文本' },
  autoNumber: 'GD-{0000000000}',
  fields: {
    DocumentKey: key('Document', '文本编号', 150),
    InstanceKey: indexed('Instance id', '实例编号', 80),
    Seq: number('Entry number', '记录序号'),
    Document: long('Document', '文本'),
  },
  validation: [],
  rights: { edit: true, delete: true },
} as const satisfies ObjectSpec

/** Published policies. */
const policy = {
  label: { en: 'Published policy', 'zh-CN': '已发布制度' },
  plural: { en: 'Published policies', 'zh-CN': '已发布制度' },
  autoNumber: 'GP-{0000}',
  fields: {
    PolicyKey: key('Policy and version', '制度与版本', 200),
    PolicyId: indexed('Policy', '制度', 80),
    Version: text('Version', '版本', 100),
    Hash: text('Hash', '哈希', 64),
    Document: long('Document', '正文'),
  },
  validation: [
    {
      name: 'KagPolicyIsImmutable',
      formula: 'NOT(ISNEW())',
      message: 'KAG-IMMUTABLE: published policies are never changed',
    },
  ],
  rights: { edit: false, delete: false },
} as const satisfies ObjectSpec

/** The inbox: a person or a flow makes a row, the answer is written into it. */
const command = {
  label: { en: 'Governance command', 'zh-CN': '管控命令' },
  plural: { en: 'Governance commands', 'zh-CN': '管控命令' },
  autoNumber: 'GC-{0000000000}',
  fields: {
    Kind: text('Kind', '类型', 40),
    InstanceKey: indexed('Instance id', '实例编号', 80),
    Command: text('Command', '命令', 80),
    /** JSON of the command's fields. */
    Payload: long('Payload', '内容'),
    /** How many entries the person has seen; refused when there are more by then. */
    ExpectedSeq: number('Entries seen', '所见记录数'),
    OnBehalfOf: text('On behalf of', '被代理人', 80),
    Locale: text('Language of the answer', '答复语言', 20),
    /** Of a flow's making, so that a button that is pressed twice makes one row. */
    RequestKey: {
      type: 'Text',
      length: 80,
      unique: true,
      externalId: true,
      label: { en: 'Request key', 'zh-CN': '请求键' },
    },
    /** `new`, `accepted`, `refused` or `failed`. */
    Status: { ...indexed('Status', '状态', 10), preset: 'new' },
    Tries: number('Tries', '尝试次数'),
    Answer: long('Answer', '答复'),
    AnsweredKey: indexed('Instance of the answer', '办理的实例编号', 80),
    EventKey: text('Journal entry', '日志记录', 90),
    State: text('State after it', '办理后状态', 80),
    NextDueAt: { type: 'DateTime', label: { en: 'Next due', 'zh-CN': '下一到期时间' } },
  },
  validation: [
    {
      name: 'KagBeginsUnanswered',
      formula: 'AND(ISNEW(), OR({F:Status} <> "new", NOT(ISBLANK({F:EventKey}))))',
      message: 'KAG-NEW: a command begins without an answer',
    },
    {
      name: 'KagCommandStays',
      formula:
        'AND(NOT(ISNEW()), OR({P:Status} = "accepted", AND({P:Status} <> "new", OR({F:Status} <> "accepted", ISBLANK({F:EventKey}))), ISCHANGED({F:Kind}), ISCHANGED({F:InstanceKey}), ISCHANGED({F:Command}), ISCHANGED({F:ExpectedSeq}), ISCHANGED({F:OnBehalfOf}), ISCHANGED({F:RequestKey})))',
      message: 'KAG-ANSWERED: a command stays as it was left, and its answer as it was given',
    },
  ],
  rights: { edit: true, delete: true },
  ofPeople: true,
  asked: ['Kind', 'InstanceKey', 'Command', 'Payload', 'ExpectedSeq', 'OnBehalfOf', 'Locale', 'RequestKey', 'Status'],
} as const satisfies ObjectSpec

/** Every object the adapter needs, by the name that code uses; `options.prefix` makes the API name. */
export const objects = {
  Instance: instance,
  Event: event,
  Effect: effect,
  Document: document,
  Policy: policy,
  Command: command,
} as const satisfies { readonly [name: string]: ObjectSpec }

/** An object of the adapter, as code calls it. */
export type ObjectName = keyof typeof objects
/** Field names of an object, as code uses them. */
export type FieldName<O extends ObjectName> = Extract<keyof (typeof objects)[O]['fields'], string>

/**
 * A record type for each kind of instance, so that an administrator can give each kind pages and reports of its own. The English label is the name by which
 * rows are written, and has to be the only one of that name in the org.
 */
export const recordTypes = {
  admission: { name: 'Admission', label: { en: 'Governed admission', 'zh-CN': 'KA客户准入' } },
  complaint: { name: 'Complaint', label: { en: 'Governed complaint', 'zh-CN': '客户投诉' } },
  'tier-adjustment': { name: 'TierAdjustment', label: { en: 'Governed tier adjustment', 'zh-CN': '客户级别调整' } },
  account: { name: 'AccountLedger', label: { en: 'Governed account', 'zh-CN': '客户台账' } },
  project: { name: 'Project', label: { en: 'Governed project', 'zh-CN': '合作项目' } },
  'project-change': { name: 'ProjectChange', label: { en: 'Governed project change', 'zh-CN': '项目变更' } },
  policy: { name: 'PolicyLedger', label: { en: 'Governed policy', 'zh-CN': '制度' } },
  'policy-publication': { name: 'PolicyPublication', label: { en: 'Governed policy publication', 'zh-CN': '制度发布' } },
} as const satisfies { readonly [kind: string]: RecordTypeSpec }

/** A record type of the instances of one kind. */
export interface RecordTypeSpec {
  readonly name: string
  readonly label: Labels
}

/** API names of objects and fields, for one prefix. */
export interface Names {
  readonly prefix: string
  /** `Event` → `KagEvent__c`. */
  readonly object: (name: ObjectName) => string
  /** `EventKey` → `EventKey__c`. */
  readonly field: <O extends ObjectName>(object: O, name: FieldName<O>) => string
}

/** `KagInstance__c`, `InstanceKey__c`: objects carry the prefix, fields of our own objects need none. */
export function namesOf(prefix: string): Names {
  return { prefix, object: (name) => `${prefix}${name}__c`, field: (_, name) => `${name}__c` }
}

/** Where a field of an object of the CRM is kept: tasks have theirs from the activities. */
export const homeOf = (object: string): string => (object === 'Task' ? 'Activity' : object)

/** Fields that the adapter adds to objects of the CRM. */
export const nativeFields = {
  Case: {
    InstanceKey: { ...indexed('Governed instance', '管控实例', 80), unique: true },
    State: text('Governance state', '管控状态', 80),
    DueAt: { type: 'DateTime', label: { en: 'Governance due', 'zh-CN': '管控到期时间' } },
    HasToAct: text('Has to act', '待办人', 200),
  },
  Account: {
    Tier: text('KA tier', 'KA级别', 10),
    Standing: text('KA standing', 'KA状态', 80),
    ReviewDueAt: { type: 'DateTime', label: { en: 'Governance due', 'zh-CN': '管控到期时间' } },
  },
  /** Effect and owner: the same task is never made twice. */
  Task: {
    EffectKey: { ...indexed('Governance effect', '管控事项', 120), unique: true },
  },
} as const satisfies { readonly [object: string]: { readonly [field: string]: FieldSpec } }
