import {
  createMemoryStore,
  createRawWitness,
  createVirtualClock,
  editRecord,
  faultScript,
  type Fault,
  type MemoryStore,
} from '@ka-governance/adapter-memory'
import type { InboundAnswer } from '@ka-governance/core'
import type { ConformanceSubject, InboxWitness } from '@ka-governance/core/conformance'

const accounts = ['acc-1', 'acc-2', 'acc-3', 'Acc-ö'].map((accountId) => ({
  accountId,
  name: `Account ${accountId}`,
  region: accountId === 'acc-2' ? 'east' : null,
  parentId: accountId === 'acc-3' ? 'acc-1' : null,
}))

const author = 'u-huang'

/** People who leave commands; what became of them is read from the rows. */
export const inboxWitness = ({ inbox, client }: MemoryStore): InboxWitness => ({
  author,
  submit: ({ instanceId, expectedVersion, ...command }) =>
    inbox.submit({
      ...command,
      actor: author,
      ...(instanceId === null ? {} : { instanceId }),
      ...(expectedVersion === null ? {} : { expectedVersion }),
    }),
  read: (id) => {
    const row = client.table('commands').get(id)
    if (row === undefined) return null
    const { text, entryKey } = (row.answer === null ? {} : JSON.parse(row.answer)) as Partial<InboundAnswer>
    return { status: row.status, text: text ?? '', entryKey: entryKey ?? null, tries: row.tries, form: row.form }
  },
})

/** A fresh memory store with both witnesses; `interleave` makes every call wait for a while, so that callers really mix. */
export function memorySubject(interleave?: (call: number) => Fault | null): ConformanceSubject {
  const clock = createVirtualClock('2026-01-05T09:00:00+08:00')
  const faults = faultScript()
  if (interleave !== undefined) faults.when(({ number }) => interleave(number))
  const store = createMemoryStore({
    accounts: accounts.map((each) => ({ ...each, facts: { orders: [1] } })),
    clock: clock.now,
    faults,
  })
  return {
    store,
    witness: createRawWitness(store.client),
    accounts,
    advance: clock.advance,
    disturb: (kind) => faults.next(kind),
    inbox: inboxWitness(store),
    byHand: (instanceId) => editRecord(store.client, instanceId, { values: { state: 'by hand' } }),
  }
}
