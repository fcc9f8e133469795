import {
  InvalidInputError,
  type Directory,
  type Finding,
  type JsonValue,
  type StoreError,
  type RecordSource,
} from '@ka-governance/core'
import type { ClientOptions, Values } from './client.ts'
import { personIdFindings, type PersonId } from './directory/options.ts'
import type { JournalPort } from './journal-port.ts'
import { effectsFindings, type EffectsMapping } from './native/options.ts'
import { namesOf, propertyName, recordId, typeName, typeNamed, type Labels, type Names } from './schema.ts'
import type { SealOptions } from './webhooks/seal.ts'

/** Where a property of a visible record gets its value from. */
export type PropertySource = RecordSource

/** The record that people see for an instance of one kind. */
export interface RecordMapping {
  /** `tickets`, `companies`, `deals`, or a type of the portal's own. */
  readonly type: string
  /** `accountId`: the record is the account itself. Otherwise the unique property that holds the instance's id; a record that is not there is made. */
  readonly by: 'accountId' | { readonly unique: string }
  readonly properties: { readonly [property: string]: PropertySource }
}

/** Which records are the accounts. */
export interface AccountMapping {
  /** @default companies */
  readonly type?: string
  /** The property that is the account's id everywhere in the SDK: `hs_object_id`, or a unique one. @default hs_object_id */
  readonly id?: string
  /** @default name */
  readonly name?: string
  /** Chooses the working calendar. @default none */
  readonly region?: string
  /** The account that leads the group. @default hs_parent_company_id */
  readonly parent?: string | null
  /** A property and the value that accounts have which count, e.g. `{ property: 'lifecyclestage', value: 'customer' }`. @default all */
  readonly where?: { readonly property: string; readonly value: string }
}

/** Where purchases come from: one record of the type is one purchase. */
export interface FactsMapping {
  /** @default deals */
  readonly type?: string
  /** Day of the purchase. @default closedate */
  readonly date?: string
  /** Net amount in major units. @default amount */
  readonly amount?: string
  /** ISO code; absent: `currency` holds for all. */
  readonly currencyProperty?: string
  readonly currency?: string
  /** IANA zone in which the instant of a purchase becomes a day: that of the policy. */
  readonly timeZone: string
  /** Id of the account's record: a purchase may be linked with several, and counts for this one. Where it is empty it counts for each. @default hs_primary_associated_company, where accounts are companies */
  readonly account?: string
  /** A property and the values of purchases that count. @default hs_is_closed_won is true */
  readonly where?: { readonly property: string; readonly values: readonly string[] }
  /** Properties of the account that facts hold beside the purchases. */
  readonly onAccount?: {
    readonly isKeyAccount?: string
    readonly relationshipStart?: string
    readonly overdueDays?: string
  }
}

/** A pipeline of the portal, by ids that the portal gave. */
export interface StatePipeline {
  readonly id: string
  /** Id of the stage for each state. A state without one leaves the stage as it is. */
  readonly stages: { readonly [state: string]: string }
}

/** Where instances stand in pipelines, by their kind: what `apply` of the provisioner answers. */
export interface Pipelines {
  /** Of our own cases. */
  readonly cases?: { readonly [kind: string]: StatePipeline }
  /** Of native records: a ticket cannot be made without a stage. */
  readonly records?: { readonly [kind: string]: StatePipeline }
}

/** What a choice of the request property asks for, when a person sets it. */
export interface RequestMapping {
  /** Name of the command, e.g. `forward`. */
  readonly command: string
  /** What people choose. */
  readonly label: Labels
  /** Fields of the command: from a property of the same record, as a text, or always the same. @default none */
  readonly fields?: { readonly [field: string]: { readonly property: string } | { readonly value: JsonValue } }
}

/** How governed things and the portal's records belong together. Everything may be left out. */
export interface HubSpotMapping {
  /** Begins the names of our types and properties. @default kag */
  readonly prefix?: string
  readonly accounts?: AccountMapping
  /** By kind of instance; `null` switches a default off. @default complaints as tickets, tiers on companies */
  readonly records?: { readonly [kind: string]: RecordMapping | null }
  /** @default no stages: what people see of cases is their state, and tickets are refused where the portal wants a stage for them */
  readonly pipelines?: Pipelines
  /** @default no purchases: the host supplies facts */
  readonly facts?: FactsMapping
  /** What a person is called in commands, as in the directory. @default userId */
  readonly people?: { readonly id?: PersonId }
  /** Effects that become tasks or notes in the portal. @default none: all wait for handlers of the host */
  readonly effects?: EffectsMapping
  /** Links cases with their company and with their ticket or deal, by labels of ours. @default false */
  readonly associations?: boolean
  /** Choices of the property `kag_request` on cases and native records, by their values. @default there is no such property */
  readonly requests?: { readonly [value: string]: RequestMapping }
}

