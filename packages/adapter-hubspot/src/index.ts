export {
  createHubSpotClient,
  HUBSPOT_API_VERSION,
  type Change,
  type Changed,
  type ClientOptions,
  type Created,
  type HubSpotCall,
  type HubSpotClient,
  type HubSpotRecord,
  type NewAssociation,
  type NewRecord,
  type Query,
  type ReadOptions,
  type Search,
  type SearchFilter,
  type SearchPage,
  type Values,
} from './client.ts'
export { createHubSpotStore, type HubSpotStore } from './create-hubspot-store.ts'
export { createHubSpotDirectory, type HubSpotDirectory } from './directory/create-hubspot-directory.ts'
export { type HubSpotDirectoryOptions, type PersonId, type RoleSource } from './directory/options.ts'
export { type ClientOrConnection } from './client-of.ts'
export { type ApiError, type UniqueConflict } from './errors.ts'
export { createHubSpotLimiter, type HubSpotLimiter, type Lane, type LimiterOptions, type Rate } from './limiter.ts'
export {
  defaultRecords,
  type AccountMapping,
  type FactsMapping,
  type HubSpotMapping,
  type HubSpotStoreOptions,
  type Pipelines,
  type PropertySource,
  type RecordMapping,
  type StatePipeline,
} from './options.ts'
export {
  fromApiClient,
  type ApiClient,
  type HubSpotAnswer,
  type HubSpotConnection,
  type HubSpotRequest,
  type HubSpotTransport,
  type TokenSource,
} from './transport.ts'
