import type { SalesforceClient } from '../client.ts'
import { raw, soql } from '../soql.ts'
import { mayBe, valueAt } from './rows.ts'

/** So many rows up a query may go. */
const levels = 5

/**
 * The nearest superior who is active: an escalation to somebody who has left would be heard by nobody. `null`: unknown person, nobody above, or nobody active
 * among five. Looked at whether the person is still active or not: what somebody leaves behind has to go up.
 *
 * @throws Error when several users share the person's id
 */
export async function loadSuperior(client: SalesforceClient, personId: string, person: string): Promise<string | null> {
  if (!mayBe(personId, person)) return null
  const above = Array.from({ length: levels }, (_, k) => 'Manager.'.repeat(k + 1))
  const columns = [personId, ...above.flatMap((path) => [`${path}${personId}`, `${path}IsActive`])]
  const query = soql`SELECT ${raw(columns.join(', '))} FROM User WHERE ${raw(personId)} = ${person} LIMIT 10`
  // Columns compare without case; the id itself decides.
  const [user, another] = (await client.queries([query])).flat().filter((row) => row[personId] === person)
  if (user === undefined) return null
  if (another !== undefined) throw new Error(`several users have the ${personId} of this person`)
  for (const path of above) {
    const superior = valueAt(user, `${path}${personId}`)
    if (valueAt(user, `${path}IsActive`) === true && typeof superior === 'string' && superior !== person) return superior
  }
  return null
}
