import { InvalidInputError, type Directory, type Finding, type RecordSource } from '@ka-governance/core'
import type { ClientOptions } from './client.ts'
import { milestonesFindings, type MilestoneMapping } from './native/milestones.ts'
import { teamFindings, type TeamMapping } from './native/team-options.ts'
import { effectsFindings, type EffectsMapping } from './native/options.ts'
import { peopleFindings, type PeopleMapping } from './people.ts'
import { fieldsFindings } from './record-options.ts'
import type { ScanOptions } from './scan.ts'
import { namesOf, objects, type Names, type ObjectName } from './schema.ts'
import { apiName } from './soql.ts'

/** Where a field of a visible record gets its value from. */
export type FieldSource = RecordSource

/** The record that people see for an instance of one kind. */
export interface RecordMapping {
  /** `Case`, `Account`, or an object of the org. */
  readonly object: string
  /** `accountId`: the record is the account itself. Otherwise the external id field that holds the instance's id; a record that is not there is made. */
  readonly by: 'accountId' | { readonly externalId: string }
  readonly fields: { readonly [field: string]: FieldSource }
  /** Of a Case: milestones that are completed in the transaction of the entry that reaches them. @default none */
  readonly milestones?: readonly MilestoneMapping[]
  /** Of the kind `account`: the service team as members of the account team, in the transaction of the entry that changes it. @default none */
  readonly team?: TeamMapping
}

/** Which records are the accounts. */
export interface AccountMapping {
  /** @default Account */
  readonly object?: string
  /** The field that is the account's id everywhere in the SDK. @default Id */
  readonly id?: string
  /** @default Name */
  readonly name?: string
  /** Chooses the working calendar. @default none */
  readonly region?: string
  /** The account that leads the group. @default ParentId */
  readonly parent?: string | null
  /** SOQL condition of the accounts that count, e.g. `Type = 'Customer'`; the admin's own text, taken as it is. */
  readonly where?: string
}

/** Where purchases come from: one row of the object is one purchase, or one day is. */
export interface FactsMapping {
  /** `Opportunity`, `Order`, or an object of the org. */
  readonly object: string
  /** Field with the account's record id. @default AccountId */
  readonly account?: string
  /** Day of the purchase, a date field. */
  readonly date: string
  /** Net amount in major units. */
  readonly amount: string
  /** ISO code; absent: `currency` holds for all. */
  readonly currencyField?: string
  readonly currency?: string
  /** SOQL condition, e.g. `IsWon = true`; the admin's own text, taken as it is. */
  readonly where?: string
  /** `day`: summed up by the org, one purchase a day (decision 19); `row`: each row is one order. @default day */
  readonly per?: 'day' | 'row'
  /** Fields of the account record that facts hold beside the purchases. */
  readonly onAccount?: {
    readonly isKeyAccount?: string
    readonly relationshipStart?: string
    readonly overdueDays?: string
  }
}

/** How governed things and the org's records belong together. Everything may be left out. */
export interface SalesforceMapping {
  /** Begins the names of our objects and fields. @default Kag */
  readonly prefix?: string
  readonly accounts?: AccountMapping
  /** By kind of instance; `null` switches a default off. @default complaints as cases, tiers on accounts */
  readonly records?: { readonly [kind: string]: RecordMapping | null }
  /** @default no purchases: the host supplies facts */
  readonly facts?: FactsMapping
  /** Effects that become tasks of people in the org. @default none: all wait for handlers of the host */
  readonly effects?: EffectsMapping
  /** New instances get the record type of their kind, which is in the metadata. @default false */
  readonly recordTypes?: boolean
  /** Who leaves commands in the inbox; the same as the directory's. @default the record id of the user */
  readonly people?: PeopleMapping
}

/** What `createSalesforceStore` takes. */
export interface SalesforceStoreOptions extends ClientOptions {
  readonly mapping?: SalesforceMapping
  /** Long lists by jobs of the Bulk API 2.0. @default page by page */
  readonly scan?: ScanOptions
  /** Who holds the roles that tasks are for; the runtime's. @default tasks for persons only */
  readonly directory?: Directory
}

/** The mapping with its defaults filled in, its names checked. */
export interface ResolvedMapping {
  readonly names: Names
  readonly accounts: Required<Omit<AccountMapping, 'region' | 'parent' | 'where'>> & {
    readonly region: string | null
    readonly parent: string | null
    readonly where: string | null
  }
  readonly records: { readonly [kind: string]: RecordMapping }
  readonly facts: (FactsMapping & { readonly account: string; readonly per: 'day' | 'row' }) | null
  /** Field of User that is a person's id. */
  readonly personId: string
  readonly recordTypes: boolean
  readonly effects: EffectsMapping
  /** The field of Task that names the effect. */
  readonly tasksKey: string
}

