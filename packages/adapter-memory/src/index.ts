export { createMemoryClient, DatabaseError, type MemoryClient } from './client.ts'
export { createMemoryStore, type MemoryStore } from './create-memory-store.ts'
export { checkDump, dumpMemory, restoreMemory, type MemoryDump } from './dump.ts'
export {
  faultScript,
  SimulatedCrash,
  storeMethods,
  type Fault,
  type FaultScript,
  type LoggedCall,
  type StoreMethod,
} from './faults.ts'
export type { MemoryCommand, MemoryInbox } from './inbox.ts'
export type { MemoryAccount, MemoryStoreOptions } from './options.ts'
export { editRecord, type RecordEdit } from './record-edits.ts'
export { provision, type ProvisionReport } from './provision.ts'
export { schema, type TableName, type Tables } from './schema.ts'
export { createVirtualClock, type VirtualClock } from './virtual-clock.ts'
export { withFaults } from './with-faults.ts'
export { createRawWitness, type MemoryWitness } from './witness.ts'
