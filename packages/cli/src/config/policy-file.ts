import { existsSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { checkPolicy, presets, type Finding, type Policy, type PolicyInput } from '@ka-governance/core'
import { isMap, parseDocument } from 'yaml'
import { shorten } from '../ingest/finding.ts'
import { say, type Said } from '../said.ts'
import { UsageError } from '../usage-error.ts'
import { InputFileError, readTextFile } from './input-file.ts'

/** A finding whose place in the text is known. */
export type LocatedFinding = Finding & { readonly line: number; readonly column: number }

/** A policy as it stands in a file. */
export interface PolicyFile {
  /** The name as it was given. */
  readonly file: string
  readonly text: string
  readonly format: 'yaml' | 'json'
  /** What cannot be read first, then in the order of the document, each with its line; a missing key has the line of what it is missing from. */
  readonly findings: readonly LocatedFinding[]
  /** Absent while errors refuse it. */
  readonly policy?: Policy
}

/** A policy that cannot be used, with all its findings. */
export class PolicyFileError extends Error {
  readonly file: string
  readonly findings: readonly LocatedFinding[]

  constructor({ file, findings }: PolicyFile) {
    super(`the policy ${file} cannot be used: ${String(findings.length)} findings`)
    this.name = 'PolicyFileError'
    this.file = file
    this.findings = findings
  }
}

/** The longest policy that core reads is far below. */
const maxBytes = 2 * 1024 * 1024

/** The format of a file by its name; a name that says nothing is YAML, which JSON is a part of. */
export const formatOf = (file: string): PolicyFile['format'] => (/\.json$/i.test(file) ? 'json' : 'yaml')

/**
 * Checks the text of a policy. Every finding has line and column: what core cannot place, because it is missing from the top of the document, stands where the document begins.
 */
export function checkPolicyText(file: string, text: string, options: { readonly allowDraft?: boolean } = {}): PolicyFile {
  const format = formatOf(file)
  // JSON is read as what it is only when it is whole; else YAML, whose findings have lines, says what is wrong.
  const { policy, findings } = checkPolicy(text, options)
  const start = findings.some((f) => f.line === undefined) ? startOf(text) : { line: 1, column: 1 }
  const located = findings.map((f): LocatedFinding => ({ ...f, line: f.line ?? start.line, column: f.column ?? start.column }))
  located.sort((a, b) => Number(isSlip(b)) - Number(isSlip(a)) || a.line - b.line || a.column - b.column)
  const told = withoutEchoes(located)
  return { file, text, format, findings: told, ...(policy === undefined ? {} : { policy }) }
}

/** What cannot be read as YAML or JSON at all. */
const isSlip = ({ code }: Finding): boolean => code === 'syntax'

/** What costs more than a policy may: reading ended there. */
const isLimit = ({ code, path }: Finding): boolean =>
  code === 'too_deep' || code === 'too_many_aliases' || (code === 'too_large' && path === '')

/** Behind a limit nothing was read, and behind a slip of the pen it reads otherwise than it was meant: what is said to be missing is mostly there. */
function withoutEchoes(found: readonly LocatedFinding[]): readonly LocatedFinding[] {
  const limit = found.find(isLimit)
  if (limit !== undefined) return [limit]
  return found.some(isSlip) ? found.filter(({ code }) => code !== 'missing') : found
}

/** Where the document's content begins, behind comments and blank lines. */
function startOf(text: string): { readonly line: number; readonly column: number } {
  const first = text.length > 250_000 ? null : parseDocument(text.slice(0, 20_000), { logLevel: 'silent' }).contents
  const key = isMap(first) ? (first.items[0]?.key as { readonly range?: readonly number[] } | undefined) : undefined
  const offset = key?.range?.[0] ?? first?.range[0] ?? 0
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}

/**
 * Reads and checks a policy file.
 *
 * @throws InputFileError when the file cannot be read or is empty; what is wrong in it are findings.
 */
export async function readPolicyFile(
  path: string,
  options: { readonly allowDraft?: boolean; readonly cwd?: string } = {},
): Promise<PolicyFile> {
  const text = await readTextFile(resolve(options.cwd ?? '.', path), maxBytes, path)
  if (text.trim() === '')
    throw new InputFileError(
      shorten(path, 200),
      say('the file is empty', '文件为空'),
      say('begin with `ka-governance init FILE`', '请用ka-governance init FILE生成草案'),
    )
  return checkPolicyText(path, text, options)
}

/** Presets by the id of their policy, e.g. `manufacturer-cn`. */
export function shippedPolicies(): ReadonlyMap<string, PolicyInput> {
  return new Map(Object.values(presets as unknown as { readonly [name: string]: PolicyInput }).map((p) => [p.id, p]))
}

/** What to say of a name that is no policy. */
export const noPolicy = (name: string): readonly [Said, Said] => {
  const names = [...shippedPolicies().keys()]
  return [
    say(`there is no policy "${shorten(name)}"`, `没有名为“${shorten(name)}”的制度`),
    say(`name a file, or one of ${names.join(', ')}`, `请指定文件，或以下之一：${names.join('、')}`),
  ]
}

/** True for what is meant as a file: it has a dot or a slash in it, or it is there. */
const meansFile = (name: string, cwd: string): boolean => /[./\\]/.test(name) || existsSync(resolve(cwd, name))

/**
 * A policy by the name of a shipped one, or out of a file.
 *
 * @throws UsageError for a name that is neither, InputFileError, PolicyFileError with every finding.
 */
export async function loadPolicyFile(name: string, cwd = '.'): Promise<Policy> {
  const preset = shippedPolicies().get(name)
  if (preset !== undefined) {
    const { policy } = checkPolicy(preset)
    if (policy !== undefined) return policy
  }
  if (!meansFile(name, cwd)) throw new UsageError(...noPolicy(basename(name)))
  const file = await readPolicyFile(name, { cwd })
  if (file.policy === undefined) throw new PolicyFileError(file)
  return file.policy
}
