import type { Command } from 'commander'
import { formatFinding, lintPortfolio, type Finding, type Locale } from '@ka-governance/core'
import { mendPolicy } from '../config/apply-fix.ts'
import { InputFileError } from '../config/input-file.ts'
import { loadConfig, type CliConfig } from '../config/load-config.ts'
import { loadPortfolio } from '../config/load-portfolio.ts'
import { locator } from '../config/locate.ts'
import { writeOutput } from '../config/output-file.ts'
import { readPolicyFile, type LocatedFinding, type PolicyFile } from '../config/policy-file.ts'
import { shorten } from '../ingest/finding.ts'
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
  type CliIo,
  tellRejected,
} from './shared.ts'

interface CheckFlags {
  readonly strict?: true
  readonly fix?: true
  readonly portfolio?: true
  readonly data?: string
  readonly mapping?: readonly string[]
  readonly cycle?: string
  readonly config?: string
  readonly locale: Locale
  readonly json?: true
}

interface Checked {
  readonly file: string
  readonly ok: boolean
  readonly policy: { readonly id: string; readonly version: string } | null
  readonly findings: readonly LocatedFinding[]
  /** What was mended, with `--fix`. */
  readonly mended: readonly Finding[]
  /** For people: why nothing of it could be read. No part of `--json`, where the finding says it. */
  readonly unreadable?: InputFileError['in']
}

const isError = ({ severity }: Finding): boolean => severity !== 'warning'

/** Checks one file; with `fix` it is mended first. */
async function checkFile(file: string, flags: CheckFlags, config: CliConfig | null, io: CliIo): Promise<Checked> {
  const where = io.cwd === undefined ? {} : { cwd: io.cwd }
  try {
    const first = await readPolicyFile(file, where)
    const { text, mended } = flags.fix === true ? mendPolicy(file, first.text) : { text: first.text, mended: [] }
    if (mended.length > 0) await writeOutput(file, text, where)
    const read = mended.length > 0 ? await readPolicyFile(file, where) : first
    const { policy } = read
    const findings = [...read.findings, ...(await portfolioFindings(read, flags, config, io))]
    const ok = !findings.some((f) => flags.strict === true || isError(f))
    return { file, ok, policy: policy === undefined ? null : { id: policy.id, version: policy.version }, findings, mended }
  } catch (error) {
    if (!(error instanceof InputFileError)) throw error
    const { message, remedy } = error
    const finding = { path: '', code: 'unreadable', message, remedy, severity: 'error', line: 1, column: 1 } as const
    return { file, ok: false, policy: null, findings: [finding], mended: [], unreadable: (locale) => error.in(locale) }
  }
}

/** What the company's own accounts say of the policy: tiers that nobody reaches, limits that nobody meets. */
async function portfolioFindings(
  { policy, text }: PolicyFile,
  flags: CheckFlags,
  config: CliConfig | null,
  io: CliIo,
): Promise<readonly LocatedFinding[]> {
  if (policy === undefined || (flags.data === undefined && flags.portfolio !== true)) return []
  const progress = progressLine(io)
  const portfolio = await loadPortfolio(flags, { ...io, policy, config, onProgress: (what) => progress.show(what) })
  try {
    const locate = locator(text)
    tellRejected(io, portfolio.tallies, flags.locale)
    const found = await lintPortfolio(policy, portfolio.accounts, { cycle: portfolio.cycle.id })
    return found.map((finding) => ({ ...finding, ...locate(finding.path) }))
  } finally {
    progress.clear()
    await portfolio.close()
  }
}

const words = {
  en: {
    error: 'error',
    warning: 'doubt',
    mended: 'mended',
    good: (id: string, version: string) => `${id} ${version} can be used`,
    sum: (errors: number, open: number, doubts: number) =>
      [
        `${String(errors)} ${errors === 1 ? 'error' : 'errors'}${open === 0 ? '' : ` (${String(open)} still to be filled in)`}`,
        `${String(doubts)} ${doubts === 1 ? 'doubt' : 'doubts'}`,
      ].join(', '),
  },
  'zh-CN': {
    error: '错误',
    warning: '存疑',
    mended: '已修正',
    good: (id: string, version: string) => `${id} ${version} 可以使用`,
    sum: (errors: number, open: number, doubts: number) =>
      `错误${String(errors)}项${open === 0 ? '' : `（其中${String(open)}项尚未填写）`}，存疑${String(doubts)}项`,
  },
} as const

/** `check`: everything that is wrong or doubtful in policies, with file, line and column. */
export function registerCheck(program: Command, io: CliIo): void {
  const command = verb(program, 'check', 'Check policies: every finding with file, line and column, its clause and what helps.')
    .argument('<file...>', 'policies (YAML, JSON)')
    .option('--strict', 'doubts count as errors')
    .option('--fix', 'make the changes that need no decision; comments stay')
    .option('--portfolio', 'check against the accounts of the configured store, too; with --data against those of the files')
  for (const option of portfolioOptions()) command.addOption(option)
  command
    .addOption(configOption())
    .addOption(localeOption())
    .addOption(jsonOption())
    .action(async (files: readonly string[], flags: CheckFlags) => {
      const colors = colorsOf(io)
      const t = words[flags.locale]
      const checked: Checked[] = []
      const config = flags.portfolio === true ? await loadConfig(flags.config, io.cwd) : null
      for (const file of files) checked.push(await checkFile(file, flags, config, io))
      const all = checked.flatMap((one) => one.findings)
      const open = all.filter((f) => f.code === 'unset').length
      const errors = all.filter(isError).length
      const lineOf = ({ file, unreadable }: Checked, finding: LocatedFinding): string => {
        // Line and column stand before the text.
        const { line, column, ...rest } = finding
        const kind = isError(finding) ? colors.red(t.error) : colors.yellow(t.warning)
        if (unreadable !== undefined) {
          const { message, remedy } = unreadable(flags.locale)
          return `${colors.bold(shorten(file, 200))}: ${kind}: ${message} → ${remedy}`
        }
        const text = formatFinding({ ...rest, severity: 'error' }, flags.locale)
        return `${colors.bold(`${shorten(file, 200)}:${String(line)}:${String(column)}`)}: ${kind}: ${text}`
      }
      const ok = checked.every((one) => one.ok)
      emit(io, flags.json, 'check', { ok, errors, doubts: all.length - errors, open, files: checked }, () =>
        [
          ...checked.flatMap((one) => [
            ...one.mended.map((f) => `${shorten(one.file, 200)}: ${colors.green(t.mended)}: ${formatFinding(f, flags.locale)}`),
            ...one.findings.map((f) => lineOf(one, f)),
            ...(one.policy === null
              ? []
              : [`${shorten(one.file, 200)}: ${colors.green(t.good(one.policy.id, one.policy.version))}`]),
          ]),
          ...(all.length === 0 ? [] : [t.sum(errors, open, all.length - errors)]),
        ].join('\n'),
      )
      if (!ok) throw new ExitWith(exitCodes.badInput)
    })
}
