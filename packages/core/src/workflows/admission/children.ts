import type { ChildCommand } from '../../definition/actions.ts'
import { accountLedgerId } from '../../definition/instance-id.ts'
import { isOpenCondition, type AdmissionContext, type AdmissionEvent } from './types.ts'

interface Args {
  readonly context: AdmissionContext
  readonly event: AdmissionEvent
}

const toLedger = (context: AdmissionContext, command: ChildCommand['command']): ChildCommand => ({
  kind: 'account',
  instanceId: accountLedgerId(context.accountId),
  command,
})

/** The customer is a key account from the approval on; ledger and admission say so together, or neither does [ADM-08]. */
export const admit = {
  type: 'sendCommands',
  params: ({ context, event }: Args) => ({
    required: true,
    commands: [toLedger(context, { type: 'admit', by: event.instanceId, classes: context.report?.classes ?? [] })],
  }),
} as const

/** The ledger knows the company by its code, so that nobody registers it a second time. Named before `record`, which takes the code over [ADM-05]. */
export const recordCreditCode = {
  type: 'sendCommands',
  params: ({ context, event }: Args) => ({
    required: true,
    commands:
      event.type !== 'submitRegistration' ||
      event.command.creditCode === undefined ||
      event.command.creditCode === context.creditCode
        ? []
        : [toLedger(context, { type: 'recordCreditCode', by: event.instanceId, creditCode: event.command.creditCode })],
  }),
} as const

/** The ledger knows who serves the customer [SVC-01]. */
export const recordTeam = {
  type: 'sendCommands',
  params: ({ context, event }: Args) => ({
    required: true,
    commands:
      context.team === null ? [] : [toLedger(context, { type: 'recordTeam', by: event.instanceId, team: { ...context.team } })],
  }),
} as const

/** The relation begins with the signing [ADM-09]. */
export const establish = {
  type: 'sendCommands',
  params: ({ context, event }: Args) => ({
    required: true,
    commands:
      context.contract === null
        ? []
        : [
            toLedger(context, {
              type: 'establish',
              by: event.instanceId,
              classes: context.report?.classes ?? [],
              contract: { reference: context.contract.reference, from: context.contract.from, to: context.contract.to },
              conditions: context.conditions.filter((c) => !isOpenCondition(c)).length,
            }),
          ],
  }),
} as const

/** The account is free for another application, when its time has come [I-03]. */
export const releaseAdmission = {
  type: 'sendCommands',
  params: ({ context, event }: Args) => ({
    commands:
      context.ending === null
        ? []
        : [toLedger(context, { type: 'releaseAdmission', by: event.instanceId, outcome: context.ending.outcome })],
  }),
} as const

/** The four who serve the key account from now on. */
export const tellTeam = (message: string) =>
  ({
    type: 'notify',
    params: ({ context }: Args) => ({
      to: [...new Set(Object.values(context.team ?? {}))].map((person) => `person:${person}`),
      message,
      data: { accountId: context.accountId },
    }),
  }) as const
