import { CommanderError } from 'commander'
import { isGovernanceError, type InvalidInputError } from '@ka-governance/core'
import { ConfigError } from '../config/config-error.ts'
import { InputFileError } from '../config/input-file.ts'
import { PolicyFileError, type LocatedFinding } from '../config/policy-file.ts'
import { BrokenFileError, formatFinding, shorten } from '../ingest/finding.ts'
import { MappingError } from '../ingest/mapping-error.ts'
import { UsageError } from '../usage-error.ts'
import { colorsOf, ExitWith, exitCodes, type CliIo } from './shared.ts'

/** A failure as it is told: one line, what belongs to it, and the exit code. */
interface Told {
  readonly exitCode: number
  readonly code: string
  readonly headline: string
  readonly lines: readonly string[]
}

const most = 60

const some = (lines: readonly string[]): readonly string[] =>
  lines.length <= most ? lines : [...lines.slice(0, most), `… and ${String(lines.length - most)} more`]

/** `policy.yaml:12:3: error [P-04] complaint.handoff.amount: … → …` */
export function formatLocated(file: string, finding: LocatedFinding): string {
  const { line, column, path, message, remedy, clause, severity } = finding
  const place = path === '' ? '' : ` ${shorten(path, 120)}:`
  const id = clause === undefined ? '' : ` [${clause}]`
  return `${shorten(file, 200)}:${String(line)}:${String(column)}: ${severity ?? 'error'}${id}${place} ${shorten(message, 300)} → ${shorten(remedy, 300)}`
}

function told(error: unknown): Told | null {
  const { badInput, usage, internal } = exitCodes
  if (error instanceof UsageError)
    return { exitCode: usage, code: 'usage', headline: shorten(error.message, 500), lines: [`→ ${shorten(error.remedy, 500)}`] }
  if (error instanceof InputFileError)
    return { exitCode: badInput, code: 'file', headline: `${error.file}: ${error.message}`, lines: [`→ ${error.remedy}`] }
  if (error instanceof ConfigError) {
    const place = error.key === '' ? '' : ` (${error.key})`
    return {
      exitCode: badInput,
      code: 'config',
      headline: `${error.file}${place}: ${error.message}`,
      lines: [`→ ${error.remedy}`],
    }
  }
  if (error instanceof PolicyFileError) {
    const headline = `The policy ${shorten(error.file, 200)} cannot be used:`
    return { exitCode: badInput, code: 'policy', headline, lines: error.findings.map((f) => formatLocated(error.file, f)) }
  }
  if (error instanceof BrokenFileError)
    return { exitCode: badInput, code: 'data', headline: 'A file cannot be used:', lines: error.findings.map(formatFinding) }
  if (error instanceof MappingError) {
    const lines = error.findings.map((f) => `${f.path === '' ? '' : `${f.path}: `}${f.message} → ${f.remedy}`)
    return { exitCode: badInput, code: 'mapping', headline: `The mapping ${error.file} cannot be used:`, lines }
  }
  if (isGovernanceError(error) && 'findings' in error) {
    const lines = (error as InvalidInputError).findings.map(
      (f) => `${f.path === '' ? '' : `${f.path}: `}${f.message} → ${f.remedy}${f.clause === undefined ? '' : ` [${f.clause}]`}`,
    )
    const headline = shorten(error.message.split('\n')[0] ?? 'The input cannot be used', 200)
    return { exitCode: badInput, code: error.code, headline, lines }
  }
  if (isGovernanceError(error)) {
    const lines = error.actions.map((action) => `→ ${action}`)
    return { exitCode: internal, code: error.code, headline: `${error.code}: ${shorten(error.message, 500)}`, lines }
  }
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) {
    const path = (error as NodeJS.ErrnoException).path ?? 'The results'
    const lines = ['→ check the name, the permissions and the free space']
    return { exitCode: internal, code, headline: `${shorten(path, 200)}: cannot be written (${code})`, lines }
  }
  return null
}

/** Says what went wrong, with the place and what helps; answers the exit code. With `json` the one object on standard output says it, too. */
export function reportError(error: unknown, io: CliIo, json: boolean): number {
  if (error instanceof ExitWith) return error.exitCode
  if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.ok
  const { red } = colorsOf({ ...io, color: io.color && io.tty })
  const answer = (exitCode: number, code: string, message: string, details: readonly string[]): number => {
    if (json) io.out(`${JSON.stringify({ schema: 1, ok: false, exitCode, error: { code, message, details } })}\n`)
    return exitCode
  }
  // Commander has said it already.
  if (error instanceof CommanderError)
    return answer(exitCodes.usage, 'usage', error.message.replace(/^error: /, '').split('\n')[0] ?? '', [])
  const known = told(error)
  if (known !== null) {
    const { exitCode, code, headline, lines } = known
    io.err(
      `${red(headline)}\n${some(lines)
        .map((l) => `  ${l}\n`)
        .join('')}`,
    )
    return answer(exitCode, code, headline, lines)
  }
  // Our own mistake: here, and only here, the stack helps.
  io.err(`${red('Internal error')}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return answer(exitCodes.internal, 'internal', error instanceof Error ? error.message : String(error), [])
}
