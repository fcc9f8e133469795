// The custom objects and properties that the adapter needs, as constants. The rows are written by them, `provision.ts` makes the definitions of them, `check`
// compares a portal with them: they cannot disagree.

/** English and Chinese. */
export interface Labels {
  readonly en: string
  readonly 'zh-CN': string
}

/** What a property is, in the words of HubSpot's API. */
export type PropertySpec =
  | {
      readonly type: 'string'
      readonly fieldType: 'text'
      /** HubSpot lets one record have a value; cannot be changed later. */
      readonly unique?: true
      readonly required?: true
      readonly label: Labels
    }
  | {
      readonly type: 'string'
      readonly fieldType: 'textarea'
      /** A text longer than a property goes on in `<name>_2`, `<name>_3` … */
      readonly parts: number
      readonly label: Labels
    }
  | { readonly type: 'number'; readonly fieldType: 'number'; readonly required?: true; readonly label: Labels }
  | { readonly type: 'bool'; readonly fieldType: 'booleancheckbox'; readonly label: Labels }
  | { readonly type: 'datetime'; readonly fieldType: 'date'; readonly label: Labels }
  | {
      readonly type: 'enumeration'
      readonly fieldType: 'select'
      readonly options: { readonly [value: string]: Labels }
      readonly label: Labels
    }

/** A custom object of ours. Names of its properties get the prefix when they are written. */
export interface ObjectSpec {
  readonly label: Labels
  readonly plural: Labels
  readonly properties: { readonly [name: string]: PropertySpec }
  /** What a record is called in lists. */
  readonly primary: string
  readonly secondary: readonly string[]
  /** Types that its records can be linked with, by name. */
  readonly associated: readonly ('companies' | 'deals' | 'tickets')[]
  /** People see its records; those of the others are the service's own, and its properties hidden in forms. */
  readonly ofPeople?: true
}

/** Most UTF-16 units of a property. */
export const longestValue = 65_536

const text = (en: string, zh: string) => ({ type: 'string', fieldType: 'text', label: { en, 'zh-CN': zh } }) as const
const key = (en: string, zh: string) =>
  ({ type: 'string', fieldType: 'text', unique: true, required: true, label: { en, 'zh-CN': zh } }) as const
const long = (en: string, zh: string, parts: number) =>
  ({ type: 'string', fieldType: 'textarea', parts, label: { en, 'zh-CN': zh } }) as const
const number = (en: string, zh: string) => ({ type: 'number', fieldType: 'number', label: { en, 'zh-CN': zh } }) as const
const bool = (en: string, zh: string) => ({ type: 'bool', fieldType: 'booleancheckbox', label: { en, 'zh-CN': zh } }) as const
const instant = (en: string, zh: string) => ({ type: 'datetime', fieldType: 'date', label: { en, 'zh-CN': zh } }) as const

/** The journal: one record a command, made once. Everything of a commit that must not be torn apart stands in it; the unique keys decide who wins. */
const event = {
  label: { en: 'Journal entry', 'zh-CN': '日志记录' },
  plural: { en: 'Journal entries', 'zh-CN': '日志记录' },
  properties: {
    event_key: key('Entry', '记录编号'),
    /** sha-256 of instance and idempotency key, which has no length limit. */
    command_key: key('Command key', '命令键'),
    title: text('Title', '标题'),
    instance_id: text('Instance id', '实例编号'),
    seq: number('Number', '序号'),
    kind: text('Kind', '类型'),
    command: text('Command', '命令'),
    actor: text('Actor', '操作人'),
    at: instant('At', '时间'),
    entry_at: number('Instant (ms)', '时刻（毫秒）'),
    hash: text('Hash', '哈希'),
    snapshot_hash: text('Hash of the snapshot', '快照哈希'),
    entry: long('Entry', '记录', 2),
    snapshot: long('Snapshot', '快照', 2),
    projection: long('Visible record', '可见记录', 2),
    /** How many effects it has. */
    effects: number('Effects', '事项数'),
    /** JSON list of the ids of the personal texts that were stored with it. */
    documents: long('Personal texts', '个人信息文本', 1),
    /** `true` until a sweep has seen that the case and the effects have followed. */
    unsettled: bool('To be followed', '待跟进'),
  },
  primary: 'title',
  secondary: ['instance_id', 'at'],
  associated: ['companies'],
} as const satisfies ObjectSpec

