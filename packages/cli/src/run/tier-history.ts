import type { JournalEntry, Recommendation } from '@ka-governance/core'
import type { TierOrExit } from '../report/model.ts'

/** A tier from an instant on, as the account's journal says. */
export interface TierSince {
  readonly at: number
  readonly tier: TierOrExit
}

interface LedgerCommand {
  readonly type: string
  readonly tier?: TierOrExit | null
  readonly to?: TierOrExit
  readonly overrideUntil?: string
}

/** States in which the relation is over, however it ended. */
const over: ReadonlySet<string> = new Set(['exited', 'lapsed', 'blacklisted', 'merged'])
/** Reviews after which an account is still without an assessed tier. */
const undecided: ReadonlySet<string> = new Set(['hold', 'notAssessed'])

/**
 * Reads an account's tiers from its journal: adoption, the first assessment, changes in force, lapsed overrides, a group's tier, exit. A provisional tier is none: nobody
 * rose into it.
 */
export async function tierHistory(entries: AsyncIterable<JournalEntry>): Promise<readonly TierSince[]> {
  const history: TierSince[] = []
  let before: TierOrExit = 'none'
  for await (const entry of entries) {
    const command = entry.command as unknown as LedgerCommand | undefined
    const now = history.at(-1)?.tier ?? 'none'
    if (history.length > 0 && now !== 'exit' && over.has(entry.to)) {
      history.push({ at: entry.at, tier: 'exit' })
      continue
    }
    if (command === undefined) continue
    switch (command.type) {
      case 'adopt':
        history.push({ at: entry.at, tier: command.tier ?? 'none' })
        break
      case 'establish':
        // A customer keeps its tier; a new one begins with a provisional one.
        if (history.length === 0 || now === 'exit') history.push({ at: entry.at, tier: 'none' })
        break
      case 'inheritTier':
        history.push({ at: entry.at, tier: command.tier ?? now })
        break
      case 'openAdjustment': {
        const { recommendation } = (entry.inputs.at(-1) ?? {}) as unknown as { readonly recommendation?: Recommendation }
        if (now === 'none' && recommendation?.currentTier != null && !undecided.has(recommendation.direction)) {
          history.push({ at: entry.at, tier: recommendation.currentTier })
        }
        break
      }
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
      case 'stopExit':
        history.push({ at: entry.at, tier: history.findLast((h) => h.tier !== 'exit')?.tier ?? 'none' })
        break
    }
  }
  return history
}

/** The tier just before an instant; `null`: not adopted yet. */
export function tierAt(history: readonly TierSince[], at: number): TierOrExit | null {
  return history.findLast((h) => h.at < at)?.tier ?? null
}