/** What `createHubSpotStore` takes. */
export interface HubSpotStoreOptions extends ClientOptions {
  readonly mapping?: HubSpotMapping
  /** Reads every entry again by its key after it was made, and believes only that: until the portal's uniqueness under load was tried. @default true */
  readonly confirm?: boolean
  /** Where a portal without custom objects keeps what nobody looks at: a database of the host's. @default custom objects of the portal */
  readonly journal?: JournalPort
  /** Commands that an intake leaves: the same secret and portal as the intake's. @default the store has no inbox */
  readonly inbox?: SealOptions
  /** Who holds the roles that tasks are for; the runtime's. @default tasks for persons only */
  readonly directory?: Directory
}

/** The mapping with its defaults filled in, its names checked. */
export interface ResolvedMapping {
  readonly names: Names
  readonly accounts: Required<Omit<AccountMapping, 'region' | 'parent' | 'where'>> & {
    readonly region: string | null
    readonly parent: string | null
    readonly where: { readonly property: string; readonly value: string } | null
  }
  readonly records: { readonly [kind: string]: RecordMapping }
  /** Of cases; those of native records are among their properties. */
  readonly pipelines: { readonly [kind: string]: StatePipeline }
  readonly requests: { readonly [value: string]: RequestMapping }
  readonly personId: PersonId
  readonly effects: EffectsMapping
  readonly associations: boolean
  readonly facts:
    | (Omit<FactsMapping, 'account'> &
        Required<Pick<FactsMapping, 'type' | 'date' | 'amount' | 'where'>> & { readonly account: string | null })
    | null
}

/** A native record that follows an instance. */
export interface VisibleRecord {
  readonly instanceId: string
  readonly type: string
  /** `makes`: made where it is not there; others are only changed. */
  readonly by: { readonly id: string } | { readonly unique: string; readonly value: string; readonly makes: boolean }
  readonly properties: Values
  /** Id of the company to which the record is linked when it is made; `null`: none, or it is there already. */
  readonly company: string | null
}

/** What a projection comes to: `projectionWrites(mapping, projection)` of `mapping.ts`. */
export interface ProjectionWrites {
  /** Everything of the case but `record_seq` and `blocked`. */
  readonly case: Values
  /** `null`: the mapping has no native record for this kind. */
  readonly visible: VisibleRecord | null
}

/** What became of a native record: `showRecords(client, records)` of `native/`, in their order; never thrown. */
export type Shown =
  | { readonly status: 'written' }
  /** An admin's rule, or what became of the record, refuses it. */
  | { readonly status: 'blocked'; readonly reason: string }
  /** HubSpot was not there: to be tried again. */
  | { readonly status: 'failed'; readonly error: StoreError }

/** Complaints are tickets, tiers stand on companies. */
export function defaultRecords(prefix: string): { readonly [kind: string]: RecordMapping } {
  return {
    complaint: {
      type: 'tickets',
      by: { unique: `${prefix}_instance_id` },
      properties: {
        subject: { projection: 'instanceId' },
        [`${prefix}_state`]: { projection: 'state' },
        [`${prefix}_due_at`]: { instant: 'nextDueAt' },
        [`${prefix}_has_to_act`]: { projection: 'owner' },
      },
    },
    account: {
      type: 'companies',
      by: 'accountId',
      properties: {
        [`${prefix}_tier`]: { field: 'tier' },
        [`${prefix}_standing`]: { projection: 'state' },
        [`${prefix}_review_due_at`]: { instant: 'nextDueAt' },
      },
    },
  }
}

/** Names of the properties that say where a record stands. */
export const stageProperties = (type: string): readonly [pipeline: string, stage: string] =>
  type === 'deals' || type === '0-3' ? ['pipeline', 'dealstage'] : ['hs_pipeline', 'hs_pipeline_stage']

/** The pipeline that the resolved mapping writes for a kind's native record; whatever else writes a stage there counts as one. */
export function pipelineOfRecord({ records }: Pick<ResolvedMapping, 'records'>, kind: string): StatePipeline | undefined {
  const record = records[kind]
  if (record === undefined) return undefined
  const [line, stage] = stageProperties(record.type).map((name) => record.properties[name])
  if (stage === undefined || !('state' in stage)) return undefined
  const ids = line === undefined ? [] : 'state' in line ? Object.values(line.state) : 'value' in line ? [String(line.value)] : []
  return ids[0] === undefined ? undefined : { id: ids[0], stages: stage.state }
}

/** A record with where it stands among its properties; what the mapping itself says of them comes first. */
function inPipeline(record: RecordMapping, pipeline: StatePipeline | undefined): RecordMapping {
  if (pipeline === undefined) return record
  const [name, stage] = stageProperties(record.type)
  const { id, stages } = pipeline
  // Both or neither: a stage of one pipeline is none of another's.
  const ids = Object.fromEntries(Object.keys(stages).map((state) => [state, id]))
  return { ...record, properties: { [name]: { state: ids }, [stage]: { state: stages }, ...record.properties } }
}