/** One record an instance: what people see of it, the due index, and a hint where its journal ends. */
const governedCase = {
  label: { en: 'Governed case', 'zh-CN': '管控事项' },
  plural: { en: 'Governed cases', 'zh-CN': '管控事项' },
  properties: {
    instance_id: key('Instance', '实例编号'),
    title: text('Title', '标题'),
    kind: text('Kind', '类型'),
    /** Up to which entry this record has followed. */
    seq: number('Entries', '记录数'),
    /** Up to which entry the native record (ticket, company, deal) has followed, or this one where there is none. */
    record_seq: number('Entries shown', '已显示记录数'),
    account_id: text('Account id', '客户编号'),
    state: text('State', '状态'),
    open: bool('Open', '未结'),
    owner: text('Has to act', '待办人'),
    due_ms: number('Due (ms)', '到期时刻（毫秒）'),
    /** Instant and id in digits of fixed width, so that text order is the order of what is due. */
    due_key: text('Due key', '到期排序键'),
    due_at: instant('Due', '到期时间'),
    projection: long('Visible record', '可见记录', 2),
    blocked: text('Visible record refused because', '可见记录被拒原因'),
  },
  primary: 'title',
  secondary: ['state', 'due_at'],
  associated: ['companies', 'deals', 'tickets'],
  ofPeople: true,
} as const satisfies ObjectSpec

/** What is to be carried out, or was: made behind the entry, from which a sweep makes what is missing. */
const effect = {
  label: { en: 'Effect', 'zh-CN': '待执行事项' },
  plural: { en: 'Effects', 'zh-CN': '待执行事项' },
  properties: {
    effect_key: key('Effect', '事项编号'),
    instance_id: text('Instance id', '实例编号'),
    type: text('Type', '类型'),
    /** Instant, entry and place in digits of fixed width: oldest first. */
    order: text('Order', '排序键'),
    /** Only ever set: a late failure cannot bring back what was acknowledged. */
    done: bool('Done', '已完成'),
    dead: bool('Given up', '已放弃'),
    attempts: number('Attempts', '尝试次数'),
    /** 0: at once. */
    retry_at: number('Not before (ms)', '最早重试时刻（毫秒）'),
    reason: long('Given up because', '放弃原因', 1),
    effect: long('Effect', '事项', 2),
  },
  primary: 'effect_key',
  secondary: ['type'],
  associated: [],
} as const satisfies ObjectSpec

/** Texts of customers, the only records of an instance that are ever erased. */
const document = {
  label: { en: 'Personal text', 'zh-CN': '个人信息文本' },
  plural: { en: 'Personal texts', 'zh-CN': '个人信息文本' },
  properties: {
    /** sha-256 of instance and document. */
    document_key: key('Document', '文本编号'),
    instance_id: text('Instance id', '实例编号'),
    seq: number('Entry number', '记录序号'),
    document: long('Document', '文本', 2),
  },
  primary: 'document_key',
  secondary: ['instance_id'],
  associated: [],
} as const satisfies ObjectSpec

/** Published policies, drafts and evidence: a version, once put, stays as it is. */
const policy = {
  label: { en: 'Published policy', 'zh-CN': '已发布制度' },
  plural: { en: 'Published policies', 'zh-CN': '已发布制度' },
  properties: {
    /** sha-256 of policy and version. */
    policy_key: key('Policy and version', '制度与版本'),
    policy_id: text('Policy', '制度'),
    version: text('Version', '版本'),
    hash: text('Hash', '哈希'),
    document: long('Document', '正文', 4),
  },
  primary: 'policy_id',
  secondary: ['version'],
  associated: [],
} as const satisfies ObjectSpec

