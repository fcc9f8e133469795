import { InvalidInputError } from '@ka-governance/core'
import { createSalesforceClient, type ClientOptions, type SalesforceClient } from './client.ts'

/** How the org is reached: one of the two. */
export interface ClientOrConnection extends Omit<ClientOptions, 'connection'> {
  readonly connection?: ClientOptions['connection']
  /** Instead of a connection: the client of a store, so that calls are counted together. */
  readonly client?: SalesforceClient
}

/** @throws InvalidInputError when there is neither */
export function clientOf({ client, connection, ...options }: ClientOrConnection): SalesforceClient {
  if (client !== undefined) return client
  if (connection !== undefined) return createSalesforceClient({ ...options, connection })
  throw new InvalidInputError('options of Salesforce', [
    {
      path: 'connection',
      code: 'missing',
      message: 'neither a connection nor a client is given',
      remedy: 'give the connection of the store, or its client',
    },
  ])
}
