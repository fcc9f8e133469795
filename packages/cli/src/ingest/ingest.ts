import { readdir } from 'node:fs/promises'
import { compareText, type Locale } from '@ka-governance/core'
import type { PortfolioDraft } from './draft.ts'
import { findingsIn, say } from '../said.ts'
import { BrokenFileError, type RejectedRow } from './finding.ts'
import type { Mapping } from './mapping-schema.ts'
import type { FileTally, Portfolio, PortfolioAccount, SectionName } from './portfolio.ts'
import { readAccounts } from './read-accounts.ts'
import { readComplaintLog } from './read-complaint-log.ts'
import { readComplaintRows } from './read-complaints.ts'
import { readJudgements, readPayments } from './read-judgements.ts'
import { readOrders } from './read-orders.ts'
import { readChanges, readProjects } from './read-projects.ts'
import { readProspects } from './read-prospects.ts'
import { readRelations } from './read-relations.ts'
import type { ReadContext } from './read-section.ts'
import { linkReturns } from './returns.ts'
import { noteBook } from './tally.ts'

/** What to read, and how. */
export interface IngestOptions {
  readonly dir: string
  /** In order: the first one's currency and zone are the portfolio's. */
  readonly mappings: readonly Mapping[]
  readonly unknownAccount?: 'create' | 'reject' | 'assign'
  /** Language in which rejected rows say their reason; `en` unless given. */
  readonly locale?: Locale
  /** Called with every rejected row as it is found. */
  readonly onRejected?: (row: RejectedRow) => void
  /** Called with the file and the bytes of each chunk that was read. */
  readonly onProgress?: (file: string, bytes: number) => void
}

/** Rejected rows that are kept in memory for the report; the writer gets all. */
const keptRejected = 1000

/** Inputs that most data sets do not have. */
const silent: ReadonlySet<SectionName> = new Set(['prospects', 'projects', 'changes', 'relations'])

