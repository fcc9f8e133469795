import { relative } from 'node:path'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { isGovernanceError, InvalidInputError } from '@ka-governance/core'
import pc from 'picocolors'
import { assetPath, shippedMappings } from './assets.ts'
import { BrokenFileError, formatFinding, shorten } from './ingest/finding.ts'
import { loadMapping } from './ingest/load-mapping.ts'
import { MappingError } from './ingest/mapping-error.ts'
import { printSummary } from './print.ts'
import { runPortfolio, shippedPolicies, type RunPortfolioOptions } from './run-portfolio.ts'
import { UsageError } from './usage-error.ts'

/** What the process answers. */
export const exitCodes = { ok: 0, badInput: 1, usage: 2, internal: 3 } as const

/** Where a command line writes; a test gives its own. */
export interface CliIo {
  /** Results. */
  readonly out: (text: string) => void
  /** Findings and progress. */
  readonly err: (text: string) => void
  /** Whether `err` is a terminal: progress and colours only then. */
  readonly tty: boolean
  readonly color: boolean
}

const help = `
Exit codes: 0 done · 1 data, mapping or policy cannot be used · 2 wrong command line · 3 internal or store failure

Examples:
  $ ka-governance run                                             the demonstration portfolio, results in ./out
  $ ka-governance run --data data --policy policy.yaml --out out  your own files, with the project's column names
  $ ka-governance run --data data --policy adventure-works --mapping adventureworks --mapping servicenow --unknown-accounts assign
`

const wholeNumber = (text: string): number => {
  const n = Number(text)
  if (!Number.isSafeInteger(n) || n < 0) throw new InvalidArgumentError('a whole number, 0 or more.')
  return n
}

interface RunFlags {
  readonly data?: string
  readonly policy?: string
  readonly out: string
  readonly mapping?: readonly string[]
  readonly locale: 'en' | 'zh-CN'
  readonly seed: string
  readonly unknownAccounts?: 'create' | 'reject' | 'assign'
  readonly maxComplaints?: number
  readonly title?: string
  readonly json?: true
  readonly quiet?: true
}

/** Runs a command line and answers its exit code. Never throws, never prints a stack for input that cannot be used. */
export async function runCli(args: readonly string[], io: CliIo): Promise<number> {
  const colors = pc.createColors(io.color)
  let json = false
  const program = new Command('ka-governance')
    .description('Runs a portfolio of customers, orders and complaints under a key-account policy, and reports.')
    .exitOverride()
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .showHelpAfterError('(add --help for the options)')
    .addHelpText('after', help)

  program
    .command('run', { isDefault: true })
    .description('Read CSV files, run complaints and tier reviews on a virtual clock, write tables, report and journal.')
    .option('--data <dir>', 'folder with the CSV files (.csv, .csv.gz); the demonstration portfolio when absent')
    .option(
      '--policy <file|name>',
      'policy (YAML, JSON) or the name of a shipped one; policy.yaml of the data folder when absent',
    )
    .option('--out <dir>', 'folder for the results', 'out')
    .option(
      '--mapping <file|name>',
      'column names of foreign files; may be given several times: orders from one set, complaints from another',
      (value: string, before: readonly string[] | undefined) => [...(before ?? []), value],
    )
    .addOption(new Option('--locale <locale>', 'language of the report').choices(['en', 'zh-CN']).default('en'))
    .option('--seed <text>', 'seed of what is simulated', 'demo')
    .addOption(
      new Option('--unknown-accounts <how>', 'complaints of accounts that the portfolio does not have').choices([
        'create',
        'reject',
        'assign',
      ]),
    )
    .option('--max-complaints <n>', 'take the first n complaints only', wholeNumber)
    .option('--title <text>', 'title of the report')
    .option('--json', 'print the summary as JSON')
    .option('--quiet', 'print nothing but errors')
    .addHelpText('after', help)
    .action(async (flags: RunFlags) => {
      json = flags.json === true
      const progress = io.tty && flags.quiet !== true && !json ? progressLine(io) : undefined
      const { mapping, data, policy, out, locale, seed, unknownAccounts, maxComplaints, title, quiet } = flags
      const options: RunPortfolioOptions = {
        out,
        locale,
        seed,
        ...(data === undefined ? {} : { data }),
        ...(policy === undefined ? {} : { policy }),
        ...(unknownAccounts === undefined ? {} : { unknownAccounts }),
        ...(maxComplaints === undefined ? {} : { maxComplaints }),
        ...(title === undefined ? {} : { title }),
        ...(mapping === undefined ? {} : { mappings: mapping }),
        ...(progress === undefined ? {} : { onProgress: progress.show }),
      }
      const summary = await runPortfolio(options).finally(() => progress?.clear())
      if (json) io.out(`${JSON.stringify(summary)}\n`)
      else if (quiet !== true) io.out(`${printSummary(summary, relative(process.cwd(), flags.out) || flags.out, colors)}\n`)
    })

  program
    .command('mappings')
    .description('List the shipped mappings and where each file comes from.')
    .action(async () => {
      for (const name of shippedMappings()) {
        const mapping = await loadMapping(assetPath(`mappings/${name}.yaml`))
        io.out(`${colors.bold(name)}  ${mapping.title.en}${mapping.source === undefined ? '' : `\n  ${mapping.source}`}\n`)
      }
    })

  program
    .command('policies')
    .description('List the shipped policies.')
    .action(() => {
      for (const [id, policy] of shippedPolicies()) io.out(`${colors.bold(id)}  ${policy.title.en} (${policy.currency})\n`)
    })

  try {
    await program.parseAsync([...args], { from: 'user' })
    return exitCodes.ok
  } catch (error) {
    return report(error, io, (text) => colors.red(text))
  }
}

