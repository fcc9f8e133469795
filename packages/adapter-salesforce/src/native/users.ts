import type { SalesforceClient } from '../client.ts'
import { raw, soql } from '../soql.ts'

/** Most people that are remembered. */
const mostKept = 1000
/** Milliseconds after which a person is asked for again: their id may have gone to another user, or to a second one. */
const keptFor = 600_000
const recordId = /^005[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/

/** The record ids of people. Who has none, or shares an id with somebody else, is left out. */
export type UserIds = (people: readonly string[]) => Promise<ReadonlyMap<string, string>>

/** Where a person is another field than the record id, the org is asked for each, and the answer kept for ten minutes. */
export function createUserIds(client: SalesforceClient, personId: string, clock: () => number = Date.now): UserIds {
  if (personId === 'Id')
    return (people) => Promise.resolve(new Map(people.filter((id) => recordId.test(id)).map((id) => [id, id])))
  const known = new Map<string, { readonly id: string; readonly at: number }>()
  return async (people) => {
    const now = clock()
    // A clock that goes back makes nothing young again.
    for (const [person, { at }] of known) if (now < at || now - at >= keptFor) known.delete(person)
    const asked = people.filter((person) => !known.has(person))
    if (asked.length > 0) {
      const found = new Map<string, string[]>()
      const query = soql`SELECT Id, ${raw(personId)} FROM User WHERE ${raw(personId)} IN ${asked}`
      for await (const row of client.query(query)) {
        const person = String(row[personId])
        found.set(person, [...(found.get(person) ?? []), String(row['Id'])])
      }
      for (const [person, [id, another]] of found)
        if (id !== undefined && another === undefined && asked.includes(person)) known.set(person, { id, at: now })
      for (const person of [...known.keys()].slice(0, Math.max(0, known.size - mostKept)))
        if (!people.includes(person)) known.delete(person)
    }
    return new Map(people.flatMap((person) => (known.has(person) ? [[person, known.get(person)?.id ?? '']] : [])))
  }
}
