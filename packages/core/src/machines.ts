// The raw machines, for XState tools and diagrams. The runtime's definitions around them are not public.
export { accountMachine } from './ledgers/account/machine.ts'
export { complaintMachine } from './workflows/complaint/machine.ts'
export { tierAdjustmentMachine } from './workflows/tier-adjustment/machine.ts'
