import { StoreError } from '@ka-governance/core'
import type { Changed, Created, HubSpotClient, NewRecord } from '../client.ts'
import { isRecordRefusal } from '../errors.ts'
import type { Shown, VisibleRecord } from '../options.ts'
import { companyLinks, isRecordId, typeNamed } from '../schema.ts'

/** Longest reason that is kept beside a case. */
const longestReason = 255

/**
 * Writes the native records, whole values in as few calls as there are types and keys; each for itself. What an admin's rule refuses, or what is not there any more, is `blocked`: the command
 * that it follows has succeeded. In order of the records; never thrown, so that no failure here takes an outcome with it.
 */
export async function showRecords(client: HubSpotClient, records: readonly VisibleRecord[]): Promise<readonly Shown[]> {
  const shown = new Map<VisibleRecord, Shown>()
  const places = new Map<string, VisibleRecord[]>()
  for (const record of records) {
    if (!canBeAsked(record)) {
      shown.set(record, { status: 'blocked', reason: `there is no record of ${record.type} with this id` })
      continue
    }
    const place = JSON.stringify([
      record.type,
      'id' in record.by ? null : [record.by.unique, record.by.makes],
      record.company !== null,
    ])
    places.set(place, [...(places.get(place) ?? []), record])
  }
  await Promise.all(
    [...places.values()].map(async (some) => {
      for (const [k, outcome] of (await makeOrWrite(client, some)).entries()) {
        const record = some[k]
        if (record !== undefined) shown.set(record, outcome)
      }
    }),
  )
  return records.map((record) => shown.get(record) ?? { status: 'failed', error: unsaid })
}

const unsaid = new StoreError('unavailable', 'HubSpot said nothing of one of the records', { actions: ['Send it again.'] })

/** Whether the portal can be asked for it: another text is no record's. */
export const canBeAsked = ({ by }: VisibleRecord): boolean =>
  'id' in by ? isRecordId(by.id) : by.value !== '' && by.value.isWellFormed()

/**
 * A record that begins is made together with its link, in one request. Where it cannot be made like that (it is there already, the company is gone, an admin refuses it) it is written like any
 * other, without one.
 */
async function makeOrWrite(client: HubSpotClient, records: readonly VisibleRecord[]): Promise<readonly Shown[]> {
  const [first] = records
  if (first === undefined || first.company === null || 'id' in first.by) return write(client, records)
  const made = await make(client, first.type, first.by.unique, records)
  const open = records.filter((_, k) => made[k] === null)
  const written = await write(client, open)
  return records.map((record, k) => made[k] ?? written[open.indexOf(record)] ?? { status: 'failed', error: unsaid })
}

/** `null`: it is to be written in the other way. */
async function make(
  client: HubSpotClient,
  type: string,
  unique: string,
  records: readonly VisibleRecord[],
): Promise<readonly (Shown | null)[]> {
  const typeId = companyLinks[typeNamed(type)] ?? 0
  const asNew = ({ by, properties, company }: VisibleRecord): NewRecord => ({
    properties: { ...properties, ...('id' in by ? {} : { [unique]: by.value }) },
    associations: company === null ? [] : [{ to: company, typeId, category: 'HUBSPOT_DEFINED' }],
  })
  try {
    const outcomes = await client.createMany(type, records.map(asNew), unique)
    return await Promise.all(
      outcomes.map(async (outcome, k) => {
        const record = records[k]
        // Of a batch that was refused as a whole each is tried alone, so that one company that is gone takes no link from the others.
        return outcome.status === 'withheld' && record !== undefined
          ? madeOf(await client.create(type, asNew(record)))
          : madeOf(outcome)
      }),
    )
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    return records.map(() => ({ status: 'failed', error }))
  }
}

function madeOf(outcome: Created): Shown | null {
  if (outcome.status === 'created') return { status: 'written' }
  // What may have been made must not be made again beside it.
  if (outcome.status === 'unknown' || !isRecordRefusal(outcome.error)) return { status: 'failed', error: outcome.error }
  return null
}

async function write(client: HubSpotClient, records: readonly VisibleRecord[]): Promise<readonly Shown[]> {
  const [first] = records
  if (first === undefined) return []
  const changes = records.map(({ by, properties }) => ({ id: 'id' in by ? by.id : by.value, properties }))
  try {
    return (await send(client, first, changes)).map((changed, k) => shownOf(changed, records[k] ?? first))
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    return records.map((record) => shownOf({ status: 'refused', error }, record))
  }
}

function send(
  client: HubSpotClient,
  { type, by }: VisibleRecord,
  changes: Parameters<HubSpotClient['updateMany']>[1],
): Promise<readonly Changed[]> {
  if ('id' in by) return client.updateMany(type, changes)
  return by.makes ? client.upsertMany(type, changes, by.unique) : client.updateMany(type, changes, { idProperty: by.unique })
}

function shownOf(changed: Changed, { type, by }: VisibleRecord): Shown {
  if (changed.status === 'written') {
    // A merged record answers under its old id with what became of it, which shows what belongs to another instance.
    const isIt = !('id' in by) || by.id === changed.record.id
    return isIt ? { status: 'written' } : { status: 'blocked', reason: `${by.id} of ${type} went into ${changed.record.id}` }
  }
  const { error } = changed
  if (!isRecordRefusal(error)) return { status: 'failed', error }
  return { status: 'blocked', reason: error.message.slice(0, longestReason).toWellFormed() }
}
