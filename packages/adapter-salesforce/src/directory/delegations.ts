import { addDays, createWorkingCalendar, datedDelegations, type Delegation } from '@ka-governance/core'
import type { Row, SalesforceClient } from '../client.ts'
import { raw, soql } from '../soql.ts'
import { isList, type ResolvedDirectory } from './options.ts'
import { instantOf, mayBe, relationOf, valueAt } from './rows.ts'

/** Reads the delegations *to* a person, past and future ones as well. */
export function createDelegationReader(
  client: SalesforceClient,
  { delegations, timeZone, personId }: ResolvedDirectory,
): (person: string) => Promise<readonly Delegation[]> {
  const startOf = (date: string): number => startOfDayIn(timeZone ?? 'UTC', date)
  if (isList(delegations)) {
    const all = datedDelegations(delegations, timeZone ?? 'UTC')
    return (person) => Promise.resolve(all.filter(({ to }) => to === person))
  }
  const { object, since, until, where } = delegations
  const [from, to] = [relationOf(delegations.from), relationOf(delegations.to)]
  const people = [from, to].flatMap((relation) => [`${relation}.${personId}`, `${relation}.IsActive`])
  const columns = raw([...people, since, until].join(', '))
  const also = raw(where === undefined ? '' : ` AND (${where})`)

  const toDelegation = (row: Row, person: string): readonly Delegation[] => {
    const [giver, start, end] = [valueAt(row, `${from}.${personId}`), row[since], row[until]]
    const both = [from, to].every((relation) => valueAt(row, `${relation}.IsActive`) === true)
    // Without both dates it would last for ever, and that is no dated delegation.
    if (!both || valueAt(row, `${to}.${personId}`) !== person) return []
    if (typeof giver !== 'string' || typeof start !== 'string' || typeof end !== 'string') return []
    return [
      {
        from: giver,
        to: person,
        since: isDate(start) ? startOf(start) : instantOf(start),
        until: isDate(end) ? startOf(addDays(end, 1)) : instantOf(end),
      },
    ]
  }

  return async (person) => {
    if (!mayBe(personId, person)) return []
    const query = soql`SELECT ${columns} FROM ${raw(object)} WHERE ${raw(`${to}.${personId}`)} = ${person}${also}`
    return (await client.queries([query])).flat().flatMap((row) => toDelegation(row, person))
  }
}

const isDate = (value: string): boolean => value.length === 10

/** The first instant of a local date. */
function startOfDayIn(timeZone: string, date: string): number {
  return createWorkingCalendar({ timeZone, week: { mon: [['00:00', '24:00']] } }).startOfDay(date)
}
