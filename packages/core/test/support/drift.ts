import { editRecord, type RecordEdit } from '@ka-governance/adapter-memory'
import type { Drift } from '../../src/index.ts'
import { collect, createHarness, type Harness, type HarnessOptions } from './harness.ts'
import * as s from './stories.ts'
import { play } from './story.ts'

/** Who answers drift, and why. */
export const head = { actor: 'u-lin', reason: 'seen in the weekly list' }
export const august: HarnessOptions = { start: s.august }

/** A harness with Acme adopted as tier B. */
export async function adopted(options: HarnessOptions = august): Promise<Harness> {
  const h = createHarness(options)
  await play(h, s.adopted)
  return h
}

/** A hand changes the record of Acme. */
export function byHand(h: Harness, values: RecordEdit['values'], over: Partial<RecordEdit> = {}): void {
  const edit = { ...(values === undefined ? {} : { values }), by: 'u-xu', at: h.clock.now(), ...over }
  editRecord(h.memory.client, 'account-acme', edit)
}

export const allDrift = (h: Harness): Promise<Drift[]> => collect(h.governance.drift.find())

/** The only drift there is. */
export async function onlyDrift(h: Harness): Promise<Drift> {
  const [drift, more] = await allDrift(h)
  if (drift === undefined || more !== undefined) throw new Error(`not one drift: ${JSON.stringify(await allDrift(h))}`)
  return drift
}
