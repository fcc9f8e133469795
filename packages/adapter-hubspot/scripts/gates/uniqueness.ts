// What decides every commit: unique values.
import { StoreError } from '@ka-governance/core'
import type { Created } from '@ka-governance/adapter-hubspot'
import type { Gate } from './gate.ts'
import type { Sandbox } from './sandbox.ts'

const atOnce = 20
const rounds = 3

const made = ({ client, type }: Sandbox, gate_key: string): Promise<Created> =>
  client.create(type, { properties: { gate_title: 'gate', gate_key } })
const times = <T>(count: number, work: () => Promise<T>): Promise<readonly T[]> =>
  Promise.all(Array.from({ length: count }, work))
const counted = (outcomes: readonly Created[]): string =>
  [...Map.groupBy(outcomes, ({ status }) => status)].map(([status, { length }]) => `${String(length)} ${status}`).join(', ')

/** A record with a value of its own; whatever else comes of it is an end of the question. */
async function record(sandbox: Sandbox, key: string): Promise<{ readonly id: string }> {
  const answer = await made(sandbox, key)
  if (answer.status !== 'created') throw answer.error
  return answer.record
}

/** Whether another record can be made with the value. */
const isFree = async (sandbox: Sandbox, key: string): Promise<boolean | null> => {
  const { status } = await made(sandbox, key)
  return status === 'created' ? true : status === 'taken' ? false : null
}

const free = (answer: boolean | null): string => (answer === null ? 'neither made nor taken' : answer ? 'free' : 'taken')

