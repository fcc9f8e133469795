import type { Tier } from '@ka-governance/core'
import { parsePlain } from './decimal.ts'
import type { AccountsMapping } from './mapping-schema.ts'
import type { PortfolioDraft } from './draft.ts'
import { once } from './once.ts'
import { readFileOfSection, type ReadContext } from './read-section.ts'
import type { FileTally } from './portfolio.ts'
import { say } from '../said.ts'
import { correctIt } from './row-words.ts'

const tierOf = (text: string): Tier | null => (text === 'A' || text === 'B' || text === 'C' || text === 'D' ? text : null)

/** Reads one account file into the draft. */
export async function readAccounts(
  context: ReadContext,
  section: AccountsMapping,
  file: string,
  draft: PortfolioDraft,
): Promise<FileTally> {
  const lines = new Map<string, { line: number; raw: string }>()
  const yes = new Set(section.yes.map((v) => v.toLowerCase()))
  const tally = await readFileOfSection(context, 'accounts', file, section, (row) => {
    const id = row.required('id')
    const before = once(lines, row, id, 'id', [
      say('describes the same account otherwise', '对同一客户的描述不同'),
      say('keep one row an account', '每个客户只保留一行'),
    ])
    if (before !== null) return before
    if (draft.accounts.has(id)) return { ignored: 'known-from-another-file' }
    const tierText = row.text('tier')
    const tier = tierText === '' ? null : tierOf(section.tiers?.[tierText] ?? tierText)
    if (tierText !== '' && tier === null)
      return row.fail(
        'value_unknown',
        say('not a tier A, B, C or D', '不是A、B、C、D级中的一级'),
        say('correct it, or translate it under `tiers` in the mapping', '请更正，或在映射的tiers中对应'),
        'tier',
      )
    const overdueText = row.text('oldestOverdueDays')
    const overdue = overdueText === '' ? null : parsePlain(overdueText, context.mapping)
    if (overdueText !== '' && (overdue === null || overdue < 0 || overdue > 100_000 || !Number.isInteger(overdue))) {
      return row.fail('number_malformed', say('not a whole number of days', '不是整数天数'), correctIt, 'oldestOverdueDays')
    }
    const since = row.date('since')
    const kaText = row.text('ka')
    lines.set(id, { line: row.line, raw: row.raw })
    draft.accounts.set(id, {
      accountId: id,
      name: row.text('name') || id,
      nameZh: row.text('nameZh') || null,
      region: row.text('region') || section.region || null,
      parentId: row.text('parent') || null,
      isKeyAccount: section.columns.ka === undefined ? section.kaDefault : yes.has(kaText.toLowerCase()),
      tier,
      manager: row.text('manager') || null,
      relationshipStart: since,
      overdueDays: overdue,
      isProspect: false,
    })
    return 'used'
  })
  return tally.build()
}
