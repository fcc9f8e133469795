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
export { type JournalPort, type KeptCondition, type KeptQuery, type KeptRecord, type KeptType } from './journal-port.ts'
export { createHubSpotLimiter, type HubSpotLimiter, type Lane, type LimiterOptions, type Rate } from './limiter.ts'
export { type EffectsMapping, type NoteMapping, type TaskMapping } from './native/options.ts'
export {
  defaultRecords,
  type AccountMapping,
  type FactsMapping,
  type HubSpotMapping,
  type HubSpotStoreOptions,
  type Pipelines,
  type PropertySource,
  type RecordMapping,
  type RequestMapping,
  type StatePipeline,
} from './options.ts'
export { createProvisioner, type Applied, type Provisioner, type ProvisionOptions } from './provision.ts'
export { type Difference } from './metadata/differences.ts'
export { type Scopes } from './metadata/scopes.ts'
export { objects, type Labels, type ObjectName, type ObjectSpec, type PropertySpec } from './schema.ts'
export { createIntake, type Intake, type IntakeOptions, type LeftCommand, type TakenRequests } from './webhooks/create-intake.ts'
export { type HubSpotEvent } from './webhooks/events.ts'
export { type SealOptions } from './webhooks/seal.ts'
export { readWebhook, type WebhookOptions, type WebhookVerdict } from './webhooks/read-webhook.ts'
export { checkSignature, type SignatureCheck, type SignatureOptions, type SignedRequest } from './webhooks/signature.ts'
export { type PassedOver } from './webhooks/take-requests.ts'
export {
  fromApiClient,
  type ApiClient,
  type HubSpotAnswer,
  type HubSpotConnection,
  type HubSpotRequest,
  type HubSpotTransport,
  type TokenSource,
} from './transport.ts'
