import { createHubSpotClient, type ClientOptions, type HubSpotClient } from './client.ts'

/** How the portal is reached: by a connection, or by the client of a store, so that calls are counted together. */
export interface ClientOrConnection extends Omit<ClientOptions, 'client'> {
  readonly client: ClientOptions['client'] | HubSpotClient
}

/** A client as it is given, or one made of what is given. */
export function clientOf({ client, ...options }: ClientOrConnection): HubSpotClient {
  return 'inBulk' in client ? client : createHubSpotClient({ ...options, client })
}
