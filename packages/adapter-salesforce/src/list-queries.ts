import { corruptRecord, type AccountRecord, type InstanceQuery } from '@ka-governance/core'
import type { Row } from './client.ts'
import { valueAt } from './facts.ts'
import { accountRef, columnText } from './mapping.ts'
import type { ResolvedMapping } from './options.ts'
import type { FieldName, Names } from './schema.ts'
import { raw, soql, type Soql } from './soql.ts'

/** What a list of instances is restricted to, in columns that are indexed; empty: nothing. */
export function instanceConditions(names: Names, query: InstanceQuery): readonly string[] {
  const i = (name: FieldName<'Instance'>): Soql => raw(names.field('Instance', name))
  return [
    query.kind === undefined ? null : soql`${i('Kind')} = ${query.kind}`,
    query.accountId === undefined ? null : soql`${i('AccountRef')} = ${accountRef(query.accountId)}`,
    query.open === undefined ? null : soql`${i('Open')} = ${query.open}`,
    query.state === undefined ? null : soql`${i('State')} = ${columnText(query.state, 80)}`,
  ].filter((condition) => condition !== null)
}

/** The columns that make an account. */
export function accountColumns({ accounts }: ResolvedMapping): string {
  const { id, name, region, parent } = accounts
  return [...new Set([id, 'Id', name, region, parent].filter((each) => each !== null))].join(', ')
}

/** The admin's own condition of the accounts that count, to be put behind another one. */
export const accountsThatCount = ({ accounts: { where } }: ResolvedMapping): string => (where === null ? '' : ` AND (${where})`)

/** An account of the CRM. */
export function toAccount({ accounts }: ResolvedMapping, row: Row): AccountRecord {
  const optional = (field: string | null): string | null => {
    const value = field === null ? null : valueAt(row, field)
    return typeof value === 'string' && value !== '' ? value : null
  }
  const accountId = optional(accounts.id)
  if (accountId === null) throw corruptRecord(accounts.object, String(row['Id']))
  return {
    accountId,
    name: optional(accounts.name) ?? '',
    region: optional(accounts.region),
    parentId: optional(accounts.parent),
  }
}
