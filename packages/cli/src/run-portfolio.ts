import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { demoDirectory, formatOptionsOf, formatRefusal, type Policy } from '@ka-governance/core'
import * as machines from '@ka-governance/core/machines'
import { assetPath } from './assets.ts'
import { fileProblem, InputFileError } from './config/input-file.ts'
import { checkOutput } from './config/output-file.ts'
import { loadPolicyFile, shippedPolicies } from './config/policy-file.ts'
import { resolveMappings } from './config/resolve-mappings.ts'
import { shorten } from './ingest/finding.ts'
import { ingest } from './ingest/ingest.ts'
import type { Mapping } from './ingest/mapping-schema.ts'
import type { Portfolio } from './ingest/portfolio.ts'
import { say } from './said.ts'
import { UsageError } from './usage-error.ts'
import { writeJournal } from './output/journal.ts'
import { rejectedWriter } from './output/rejected.ts'
import { summaryOf, type RunSummary } from './output/summary.ts'
import { tablesOf } from './output/tables.ts'
import type { Locale, ReportModel } from './report/model.ts'
import { renderReport } from './report/render-report.ts'
import { readStatechart } from './report/statechart.ts'
import { statechartSvg } from './report/statechart-svg.ts'
import { stateName } from './report/state-name.ts'
import { reportTexts } from './report/texts.ts'
import { buildModel } from './run/build-model.ts'
import { checkCurrency } from './run/check-currency.ts'
import { simulate } from './run/simulate.ts'

/** What to run, and where its results go. */
export interface RunPortfolioOptions {
  /** Folder with the CSV files; the demonstration portfolio when absent. */
  readonly data?: string
  /** Policy file (YAML or JSON), or the name of a preset; `policy.yaml` of the data folder when absent. */
  readonly policy?: string
  /** Mapping files or names of shipped mappings; `mapping.yaml` of the data folder, else `standard`, when absent. */
  readonly mappings?: readonly string[]
  /** Folder for the results; made when it is not there. @default ./out */
  readonly out?: string
  /** @default en */
  readonly locale?: Locale
  /** Seed of everything that is simulated. @default demo */
  readonly seed?: string
  /** What to do with complaints of accounts that the portfolio does not have; default as the mapping says. */
  readonly unknownAccounts?: 'create' | 'reject' | 'assign'
  /** Take the first so many complaints, by time of receipt. */
  readonly maxComplaints?: number
  readonly title?: string
  /** Where the run is: `read`, `run` or `write`, the share done, a word to show. */
  readonly onProgress?: (phase: 'read' | 'run' | 'write', share: number | null, detail: string) => void
}

async function resolvePolicy(name: string | undefined, dir: string): Promise<Policy> {
  const own = join(dir, 'policy.yaml')
  const wanted = name ?? (existsSync(own) ? own : undefined)
  const names = [...shippedPolicies().keys()]
  if (wanted === undefined)
    throw new UsageError(
      say('which policy?', '使用哪份制度？'),
      say(
        `add --policy FILE, or --policy with one of ${names.join(', ')}`,
        `请加--policy指定文件，或以下之一：${names.join('、')}`,
      ),
    )
  const policy = await loadPolicyFile(wanted)
  if (shippedPolicies().has(wanted)) return policy
  // A run needs people to simulate; a policy that leaves them to the CRM's directory gets invented ones.
  return policy.directory === undefined
    ? ({ ...policy, directory: { people: demoDirectory.people, delegations: [] } } as unknown as Policy)
    : policy
}

/** Which parts of the methods note apply. */
function methodsOf(portfolio: Portfolio, assigned: boolean): string[] {
  const { complaints } = portfolio
  return [
    ...(portfolio.coverage === null ? [] : ['orders-net', 'coverage', 'adoption']),
    ...(complaints.length === 0 ? [] : ['complaint-times']),
    ...(complaints.some((c) => c.derived.includes('resolution-simulated')) ? ['complaint-times-simulated'] : []),
    ...(complaints.length === 0 ? [] : ['disputes']),
    'clock-virtual',
    'reviewers',
    'refusals',
    ...(portfolio.applications.length > 0 ? ['applications'] : []),
    ...(portfolio.applications.length + portfolio.projects.length > 0 ? ['committee'] : []),
    ...(portfolio.relations.length > 0 ? ['relation-days'] : []),
    ...(assigned ? ['assigned'] : []),
    ...(complaints.some((c) => c.recordedTimely !== null) ? ['recorded'] : []),
    'money',
  ]
}

