import { relative } from 'node:path'
import { Option, type Command } from 'commander'
import { printSummary } from '../print.ts'
import { runPortfolio, type RunPortfolioOptions } from '../run-portfolio.ts'
import { collect, colorsOf, jsonOption, localeOption, progressLine, verb, wholeNumber, type CliIo } from './shared.ts'

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

const examples = `
Examples:
  $ ka-governance run                                             the demonstration portfolio, results in ./out
  $ ka-governance run --data data --policy policy.yaml --out out  your own files, with the project's column names
  $ ka-governance run --data data --policy adventure-works --mapping adventureworks --mapping servicenow --unknown-accounts assign`

const words = { read: 'reading', run: 'running', write: 'writing' } as const

/** `run`: a portfolio under a policy on a virtual clock. */
export function registerRun(program: Command, io: CliIo): void {
  verb(program, 'run', 'Read CSV files, run complaints and tier reviews on a virtual clock, write tables, report and journal.')
    .option('--data <dir>', 'folder with the CSV files (.csv, .csv.gz); the demonstration portfolio when absent')
    .option(
      '--policy <file|name>',
      'policy (YAML, JSON) or the name of a shipped one; policy.yaml of the data folder when absent',
    )
    .option('--out <dir>', 'folder for the results', 'out')
    .option(
      '--mapping <file|name>',
      'column names of foreign files; may be given several times: orders from one set, complaints from another',
      collect,
    )
    .addOption(localeOption('language of the report'))
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
    .addOption(jsonOption())
    .option('--quiet', 'print nothing but errors')
    .addHelpText('after', examples)
    .action(async (flags: RunFlags) => {
      const progress = progressLine({ ...io, tty: io.tty && flags.quiet !== true && flags.json !== true })
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
        onProgress: (phase, share, detail) => progress.show(`${words[phase]} ${detail}`, share),
      }
      const summary = await runPortfolio(options).finally(() => progress.clear())
      if (flags.json === true) io.out(`${JSON.stringify(summary)}\n`)
      else if (quiet !== true) {
        io.out(`${printSummary(summary, relative(process.cwd(), flags.out) || flags.out, colorsOf(io))}\n`)
      }
    })
}