/** The inbox: the service leaves in it what a person asked for, sealed; the answer is written beside it. */
const command = {
  label: { en: 'Governance command', 'zh-CN': '管控命令' },
  plural: { en: 'Governance commands', 'zh-CN': '管控命令' },
  properties: {
    /** What was asked, once, however often it is told. */
    command_key: key('Command', '命令编号'),
    actor: text('Asked by', '提出人'),
    at_ms: number('Asked at (ms)', '提出时刻（毫秒）'),
    /** Of everything that was asked: whoever edits it asks for something else. */
    seal: text('Seal', '封印'),
    kind: text('Kind', '类型'),
    instance_id: text('Instance id', '实例编号'),
    command: text('Command', '命令'),
    /** JSON of the command's fields. */
    payload: long('Payload', '内容', 1),
    /** How many entries the person has seen; refused when there are more by then. */
    expected_seq: number('Entries seen', '所见记录数'),
    on_behalf_of: text('On behalf of', '被代理人'),
    locale: text('Language of the answer', '答复语言'),
    status: {
      type: 'enumeration',
      fieldType: 'select',
      options: {
        new: { en: 'New', 'zh-CN': '新建' },
        accepted: { en: 'Accepted', 'zh-CN': '已受理' },
        refused: { en: 'Refused', 'zh-CN': '已拒绝' },
        failed: { en: 'Failed', 'zh-CN': '失败' },
      },
      label: { en: 'Status', 'zh-CN': '状态' },
    },
    /** Only ever set: a late refusal cannot take back what was done. */
    accepted: bool('Carried out', '已办理'),
    tries: number('Tries', '尝试次数'),
    answer: long('Answer', '答复', 1),
    accepted_answer: long('Answer of what was carried out', '办理答复', 1),
    begun_id: text('Instance that a try was about to write', '尝试办理的实例编号'),
    answered_id: text('Instance of the answer', '办理的实例编号'),
    event_key: text('Journal entry', '日志记录'),
    state: text('State after it', '办理后状态'),
    next_due_at: instant('Next due', '下一到期时间'),
  },
  primary: 'command',
  secondary: ['status'],
  associated: ['companies', 'deals', 'tickets'],
  ofPeople: true,
} as const satisfies ObjectSpec

/** Our custom objects: six of the ten types that a portal has room for. */
export const objects = { event, case: governedCase, effect, document, policy, command } as const satisfies {
  readonly [name: string]: ObjectSpec
}

/** A custom object of ours. */
export type ObjectName = keyof typeof objects
/** A property of it, without the prefix. */
export type PropertyName<O extends ObjectName> = keyof (typeof objects)[O]['properties'] & string

/** Names in the portal, for one prefix. */
export interface Names {
  readonly prefix: string
  /** As a path names it: `event` → `p_kag_event`. */
  readonly type: (name: ObjectName) => string
  /** As its definition names it: `event` → `kag_event`. */
  readonly schema: (name: ObjectName) => string
  /** `event_key` → `kag_event_key`. */
  readonly property: <O extends ObjectName>(object: O, name: PropertyName<O>) => string
}

/** Types and properties carry the prefix: properties of ours are told from those of the portal at a glance. */
export function namesOf(prefix: string): Names {
  return {
    prefix,
    type: (name) => `p_${prefix}_${name}`,
    schema: (name) => `${prefix}_${name}`,
    property: (_, name) => `${prefix}_${name}`,
  }
}

/** Names of the properties that hold one long text, in order. */
export function partsOf(property: string, parts: number): readonly string[] {
  return Array.from({ length: parts }, (_, k) => (k === 0 ? property : `${property}_${String(k + 1)}`))
}

/** What a property can be called. */
export const propertyName = /^[a-z][a-z0-9_]{0,99}$/
/** What a type can be called, or its number. */
export const typeName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/

/** The property of every record that is its own id. */
export const recordId = 'hs_object_id'
/** Ids of records are numbers: a batch with anything else among them is refused as a whole. */
export const isRecordId = (id: string): boolean => /^[1-9]\d{0,19}$/.test(id)
/** Whether a record can be asked for by this value of a unique property, or by its own id. */
export const canIdentify = (property: string, value: string): boolean =>
  property === recordId ? isRecordId(value) : value !== ''

/** Numbers of HubSpot's own types. */
export const typeIds: { readonly [type: string]: string } = {
  contacts: '0-1',
  companies: '0-2',
  deals: '0-3',
  tickets: '0-5',
}

/** The name of a type that may be given by its number. */
export const typeNamed = (type: string): string =>
  Object.entries(typeIds).find(([name, id]) => name === type || id === type)?.[0] ?? type

/** Numbers of the links from a type to companies: HubSpot's own, the same in every portal. */
export const companyLinks: { readonly [type: string]: number } = { tickets: 339, deals: 341 }

/** Properties that the adapter adds to types of the CRM, without the prefix. */
export const nativeProperties = {
  tickets: {
    instance_id: { type: 'string', fieldType: 'text', unique: true, label: { en: 'Governed instance', 'zh-CN': '管控实例' } },
    state: text('Governance state', '管控状态'),
    due_at: instant('Governance due', '管控到期时间'),
    has_to_act: text('Has to act', '待办人'),
  },
  companies: {
    tier: text('KA tier', 'KA级别'),
    standing: text('KA standing', 'KA状态'),
    review_due_at: instant('Governance due', '管控到期时间'),
  },
} as const satisfies { readonly [type: string]: { readonly [name: string]: PropertySpec } }
