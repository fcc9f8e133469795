/** A property of a type, as its definition is answered. */
export interface FakeProperty {
  readonly name: string
  readonly label: string
  readonly type: 'string' | 'number' | 'date' | 'datetime' | 'enumeration' | 'bool'
  readonly fieldType: string
  readonly groupName: string
  readonly description?: string
  readonly options?: readonly { readonly label: string; readonly value: string; readonly displayOrder?: number }[]
  readonly hasUniqueValue?: boolean
  /** Its values are ids of owners. */
  readonly referencedObjectType?: 'OWNER'
  readonly hidden?: boolean
  readonly formField?: boolean
  readonly displayOrder?: number
  readonly hubspotDefined?: boolean
  readonly readOnly?: boolean
  readonly archived?: boolean
  readonly createdAt?: string
}

export interface FakeStage {
  readonly id: string
  readonly label: string
  readonly displayOrder: number
  readonly metadata: { readonly [name: string]: string }
  readonly archived: boolean
  readonly createdAt: string
  readonly updatedAt: string
}

export interface FakePipeline {
  readonly id: string
  readonly label: string
  readonly displayOrder: number
  readonly stages: readonly FakeStage[]
  readonly archived: boolean
  readonly createdAt: string
  readonly updatedAt: string
}

/** A type of records. */
export interface FakeType {
  /** `companies`, or the name of a custom type. */
  readonly name: string
  readonly id: string
  readonly aliases: readonly string[]
  readonly custom: boolean
  /** As it stands in the text of a conflict. */
  readonly text: string
  readonly labels: { readonly singular: string; readonly plural: string }
  readonly properties: Map<string, FakeProperty>
  readonly groups: Map<string, { readonly name: string; readonly label: string; readonly displayOrder: number }>
  readonly required: readonly string[]
  readonly pipelines: FakePipeline[]
  /** Names of the properties for pipeline and stage; `null`: no pipelines. */
  readonly pipelineProperties: readonly [string, string] | null
  readonly created: string
  /** Ids of types whose records may be linked with those of a custom type. */
  readonly associated: Set<string>
  readonly primaryDisplayProperty: string
  readonly searchableProperties: readonly string[]
  readonly secondaryDisplayProperties: readonly string[]
}

const line = (name: string, type: FakeProperty['type'] = 'string'): FakeProperty => ({
  name,
  label: name,
  type,
  fieldType: type === 'string' ? 'text' : type === 'datetime' ? 'date' : type,
  groupName: 'information',
  hubspotDefined: true,
})

/** What every type has. */
export const everywhere: readonly FakeProperty[] = [
  { ...line('hs_object_id', 'number'), readOnly: true },
  { ...line('hs_createdate', 'datetime'), readOnly: true },
  { ...line('hs_lastmodifieddate', 'datetime'), readOnly: true },
  { ...line('hs_merged_object_ids'), readOnly: true },
  { ...line('hubspot_owner_id'), referencedObjectType: 'OWNER' },
]

interface StandardType {
  readonly name: string
  readonly singular: string
  readonly id: string
  readonly text: string
  readonly properties: readonly FakeProperty[]
  readonly required?: readonly string[]
  readonly pipeline?: readonly [string, string]
}

const choice = (name: string, values: readonly string[]): FakeProperty => ({
  ...line(name, 'enumeration'),
  fieldType: 'select',
  options: values.map((value, displayOrder) => ({ label: value, value, displayOrder })),
})

/** Types that every portal has, with the properties that the adapter may use. */
export const standardTypes: readonly StandardType[] = [
  {
    name: 'contacts',
    singular: 'contact',
    id: '0-1',
    text: 'CONTACT',
    properties: [{ ...line('email'), hasUniqueValue: true }, line('firstname'), line('lastname')],
  },
  {
    name: 'companies',
    singular: 'company',
    id: '0-2',
    text: 'COMPANY',
    properties: [
      line('name'),
      line('domain'),
      line('country'),
      line('region'),
      line('hs_parent_company_id'),
      choice('hs_ideal_customer_profile', ['tier_1', 'tier_2', 'tier_3']),
      { ...choice('hs_is_target_account', ['true', 'false']), type: 'bool', fieldType: 'booleancheckbox' },
      choice('lifecyclestage', ['lead', 'opportunity', 'customer']),
    ],
  },
  {
    name: 'deals',
    singular: 'deal',
    id: '0-3',
    text: 'DEAL',
    pipeline: ['pipeline', 'dealstage'],
    properties: [
      line('dealname'),
      line('amount', 'number'),
      line('closedate', 'datetime'),
      line('deal_currency_code'),
      line('hs_primary_associated_company'),
      { ...line('hs_is_closed_won', 'bool'), readOnly: true },
      line('pipeline'),
      line('dealstage'),
    ],
  },
  {
    name: 'tickets',
    singular: 'ticket',
    id: '0-5',
    text: 'TICKET',
    pipeline: ['hs_pipeline', 'hs_pipeline_stage'],
    required: ['hs_pipeline_stage'],
    properties: [
      line('subject'),
      line('content'),
      line('hs_pipeline'),
      line('hs_pipeline_stage'),
      choice('hs_ticket_priority', ['LOW', 'MEDIUM', 'HIGH', 'URGENT']),
      line('hs_resolution'),
      line('closed_date', 'datetime'),
    ],
  },
  {
    name: 'notes',
    singular: 'note',
    id: '0-46',
    text: 'NOTE',
    required: ['hs_timestamp'],
    properties: [line('hs_note_body'), line('hs_timestamp', 'datetime')],
  },
  {
    name: 'tasks',
    singular: 'task',
    id: '0-27',
    text: 'TASK',
    required: ['hs_timestamp'],
    properties: [
      line('hs_task_subject'),
      line('hs_task_body'),
      choice('hs_task_status', ['NOT_STARTED', 'IN_PROGRESS', 'WAITING', 'COMPLETED', 'DEFERRED']),
      choice('hs_task_priority', ['LOW', 'MEDIUM', 'HIGH']),
      line('hs_timestamp', 'datetime'),
    ],
  },
]

/** Numbers of the links that HubSpot defines, from one type to another. */
export const standardLinks: { readonly [pair: string]: number } = {
  '0-5>0-2': 339,
  '0-2>0-5': 340,
  '0-3>0-2': 341,
  '0-2>0-3': 342,
  '0-46>0-2': 190,
  '0-2>0-46': 189,
  '0-46>0-3': 214,
  '0-3>0-46': 213,
  '0-46>0-5': 228,
  '0-5>0-46': 227,
  '0-27>0-2': 192,
  '0-2>0-27': 191,
  '0-27>0-3': 216,
  '0-3>0-27': 215,
  '0-27>0-5': 230,
  '0-5>0-27': 229,
  '0-5>0-1': 16,
  '0-1>0-5': 15,
  '0-3>0-1': 3,
  '0-1>0-3': 4,
  '0-2>0-2': 450,
}
