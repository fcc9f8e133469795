import { resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { InvalidArgumentError, Option, type Command } from 'commander'
import {
  createGovernance,
  isGovernanceError,
  simulatePortfolio,
  type Locale,
  type Policy,
  type Simulation,
  type SimulationSignal,
  type SimulationStep,
} from '@ka-governance/core'
import { loadConfig, type CliConfig } from '../config/load-config.ts'
import { loadPortfolio, type LoadedPortfolio } from '../config/load-portfolio.ts'
import { openStore } from '../config/open-store.ts'
import { checkOutput, writeOutput } from '../config/output-file.ts'
import { loadPolicyFile } from '../config/policy-file.ts'
import { registryFiles } from '../config/registry-file.ts'
import { evidenceOf } from '../output/what-if-evidence.ts'
import { whatIfText } from '../output/what-if-text.ts'
import { say } from '../said.ts'
import { UsageError } from '../usage-error.ts'
import { renderWhatIfPage } from '../what-if-page/render-what-if-page.ts'
import type { WhatIfPageOptions } from '../what-if-page/context.ts'
import {
  colorsOf,
  configOption,
  emit,
  ExitWith,
  exitCodes,
  jsonOption,
  localeOption,
  portfolioOptions,
  progressLine,
  verb,
  wholeNumber,
  type CliIo,
  tellRejected,
} from './shared.ts'

interface SimulateFlags {
  readonly against?: string
  readonly registry?: string
  readonly config?: string
  readonly data?: string
  readonly mapping?: readonly string[]
  readonly cycle?: string
  readonly out?: string
  readonly evidence?: string
  /** False with `--no-sensitivity`. */
  readonly sensitivity: number | false
  readonly movers: number
  readonly locale: Locale
  readonly json?: true
}

const percent = (text: string): number => {
  const n = Number(text)
  if (!/^\d+(\.\d+)?$/.test(text) || n <= 0 || n >= 100) throw new InvalidArgumentError('a number above 0 and below 100.')
  return n
}

const words = {
  en: {
    running: (done: string, movers: string) => `${done} accounts, ${movers} move`,
    open: (done: string) => `${done} open instances`,
    cancelled: 'Stopped. Nothing was written.',
    page: 'Page',
    evidence: 'Evidence',
    alone:
      'There is no policy to compare with: the draft is compared with the tiers that accounts have. Add --against POLICY or --registry DIR.',
    first: 'No version is in force yet: the draft is compared with the tiers that accounts have.',
    rows: (file: string, rows: string, rejected: string) =>
      `${file}: ${rows} rows${rejected === '0' ? '' : `, ${rejected} rejected`}`,
  },
  'zh-CN': {
    running: (done: string, movers: string) => `已测算${done}家客户，${movers}家变动`,
    open: (done: string) => `已查看${done}项在办工作`,
    cancelled: '已停止，未写入任何内容。',
    page: '页面',
    evidence: '依据',
    alone: '没有可对比的制度：草案与客户现有级别对比。可添加 --against POLICY 或 --registry DIR。',
    first: '尚无生效版本：草案与客户现有级别对比。',
    rows: (file: string, rows: string, rejected: string) => `${file}：${rows}行${rejected === '0' ? '' : `，拒绝${rejected}行`}`,
  },
} as const

const nobody = (): UsageError =>
  new UsageError(
    say('the store holds no accounts', '数据库中没有客户'),
    say(
      'add --data DIR with CSV files, or configure the store that holds the accounts',
      '请加--data DIR指定CSV文件，或配置存有客户的数据库',
    ),
  )

/** `simulate`: what a draft would do before it counts; nothing is written to the store. */
export function registerSimulate(program: Command, io: CliIo): void {
  const command = verb(
    program,
    'simulate',
    'Play a draft through on your own accounts: who would move and why, what it costs, how much hangs on each number.',
  )
    .argument('<draft>', 'policy (YAML, JSON) or the name of a shipped one')
    .option('--against <file|name>', 'policy to compare with; default: the one in force by the registry or the configuration')
    .option('--registry <dir>', 'folder of the registry that `publish` keeps')
  for (const option of portfolioOptions()) command.addOption(option)
  command
    .option('--out <file>', 'write a page for people (one HTML file, no network), and beside it the evidence (.json)')
    .option('--evidence <file>', 'write the evidence that `publish what-if` records there')
    .addOption(
      new Option('--sensitivity <percent>', 'move each threshold alone by so much, down and up').default(10).argParser(percent),
    )
    .option('--no-sensitivity', 'leave the thresholds as they are')
    .addOption(new Option('--movers <n>', 'list at most so many accounts, the largest').default(200).argParser(wholeNumber))
    .addOption(configOption())
    .addOption(localeOption())
    .addOption(jsonOption())
    .action((draft: string, flags: SimulateFlags) => simulate(draft, flags, io))
}

async function simulate(file: string, flags: SimulateFlags, io: CliIo): Promise<void> {
  const { locale, json } = flags
  const t = words[locale]
  const signal = io.onInterrupt?.()
  const cwd = io.cwd ?? '.'
  const draft = await loadPolicyFile(file, cwd)
  const config = await configOf(flags, draft, cwd)
  // A folder that is not there is said before the minutes of computing, not after them.
  for (const name of [flags.out, evidencePlace(flags.out, flags.evidence)])
    if (name != null) await checkOutput(name, { cwd, keep: [file] })
  const inForce = await policyInForce(flags, config, draft, cwd)
  if (inForce === null && json !== true) io.err(`${config === null ? t.alone : t.first}\n`)
  const progress = progressLine(io)
  const onProgress = (text: string): void => progress.show(text)
  const portfolio = await loadPortfolio(flags, { ...io, cwd, policy: draft, config, onProgress }).finally(() => progress.clear())
  tellRejected(io, portfolio.tallies, locale)
  try {
    const tried = { draft, inForce, config, flags, signal, ...(io.clock === undefined ? {} : { clock: io.clock }) }
    const simulation = await run(portfolio, tried, (text) => progress.show(text)).finally(() => progress.clear())
    if (portfolio.source === 'store' && simulation.accounts.total === 0) throw nobody()
    const evidence = evidenceOf(simulation)
    const number = (n: number): string => n.toLocaleString(locale)
    const options: WhatIfPageOptions = {
      locale,
      policy: draft,
      digest: evidence.digest,
      simulatedAt: (io.clock ?? Date.now)(),
      data: portfolio.tallies.map(({ file: name, rows, rejected }) => t.rows(name, number(rows), number(rejected))),
    }
    const read = [
      file,
      flags.against,
      flags.config,
      ...(flags.mapping ?? []),
      ...portfolio.files,
      ...registryFiles(flags.registry),
    ]
    const written = await writeFiles(simulation, evidence.text, options, flags, cwd, read)
    const c = colorsOf(io)
    emit(io, json, 'simulate', { digest: evidence.digest, written, simulation }, () =>
      [
        whatIfText(simulation, options, c),
        ...(written.page === null && written.evidence === null ? [] : ['']),
        ...(written.page === null ? [] : [`${t.page}: ${written.page}`]),
        ...(written.evidence === null ? [] : [`${t.evidence}: ${written.evidence}  ${c.dim(`sha256 ${evidence.digest}`)}`]),
      ].join('\n'),
    )
  } catch (error) {
    if (!isGovernanceError(error) || error.code !== 'cancelled') throw error
    io.err(`${t.cancelled}\n`)
    throw new ExitWith(exitCodes.interrupted)
  } finally {
    await portfolio.close()
  }
}

/** The configuration; a registry named by hand stands for one. */
async function configOf(flags: SimulateFlags, draft: Policy, cwd: string): Promise<CliConfig | null> {
  if (flags.registry === undefined) return loadConfig(flags.config, cwd)
  return { file: flags.registry, store: { registry: resolve(cwd, flags.registry) }, policy: draft }
}

/** What the draft is compared with: the policy named, else that in force by its ledger, else that of the configuration. */
async function policyInForce(flags: SimulateFlags, config: CliConfig | null, draft: Policy, cwd: string): Promise<Policy | null> {
  if (flags.against !== undefined) return loadPolicyFile(flags.against, cwd)
  if (config === null) return null
  const { store, close } = await openStore(config.store)
  try {
    const { policy } = createGovernance({ store, policy: draft })
    return (await policy.inForce(draft.id)) ?? (flags.registry === undefined ? config.policy : null)
  } finally {
    await close()
  }
}

interface Run {
  readonly draft: Policy
  readonly inForce: Policy | null
  readonly config: CliConfig | null
  readonly clock?: () => number
  readonly flags: SimulateFlags
  readonly signal: SimulationSignal | undefined
}

/** On the configured store open work is looked at as well; of CSV files there is none. */
function stepsOf(
  portfolio: LoadedPortfolio,
  { draft, inForce, config, clock, flags, signal }: Run,
): AsyncIterable<SimulationStep> {
  const options = {
    cycle: portfolio.cycle.id,
    sensitivity: flags.sensitivity === false ? (false as const) : { percent: flags.sensitivity },
    movers: flags.movers,
    ...(signal === undefined ? {} : { signal }),
  }
  if (portfolio.stored === undefined || inForce === null)
    return simulatePortfolio({ ...options, inForce, draft, accounts: portfolio.accounts })
  const governance = createGovernance({
    store: portfolio.stored.store,
    policy: inForce,
    ...(config?.directory === undefined ? {} : { directory: config.directory }),
    ...(config?.calendars === undefined ? {} : { calendars: config.calendars }),
    ...(clock === undefined ? {} : { host: { clock } }),
  })
  return governance.simulate({ ...options, policy: draft })
}

async function run(portfolio: LoadedPortfolio, tried: Run, show: (text: string) => void): Promise<Simulation> {
  const { locale } = tried.flags
  const t = words[locale]
  const steps = stepsOf(portfolio, tried)
  for await (const step of steps) {
    if (step.type === 'finished') return step.simulation
    if (step.type !== 'progress') continue
    const done = step.done.toLocaleString(locale)
    show(step.phase === 'accounts' ? t.running(done, step.movers.toLocaleString(locale)) : t.open(done))
    // Everything else runs without a pause: only here an interruption can be heard.
    await setImmediate()
  }
  throw new Error('the simulation ended without a result')
}

/** Where the evidence goes: where it was told to, else beside the page. */
const evidencePlace = (out: string | undefined, given: string | undefined): string | null =>
  given ?? (out === undefined ? null : `${out.replace(/\.html?$/i, '')}.json`)

async function writeFiles(
  simulation: Simulation,
  evidence: string,
  options: WhatIfPageOptions,
  { out, evidence: given }: SimulateFlags,
  cwd: string,
  read: readonly (string | undefined)[],
): Promise<{ readonly page: string | null; readonly evidence: string | null }> {
  const place = evidencePlace(out, given)
  // Both are looked at before either is written: half of what was asked for would be taken for the whole.
  const outputs = { page: { cwd, keep: [...read, place ?? undefined] }, evidence: { cwd, keep: [...read, out] } }
  if (out !== undefined) await checkOutput(out, outputs.page)
  if (place !== null) await writeOutput(place, evidence, outputs.evidence)
  if (out !== undefined) await writeOutput(out, renderWhatIfPage(simulation, options), outputs.page)
  return { page: out ?? null, evidence: place }
}
