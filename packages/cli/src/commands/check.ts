import type { Command } from 'commander'
import { formatFinding, type Finding, type Locale } from '@ka-governance/core'
import { InputFileError } from '../config/input-file.ts'
import { readPolicyFile, type LocatedFinding } from '../config/policy-file.ts'
import { shorten } from '../ingest/finding.ts'
import { colorsOf, emit, ExitWith, exitCodes, jsonOption, localeOption, verb, type CliIo } from './shared.ts'

interface CheckFlags {
  readonly strict?: true
  readonly locale: Locale
  readonly json?: true
}

interface Checked {
  readonly file: string
  readonly ok: boolean
  readonly policy: { readonly id: string; readonly version: string } | null
  readonly findings: readonly LocatedFinding[]
}

const isError = ({ severity }: Finding): boolean => severity !== 'warning'

async function checkFile(file: string, strict: boolean, cwd: string | undefined): Promise<Checked> {
  try {
    const { policy, findings } = await readPolicyFile(file, cwd === undefined ? {} : { cwd })
    const ok = !findings.some((f) => strict || isError(f))
    return { file, ok, policy: policy === undefined ? null : { id: policy.id, version: policy.version }, findings }
  } catch (error) {
    if (!(error instanceof InputFileError)) throw error
    const { message, remedy } = error
    const finding = { path: '', code: 'unreadable', message, remedy, severity: 'error', line: 1, column: 1 } as const
    return { file, ok: false, policy: null, findings: [finding] }
  }
}

const words = {
  en: {
    error: 'error',
    warning: 'doubt',
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
    good: (id: string, version: string) => `${id} ${version} 可以使用`,
    sum: (errors: number, open: number, doubts: number) =>
      `错误${String(errors)}项${open === 0 ? '' : `（其中${String(open)}项尚未填写）`}，存疑${String(doubts)}项`,
  },
} as const

/** `check`: everything that is wrong or doubtful in policies, with file, line and column. */
export function registerCheck(program: Command, io: CliIo): void {
  verb(program, 'check', 'Check policies: every finding with file, line and column, its clause and what helps.')
    .argument('<file...>', 'policies (YAML, JSON)')
    .option('--strict', 'doubts count as errors')
    .addOption(localeOption())
    .addOption(jsonOption())
    .action(async (files: readonly string[], flags: CheckFlags) => {
      const colors = colorsOf(io)
      const t = words[flags.locale]
      const checked: Checked[] = []
      for (const file of files) checked.push(await checkFile(file, flags.strict === true, io.cwd))
      const all = checked.flatMap((one) => one.findings)
      const open = all.filter((f) => f.code === 'unset').length
      const errors = all.filter(isError).length
      const lineOf = (file: string, finding: LocatedFinding): string => {
        // Line and column stand before the text.
        const { line, column, ...rest } = finding
        const kind = isError(finding) ? colors.red(t.error) : colors.yellow(t.warning)
        const text = formatFinding({ ...rest, severity: 'error' }, flags.locale)
        return `${colors.bold(`${shorten(file, 200)}:${String(line)}:${String(column)}`)}: ${kind}: ${text}`
      }
      const ok = checked.every((one) => one.ok)
      emit(io, flags.json, 'check', { ok, errors, doubts: all.length - errors, open, files: checked }, () =>
        [
          ...checked.flatMap((one) => [
            ...one.findings.map((f) => lineOf(one.file, f)),
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
