import { CommanderError } from 'commander'
import {
  formatError,
  formatFinding as formatPolicyFinding,
  isGovernanceError,
  type GovernanceError,
  type InvalidInputError,
  type Locale,
} from '@ka-governance/core'
import { ConfigError } from '../config/config-error.ts'
import { fileProblem, InputFileError, isMachineFailure } from '../config/input-file.ts'
import { PolicyFileError, type LocatedFinding } from '../config/policy-file.ts'
import { BrokenFileError, formatFinding, shorten } from '../ingest/finding.ts'
import { MappingError } from '../ingest/mapping-error.ts'
import { SaidError } from '../said.ts'
import { usageText } from './usage-text.ts'
import { colorsOf, ExitWith, exitCodes, type CliIo } from './shared.ts'

/** A failure as it is told: one line, what belongs to it, and the exit code. */
interface Told {
  readonly exitCode: number
  readonly code: string
  readonly headline: string
  readonly lines: readonly string[]
}

const most = 60

const some = (lines: readonly string[], locale: Locale): readonly string[] =>
  lines.length <= most ? lines : [...lines.slice(0, most), words[locale].more(lines.length - most)]

const words = {
  en: {
    error: 'error',
    warning: 'warning',
    more: (n: number) => `… and ${String(n)} more`,
    policy: (file: string) => `The policy ${file} cannot be used:`,
    data: 'A file cannot be used:',
    mapping: (file: string) => `The mapping ${file} cannot be used:`,
    results: 'The results',
    internal: 'Internal error',
  },
  'zh-CN': {
    error: '错误',
    warning: '存疑',
    more: (n: number) => `……另有${String(n)}项`,
    policy: (file: string) => `制度${file}不能使用：`,
    data: '文件不能使用：',
    mapping: (file: string) => `映射${file}不能使用：`,
    results: '结果',
    internal: '内部错误',
  },
} as const

/** `policy.yaml:12:3: error [P-04] complaint.handoff.amount: … → …` */
export function formatLocated(file: string, finding: LocatedFinding, locale: Locale = 'en'): string {
  const { line, column, ...rest } = finding
  const kind = words[locale][finding.severity ?? 'error']
  const at = `${shorten(file, 200)}:${String(line)}:${String(column)}`
  if (locale !== 'en') return `${at}: ${kind}: ${formatPolicyFinding({ ...rest, severity: 'error' }, locale)}`
  const { path, message, remedy, clause } = finding
  const place = path === '' ? '' : ` ${shorten(path, 120)}:`
  const id = clause === undefined ? '' : ` [${clause}]`
  return `${at}: ${kind}${id}${place} ${shorten(message, 300)} → ${shorten(remedy, 300)}`
}

/** What was said in the language; a configuration's file and key stand before it. */
function toldSaid(error: SaidError, locale: Locale): Told {
  const { message, remedy } = error.in(locale)
  const lines = [`→ ${shorten(remedy, 500)}`]
  if (error instanceof InputFileError)
    return {
      exitCode: isMachineFailure(error) ? exitCodes.internal : exitCodes.badInput,
      code: 'file',
      headline: `${error.file}: ${message}`,
      lines,
    }
  if (error instanceof ConfigError) {
    const place = error.key === '' ? '' : ` (${error.key})`
    return { exitCode: exitCodes.badInput, code: 'config', headline: `${error.file}${place}: ${message}`, lines }
  }
  return { exitCode: exitCodes.usage, code: 'usage', headline: shorten(message, 500), lines }
}

function told(error: unknown, locale: Locale): Told | null {
  const { badInput, internal } = exitCodes
  const t = words[locale]
  if (error instanceof SaidError) return toldSaid(error, locale)
  if (error instanceof PolicyFileError) {
    const lines = error.findings.map((f) => formatLocated(error.file, f, locale))
    return { exitCode: badInput, code: 'policy', headline: t.policy(shorten(error.file, 200)), lines }
  }
  if (error instanceof BrokenFileError)
    return { exitCode: badInput, code: 'data', headline: t.data, lines: error.in(locale).map(formatFinding) }
  if (error instanceof MappingError) {
    const lines = error.in(locale).map((f) => `${f.path === '' ? '' : `${f.path}: `}${f.message} → ${f.remedy}`)
    return { exitCode: badInput, code: 'mapping', headline: t.mapping(error.file), lines }
  }
  if (isGovernanceError(error)) return toldGovernance(error, locale)
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) {
    const path = (error as NodeJS.ErrnoException).path ?? t.results
    const [message, remedy] = fileProblem(error, 'write')
    return { exitCode: internal, code, headline: `${shorten(path, 200)}: ${message[locale]}`, lines: [`→ ${remedy[locale]}`] }
  }
  return null
}

function toldGovernance(error: GovernanceError, locale: Locale): Told {
  const isInput = 'findings' in error
  const exitCode = isInput ? exitCodes.badInput : exitCodes.internal
  if (locale !== 'en') {
    const [headline = '', ...lines] = formatError(error, locale).split('\n')
    return { exitCode, code: error.code, headline: isInput ? headline : `${error.code}: ${headline}`, lines }
  }
  if (!isInput) {
    const lines = error.actions.map((action) => `→ ${action}`)
    return { exitCode, code: error.code, headline: `${error.code}: ${shorten(error.message, 500)}`, lines }
  }
  const lines = (error as InvalidInputError).findings.map(
    (f) => `${f.path === '' ? '' : `${f.path}: `}${f.message} → ${f.remedy}${f.clause === undefined ? '' : ` [${f.clause}]`}`,
  )
  return { exitCode, code: error.code, headline: shorten(error.message.split('\n')[0] ?? 'The input cannot be used', 200), lines }
}

/** Says what went wrong, with the place and what helps; answers the exit code. With `json` the one object on standard output says it, too. */
export function reportError(
  error: unknown,
  io: CliIo,
  { json, locale }: { readonly json: boolean; readonly locale: Locale },
): number {
  if (error instanceof ExitWith) return error.exitCode
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok
  const { red } = colorsOf({ ...io, color: io.color && io.tty })
  const answer = (exitCode: number, code: string, message: string, details: readonly string[]): number => {
    if (json) io.out(`${JSON.stringify({ schema: 1, ok: false, exitCode, error: { code, message, details } })}\n`)
    return exitCode
  }
  // Commander has said it already.
  if (error instanceof CommanderError)
    return answer(
      exitCodes.usage,
      'usage',
      usageText(error.message, locale)
        .replace(/^(error: |错误：)/, '')
        .split('\n')[0] ?? '',
      [],
    )
  const known = told(error, locale)
  if (known !== null) {
    const { exitCode, code, headline, lines } = known
    io.err(
      `${red(headline)}\n${some(lines, locale)
        .map((l) => `  ${l}\n`)
        .join('')}`,
    )
    return answer(exitCode, code, headline, lines)
  }
  // Our own mistake: here, and only here, the stack helps.
  io.err(`${red(words[locale].internal)}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return answer(exitCodes.internal, 'internal', error instanceof Error ? error.message : String(error), [])
}
