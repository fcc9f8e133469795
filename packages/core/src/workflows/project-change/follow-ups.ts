import type { ChildCommand } from '../../definition/actions.ts'
import { projectLedgerId } from '../../definition/instance-id.ts'
import type { ProjectChangeContext, ProjectChangeEvent } from './types.ts'

interface Args {
  readonly context: ProjectChangeContext
  readonly event: ProjectChangeEvent
}

const ledger = (context: ProjectChangeContext, command: ChildCommand['command']): ChildCommand => ({
  kind: 'project',
  instanceId: projectLedgerId(context.projectId),
  command,
})

/** Asks the ledger for the next version: the content that was approved, on the baseline that it was approved on [CHG-02]. */
export const applyChange = {
  type: 'sendCommands',
  params: ({ context, event }: Args) => ({
    required: true,
    commands:
      context.measured === null
        ? []
        : [
            ledger(context, {
              type: 'applyChange',
              by: event.instanceId,
              baseVersion: context.measured.baseVersion,
              contentHash: context.measured.contentHash,
              content: context.content,
              approvedAs: context.emergency === null ? context.measured.class : 'emergency',
            }),
          ],
  }),
} as const

/** What the group has approved afterwards counts as its own baseline from now on [decision 10]. */
export const ratifyBaseline = {
  type: 'sendCommands',
  params: ({ context, event }: Args) => ({
    commands: [
      ledger(context, {
        type: 'ratifyBaseline',
        by: event.instanceId,
        version: context.appliedVersion,
        content: context.content,
      }),
    ],
  }),
} as const

/** A change of its own that undoes this one: assessed and approved like any other. */
export const openChangeBack = {
  type: 'sendCommands',
  params: ({ context, event }: Args) => ({
    commands: [
      {
        kind: 'project-change',
        command: {
          type: 'openChangeBack',
          accountId: context.accountId,
          projectId: context.projectId,
          title: context.title,
          of: event.instanceId,
          departments: context.departments,
          content: context.measured?.before ?? null,
          undoes: context.content,
        },
      } satisfies ChildCommand,
    ],
  }),
} as const

const toOriginal = ({ context }: Args, command: ChildCommand['command']) => ({
  commands: context.of === null ? [] : [{ kind: 'project-change', instanceId: context.of, command } satisfies ChildCommand],
})

/** A change back has done what it was for. */
export const tellChangedBack = {
  type: 'sendCommands',
  params: (args: Args) => toOriginal(args, { type: 'changedBack', by: args.event.instanceId }),
} as const

/** A change back came to nothing: the change that it was for hears of it. Of other changes nobody waits to hear. */
export const tellFailed = (outcome: 'rejected' | 'withdrawn' | 'expired' | 'superseded') =>
  ({
    type: 'sendCommands',
    params: (args: Args) => toOriginal(args, { type: 'changeBackFailed', by: args.event.instanceId, outcome }),
  }) as const

/** Heads of the affected departments. */
export const tellAffected = (message: string) =>
  ({
    type: 'notify',
    params: ({ context }: Args) => ({ to: context.departments.map((department) => `${department}.head`), message }),
  }) as const

/** Whoever applied; of a change back, which nobody applied for, the account manager alone. */
export const tellApplicant = (message: string, ...others: string[]) =>
  ({
    type: 'notify',
    params: ({ context }: Args) => ({
      to: [...(context.applicant === null ? [] : [`person:${context.applicant}`]), 'accountManager', ...others],
      message,
    }),
  }) as const