function report(error: unknown, io: CliIo, red: (text: string) => string): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage
  const say = (headline: string, lines: readonly string[]): void =>
    io.err(`${red(headline)}\n${lines.map((l) => `  ${l}\n`).join('')}`)
  if (error instanceof UsageError) {
    say(error.message, [`→ ${error.remedy}`])
    return exitCodes.usage
  }
  if (error instanceof BrokenFileError) {
    say('A file cannot be used:', error.findings.map(formatFinding))
    return exitCodes.badInput
  }
  if (error instanceof MappingError) {
    say(
      `The mapping ${error.file} cannot be used:`,
      error.findings.map((f) => `${f.path === '' ? '' : `${f.path}: `}${f.message} → ${f.remedy}`),
    )
    return exitCodes.badInput
  }
  if (error instanceof InvalidInputError || (isGovernanceError(error) && 'findings' in error)) {
    const { findings } = error as InvalidInputError
    say(
      shorten(error.message.split('\n')[0] ?? 'The policy cannot be used', 200),
      findings
        .slice(0, 60)
        .map(
          (f) =>
            `${f.path === '' ? '' : `${f.path}: `}${f.message} → ${f.remedy}${f.clause === undefined ? '' : ` [${f.clause}]`}`,
        ),
    )
    return exitCodes.badInput
  }
  if (isGovernanceError(error)) {
    say(`${error.code}: ${shorten(error.message, 500)}`, error.actions)
    return exitCodes.internal
  }
  const code = (error as NodeJS.ErrnoException).code
  if (error instanceof Error && typeof code === 'string' && /^E[A-Z]+$/.test(code)) {
    say(`The results cannot be written (${code})`, ['→ check --out and the free space'])
    return exitCodes.internal
  }
  // Our own mistake: here, and only here, the stack helps.
  io.err(`${red('Internal error')}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return exitCodes.internal
}

/** One line that is written over. */
function progressLine(io: CliIo): { readonly show: NonNullable<RunPortfolioOptions['onProgress']>; readonly clear: () => void } {
  const words = { read: 'reading', run: 'running', write: 'writing' } as const
  let last = 0
  return {
    show: (phase, share, detail) => {
      const now = performance.now()
      if (now - last < 80) return
      last = now
      const bar =
        share === null
          ? ''
          : `${'█'.repeat(Math.round(share * 20)).padEnd(20, '░')} ${String(Math.floor(share * 100)).padStart(3)}% `
      io.err(`\r\u001b[2K${words[phase]} ${bar}${shorten(detail, 60)}`)
    },
    clear: () => io.err('\r\u001b[2K'),
  }
}
