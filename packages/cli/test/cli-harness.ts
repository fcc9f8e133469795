import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { runCli } from '../src/cli.ts'
import type { CliIo } from '../src/commands/shared.ts'

/** What a command line answered. */
export interface Answer {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** A folder of its own in which command lines run. */
export interface Desk {
  readonly dir: string
  readonly path: (name: string) => string
  readonly write: (name: string, text: string | Uint8Array) => Promise<void>
  readonly read: (name: string) => Promise<string>
  /** Runs a command line in the folder. */
  readonly run: (...args: readonly string[]) => Promise<Answer>
  /** The same with other ends. */
  readonly runWith: (io: Partial<CliIo>, ...args: readonly string[]) => Promise<Answer>
  readonly remove: () => Promise<void>
}

export const demo = join(import.meta.dirname, '../assets/demo')
export const demoPolicy = join(demo, 'policy.yaml')

/** Answers, one a line, as another program pipes them. */
export const answers = (...lines: readonly string[]): Readable => Readable.from(lines.map((line) => `${line}\n`))

export async function createDesk(): Promise<Desk> {
  const dir = await mkdtemp(join(tmpdir(), 'ka-cli-'))
  const path = (name: string): string => join(dir, name)
  const runWith: Desk['runWith'] = async (io, ...args) => {
    let out = ''
    let err = ''
    const own = { out: (t: string) => void (out += t), err: (t: string) => void (err += t), tty: false, color: false, cwd: dir }
    const code = await runCli(args, { ...own, ...io })
    return { code, out, err }
  }
  return {
    dir,
    path,
    write: (name, text) => writeFile(path(name), text),
    read: (name) => readFile(path(name), 'utf8'),
    run: (...args) => runWith({}, ...args),
    runWith,
    remove: () => rm(dir, { recursive: true, force: true }),
  }
}

/** True when no stack was printed. */
export const isStackless = ({ err }: Answer): boolean => !/\n\s+at /.test(err)
