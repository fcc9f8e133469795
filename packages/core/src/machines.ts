// The raw machines, for XState tools and diagrams. The runtime's definitions around them are not public.
export { accountMachine } from './ledgers/account/machine.ts'
export { admissionMachine } from './workflows/admission/machine.ts'
export { policyMachine } from './ledgers/policy/machine.ts'
export { policyPublicationMachine } from './workflows/policy-publication/machine.ts'
export { projectMachine } from './ledgers/project/machine.ts'
export { complaintMachine } from './workflows/complaint/machine.ts'
export { projectChangeMachine } from './workflows/project-change/machine.ts'
export { tierAdjustmentMachine } from './workflows/tier-adjustment/machine.ts'
