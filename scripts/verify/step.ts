import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../lib/workspace.ts'

/** What a step found. `report` is printed whatever the outcome: it holds what a reader needs, and nothing when all is well. */
export type Outcome = Readonly<{ passed: number; failed: number; skipped?: number; report?: string }>

export type Step = Readonly<{ name: string; what: string; needsBuild?: boolean; run: () => Outcome | Promise<Outcome> }>

/** One check of a step: its name, and what is wrong (nothing when it holds). */
export type Check = Readonly<{ name: string; problem?: string | undefined }>

/** Sums checks up; only those that failed are reported. */
export const outcomeOf = (checks: readonly Check[]): Outcome => {
  const failed = checks.filter((check) => check.problem !== undefined)
  const report = failed.map((check) => `   ✗ ${check.name}\n${indent(check.problem ?? '')}`).join('\n')
  return { passed: checks.length - failed.length, failed: failed.length, report }
}

export const indent = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `     ${line}`)
    .join('\n')

export type Finished = Readonly<{ status: number; output: string }>

/** Runs a program of the project to its end: no stdin, output captured, ended after `seconds`. */
export const program = (
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: Readonly<Record<string, string>>; seconds?: number } = {},
): Promise<Finished> =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const seconds = options.seconds ?? 600
    let output = ''
    let late = false
    const timer = setTimeout(() => {
      late = true
      child.kill('SIGKILL')
    }, seconds * 1000)
    const collect = (chunk: Buffer): void => void (output += chunk.toString())
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('error', (error) => {
      clearTimeout(timer)
      resolve({ status: 1, output: `${output}${error.message}` })
    })
    child.on('close', (status) => {
      clearTimeout(timer)
      resolve({ status: late ? 124 : (status ?? 1), output: late ? `${output}\nended after ${String(seconds)} s` : output })
    })
  })

/** Runs a script or a package's JavaScript entry under the Node that runs the gate. */
export const node = (args: readonly string[], options: Parameters<typeof program>[2] = {}): Promise<Finished> =>
  program(process.execPath, args, options)

export const tool = (path: string): string => join(root, 'node_modules', path)

/** A step that is one program: it passes when the program ends with 0, else its output is the report. */
export const single = async (run: Promise<Finished>): Promise<Outcome> => {
  const { status, output } = await run
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, report: indent(output) }
}