/** Complaints are cases, tiers stand on accounts. */
export function defaultRecords(prefix: string): { readonly [kind: string]: RecordMapping } {
  return {
    complaint: {
      object: 'Case',
      by: { externalId: `${prefix}InstanceKey__c` },
      fields: {
        [`${prefix}State__c`]: { projection: 'state' },
        [`${prefix}DueAt__c`]: { instant: 'nextDueAt' },
        [`${prefix}HasToAct__c`]: { projection: 'owner' },
      },
    },
    account: {
      object: 'Account',
      by: 'accountId',
      fields: {
        [`${prefix}Tier__c`]: { field: 'tier' },
        [`${prefix}Standing__c`]: { projection: 'state' },
        [`${prefix}ReviewDueAt__c`]: { instant: 'nextDueAt' },
      },
    },
  }
}

/** Fills in the defaults. @throws InvalidInputError naming every name that is none of Salesforce's. */
export function resolveMapping(mapping: SalesforceMapping = {}): ResolvedMapping {
  const wanted = mapping.prefix ?? 'Kag'
  const isPrefix = /^[A-Z][A-Za-z0-9]{0,15}$/.test(wanted)
  // One wrong prefix is one finding, not one for each name made of it.
  const prefix = isPrefix ? wanted : 'Kag'
  const records = Object.fromEntries(
    Object.entries({ ...defaultRecords(prefix), ...mapping.records }).filter((e): e is [string, RecordMapping] => e[1] !== null),
  )
  const accounts = {
    object: mapping.accounts?.object ?? 'Account',
    id: mapping.accounts?.id ?? 'Id',
    name: mapping.accounts?.name ?? 'Name',
    region: mapping.accounts?.region ?? null,
    parent: mapping.accounts?.parent === undefined ? 'ParentId' : mapping.accounts.parent,
    where: mapping.accounts?.where ?? null,
  }
  const facts =
    mapping.facts === undefined
      ? null
      : { ...mapping.facts, account: mapping.facts.account ?? 'AccountId', per: mapping.facts.per ?? ('day' as const) }

  const names = namesOf(prefix)
  const own = (Object.keys(objects) as ObjectName[]).map((name) => names.object(name))
  const findings: Finding[] = []
  const check = (path: string, name: string | null | undefined): void => {
    if (name !== null && name !== undefined && !apiName.test(name))
      findings.push({
        path: `mapping.${path}`,
        code: 'api_name',
        message: `${JSON.stringify(name.slice(0, 80))} is no API name`,
        remedy: 'give the API name as Setup shows it, e.g. KagTier__c',
      })
  }
  if (!isPrefix)
    findings.push({
      path: 'mapping.prefix',
      code: 'prefix',
      message: `${JSON.stringify(wanted.slice(0, 40))} cannot begin API names`,
      remedy: 'use a capital letter and at most 15 letters or digits behind it',
    })
  for (const name of ['object', 'id', 'name', 'region', 'parent'] as const) check(`accounts.${name}`, accounts[name])
  for (const [kind, record] of Object.entries(records)) {
    check(`records.${kind}.object`, record.object)
    if (record.by !== 'accountId') check(`records.${kind}.by.externalId`, record.by.externalId)
    for (const field of Object.keys(record.fields)) check(`records.${kind}.fields`, field)
    findings.push(...fieldsFindings(kind, record, own))
    for (const finding of [...milestonesFindings(kind, record), ...teamFindings(kind, record, accounts)])
      findings.push({ ...finding, path: `mapping.${finding.path}` })
  }
  if (facts !== null) {
    for (const name of ['object', 'account', 'date', 'amount', 'currencyField'] as const) check(`facts.${name}`, facts[name])
    for (const [name, field] of Object.entries(facts.onAccount ?? {})) check(`facts.onAccount.${name}`, field)
    if (facts.currencyField === undefined && facts.currency === undefined)
      findings.push({
        path: 'mapping.facts.currency',
        code: 'missing',
        message: 'amounts without a currency',
        remedy: 'name the field with the ISO code, or the one currency of the org',
      })
  }
  const { effects = {} } = mapping
  const tasksKey = `${prefix}EffectKey__c`
  for (const finding of effectsFindings(effects, tasksKey)) findings.push({ ...finding, path: `mapping.${finding.path}` })
  for (const finding of peopleFindings(mapping.people)) findings.push({ ...finding, path: `mapping.${finding.path}` })
  if (findings.length > 0) throw new InvalidInputError('options of the Salesforce store', findings)
  return {
    names,
    accounts,
    records,
    facts,
    personId: mapping.people?.id ?? 'Id',
    recordTypes: mapping.recordTypes === true,
    effects,
    tasksKey,
  }
}
