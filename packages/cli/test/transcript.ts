import { execFileSync } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import { runCli } from '../src/cli.ts'

/** A command of a page, and what the page says that it prints. */
export interface Step {
  /** Line of the page. */
  readonly line: number
  /** As it is typed, with a here-document behind it. */
  readonly command: string
  /** `…` alone stands for any lines, inside a line for any text. */
  readonly printed: readonly string[]
  /** From `# answers 1` behind the command; else 0. */
  readonly exitCode: number
}

const here = /<<'(\w+)'$/
const answers = /\s+# answers (\d+)$/

/** The commands of a page's console blocks, in order: a line that begins with `$ ` is typed, what follows is printed. */
export function transcriptOf(page: string): readonly Step[] {
  const steps: { line: number; command: string; printed: string[]; exitCode: number }[] = []
  let inside = false
  let until: string | null = null
  for (const [index, line] of page.split('\n').entries()) {
    const last = steps.at(-1)
    if (line.startsWith('```')) {
      inside = line === '```console'
      continue
    }
    if (!inside) continue
    if (last !== undefined && until !== null) {
      last.command += `\n${line}`
      if (line === until) until = null
    } else if (last !== undefined && last.command.endsWith('\\') && last.printed.length === 0) {
      last.command = `${last.command.slice(0, -1)}${line.trim()}`
    } else if (line.startsWith('$ ')) {
      const command = line.slice(2)
      steps.push({
        line: index + 1,
        command: command.replace(answers, ''),
        printed: [],
        exitCode: Number(answers.exec(command)?.[1] ?? 0),
      })
      until = here.exec(command)?.[1] ?? null
    } else last?.printed.push(line)
  }
  return steps
}

/** What a step really printed: standard output and errors, as they came. */
export interface Ran {
  readonly exitCode: number
  readonly output: string
}

/** Runs a step in a folder: the command line in this process, under a clock that stands still, everything else by the shell. */
export async function runStep({ command }: Step, cwd: string, clock: () => number): Promise<Ran> {
  if (!command.startsWith('ka-governance ')) {
    return { exitCode: 0, output: execFileSync('bash', ['-ec', command], { cwd, encoding: 'utf8' }) }
  }
  const [typed = '', file] = command.split(/\s+<\s+/)
  const args = [...typed.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((m) => m[1] ?? m[2] ?? m[3] ?? '').slice(1)
  let output = ''
  const print = (text: string): void => void (output += text)
  const input = file === undefined ? {} : { input: createReadStream(resolve(cwd, file)) }
  const exitCode = await runCli(args, { out: print, err: print, tty: false, color: false, cwd, clock, ...input })
  return { exitCode, output }
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const fits = (said: string, printed: string): boolean =>
  said === printed || (said.includes('…') && new RegExp(`^${said.split('…').map(escaped).join('.*')}$`).test(printed))

/** The first line of the page that the output does not have in its place; `null`: it is all there. */
export function firstDifference(said: readonly string[], output: string): string | null {
  // Narrow and unbreakable spaces look like any other.
  const printed = output.split('\n').map((line) => line.replace(/[\u00a0\u202f]/g, ' ').trimEnd())
  while (printed.at(-1) === '') printed.pop()
  const wanted = said.map((line) => line.trimEnd())
  while (wanted.at(-1) === '') wanted.pop()
  // How far the page can have got after each of its lines: with gaps there may be several places.
  let places = new Set([0])
  let open = false
  for (const line of wanted) {
    if (line.trim() === '…') {
      open = true
      continue
    }
    const next = new Set<number>()
    for (const place of places)
      for (let at = place; at < printed.length; at++) {
        if (fits(line, printed[at] ?? '')) next.add(at + 1)
        if (!open) break
      }
    if (next.size === 0) return line
    places = next
    open = false
  }
  return open || places.has(printed.length)
    ? null
    : `(nothing more, but the command prints: ${printed[Math.max(...places)] ?? ''})`
}
