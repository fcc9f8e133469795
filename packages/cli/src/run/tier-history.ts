import type { JournalEntry } from '@ka-governance/core'
import type { TierOrExit } from '../report/model.ts'

/** A tier from an instant on, as the account's journal says. */
export interface TierSince {
  readonly at: number
  readonly tier: TierOrExit
}

/** Reads an account's tiers from its journal: adoption, changes in force, lapsed overrides, exit. */
export async function tierHistory(entries: AsyncIterable<JournalEntry>): Promise<readonly TierSince[]> {
  const history: TierSince[] = []
  let before: TierOrExit = 'none'
  for await (const entry of entries) {
    const command = entry.command as
      | { readonly type?: string; readonly tier?: TierOrExit | null; readonly to?: TierOrExit; readonly overrideUntil?: string }
      | undefined
    const now = history.at(-1)?.tier ?? 'none'
    switch (command?.type) {
      case 'adopt':
        history.push({ at: entry.at, tier: command.tier ?? 'none' })
        break
      case 'changeTier':
        if (command.overrideUntil !== undefined) before = now
        history.push({ at: entry.at, tier: command.to ?? now })
        break
      case 'lapseOverride':
        history.push({ at: entry.at, tier: before })
        break
      case 'startExit':
        history.push({ at: entry.at, tier: 'exit' })
        break
    }
  }
  return history
}

/** The tier just before an instant; `null`: not adopted yet. */
export function tierAt(history: readonly TierSince[], at: number): TierOrExit | null {
  return history.findLast((h) => h.at < at)?.tier ?? null
}