/** The workflows that ran, with the words for their states. */
function statechartsOf(portfolio: Portfolio, locale: Locale): ReportModel['statecharts'] {
  const t = reportTexts(locale)
  const { applications, projects, relations } = portfolio
  const charts = [
    { title: t.charts.complaint, machine: machines.complaintMachine, ran: true },
    { title: t.charts.tierAdjustment, machine: machines.tierAdjustmentMachine, ran: true },
    { title: t.charts.admission, machine: machines.admissionMachine, ran: applications.length > 0 },
    { title: t.charts.account, machine: machines.accountMachine, ran: applications.length + relations.length > 0 },
    { title: t.charts.project, machine: machines.projectMachine, ran: projects.length > 0 },
    { title: t.charts.projectChange, machine: machines.projectChangeMachine, ran: projects.length > 0 },
  ]
  return charts
    .filter(({ ran }) => ran)
    .map(({ title, machine }) => ({
      title,
      svg: statechartSvg(readStatechart(machine), { title, stateLabel: ({ name }) => stateName(machine.id, name, locale) }),
    }))
}

/**
 * Runs a portfolio under a policy and writes tables, report and journal.
 *
 * @throws UsageError, InputFileError, BrokenFileError, MappingError, InvalidInputError for input that cannot be used; each says where and what helps.
 * @example
 * ```ts
 * const summary = await runPortfolio({ out: 'out' })
 * summary.data.addsUp // => true
 * ```
 */
export async function runPortfolio(options: RunPortfolioOptions = {}): Promise<RunSummary> {
  const demo = options.data === undefined
  const dir = demo ? assetPath('demo') : resolve(options.data)
  const out = resolve(options.out ?? 'out')
  const locale = options.locale ?? 'en'
  const seed = options.seed ?? 'demo'
  const progress = options.onProgress ?? (() => undefined)
  const mappings = await resolveMappings(options.mappings, dir)
  const policy = await resolvePolicy(options.policy, dir)

  await mkdir(out, { recursive: true }).catch((cause: unknown) => {
    throw new InputFileError(shorten(out, 200), ...fileProblem(cause, 'write'), { cause })
  })
  const inputs = await inputsOf(dir, [options.policy, ...(options.mappings ?? [])])
  const mayWrite = (name: string): Promise<string> => checkOutput(join(out, name), { keep: inputs })
  await mayWrite('rejected.csv')
  const rejected = rejectedWriter(join(out, 'rejected.csv'))
  let portfolio: Portfolio
  try {
    portfolio = await ingest({
      dir,
      mappings,
      ...(options.unknownAccounts === undefined ? {} : { unknownAccount: options.unknownAccounts }),
      locale,
      onRejected: (row) => rejected.add(row),
      onProgress: (file) => progress('read', null, file),
    })
  } finally {
    await rejected.close()
  }
  checkCurrency(portfolio, policy)
  const run = await simulate({
    portfolio: firstComplaints(portfolio, options.maxComplaints),
    policy,
    seed,
    onProgress: (share, date) => progress('run', share, date),
  })
  if (run.failures.length > 0)
    throw new Error(`the run failed in ${String(run.failures.length)} places, first: ${run.failures[0] ?? ''}`)

  progress('write', null, out)
  const built = await buildModel(run, {
    locale,
    title: options.title ?? titleOf(demo, mappings, dir, locale),
    statecharts: statechartsOf(portfolio, locale),
    methods: methodsOf(
      portfolio,
      portfolio.complaints.some((c) => c.foreignAccount !== null),
    ),
    textOf: (refusal, kind) => formatRefusal(refusal, locale, { ...formatOptionsOf(policy), kind }),
  })
  const tables = tablesOf(built)
  const files = ['report.html', ...tables.keys(), 'rejected.csv', 'journal.jsonl', 'policy.json', 'summary.json']
  const summary = summaryOf(built.model, files)
  for (const name of files) await mayWrite(name)
  for (const [name, text] of tables) await writeFile(join(out, name), text)
  await writeFile(join(out, 'report.html'), renderReport(built.model))
  await writeJournal(join(out, 'journal.jsonl'), run.store)
  // Without the policy that every entry is pinned to, nobody could replay the journal.
  await writeFile(join(out, 'policy.json'), `${JSON.stringify(policy, null, 2)}\n`)
  await writeFile(join(out, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`)
  return summary
}

/** Every file that the run may read; names of what is shipped are none. */
async function inputsOf(dir: string, named: readonly (string | undefined)[]): Promise<readonly string[]> {
  const there = await readdir(dir).catch((): readonly string[] => [])
  return [...there.map((name) => join(dir, name)), ...named.filter((name) => name !== undefined).map((name) => resolve(name))]
}

/** The first complaints by receipt; the others are counted as left out. */
function firstComplaints(portfolio: Portfolio, max: number | undefined): Portfolio {
  if (max === undefined || portfolio.complaints.length <= max) return portfolio
  const left = portfolio.complaints.length - max
  return {
    ...portfolio,
    complaints: portfolio.complaints.slice(0, max),
    notes: [...portfolio.notes, { code: 'complaints-left-out', count: left, file: null }],
  }
}

function titleOf(demo: boolean, mappings: readonly Mapping[], dir: string, locale: Locale): string {
  if (demo) return reportTexts(locale).demoTitle
  return mappings.every((m) => m.id === 'standard') ? basename(dir) : mappings.map((m) => m.title[locale]).join(' + ')
}
