// What follows an entry once it stands in the journal: its effects, the native record, the case. None of it decides anything, and all of it can be written again.
import { StoreError, type CommitOutcome } from '@ka-governance/core'
import type { Change } from './client.ts'
import { isRecordRefusal, isTaken } from './errors.ts'
import { acknowledge, layOut } from './effects.ts'
import { giveOut } from './native/give-out.ts'
import { showRecords } from './native/show-records.ts'
import type { ProjectionWrites, Shown } from './options.ts'
import type { CommitRecords } from './records.ts'
import type { StoreTools } from './tools.ts'

/** Lets everything follow that entries which have landed bring with them. Never throws for HubSpot's sake: what is missing is found by a sweep. */
export async function follow(tools: StoreTools, landed: readonly CommitRecords[]): Promise<readonly CommitOutcome[]> {
  const since = tools.now()
  const effects = landed.flatMap((records) => records.effects)
  const [shown, made] = await Promise.all([
    showAll(
      tools,
      landed.map(({ writes }) => writes),
      { areNew: true },
    ),
    quietly(async () => {
      const mine = await layOut(tools, effects)
      // Behind the effects: one of them may be acknowledged by its neighbour.
      await acknowledge(
        tools,
        landed.flatMap(({ acknowledges }) => acknowledges),
      )
      return mine
    }),
  ])
  // Behind the records that they are shown on.
  const activities = landed.flatMap((records) => records.activities)
  if (made !== null) await giveOut(tools, activities, made, since)
  return shown.map((each): CommitOutcome => {
    if (each.status === 'written') return { status: 'committed', projection: 'written' }
    return each.status === 'blocked'
      ? { status: 'committed', projection: 'blocked', blockedReason: each.reason }
      : { status: 'committed', projection: 'pending' }
  })
}

/** A failure of HubSpot's is the sweep's to make good. */
async function quietly<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof StoreError)) throw error
    return null
  }
}

/** Writes native records, then the cases, which say how far those have followed. In order of what was given. `areNew`: nobody has shown these entries before. */
export async function showAll(
  tools: StoreTools,
  writes: readonly ProjectionWrites[],
  { areNew = false } = {},
): Promise<readonly Shown[]> {
  const visible = writes.flatMap((each) => each.visible ?? [])
  const answers = await showRecords(tools.client, visible)
  const native = writes.map(({ visible: record }): Shown => {
    const at = record === null ? -1 : visible.indexOf(record)
    return answers[at] ?? nothing
  })
  const cases = await writeCases(tools, writes, native, areNew)
  return writes.map((_, k): Shown => {
    const [own, other] = [cases[k] ?? nothing, native[k] ?? nothing]
    return own.status === 'written' ? other : own
  })
}

/** There is nothing to be written. */
const nothing: Shown = { status: 'written' }

async function writeCases(
  tools: StoreTools,
  writes: readonly ProjectionWrites[],
  native: readonly Shown[],
  areNew: boolean,
): Promise<readonly Shown[]> {
  const { own, mapping } = tools
  const { names } = mapping
  const [id, seq, recordSeq, blocked] = (['instance_id', 'seq', 'record_seq', 'blocked'] as const).map((name) =>
    names.property('case', name),
  ) as [string, string, string, string]
  const changes = writes.map(({ case: values }, k): Change => {
    const shown = native[k] ?? nothing
    const said: { readonly [name: string]: string } =
      shown.status === 'written'
        ? { [recordSeq]: values[seq] ?? '', [blocked]: '' }
        : shown.status === 'blocked'
          ? { [blocked]: shown.reason.slice(0, 255).toWellFormed() }
          : // An older refusal says nothing of a new entry, which a sweep is to try again. Of another it may be what a sweep beside this one was just told.
            areNew
            ? { [blocked]: '' }
            : {}
    return { id: values[id] ?? '', properties: { ...values, ...said } }
  })
  const first = await upserted(changes)
  // Somebody made the same case at the same time: by now it is there, to be written with its stage.
  const raced = changes.filter((_, k) => first[k]?.isTaken === true)
  const again = await upserted(raced)
  const answers = changes.map((change, k) => again[raced.indexOf(change)] ?? first[k] ?? nothing)
  // A stage that an admin has taken away must not hide what is due.
  const refused = changes.filter((_, k) => answers[k]?.status === 'blocked')
  const second = await upserted(
    refused.map(({ id: instanceId, properties }) => ({
      id: instanceId,
      properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !name.startsWith('hs_pipeline'))),
    })),
  )
  return changes.map((change, k) => {
    const before = answers[k] ?? nothing
    const after = second[refused.indexOf(change)]
    if (after === undefined) return before
    return after.status === 'written' && !('hs_pipeline_stage' in change.properties) ? after : before
  })

  async function upserted(some: readonly Change[]): Promise<readonly (Shown & { readonly isTaken?: boolean })[]> {
    if (some.length === 0) return []
    try {
      return (await own.upsertMany(names.type('case'), some, id)).map((changed) => {
        if (changed.status === 'written') return { status: 'written' }
        return isRecordRefusal(changed.error)
          ? { status: 'blocked', reason: changed.error.message, isTaken: isTaken(changed.error) }
          : { status: 'failed', error: changed.error }
      })
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
      return some.map(() => ({ status: 'failed', error }))
    }
  }
}
