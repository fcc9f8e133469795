export { processInbox, type ProcessedInbox, type ProcessInboxOptions } from './process.ts'
export type { InboundCommands } from './read-row.ts'
export type { InboundReader, InboundVerdict, SayVerdict } from './verdict.ts'
