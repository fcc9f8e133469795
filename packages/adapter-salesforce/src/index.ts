export { type CsvAnswer } from './answer.ts'
export {
  createSalesforceClient,
  type ClientOptions,
  type Row,
  type SalesforceClient,
  type SalesforceOrg,
  type SalesforceSession,
  type Subanswer,
  type Subrequest,
} from './client.ts'
export { createSalesforceStore, type SalesforceStore } from './create-salesforce-store.ts'
export { type ApiError } from './errors.ts'
export {
  type AccountMapping,
  type FactsMapping,
  type FieldSource,
  type RecordMapping,
  type SalesforceMapping,
  type SalesforceStoreOptions,
} from './options.ts'
export {
  namesOf,
  nativeFields,
  objects,
  type FieldName,
  type FieldSpec,
  type Labels,
  type Names,
  type ObjectName,
  type ObjectSpec,
  type ValidationSpec,
} from './schema.ts'
export { createProvisioner, type Applied, type Deploy, type Difference, type Provisioner } from './provision.ts'
export { projectFiles, type MetadataFile } from './metadata/project.ts'
export { createSalesforceDirectory, type SalesforceDirectory } from './directory/create-salesforce-directory.ts'
export { type DelegationObject, type RoleSource, type SalesforceDirectoryOptions } from './directory/options.ts'
export { type PeopleMapping } from './people.ts'
export { type MilestoneMapping } from './native/milestones.ts'
export { type TeamMapping, type TeamMemberMapping } from './native/team-options.ts'
export { type EffectsMapping, type TaskMapping } from './native/options.ts'
export { type ScanOptions } from './scan.ts'
export { type ClientOrConnection } from './client-of.ts'
export { holidaysOf } from './calendar/holidays-of.ts'
export { readSalesforceCalendar, type HolidayName, type SalesforceCalendarOptions } from './calendar/read-calendar.ts'
export { type SalesforceCalendar } from './calendar/to-calendar.ts'