export const uniqueness: readonly Gate[] = [
  {
    number: '1',
    question: `Of ${String(atOnce)} creates with one value at the same time, does exactly one make a record?`,
    yes: '`confirm: false` may be set: one call less a commit',
    no: 'no journal in this portal, where two commands could both believe that they were first: give the store a `journal` of your own',
    ask: async (sandbox) => {
      const seen: string[] = []
      let settled = true
      for (const [name, make] of [
        ['custom object', (key: string) => made(sandbox, key)],
        ['ticket', sandbox.ticket],
      ] as const)
        for (let round = 0; round < rounds; round += 1) {
          const key = sandbox.fresh()
          const outcomes = await times(atOnce, () => make(key))
          seen.push(`${name}: ${counted(outcomes)}`)
          const created = outcomes.filter(({ status }) => status === 'created').length
          if (created > 1) return { answer: false, saw: seen.join('; ') }
          // Nothing was made at all, or an answer that was lost may have made one more.
          settled &&= created === 1 && outcomes.every(({ status }) => status !== 'unknown')
        }
      const keys: string[] = []
      for await (const { properties } of sandbox.client.list(sandbox.type, { properties: ['gate_key'] }))
        keys.push(properties['gate_key'] ?? '')
      const twice = keys.filter((key, k) => key !== '' && keys.indexOf(key) !== k)
      return {
        answer: twice.length > 0 ? false : settled ? true : null,
        saw: `${seen.join('; ')}; values on two records: ${String(twice.length)}`,
      }
    },
  },
  {
    number: '2',
    question: 'Does the refusal of a taken value name the property and the record that has it?',
    yes: 'nothing to set',
    no: 'nothing to set: the store reads by the key instead, one call more for each conflict',
    ask: async (sandbox) => {
      const key = sandbox.fresh()
      const { id } = await record(sandbox, key)
      const again = await made(sandbox, key)
      if (again.status === 'created' || again.status === 'unknown') return { answer: null, saw: again.status }
      const { status, category, codes } = again.error.details
      return {
        answer: again.status === 'taken' && again.property === 'gate_key' && again.holder === id,
        saw: JSON.stringify({
          status,
          category,
          codes,
          ...(again.status === 'taken'
            ? { property: again.property, holder: again.holder === id ? 'the right one' : again.holder }
            : {}),
        }),
      }
    },
  },
  {
    number: '3',
    question: 'Is a record found by its unique value at once, and the same one after a second create was refused?',
    yes: 'nothing to set: `confirm` finds what was made',
    no: '`confirm: false`, if gate 1 holds; else a `journal` of your own',
    ask: async (sandbox) => {
      let [missed, wrong] = [0, 0]
      for (let k = 0; k < 10; k += 1) {
        const key = sandbox.fresh()
        const { id } = await record(sandbox, key)
        const read = async (): Promise<string | null> =>
          (await sandbox.client.read(sandbox.type, key, { idProperty: 'gate_key', properties: ['gate_key'] }))?.id ?? null
        const first = await read()
        await made(sandbox, key)
        const second = await read()
        missed += [first, second].filter((each) => each === null).length
        wrong += [first, second].filter((each) => each !== null && each !== id).length
      }
      return { answer: missed + wrong === 0, saw: `of 20 reads ${String(missed)} found nothing, ${String(wrong)} another record` }
    },
  },
  {
    number: '4',
    question: 'Does a refused create leave nothing behind?',
    yes: 'nothing to set',
    no: 'archive records of the journal without a key from time to time: nothing refers to them, but they count',
    ask: async (sandbox) => {
      const key = sandbox.fresh()
      await record(sandbox, key)
      await times(5, () => made(sandbox, key))
      let halves = 0
      for await (const { properties } of sandbox.client.list(sandbox.type, { properties: ['gate_key'] }))
        if ((properties['gate_key'] ?? '') === '') halves += 1
      return { answer: halves === 0, saw: `${String(halves)} records without a value` }
    },
  },
  {
    number: '5a',
    question: 'Is a value free again once it was cleared?',
    yes: 'a ticket can be given the instance id of one that lost it',
    no: 'the instance id of a ticket that was cleared by hand can only be given back to the same ticket',
    ask: async (sandbox) => {
      const key = sandbox.fresh()
      const { id } = await record(sandbox, key)
      await sandbox.client.update(sandbox.type, id, { gate_key: '' })
      const answer = await isFree(sandbox, key)
      return { answer, saw: free(answer) }
    },
  },
  {
    number: '5b',
    question: 'Does a record in the recycle bin keep its value?',
    yes: 'an entry that somebody archived cannot be made a second time: restore it',
    no: 'allow nobody to archive records of the journal: the number of an archived entry could be given to another',
    ask: async (sandbox) => {
      const key = sandbox.fresh()
      const { id } = await record(sandbox, key)
      await sandbox.client.archiveMany(sandbox.type, [id])
      const answer = await isFree(sandbox, key)
      return { answer: answer === null ? null : !answer, saw: free(answer) }
    },
  },
  {
    number: '5c',
    question: 'Are records of a custom object erased for good on request, their values free again?',
    yes: 'personal texts are gone at once when they are erased',
    no: 'personal texts are emptied and in the recycle bin: tell people that its history of values ends after 90 days',
    ask: async (sandbox) => {
      const key = sandbox.fresh()
      const { id } = await record(sandbox, key)
      const erased = await sandbox.client.erase(sandbox.type, id, { clear: ['gate_title'] })
      const answer = await isFree(sandbox, key)
      return { answer: erased === 'erased' && answer === true, saw: `${erased}, its value ${free(answer)}` }
    },
  },
  {
    number: '5d',
    question: 'Does a record that was merged into another one give up its value?',
    yes: 'a ticket that was merged away is made anew by the next command on its instance',
    no: 'a ticket that was merged away may keep its instance from being shown: `drift.find()` names it',
    ask: async (sandbox) => {
      const [kept, gone] = [sandbox.fresh(), sandbox.fresh()]
      const [primary, other] = [await record(sandbox, kept), await record(sandbox, gone)]
      await sandbox.client.send('POST', `/crm/objects/{version}/${sandbox.type}/merge`, {
        ...{ primaryObjectId: primary.id, objectIdToMerge: other.id },
      })
      const answer = await isFree(sandbox, gone)
      return { answer, saw: free(answer) }
    },
  },
  {
    number: '5e',
    question: 'Does a change under the id of a record that was merged into another one land on that one?',
    yes: 'what the ledger of a company that was merged away writes stands on the other one until the ledgers are merged, too: do it soon',
    no: 'nothing to set: the case of the company that is gone is blocked, and the other one stays as it is',
    ask: async (sandbox) => {
      const [primary, other] = [await record(sandbox, sandbox.fresh()), await record(sandbox, sandbox.fresh())]
      await sandbox.client.send('POST', `/crm/objects/{version}/${sandbox.type}/merge`, {
        ...{ primaryObjectId: primary.id, objectIdToMerge: other.id },
      })
      const [changed] = await sandbox.client.updateMany(sandbox.type, [{ id: other.id, properties: { gate_title: 'merged' } }])
      const kept = await sandbox.client.read(sandbox.type, primary.id, { properties: ['gate_title'] })
      const answer = kept === null ? null : kept.properties['gate_title'] === 'merged'
      return {
        answer,
        saw: `the change was ${changed?.status ?? 'not answered'}, the other one ${answer === true ? 'changed' : 'as it was'}`,
      }
    },
  },
  {
    number: '6a',
    question: 'Are values that differ in case alone two values?',
    yes: 'nothing to set: keys of the store are small letters, digits and hyphens. `accounts.id` is compared to the character',
    no: 'nothing to set for keys of the store; with `accounts.id` on a property of yours, ids that differ in case alone cannot be told apart',
    ask: async (sandbox) => {
      const key = sandbox.fresh()
      await record(sandbox, key)
      const answer = await isFree(sandbox, key.toUpperCase())
      return { answer, saw: answer === true ? 'two values' : 'one value' }
    },
  },
  {
    number: '6b',
    question: 'Is a value kept to the character, blanks at its ends too?',
    yes: 'nothing to set',
    no: 'nothing to set for keys of the store; give no `accounts.id` with blanks at its ends',
    ask: async (sandbox) => {
      const key = ` ${sandbox.fresh()} `
      const { id } = await record(sandbox, key)
      const kept = (await sandbox.client.read(sandbox.type, id, { properties: ['gate_key'] }))?.properties['gate_key']
      return { answer: kept === key, saw: kept === key ? 'kept' : 'trimmed' }
    },
  },
  {
    number: '6c',
    question: 'May a unique value have 255 characters?',
    yes: 'nothing to set',
    no: 'keep ids of instances shorter than the longest value that was taken, less 8',
    ask: async (sandbox) => {
      const taken: number[] = []
      for (const length of [64, 128, 255, 1000]) {
        const key = sandbox.fresh().padEnd(length, 'x')
        if ((await made(sandbox, key)).status !== 'created') break
        const back = await sandbox.client.readMany(sandbox.type, [key], { idProperty: 'gate_key' })
        if (back[0] === null) break
        taken.push(length)
      }
      return { answer: taken.includes(255), saw: `made and found with up to ${String(taken.at(-1) ?? 0)} characters` }
    },
  },
  {
    number: '9',
    question: 'May notes, tasks and services have unique properties?',
    yes: '`records` may map kinds of instances to them',
    no: 'map `records` to tickets, deals, companies or types of your own only',
    ask: async ({ ticketKey: name, define }) => {
      const seen: string[] = []
      let all = true
      for (const type of ['notes', 'tasks', 'services']) {
        const path = `/crm/properties/{version}/${type}`
        const definition = { name, label: 'Gate', type: 'string', fieldType: 'text', groupName: name, hasUniqueValue: true }
        try {
          await define(`group ${name} of ${type}`, {
            by: `${path}/groups`,
            body: { name, label: 'Gate' },
            at: `${path}/groups/${name}`,
          })
          const property = { by: path, body: definition, at: `${path}/${name}` }
          const answer = (await define(`property ${name} of ${type}`, property)) as { readonly hasUniqueValue?: unknown }
          all &&= answer.hasUniqueValue === true
          seen.push(`${type}: ${answer.hasUniqueValue === true ? 'yes' : 'made, but not unique'}`)
        } catch (error) {
          if (!(error instanceof StoreError) || error.code === 'unavailable' || error.code === 'throttled') throw error
          all = false
          seen.push(`${type}: no (${error.message})`)
        }
      }
      return { answer: all, saw: seen.join('; ') }
    },
  },
]
