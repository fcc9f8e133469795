/** What the review of a large portfolio costs an org, in calls, counted on the stand-in: `pnpm bench review`. Takes some minutes. */
import { portfolio } from '../test/portfolio.ts'

interface Row {
  readonly name: string
  readonly ratio: number
  readonly note: string
  readonly detail: string
}

const size = 10_000

/** `ratio`: how many times fewer calls than one account after the other, which takes four. */
export async function benchReview(): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const percent of [0, 10, 100]) {
    const all = await portfolio(size, percent)
    let changed = 0
    const { writes, others } = await all.calls(async () => {
      for await (const { status } of all.governance.review({ cycle: '2026-H1', actor: 'u-novak' }))
        if (status === 'opened') changed += 1
    })
    rows.push({
      name: `${size.toLocaleString('en')} accounts, ${String(percent)} % change`,
      ratio: (4 * size) / (writes + others),
      note: 'fewer calls than one by one',
      detail: `${String(writes)} calls that write, ${String(others)} that do not, ${String(changed)} adjustments opened`,
    })
  }
  return rows
}
