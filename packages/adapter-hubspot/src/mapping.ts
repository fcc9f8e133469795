import { sortKey, storableJson, type Projection } from '@ka-governance/core'
import type { Values } from './client.ts'
import { longText } from './long-text.ts'
import type { ProjectionWrites, PropertySource, RecordMapping, ResolvedMapping, StatePipeline, VisibleRecord } from './options.ts'
import { companyLinks, isRecordId, objects, recordId, typeNamed, type PropertyName } from './schema.ts'

/** Longest texts that are written of a projection, in UTF-16 units: whoever looks for one compares whole values, and a search has room for 3,000. */
export const columns = { title: 250, kind: 40, account_id: 200, state: 80, owner: 200, shown: 255 } as const

/** A plain text, cut to a length between characters. */
export function cut(text: string, length: number): string {
  const short = text.slice(0, length)
  return short.isWellFormed() || !text.isWellFormed() ? short.toWellFormed() : short.slice(0, -1)
}

/** An instant as HubSpot takes it. */
export const dateTime = (at: number): string => new Date(at).toISOString()

/** Instant, then id, as one text whose order is theirs. */
export const dueKey = (at: number, instanceId: string): string => `${String(at).padStart(15, '0')}${sortKey(instanceId)}`

/** What a projection comes to: the case, and the native record that people see. Pure; text only, nothing shared with the caller. @throws StoreError `too_large` */
export function projectionWrites(mapping: ResolvedMapping, projection: Projection): ProjectionWrites {
  return { case: caseValues(mapping, projection), visible: visibleRecord(mapping, projection) }
}

function caseValues(mapping: ResolvedMapping, projection: Projection): Values {
  const { names } = mapping
  const { instanceId, kind, seq, accountId, state, open, owner, nextDueAt } = projection
  const of = (name: PropertyName<'case'>): string => names.property('case', name)
  const json = longText(of('projection'), objects.case.properties.projection.parts, storableJson(projection, instanceId), {
    what: 'entry',
    key: instanceId,
  })
  const plain: { readonly [name in PropertyName<'case'>]?: string } = {
    instance_id: instanceId,
    title: cut(`${kind} ${instanceId}`, columns.title),
    kind: cut(kind, columns.kind),
    seq: String(seq),
    account_id: cut(accountId, columns.account_id),
    state: cut(state, columns.state),
    open: String(open),
    owner: cut(owner ?? '', columns.owner),
    due_ms: nextDueAt === null ? '' : String(nextDueAt),
    due_key: nextDueAt === null ? '' : dueKey(nextDueAt, instanceId),
    due_at: nextDueAt === null ? '' : dateTime(nextDueAt),
  }
  const at = stageOf(mapping, projection)
  return {
    ...Object.fromEntries(Object.entries(plain).map(([name, value]) => [of(name as PropertyName<'case'>), value])),
    ...json,
    ...(at === null ? {} : { hs_pipeline: at.pipeline.id, hs_pipeline_stage: at.stage }),
  }
}

/** Where the case of an instance stands; `null`: its kind has no pipeline, or its state no stage. */
export function stageOf(
  { pipelines }: Pick<ResolvedMapping, 'pipelines'>,
  { kind, state }: Projection,
): { readonly pipeline: StatePipeline; readonly stage: string } | null {
  const pipeline = Object.hasOwn(pipelines, kind) ? pipelines[kind] : undefined
  const stage = pipeline !== undefined && Object.hasOwn(pipeline.stages, state) ? pipeline.stages[state] : undefined
  return pipeline === undefined || stage === undefined ? null : { pipeline, stage }
}

/** The native record that people see; `null` where the mapping has none for this kind. */
export function visibleRecord({ accounts, records }: ResolvedMapping, projection: Projection): VisibleRecord | null {
  const record = Object.hasOwn(records, projection.kind) ? records[projection.kind] : undefined
  if (record === undefined) return null
  const values = Object.entries(record.properties).flatMap(([name, source]) => {
    const value = valueOf(source, projection)
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    instanceId: projection.instanceId,
    type: record.type,
    by: placeOf(record, projection, accounts.id),
    properties: Object.fromEntries(values),
    company: companyOf(record, projection, accounts),
  }
}

/** A record that begins with its instance is linked with the company that it is about. */
function companyOf(
  { type, by }: RecordMapping,
  { seq, accountId }: Projection,
  accounts: ResolvedMapping['accounts'],
): string | null {
  const isCompany = typeNamed(accounts.type) === 'companies' && accounts.id === recordId && isRecordId(accountId)
  return seq === 1 && by !== 'accountId' && isCompany && companyLinks[typeNamed(type)] !== undefined ? accountId : null
}

function placeOf({ by }: RecordMapping, { accountId, instanceId }: Projection, accountProperty: string): VisibleRecord['by'] {
  if (by !== 'accountId') return { unique: by.unique, value: instanceId, makes: true }
  return accountProperty === recordId ? { id: accountId } : { unique: accountProperty, value: accountId, makes: false }
}

/** Undefined: the record keeps what it has; empty: it is cleared. */
export function valueOf(source: PropertySource, projection: Projection): string | undefined {
  if ('projection' in source) return shown(projection[source.projection])
  if ('instant' in source) {
    const at = projection[source.instant]
    return at === null ? '' : dateTime(at)
  }
  if ('field' in source)
    return shown(Object.hasOwn(projection.fields, source.field) ? (projection.fields[source.field] ?? null) : null)
  if ('state' in source) return Object.hasOwn(source.state, projection.state) ? source.state[projection.state] : undefined
  return shown(source.value)
}

const shown = (value: string | number | boolean | null): string => (value === null ? '' : cut(String(value), columns.shown))
