import type { Finding } from '@ka-governance/core'
import { apiName } from './soql.ts'

/** Who the people of an org are to the SDK: the same for the directory and for commands that come in. */
export interface PeopleMapping {
  /**
   * The field of User that is a person's id everywhere in the SDK, e.g. `FederationIdentifier`. It must be unique: whose id two users share cannot act.
   *
   * @default Id
   */
  readonly id?: string
}

/** What is wrong with the mapping. */
export function peopleFindings({ id = 'Id' }: PeopleMapping = {}): readonly Finding[] {
  return apiName.test(id) && !id.includes('.')
    ? []
    : [
        {
          path: 'people.id',
          code: 'api_name',
          message: `${JSON.stringify(id.slice(0, 80))} is no field of User`,
          remedy: 'give the API name of a unique text field of User',
        },
      ]
}
