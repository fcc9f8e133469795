import type { ChildCommand } from '../../definition/actions.ts'
import { accountLedgerId } from '../../definition/instance-id.ts'
import type { AccountContext, AccountEvent } from './types.ts'

export interface Args {
  readonly context: AccountContext
  readonly event: AccountEvent
}

/** An instance that has to hear of a change. */
export interface Target {
  readonly kind: string
  readonly instanceId: string
}

/** Those of one entry, in order of their ids. `next`: the last of them, where more follow. */
export interface Page {
  readonly targets: readonly Target[]
  readonly next: string | null
}

/** Child commands of one entry: what an entry of 48,000 characters holds, with room for the rest. */
export const pageSize = 80

/** The first page after an id. Ids and not counts, so that nobody is left out or told twice when instances open or close between two pages. */
export function pageOf(targets: readonly Target[], after = '', size = pageSize): Page {
  const rest = [...targets].filter((t) => t.instanceId > after).sort((a, b) => (a.instanceId < b.instanceId ? -1 : 1))
  const page = rest.slice(0, size)
  return { targets: page, next: rest.length > size ? (page.at(-1)?.instanceId ?? null) : null }
}

/** The recorded page; none where nobody has to hear. */
function recordedPage(event: AccountEvent): Page {
  return (event.inputs['page'] as unknown as Page | undefined) ?? { targets: [], next: null }
}

const onward = (event: AccountEvent, about: 'tier' | 'place', { next }: Page): readonly ChildCommand[] =>
  next === null ? [] : [{ kind: 'account', instanceId: event.instanceId, command: { type: 'tellMore', about, after: next } }]

/** Clocks of open complaints follow the tier, and members of the group inherit it; a page an entry, the next by a command of its own. */
export const tellTier = {
  type: 'sendCommands',
  params: ({ context, event }: Args) => {
    const page = recordedPage(event)
    const told = page.targets.map(({ kind, instanceId }): ChildCommand => ({
      kind,
      instanceId,
      command:
        kind === 'account'
          ? { type: 'inheritTier', tier: context.tier, from: context.accountId }
          : { type: 'tierChanged', tier: context.tier },
    }))
    return { commands: [...told, ...onward(event, 'tier', page)] }
  },
} as const

/** Open instances follow the account that they now belong to. */
export const relocate = {
  type: 'sendCommands',
  params: ({ context, event }: Args) => {
    const page = recordedPage(event)
    const to = event.type === 'split' ? event.command.accountId : context.mergedInto
    const tier = event.inputs['tier'] ?? null
    const moved = page.targets.flatMap(({ kind, instanceId }): readonly ChildCommand[] => [
      { kind, instanceId, command: { type: 'relocate', accountId: to } },
      // The promises are those of the account that it belongs to now.
      ...(kind === 'complaint' && tier !== null && tier !== context.tier
        ? [{ kind, instanceId, command: { type: 'tierChanged', tier } }]
        : []),
    ])
    return { commands: [...moved, ...onward(event, 'place', page)] }
  },
} as const

/** Who has open complaints is a fact, and a rung fetches none: a command of its own tells them. */
export const announceLapse = {
  type: 'sendCommands',
  params: ({ event }: Args) => ({
    commands: [{ kind: 'account', instanceId: event.instanceId, command: { type: 'lapseOverride' } }],
  }),
} as const

/** A command for the ledger of another account. */
export const toLedger = (accountId: string, command: ChildCommand['command']): ChildCommand => ({
  kind: 'account',
  instanceId: accountLedgerId(accountId),
  command,
})
