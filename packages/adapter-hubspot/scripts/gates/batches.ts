// What many records at once cost, and how far the index is behind.
import type { Gate } from './gate.ts'
import type { Sandbox } from './sandbox.ts'

const ofSize = ({ fresh }: Sandbox, count: number, length = 0) =>
  Array.from({ length: count }, () => ({
    properties: { gate_title: 'gate', gate_key: fresh(), ...(length === 0 ? {} : { gate_text: 'x'.repeat(length) }) },
  }))
const found = (count: number, of: number): string => `${String(count)} of ${String(of)}`
/** Longest wait for the index, and how often it is looked at. */
const patience = { ms: 60_000, stepMs: 500 } as const

export const batches: readonly Gate[] = [
  {
    number: '7a',
    question: 'In a batch of creates with one taken value, are the others made?',
    yes: 'nothing to set: a review costs one call for a hundred accounts',
    no: 'nothing to set, but each conflict in a review costs its whole batch a second time: review while nobody works',
    ask: async (sandbox) => {
      const { client, type } = sandbox
      const [taken, ...others] = ofSize(sandbox, 4)
      if (taken === undefined) throw new Error('no records')
      await client.create(type, taken)
      const outcomes = await client.createMany(type, [...others.slice(0, 1), taken, ...others.slice(1)], 'gate_key')
      const statuses = outcomes.map(({ status }) => status)
      const free = statuses.filter((_, k) => k !== 1)
      const isTold = free.every((status) => status === 'created' || status === 'withheld')
      return { answer: isTold ? free.every((status) => status === 'created') : null, saw: statuses.join(', ') }
    },
  },
  {
    number: '7b',
    question: 'In a batch of upserts with one taken value, are the others written at the first try?',
    yes: 'nothing to set',
    no: 'nothing to set: a refused batch is halved until the one stands alone, so each refused record costs about a dozen calls',
    ask: async (sandbox) => {
      const { client, type, fresh, answered } = sandbox
      const [holder, second] = [fresh(), fresh()]
      await client.create(type, { properties: { gate_title: 'gate', gate_key: holder, gate_second: second } })
      const changes = [fresh(), fresh(), fresh()].map((id, k) => ({
        id,
        properties: { gate_title: 'gate', ...(k === 1 ? { gate_second: second } : {}) },
      }))
      const before = answered()
      const outcomes = await client.upsertMany(type, changes, 'gate_key')
      const calls = answered() - before
      const written = outcomes.filter(({ status }) => status === 'written').length
      return { answer: written === 2 && calls === 1, saw: `${found(written, 3)} written in ${String(calls)} calls` }
    },
  },
  {
    number: '8',
    question: 'Is a create refused as a whole when one of its links is wrong?',
    yes: 'a link given with an entry is there whenever the entry is',
    no: 'an entry may be there without its link: do not take links of the journal for complete',
    ask: async (sandbox) => {
      const { client, type, fresh } = sandbox
      const labels = (await client.get(`/crm/associations/{version}/${type}/companies/labels`)) as {
        readonly results?: readonly { readonly typeId: number; readonly category: 'HUBSPOT_DEFINED' | 'USER_DEFINED' }[]
      } | null
      const link = labels?.results?.[0]
      if (link === undefined) return { answer: null, saw: 'the types cannot be linked' }
      const gate_key = fresh()
      const { status } = await client.create(type, {
        properties: { gate_title: 'gate', gate_key },
        associations: [{ to: '1', typeId: link.typeId, category: link.category }],
      })
      const there = (await client.read(type, gate_key, { idProperty: 'gate_key' })) !== null
      return {
        answer: status === 'unknown' ? null : status === 'refused' && !there,
        saw: `${status}, the record is ${there ? '' : 'not '}there`,
      }
    },
  },
  {
    number: '10a',
    question: 'Is a batch of nearly one megabyte taken in one call?',
    yes: 'nothing to set',
    no: 'the adapter’s batches are too big for this portal: tell its maintainers what was answered',
    ask: async (sandbox) => {
      const before = sandbox.answered()
      const outcomes = await sandbox.client.createMany(sandbox.type, ofSize(sandbox, 15, 65_000), 'gate_key')
      const calls = sandbox.answered() - before
      const made = outcomes.filter(({ status }) => status === 'created').length
      const problem = outcomes.flatMap((each) => (each.status === 'created' ? [] : [each.error.message]))[0]
      return {
        answer: made === 15 && calls === 1,
        saw: `${found(made, 15)} made in ${String(calls)} calls${problem === undefined ? '' : `: ${problem}`}`,
      }
    },
  },
  {
    number: '10b',
    question: 'Does the index show a record within half a minute?',
    yes: 'a deadline is heard by the sweep that follows it by that much: sweep every minute',
    no: 'tell people that deadlines are heard so much later; sweeping more often does not help',
    ask: async (sandbox) => {
      const { client, type, now, sleep, fresh } = sandbox
      const lags: number[] = []
      for (let k = 0; k < 5; k += 1) {
        const value = fresh()
        const made = await client.create(type, { properties: { gate_title: 'gate', gate_key: value } })
        if (made.status !== 'created') throw made.error
        const since = now()
        const filterGroups = [{ filters: [{ propertyName: 'gate_key', operator: 'EQ' as const, value }] }]
        while (now() - since < patience.ms) {
          const { records } = await client.search(type, { filterGroups, properties: ['gate_key'] })
          if (records.some(({ id }) => id === made.record.id)) break
          await sleep(patience.stepMs)
        }
        lags.push(now() - since)
      }
      lags.sort((a, b) => a - b)
      return { answer: (lags.at(-1) ?? 0) <= 30_000, saw: `median ${String(lags[2])} ms, longest ${String(lags.at(-1))} ms` }
    },
  },
  {
    number: '10c',
    question: 'Was no record locked (423) in this run?',
    yes: 'nothing to set',
    no: '`limiter: createHubSpotLimiter({ bulkAtOnce: 1 })` for reviews and imports',
    ask: ({ answered }) => Promise.resolve({ answer: answered(423) === 0, saw: `${found(answered(423), answered())} requests` }),
  },
]