function isZone(timeZone: unknown): boolean {
  try {
    return typeof timeZone === 'string' && new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** Fills in the defaults. @throws InvalidInputError naming every name that is none of HubSpot's. */
export function resolveMapping(mapping: HubSpotMapping = {}): ResolvedMapping {
  const wanted = mapping.prefix ?? 'kag'
  const isPrefix = /^[a-z][a-z0-9]{0,15}$/.test(wanted)
  // One wrong prefix is one finding, not one for each name made of it.
  const prefix = isPrefix ? wanted : 'kag'
  const records = Object.fromEntries(
    Object.entries({ ...defaultRecords(prefix), ...mapping.records })
      .filter((e): e is [string, RecordMapping] => e[1] !== null)
      .map(([kind, record]) => [kind, inPipeline(record, mapping.pipelines?.records?.[kind])] as const),
  )
  const accounts = {
    type: mapping.accounts?.type ?? 'companies',
    id: mapping.accounts?.id ?? recordId,
    name: mapping.accounts?.name ?? 'name',
    region: mapping.accounts?.region ?? null,
    parent: mapping.accounts?.parent === undefined ? 'hs_parent_company_id' : mapping.accounts.parent,
    where: mapping.accounts?.where ?? null,
  }
  const facts =
    mapping.facts === undefined
      ? null
      : {
          ...mapping.facts,
          type: mapping.facts.type ?? 'deals',
          date: mapping.facts.date ?? 'closedate',
          amount: mapping.facts.amount ?? 'amount',
          // The company of a purchase is no other account.
          account: mapping.facts.account ?? (typeNamed(accounts.type) === 'companies' ? 'hs_primary_associated_company' : null),
          where: mapping.facts.where ?? { property: 'hs_is_closed_won', values: ['true'] },
        }

  const findings: Finding[] = []
  const check = (path: string, name: string | null | undefined, pattern = propertyName): void => {
    if (name === null || name === undefined || pattern.test(name)) return
    const isType = pattern === typeName
    findings.push({
      path: `mapping.${path}`,
      code: isType ? 'type_name' : 'property_name',
      message: `${JSON.stringify(name.slice(0, 80))} is no name of a ${isType ? 'type' : 'property'}`,
      remedy: isType ? 'give the name or the id of the type, e.g. tickets or 2-123' : 'give the internal name, e.g. kag_tier',
    })
  }
  if (!isPrefix)
    findings.push({
      path: 'mapping.prefix',
      code: 'prefix',
      message: `${JSON.stringify(wanted.slice(0, 40))} cannot begin names of HubSpot's`,
      remedy: 'use a lower-case letter and at most 15 letters or digits behind it',
    })
  check('accounts.type', accounts.type, typeName)
  for (const name of ['id', 'name', 'region', 'parent'] as const) check(`accounts.${name}`, accounts[name])
  check('accounts.where.property', accounts.where?.property)
  for (const [kind, record] of Object.entries(records)) {
    check(`records.${kind}.type`, record.type, typeName)
    if (record.by !== 'accountId') check(`records.${kind}.by.unique`, record.by.unique)
    for (const property of Object.keys(record.properties)) check(`records.${kind}.properties`, property)
  }
  if (facts !== null) {
    check('facts.type', facts.type, typeName)
    for (const name of ['date', 'amount', 'account', 'currencyProperty'] as const) check(`facts.${name}`, facts[name])
    if (!isZone(facts.timeZone))
      findings.push({
        path: 'mapping.facts.timeZone',
        code: 'time_zone',
        message: 'is no time zone',
        remedy: 'give the zone of the policy, e.g. Asia/Shanghai',
      })
    check('facts.where.property', facts.where.property)
    for (const [name, property] of Object.entries(facts.onAccount ?? {})) check(`facts.onAccount.${name}`, property)
    if (facts.currencyProperty === undefined && facts.currency === undefined)
      findings.push({
        path: 'mapping.facts.currency',
        code: 'missing',
        message: 'amounts without a currency',
        remedy: 'name the property with the ISO code, or the one currency of the portal',
      })
  }
  const requests = mapping.requests ?? {}
  for (const [value, { fields = {} }] of Object.entries(requests)) {
    check('requests', value)
    for (const [field, source] of Object.entries(fields))
      if ('property' in source) check(`requests.${value}.fields.${field}`, source.property)
  }
  const effects = mapping.effects ?? {}
  findings.push(...effectsFindings(effects))
  const personId = mapping.people?.id ?? 'userId'
  findings.push(...personIdFindings('mapping.people.id', personId))
  if (findings.length > 0) throw new InvalidInputError('options of the HubSpot store', findings)
  const pipelines = mapping.pipelines?.cases ?? {}
  const associations = mapping.associations ?? false
  return { names: namesOf(prefix), accounts, records, pipelines, facts, requests, personId, effects, associations }
}
