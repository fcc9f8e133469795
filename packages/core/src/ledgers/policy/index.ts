import { defineWorkflow } from '../../definition/define-workflow.ts'
import { policyLedgerCommandSchemas as schema, type PolicyLedgerCommands } from './commands.ts'
import { policyMachine } from './machine.ts'
import { initialPolicyLedger, type PolicyLedgerContext } from './types.ts'

/** The ledger of a policy as the runtime sees it [GOV-05]. */
export const policyLedger = defineWorkflow<PolicyLedgerContext, PolicyLedgerCommands>({
  kind: 'policy',
  prefix: 'policy',
  version: '1',
  machine: policyMachine,
  initialContext: initialPolicyLedger,
  everyCommand: [],
  // There are no personal texts in it, and it belongs to no account.
  withoutCommon: ['redact', 'relocate'],
  commands: {
    schedule: { schema: schema.schedule, clause: 'GOV-05', roles: [] },
    unschedule: { schema: schema.unschedule, clause: 'GOV-05', roles: [] },
  },
  clocks: {
    effective: {
      clause: 'GOV-05',
      parameter: 'effectiveFrom',
      budget: (_, { scheduled: [next] }) => (next === undefined ? null : { until: next.effectiveAt }),
      pausable: false,
      silent: true,
    },
  },
  closedStates: [],
  owner: () => 'kaGroup.head',
  noDueReason: () => 'noVersionScheduled',
  basis: (_, { versions }) => ({ hash: versions.at(-1)?.hash ?? null }),
  fields: ({ policyId, versions, scheduled: [next] }) => ({
    policyId,
    version: versions.at(-1)?.version ?? null,
    effectiveFrom: versions.at(-1)?.effectiveFrom ?? null,
    scheduled: next?.version ?? null,
  }),
  approvals: () => ({}),
})
