/** What the review of a large portfolio costs a portal, in calls, counted on the stand-in: `pnpm bench adapter-hubspot`. Takes some minutes. */
import { portfolio, type Portfolio } from '../test/portfolio.ts'

interface Row {
  readonly name: string
  readonly ratio: number
  readonly note: string
  readonly detail: string
}

const size = 5000
const width = 100
/** What one account after the other costs: the ledger, the adjustment that may be there, the entry, its effects, the company and the case. */
const calls = { review: 8, opening: 10 }

/** `ratio`: how many times fewer calls than one account after the other. */
export async function benchReview(): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const percent of [0, 10, 100]) {
    // The portal's uniqueness was tried: no entry is read again after it was made.
    const all = await portfolio(size, percent, { confirm: false })
    all.fake.clock.advance(10 * 60_000)
    await settled(all)
    const name = (what: string): string => `${what}, ${size.toLocaleString('en')} accounts, ${String(percent)} % change`
    const review = async (): Promise<void> => {
      for await (const { status } of all.governance.review({ cycle: '2026-H1', actor: 'u-novak', width }))
        if (status !== 'opened' && status !== 'unchanged') throw new Error(`an account is ${status}`)
    }
    rows.push(rowOf(name('review'), calls.review, await counted(all, review)))
    rows.push(rowOf(name('sweep'), calls.opening, await counted(all, () => all.governance.sweep({ width, limit: 2 * size }))))
  }
  return rows
}

/** Takes the marks off the entries that the accounts brought with them: a sweep looks at a thousand. */
async function settled({ governance }: Portfolio): Promise<void> {
  for (let k = 0; k <= size / 1000; k += 1) await governance.sweep({ effects: 0 })
}

/** Calls by what they are for. */
async function counted({ fake }: Portfolio, work: () => Promise<unknown>): Promise<ReadonlyMap<string, number>> {
  const before = fake.log.length
  await work()
  const counts = new Map<string, number>()
  for (const { path } of fake.log.slice(before)) {
    const [, type = '', does = 'list'] =
      /\/(?:p_kag_)?([a-z]+)(?:\/batch)?(?:\/(read|create|update|upsert|search))?(?:\?|$)/.exec(path) ?? []
    const what = `${type} ${does}`
    counts.set(what, (counts.get(what) ?? 0) + 1)
  }
  return counts
}

function rowOf(name: string, each: number, counts: ReadonlyMap<string, number>): Row {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0)
  return {
    name,
    ratio: (each * size) / all,
    note: 'fewer calls than one by one',
    detail: `${String(all)} calls: ${[...counts].map(([what, count]) => `${String(count)} ${what}`).join(', ')}`,
  }
}