/** File names of a folder that match a pattern with `*`, with or without `.gz`. */
function matching(names: readonly string[], patterns: readonly string[]): string[] {
  const tests = patterns.map((p) => {
    const parts = p.split('*').map((s) => s.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    return new RegExp(`^${parts.join('.*')}(\\.gz)?$`, 'u')
  })
  return names.filter((n) => tests.some((t) => t.test(n)))
}

/**
 * Reads a folder of CSV files into a portfolio: accounts and applications first, then what names them. Every row is counted; rows that cannot be used
 * go to `onRejected` with file, line and reason.
 * @throws {BrokenFileError} a file that cannot be read to its end, or whose columns are not those of the mapping.
 */
export async function ingest(options: IngestOptions): Promise<Portfolio> {
  const [main] = options.mappings
  if (main === undefined) throw new RangeError('at least one mapping')
  let names: string[]
  try {
    names = (await readdir(options.dir, { withFileTypes: true }))
      .filter((e) => !e.isDirectory())
      .map((e) => e.name)
      .sort()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '?'
    throw new BrokenFileError([
      {
        code: 'file_missing',
        file: options.dir,
        line: 0,
        message: say(`the folder cannot be read (${code})`, `文件夹无法读取（${code}）`),
        remedy: say('check --data', '请检查--data'),
      },
    ])
  }
  const draft: PortfolioDraft = {
    accounts: new Map(),
    orders: new Map(),
    judgements: new Map(),
    payments: new Map(),
    complaints: [],
    applications: [],
    projects: new Map(),
    changes: [],
    relations: [],
    notes: noteBook(),
    coverage: null,
  }
  const rejected: RejectedRow[] = []
  const byCode = new Map<string, number>()
  const tallies: FileTally[] = []
  const contextOf = (mapping: Mapping): ReadContext => ({
    dir: options.dir,
    mapping,
    onRejected: (told) => {
      const [row] = findingsIn<RejectedRow>([told], options.locale ?? 'en')
      if (row === undefined) return
      const before = byCode.get(row.code) ?? 0
      byCode.set(row.code, before + 1)
      if (rejected.length < keptRejected || before === 0) rejected.push(row)
      options.onRejected?.(row)
    },
    ...(options.onProgress === undefined ? {} : { onBytes: options.onProgress }),
  })
  const each = async (
    section: SectionName,
    read: (context: ReadContext, file: string, mapping: Mapping) => Promise<FileTally>,
  ): Promise<void> => {
    for (const mapping of options.mappings) {
      const spec = mapping[section]
      if (spec === undefined) continue
      const files = matching(names, spec.files)
      // Said in the report, in one line, rather than as four notes of every run without them.
      if (files.length === 0 && silent.has(section)) continue
      if (files.length === 0) {
        const optional =
          section === 'judgements' || section === 'payments' || (section === 'complaints' && mapping.orders !== undefined)
        if (!optional) {
          throw new BrokenFileError([
            {
              code: 'file_missing',
              file: spec.files.join(', '),
              line: 0,
              message: say(
                `no file for the ${section} of the mapping ${mapping.id}`,
                `没有映射${mapping.id}中${section}一节所需的文件`,
              ),
              remedy: say(
                `put it into ${options.dir}, or correct \`${section}.files\``,
                `请将文件放入${options.dir}，或更正${section}.files`,
              ),
            },
          ])
        }
        draft.notes.add(`no-${section}-file`, spec.files.join(', '))
      }
      for (const file of files) tallies.push(await read(contextOf(mapping), file, mapping))
    }
  }
  await each('accounts', (c, file, m) => (m.accounts ? readAccounts(c, m.accounts, file, draft) : never()))
  // Before the orders: those of an admitted prospect are its own.
  await each('prospects', (c, file, m) => (m.prospects ? readProspects(c, m.prospects, file, draft) : never()))
  await each('orders', (c, file, m) => (m.orders ? readOrders(c, m.orders, file, draft) : never()))
  await each('judgements', (c, file, m) => (m.judgements ? readJudgements(c, m.judgements, file, draft) : never()))
  await each('payments', (c, file, m) => (m.payments ? readPayments(c, m.payments, file, draft) : never()))
  await each('complaints', (c, file, m) => {
    if (m.complaints === undefined) return never()
    const spec = { ...m.complaints, unknownAccount: options.unknownAccount ?? m.complaints.unknownAccount }
    return spec.shape === 'rows' ? readComplaintRows(c, spec, file, draft) : readComplaintLog(c, spec, file, draft)
  })
  await each('projects', (c, file, m) => (m.projects ? readProjects(c, m.projects, file, draft) : never()))
  await each('changes', (c, file, m) => (m.changes ? readChanges(c, m.changes, file, draft) : never()))
  await each('relations', (c, file, m) => (m.relations ? readRelations(c, m.relations, file, draft) : never()))
  return { ...finish(draft, main, options.mappings, tallies, rejected), rejectedByCode: Object.fromEntries(byCode) }
}

function never(): never {
  throw new Error('unreachable: the section was there a moment ago')
}

function finish(
  draft: PortfolioDraft,
  main: Mapping,
  mappings: readonly Mapping[],
  tallies: readonly FileTally[],
  rejected: readonly RejectedRow[],
): Omit<Portfolio, 'rejectedByCode'> {
  dropBrokenParents(draft)
  let first: string | null = null
  let last: string | null = null
  const accounts: PortfolioAccount[] = []
  for (const account of [...draft.accounts.values()].sort((a, b) => compareText(a.accountId, b.accountId))) {
    const orders = [...(draft.orders.get(account.accountId)?.values() ?? [])]
    for (const o of orders) {
      if (first === null || o.date < first) first = o.date
      if (last === null || o.date > last) last = o.date
    }
    const linked = linkReturns(orders)
    if (linked.returns > 0) draft.notes.add('returns', null, linked.returns)
    if (linked.unlinked > 0) draft.notes.add('returns-without-an-earlier-order', null, linked.unlinked)
    const judgements = [...(draft.judgements.get(account.accountId) ?? [])].sort((a, b) => compareText(a.judgedOn, b.judgedOn))
    accounts.push({
      ...account,
      currency: orders[0]?.currency ?? main.currency,
      purchases: linked.purchases,
      judgements,
      latePayments: draft.payments.get(account.accountId) ?? [],
    })
  }
  const complaints = [...draft.complaints].sort((a, b) => a.receivedAt - b.receivedAt || compareText(a.id, b.id))
  const byDay = <T>(rows: readonly T[], dayOf: (row: T) => string, idOf: (row: T) => string): readonly T[] =>
    [...rows].sort((a, b) => compareText(dayOf(a), dayOf(b)) || compareText(idOf(a), idOf(b)))
  const coverage = draft.coverage ?? (first === null || last === null ? null : { from: first, to: nextDay(last) })
  return {
    currency: main.currency,
    timeZone: main.timeZone,
    fiscalYearStart: main.fiscalYearStart ?? null,
    accounts,
    complaints,
    applications: byDay(
      draft.applications,
      (a) => a.appliedOn,
      (a) => a.accountId,
    ),
    projects: byDay(
      [...draft.projects.values()],
      (p) => p.registeredOn,
      (p) => p.projectId,
    ),
    changes: byDay(
      draft.changes,
      (c) => c.appliedOn,
      (c) => c.changeId,
    ),
    // Events of one day stay in the order of the file.
    relations: [...draft.relations].sort((a, b) => compareText(a.on, b.on)),
    coverage,
    tallies,
    rejected,
    notes: draft.notes.list(),
    mappings: mappings.map((m) => ({ id: m.id, title: m.title, source: m.source ?? null })),
  }
}

/** A parent that is not there, or a circle of parents, is no group of companies. */
function dropBrokenParents(draft: PortfolioDraft): void {
  for (const [id, account] of draft.accounts) {
    if (account.parentId === null) continue
    const seen = new Set([id])
    let at: string | null = account.parentId
    let broken = false
    while (at !== null && !broken) {
      const parent: { readonly parentId: string | null } | undefined = draft.accounts.get(at)
      broken = parent === undefined || seen.has(at)
      seen.add(at)
      at = parent?.parentId ?? null
    }
    if (!broken) continue
    draft.notes.add('parent-not-usable', null)
    draft.accounts.set(id, { ...account, parentId: null })
  }
}

function nextDay(date: string): string {
  return new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10)
}
